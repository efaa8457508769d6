// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/dialogue/answers.hpp"
#include "umsops/dialogue/flow.hpp"

namespace umsops::dialogue {

/// `agent`: a person of the desk, once one is on the line.
enum class Speaker { desk, user, agent };
std::string_view to_string(Speaker speaker);  ///< `desk`, `user`, `agent`

/// One utterance.
struct Utterance {
  struct Choice {
    std::string key, label;
  };
  Speaker speaker = Speaker::desk;
  std::string text;
  std::vector<Choice> options = {};  ///< possible answers
};

/// A line of the transcript.
struct Line {
  base::TimePoint at;
  Utterance said;
};

/// `solved`: a known answer helped. `given_up`: the user left before any end.
enum class State { running, solved, handed_over, ended, given_up };
std::string_view to_string(State state);  ///< `RUNNING`, `HANDED_OVER`, ...

/// The values that the answers gave.
struct Collected {
  std::string title, description, requester, phone, category;
  std::optional<base::TimePoint> callback_at;
  std::vector<std::pair<std::string, std::string>> attributes;
};

/// A known answer that was given, and whether it helped; nullopt: the user did not say.
struct Offered {
  std::string id;
  std::optional<bool> helped;
  bool is_article = false;  ///< of the knowledge base, not of the flow
};

/// What is known before the conversation starts.
struct TalkOptions {
  base::Language language = base::Language::en;
  bool follow_language = true;   ///< answer in the language that the user writes
  base::TimeZone zone;           ///< of the times that the user names
  std::string requester, phone;  ///< known ones are not asked for
};

/// One conversation along a flow that `check` accepts; both references must outlive it. Pure: it takes lines and
/// returns lines, and the caller passes the time of each.
class Talk {
 public:
  /// Throws `rules.invalid` for an invalid pattern.
  Talk(Flow const& flow, KnownAnswers const& answers, TalkOptions options);

  /// The opening of the desk.
  std::vector<Utterance> begin(base::TimePoint now);
  /// The reply to a line, which may be any bytes: invalid or too long text is asked for again. Empty when the
  /// conversation is over.
  std::vector<Utterance> hear(std::string_view line, base::TimePoint now);
  /// The user left without a word.
  void leave();

  State state() const { return state_; }
  base::Language language() const { return options_.language; }
  Collected const& collected() const { return collected_; }
  /// The subject in the user's words (for a menu, the label), without names, numbers and control words.
  std::vector<std::string> const& said() const { return said_; }
  /// The user said something other than control words.
  bool spoke() const { return spoke_; }
  std::vector<Line> const& transcript() const { return transcript_; }
  std::vector<Offered> const& offered() const { return offered_; }
  int turns() const { return turns_; }
  /// The node of the hand-over; null: a plain hand-over, or none.
  Node const* target() const { return target_; }
  /// When to call back, if wanted.
  std::optional<base::TimePoint> callback_at() const { return callback_; }

 private:
  /// What the next line is an answer to.
  enum class Awaits { node, helped, contact, time };
  /// A question asked, and what was known before it.
  struct Step {
    Node const* node;
    Collected collected;
    std::size_t said;
  };

  void utter(std::string text, std::vector<Utterance::Choice> options = {});
  void move_to(std::string const& name);
  bool pass(Node const& node, std::string& next);  ///< false: it waits here
  void put_question();
  bool known_already(Node const& node) const;
  bool steer(std::string_view word);
  void go_back();
  void go_to_human();
  void hear_menu(std::string const& line);
  void hear_answer(std::string const& line);
  void hear_helped(std::string const& line);
  void hear_contact(std::string const& line);
  void hear_time(std::string const& line);
  void hand_over(Node const* node);
  void give_over();
  void keep_promise();
  void finish_hand_over(bool may_ask);
  void wrong(std::string const& why);
  std::string what_was_said() const;
  std::optional<std::string> put(Node const& node, std::string const& answer);
  void notice_language(std::string_view line);

  Flow const& flow_;
  KnownAnswers const& answers_;
  AnswerPatterns patterns_;
  TalkOptions options_;
  State state_ = State::running;
  Awaits awaits_ = Awaits::node;
  Node const* here_ = nullptr;
  Node const* target_ = nullptr;
  std::optional<base::TimePoint> callback_;
  Collected collected_;
  std::vector<Step> steps_;
  std::vector<std::string> said_;
  std::vector<Offered> offered_;
  std::vector<Line> transcript_;
  std::vector<Utterance> saying_;
  base::TimePoint now_{};
  int turns_ = 0, wrong_ = 0;
  bool spoke_ = false;
};

/// A line with which either side leaves a conversation between people: `/bye`, 再见, any word that ends a flow.
bool is_goodbye(std::string_view line);

/// 3 to 20 digits with the usual separators: `+86 138-0000-0000`, `4711`.
bool is_phone_number(std::string_view text);

/// The transcript as lines of text, `2026-11-23T09:30:00Z desk: ...`, in parts of at most `most` code points.
std::vector<std::string> transcript_parts(std::vector<Line> const& lines, std::size_t most);

}  // namespace umsops::dialogue
