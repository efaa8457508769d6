// SPDX-License-Identifier: Apache-2.0
#include "cli/ticket/live.hpp"

#include <algorithm>

#include "cli/runbook/worker.hpp"
#include "cli/signals.hpp"
#include "cli/ticket/conversation.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Value;
using dialogue::Speaker;
using format::Format;

constexpr int kLook = 250;        ///< milliseconds between two looks at the store
constexpr int kLooksToRound = 4;  ///< and looks between two at the other side's process

bool is_dead(desk::LiveProcess const& side) {
  return !side.process.empty() && runbooks::is_alive({side.host, side.process}) == runbooks::Alive::no;
}

/// What is wrong with a line is told to who wrote it; all else ends the conversation.
bool is_about_the_line(base::Error const& error) {
  return error.kind() == base::ErrorKind::conflict || error.kind() == base::ErrorKind::invalid_input ||
         error.kind() == base::ErrorKind::usage;
}

}  // namespace

desk::LiveProcess live_process() {
  auto worker = runbooks::this_worker();
  return {std::move(worker.host), std::move(worker.process)};
}

void LiveScreen::write(dialogue::Line const& line, std::string const& name, Value further) {
  if (format_ == Format::jsonl) {
    Value::Object out{{"speaker", dialogue::to_string(line.said.speaker)},
                      {"text", line.said.text},
                      {"options", Value::List{}},
                      {"state", state_},
                      {"name", base::text_or_null(name)}};
    if (!further.is_null()) out.emplace_back("transfer", std::move(further));
    env_.out().write(base::to_json(out) + "\n");
  } else if (env_.human()) {
    // A line of theirs that follows on the first must not look like one of somebody else.
    std::string text = name.empty() ? "" : base::terminal_text(name, base::TextShape::line) + ": ";
    for (char const c : base::terminal_text(line.said.text, base::TextShape::block)) {
      text += c;
      if (c == '\n') text += "  ";
    }
    env_.out().write(text + "\n");
  }
  env_.out().flush();
}

void LiveScreen::tell(Phrase phrase, Fill const& fill) {
  lines_.push_back({env_.clock().now(), {Speaker::desk, cli::say(phrase, language_, fill), {}}});
  write(lines_.back(), "");
}

void LiveScreen::show(Speaker speaker, std::string const& name, std::string const& text, base::TimePoint at) {
  lines_.push_back({at, {speaker, text, {}}});
  write(lines_.back(), name);
}

void LiveScreen::keep(Speaker speaker, std::string const& text, base::TimePoint at) {
  lines_.push_back({at, {speaker, text, {}}});
}

void LiveScreen::announce(desk::Transfer const& transfer, std::string const& number) {
  if (format_ == Format::jsonl) {
    write({env_.clock().now(), {Speaker::desk, "", {}}}, "", transfer_value(transfer));
  }
  if (!env_.human() || env_.quiet()) return;
  std::string person = transfer.person;
  for (auto const* text : {&transfer.display_name, &transfer.phone, &transfer.email})
    if (!text->empty()) person += ", " + *text;
  Fill const fill{{"number", number}, {"target", transfer.target}, {"person", person}};
  env_.tell(env_.phrase(person.empty() ? Phrase::line_transfer_nobody : Phrase::line_transfer, fill));
}

LiveSide::LiveSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, Format format, bool is_user)
    : env_(env), desk_(desk), screen_(screen), input_(input), format_(format), is_user_(is_user) {}

void LiveSide::begin_at(desk::LiveDesk::Begun begun) {
  ticket_ = std::move(begun.ticket);
  line_ = std::move(begun.news.line);
  last_event_ = begun.news.last_event;
  for (auto const& word : begun.news.words) place_ = std::max(place_, word.place);
}

