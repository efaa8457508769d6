// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/lines.hpp"
#include "umsops/desk/live_desk.hpp"
#include "umsops/dialogue/talk.hpp"

/// A conversation between a user and an agent, each side a process of its own that looks at the store a few times a
/// second.
namespace umsops::cli::ticket {

/// This process, as the other side may look for it.
desk::LiveProcess live_process();

/// What one side sees: plain lines, or JSON lines with -o jsonl. Other formats say nothing until the end.
class LiveScreen {
 public:
  LiveScreen(Env& env, format::Format format, base::Language language)
      : env_(env), format_(format), language_(language) {}
  /// A line of the desk itself.
  void tell(Phrase phrase, Fill const& fill = {});
  /// Somebody's words. Text of others is made harmless, and cannot pass for a line of somebody else.
  void show(dialogue::Speaker speaker, std::string const& name, std::string const& text, base::TimePoint at);
  /// Keeps a line of this side's own, which it has seen already.
  void keep(dialogue::Speaker speaker, std::string const& text, base::TimePoint at);
  void announce(desk::Transfer const& transfer, std::string const& number);
  void set_state(char const* state) { state_ = state; }
  std::vector<dialogue::Line> const& lines() const { return lines_; }

 private:
  void write(dialogue::Line const& line, std::string const& name, base::Value further = {});
  Env& env_;
  format::Format format_;
  base::Language language_;
  std::string state_ = "WAITING";
  std::vector<dialogue::Line> lines_;
};

/// One side of it, from when its ticket is filed, or joined.
class LiveSide {
 public:
  LiveSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, format::Format format, bool is_user);
  virtual ~LiveSide() = default;
  LiveSide(LiveSide const&) = delete;
  /// Until one side leaves. Throws what ended it otherwise, and has left by then.
  void run();
  /// Lines that were said here.
  std::int64_t turns() const { return turns_; }

 protected:
  using State = desk::LiveLine::State;
  /// Takes over what is there.
  void begin_at(desk::LiveDesk::Begun begun);
  /// This side goes, if it is still there.
  virtual void leave() = 0;
  /// The line is another one than before. False: it is over for this side.
  virtual bool changed(desk::LiveLine const& line) = 0;
  virtual void heard(desk::LiveWord const& word) = 0;
  /// The first that this side sees.
  virtual void start() = 0;
  /// Looks whether the other side lives, and at the time. False: over.
  virtual bool look_round() = 0;

  Env& env_;
  desk::LiveDesk desk_;
  LiveScreen& screen_;
  model::Ticket ticket_;
  desk::LiveLine line_;

 private:
  bool hear(LineInput::Came came, std::string const& line);
  void say(std::string const& text);
  bool look();

  LineInput& input_;
  format::Format format_;
  bool is_user_;
  std::int64_t last_event_ = 0, place_ = 0, turns_ = 0, line_number_ = 0;
  std::set<std::int64_t> own_;
};

/// The user waits for the line, and talks on it.
class UserSide final : public LiveSide {
 public:
  /// `wait`: how long somebody may take to come.
  UserSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, format::Format format,
           desk::DialogueResult const& filed, base::Milliseconds wait);
  std::string const& agent() const { return agent_; }

 private:
  void leave() override;
  bool changed(desk::LiveLine const& line) override;
  void heard(desk::LiveWord const& word) override;
  void start() override { wait_from_now(); }
  bool look_round() override;
  void wait_from_now();
  std::string contact_;
  base::Milliseconds wait_;
  std::chrono::steady_clock::time_point until_;
  std::string agent_;
};

/// An agent who has come to the line.
class AgentSide final : public LiveSide {
 public:
  AgentSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, format::Format format);
  /// Throws as `LiveDesk::join` does.
  model::Ticket join(std::string const& id, bool force, bool dry_run);
  model::Ticket const& ticket() const { return ticket_; }

 private:
  void leave() override;
  bool changed(desk::LiveLine const& line) override;
  void heard(desk::LiveWord const& word) override;
  void start() override;
  bool look_round() override;
  std::string user() const;
  std::vector<desk::LiveWord> before_;
  std::string bridge_;       ///< who wrote down what was said before
  std::int64_t joined_ = 0;  ///< the event of it
};

}  // namespace umsops::cli::ticket
