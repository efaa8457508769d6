// SPDX-License-Identifier: Apache-2.0
// How a conversation moves along its flow.
#include "umsops/dialogue/talk.hpp"

#include <algorithm>

#include "dialogue/words.hpp"
#include "umsops/base/text.hpp"

namespace umsops::dialogue {
namespace {

using base::TimePoint;

/// The first hand-over of the flow, where limits lead; null: there is none.
Node const* first_hand_over(Flow const& flow) {
  auto const found = std::find_if(flow.nodes.begin(), flow.nodes.end(),
                                  [](Node const& node) { return node.kind == NodeKind::hand_over; });
  return found == flow.nodes.end() ? nullptr : &*found;
}

/// A line as it is kept: tabs and line ends are blanks, none at its ends.
std::string trimmed(std::string_view line) {
  std::string text(line);
  for (char& c : text) {
    if (c == '\t' || c == '\r' || c == '\n') c = ' ';
  }
  auto const begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// At most this many bytes, cut between characters.
std::string_view beginning(std::string_view line, std::size_t bytes) {
  while (bytes > 0 && (static_cast<unsigned char>(line[bytes]) & 0xC0) == 0x80) --bytes;
  return line.substr(0, bytes);
}

}  // namespace

std::string_view to_string(Speaker speaker) {
  switch (speaker) {
    case Speaker::desk:
      return "desk";
    case Speaker::user:
      return "user";
    case Speaker::agent:
      return "agent";
  }
  return "";
}

bool is_goodbye(std::string_view line) {
  while (line.starts_with('/') || line.starts_with(' ')) line.remove_prefix(1);
  return steering(line, false) == Steer::quit;
}

std::string_view to_string(State state) {
  switch (state) {
    case State::running:
      return "RUNNING";
    case State::solved:
      return "SOLVED";
    case State::handed_over:
      return "HANDED_OVER";
    case State::ended:
      return "ENDED";
    case State::given_up:
      return "GIVEN_UP";
  }
  return "";
}

Talk::Talk(Flow const& flow, KnownAnswers const& answers, TalkOptions options)
    : flow_(flow),
      answers_(answers),
      patterns_(flow),
      options_(std::move(options)),
      collected_{"", "", options_.requester, options_.phone, "", std::nullopt, {}} {}

void Talk::utter(std::string text, std::vector<Utterance::Choice> options) {
  saying_.push_back({Speaker::desk, std::move(text), std::move(options)});
  transcript_.push_back({now_, saying_.back()});
}

std::vector<Utterance> Talk::begin(TimePoint now) {
  now_ = now;
  move_to(flow_.start);
  return std::exchange(saying_, {});
}

void Talk::leave() {
  if (state_ != State::running) return;
  // A call-back that was promised already is kept, if there is a number for it.
  bool const promised = awaits_ == Awaits::contact || awaits_ == Awaits::time;
  if (promised && !collected_.phone.empty()) finish_hand_over(false);
  if (!promised) keep_promise();
  state_ = State::given_up;
}

/// Who hangs up at the last questions before a call-back is called all the same, where the number is known.
void Talk::keep_promise() {
  if (flow_.channel != Channel::phone || !spoke_ || collected_.phone.empty() || here_ == nullptr) return;
  auto const* node = here_;
  for (std::size_t passed = 0; passed <= flow_.nodes.size() && node != nullptr; ++passed) {
    if (node->kind == NodeKind::hand_over) break;
    node = node->next.empty() ? nullptr : flow_.find(node->next);
  }
  if (node == nullptr || node->kind != NodeKind::hand_over || !node->callback) return;
  target_ = node;
  callback_ = collected_.callback_at.value_or(now_ + node->callback_within.value_or(base::Milliseconds(0)));
}

bool Talk::known_already(Node const& node) const {
  return (node.field == "requester" && !options_.requester.empty()) ||
         (node.field == "phone" && !options_.phone.empty());
}

bool Talk::pass(Node const& node, std::string& next) {
  auto const language = options_.language;
  switch (node.kind) {
    case NodeKind::say:
      utter(node.text.in(language));
      next = node.next;
      return true;
    case NodeKind::ask:
      if (known_already(node)) {
        next = node.next;
        return true;
      }
      [[fallthrough]];
    case NodeKind::menu:
      here_ = &node;
      awaits_ = Awaits::node;
      steps_.push_back({&node, collected_, said_.size()});
      put_question();
      return false;
    case NodeKind::answer: {
      std::optional<Answer> found;
      if (node.question.empty()) {
        found = answers_.find(what_was_said());
      } else if (auto const* question = flow_.find_question(node.question)) {
        found = Answer{question->id, question->answer};
      }
      if (!found) {
        next = node.next;
        return true;
      }
      here_ = &node;
      awaits_ = Awaits::helped;
      offered_.push_back({found->id, std::nullopt, found->is_article});
      utter(found->text.in(language));
      put_question();
      return false;
    }
    case NodeKind::hand_over:
      hand_over(&node);
      return false;
    case NodeKind::end:
      utter(node.text.empty() ? std::string(phrase(Word::goodbye, language)) : node.text.in(language));
      state_ = State::ended;
      return false;
  }
  return false;
}

void Talk::move_to(std::string const& name) {
  std::string at = name, next;
  // So many nodes can be passed before one comes twice; the rounds that `check` cannot see end here (asks that are all
  // answered already).
  for (std::size_t passed = 0; passed <= flow_.nodes.size(); ++passed) {
    auto const* node = flow_.find(at);
    if (node == nullptr) break;
    if (!pass(*node, next)) return;
    at = next;
  }
  give_over();
}

void Talk::put_question() {
  auto const language = options_.language;
  auto const say = [&](Word word) { return std::string(phrase(word, language)); };
  switch (awaits_) {
    case Awaits::node: {
      std::vector<Utterance::Choice> choices;
      for (auto const& option : here_->options) choices.push_back({option.key, option.label.in(language)});
      return utter(here_->text.in(language), std::move(choices));
    }
    case Awaits::helped:
      return utter(here_->text.empty() ? say(Word::did_it_help) : here_->text.in(language),
                   {{"1", say(Word::yes)}, {"2", say(Word::no)}});
    case Awaits::contact:
      return utter(say(Word::which_number));
    case Awaits::time:
      return utter(say(Word::which_time));
  }
}

std::vector<Utterance> Talk::hear(std::string_view line, TimePoint now) {
  if (state_ != State::running || transcript_.empty()) return {};
  now_ = now;
  ++turns_;
  bool const too_long = line.size() > flow_.limits.line_bytes;
  std::string const text = trimmed(too_long ? beginning(line, flow_.limits.line_bytes) : line);
  bool const unreadable = base::check_text(text, base::TextShape::line).has_value();
  transcript_.push_back({now_, {Speaker::user, unreadable ? "[?]" : too_long ? text + " […]" : text, {}}});
  if (too_long || unreadable) {
    wrong(std::string(phrase(too_long ? Word::too_long : Word::unreadable, options_.language)));
  } else {
    notice_language(text);
    if (!steer(text)) {
      spoke_ = spoke_ || !text.empty();
      switch (awaits_) {
        case Awaits::node:
          here_->kind == NodeKind::menu ? hear_menu(text) : hear_answer(text);
          break;
        case Awaits::helped:
          hear_helped(text);
          break;
        case Awaits::contact:
          hear_contact(text);
          break;
        case Awaits::time:
          hear_time(text);
          break;
      }
    }
  }
  if (state_ == State::running && turns_ >= flow_.limits.turns) {
    utter(std::string(phrase(Word::too_many_turns, options_.language)));
    give_over();
  }
  return std::exchange(saying_, {});
}

void Talk::notice_language(std::string_view line) {
  if (!options_.follow_language) return;
  options_.language = language_in(line).value_or(options_.language);
}

/// Control words win over answers, but not over a menu's own key.
bool Talk::steer(std::string_view line) {
  bool const at_menu = awaits_ == Awaits::node && here_->kind == NodeKind::menu;
  if (at_menu) {
    std::string const word = bare(line);
    for (auto const& option : here_->options) {
      if (word == bare(option.key) ||
          (!word.empty() && (word == bare(option.label.en) || word == bare(option.label.zh))))
        return false;
    }
  }
  auto const steer = steering(line, flow_.channel == Channel::phone && (at_menu || awaits_ == Awaits::helped));
  if (!steer) return false;
  switch (*steer) {
    case Steer::help:
      utter(
          std::string(phrase(flow_.channel == Channel::phone ? Word::help_phone : Word::help_chat, options_.language)));
      put_question();
      break;
    case Steer::back:
      go_back();
      break;
    case Steer::human:
      go_to_human();
      break;
    case Steer::quit:
      utter(std::string(phrase(Word::goodbye, options_.language)));
      state_ = State::given_up;
      break;
  }
  return true;
}

void Talk::go_back() {
  // The question that waits now is the last step, unless something else waits behind it.
  if (awaits_ == Awaits::node && steps_.size() > 1) {
    steps_.pop_back();
  } else if (awaits_ == Awaits::node || steps_.empty()) {
    utter(std::string(phrase(Word::first_question, options_.language)));
    return put_question();
  }
  here_ = steps_.back().node;
  awaits_ = Awaits::node;
  target_ = nullptr;
  collected_ = steps_.back().collected;
  said_.resize(std::min(said_.size(), steps_.back().said));
  wrong_ = 0;
  put_question();
}

void Talk::go_to_human() {
  // A user who asks for a human twice is no longer asked for number and time.
  if (awaits_ == Awaits::contact || awaits_ == Awaits::time) return finish_hand_over(false);
  wrong_ = 0;
  auto const* const node = flow_.human.empty() ? first_hand_over(flow_) : flow_.find(flow_.human);
  if (node == nullptr || node == here_) return hand_over(first_hand_over(flow_));
  move_to(node->name);
}

void Talk::hand_over(Node const* node) {
  target_ = node;
  bool const own = node != nullptr && !node->text.empty();
  utter(own ? node->text.in(options_.language) : std::string(phrase(Word::handing_over, options_.language)));
  finish_hand_over(true);
}

/// A limit is exceeded: no more questions.
void Talk::give_over() {
  if (awaits_ == Awaits::node || awaits_ == Awaits::helped) target_ = first_hand_over(flow_);
  finish_hand_over(false);
}

void Talk::finish_hand_over(bool may_ask) {
  // Whom nobody can call if nobody comes to the line is asked for a number first.
  bool const unknown = collected_.phone.empty() && collected_.requester.empty();
  if (target_ != nullptr && !target_->transfer.empty() && may_ask && unknown) {
    awaits_ = Awaits::contact;
    return put_question();
  }
  if (target_ != nullptr && target_->callback) {
    if (may_ask && collected_.phone.empty()) {
      awaits_ = Awaits::contact;
      return put_question();
    }
    if (may_ask && !collected_.callback_at && !target_->callback_within) {
      awaits_ = Awaits::time;
      return put_question();
    }
    callback_ = collected_.callback_at.value_or(now_ + target_->callback_within.value_or(base::Milliseconds(0)));
  }
  state_ = State::handed_over;
}

void Talk::wrong(std::string const& why) {
  if (++wrong_ >= flow_.limits.wrong_answers) {
    utter(std::string(phrase(Word::too_many_wrong, options_.language)));
    return give_over();
  }
  utter(why);
  put_question();
}

std::string Talk::what_was_said() const {
  if (collected_.title.empty() || collected_.description.empty()) return collected_.title + collected_.description;
  return collected_.title + "\n" + collected_.description;
}

}  // namespace umsops::dialogue