void LiveSide::run() {
  try {
    start();
    std::string line;
    for (int looks = 0;; ++looks) {
      auto const came = input_.next_within(kLook, line);
      bool goes_on = hear(came, line) && look();
      if (goes_on && looks % kLooksToRound == 0) goes_on = look_round();
      if (!goes_on) break;
    }
    input_.pause();
  } catch (...) {
    input_.pause();
    signals::Peace const peace;  // the other side is told, whatever ended this one
    try {
      leave();
    } catch (base::Error const& error) {
      env_.remark(error.message(env_.language()));
    }
    throw;
  }
}

bool LiveSide::hear(LineInput::Came came, std::string const& line) {
  if (came == LineInput::Came::nothing) return true;
  if (came == LineInput::Came::end) {
    leave();
    return false;
  }
  std::string const text(base::trimmed(words_in(format_, line, ++line_number_)));
  if (text.empty()) return true;
  bool const goes = dialogue::is_goodbye(text);
  if (!text.starts_with('/') || !goes) say(text);
  if (goes) leave();
  return !goes;
}

void LiveSide::say(std::string const& text) {
  auto const unsent = [&](std::string const& problem) { screen_.tell(Phrase::line_unsent, {{"problem", problem}}); };
  if (base::check_text(text, base::TextShape::block)) return unsent(env_.phrase(Phrase::line_unreadable));
  if (base::code_points(text) > model::kLongestText) return unsent(env_.phrase(Phrase::line_too_long));
  try {
    own_.insert(desk_.say(ticket_.id, text, is_user_));
    ++turns_;
    screen_.keep(is_user_ ? Speaker::user : Speaker::agent, text, env_.clock().now());
  } catch (base::Error const& error) {
    if (is_about_the_line(error)) return unsent(error.message(env_.language()));
    env_.remark(env_.phrase(Phrase::line_unsent, {{"problem", text}}));  // nobody's words are lost
    throw;
  }
}

bool LiveSide::look() {
  auto const news = desk_.news(ticket_.id, last_event_, place_);
  if (!news) return true;
  last_event_ = news->last_event;
  for (auto const& word : news->words) {
    place_ = std::max(place_, word.place);
    if (own_.erase(word.place) == 0) heard(word);
  }
  if (news->line.seq == line_.seq) return true;
  auto const line = news->line;
  bool const goes_on = changed(line);
  line_ = line;
  return goes_on;
}

UserSide::UserSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, Format format,
                   desk::DialogueResult const& filed, base::Milliseconds wait)
    : LiveSide(env, desk, input, screen, format, true),
      contact_(filed.callback ? filed.callback->contact : ""),
      wait_(wait) {
  begin_at(desk.begin(filed.ticket.ticket.id));
}

/// By a clock that nobody sets: the time that is told is only about when.
void UserSide::wait_from_now() {
  until_ = std::chrono::steady_clock::now() + wait_;
  screen_.set_state("WAITING");
  screen_.tell(contact_.empty() ? Phrase::line_waits_unknown : Phrase::line_waits,
               {{"time", env_.zone().format(line_.until)}, {"contact", contact_}});
}

void UserSide::leave() { desk_.leave(ticket_.id, desk::LiveEnd::user_left, line_.seq); }

bool UserSide::changed(desk::LiveLine const& line) {
  if (line.state == State::waiting) {
    line_ = line;
    wait_from_now();
    return true;
  }
  if (line.state == State::answered) {
    agent_ = line.by;
    screen_.set_state("ANSWERED");
    screen_.tell(Phrase::line_joined, {{"name", desk_.display_name(line.by)}});
    return true;
  }
  screen_.set_state("HANDED_OVER");
  if (line.why == "agent_left") screen_.tell(Phrase::line_left, {{"name", desk_.display_name(line.by)}});
  screen_.tell(Phrase::line_closed);
  return false;
}

void UserSide::heard(desk::LiveWord const& word) {
  if (word.is_note || word.by_user) return;
  screen_.show(Speaker::agent, desk_.display_name(word.name), word.text, word.at);
}

bool UserSide::look_round() {
  if (line_.state == State::answered && is_dead(line_.agent)) {
    screen_.tell(Phrase::line_lost, {{"name", desk_.display_name(line_.by)}});
    desk_.wait_again(ticket_.id, line_.seq, wait_);  // what it makes of the line is seen at the next look
    return true;
  }
  if (line_.state != State::waiting || std::chrono::steady_clock::now() < until_) return true;
  // Somebody may come in the last moment; then the next look sees them.
  if (!desk_.leave(ticket_.id, desk::LiveEnd::unanswered, line_.seq)) return true;
  screen_.set_state("HANDED_OVER");
  screen_.tell(contact_.empty() ? Phrase::line_unanswered_unknown : Phrase::line_unanswered, {{"contact", contact_}});
  return false;
}

AgentSide::AgentSide(Env& env, desk::LiveDesk desk, LineInput& input, LiveScreen& screen, Format format)
    : LiveSide(env, desk, input, screen, format, false) {}

model::Ticket AgentSide::join(std::string const& id, bool force, bool dry_run) {
  auto begun = desk_.begin(id);
  auto const& line = begun.news.line;
  bool const is_there = line.state == State::waiting || line.state == State::answered;
  if (is_there && is_dead(line.user) && !dry_run) desk_.leave(begun.ticket.id, desk::LiveEnd::user_lost, line.seq);
  bool const is_gone = line.state == State::answered && is_dead(line.agent);
  auto joined = desk_.join(begun.ticket.id, {force, is_gone ? line.seq : 0, dry_run, live_process()});
  if (dry_run) return joined;
  begun = desk_.begin(begun.ticket.id);
  joined_ = begun.news.line.seq;
  before_ = begun.news.words;
  if (!before_.empty() && before_.front().is_note) bridge_ = before_.front().name;
  begin_at(std::move(begun));
  return ticket_;
}

std::string AgentSide::user() const {
  return ticket_.requester_id.empty() ? env_.phrase(Phrase::line_user) : ticket_.requester_id;
}

/// What was said so far.
void AgentSide::start() {
  screen_.set_state("ANSWERED");
  screen_.tell(Phrase::line_with, {{"number", ticket_.ticket_number}, {"title", ticket_.title}, {"name", user()}});
  for (auto const& word : before_) heard(word);
}

void AgentSide::leave() { desk_.leave(ticket_.id, desk::LiveEnd::agent_left, joined_); }

bool AgentSide::changed(desk::LiveLine const& line) {
  if (line.state == State::answered && line.seq != joined_) {
    screen_.set_state("HANDED_OVER");
    screen_.tell(Phrase::line_taken_over, {{"name", desk_.display_name(line.by)}});
    return false;
  }
  if (line.state == State::answered) return true;
  screen_.set_state("HANDED_OVER");
  if (line.why == "user_left") screen_.tell(Phrase::line_left, {{"name", user()}});
  screen_.tell(Phrase::line_closed);
  return false;
}

void AgentSide::heard(desk::LiveWord const& word) {
  if (word.is_note && !word.by_user) {
    // A flow's transcript names its speakers in each line.
    bool const is_transcript = word.name == bridge_;
    auto const name = is_transcript ? std::string() : env_.phrase(Phrase::line_note, {{"name", word.name}});
    return screen_.show(Speaker::desk, name, word.text, word.at);
  }
  screen_.show(word.by_user ? Speaker::user : Speaker::agent, word.by_user ? word.name : desk_.display_name(word.name),
               word.text, word.at);
}

bool AgentSide::look_round() {
  if (!is_dead(line_.user)) return true;
  if (!desk_.leave(ticket_.id, desk::LiveEnd::user_lost, line_.seq)) return true;
  screen_.set_state("HANDED_OVER");
  screen_.tell(Phrase::line_lost, {{"name", user()}});
  return false;
}

}  // namespace umsops::cli::ticket
