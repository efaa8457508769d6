// SPDX-License-Identifier: Apache-2.0 Interprets the answers of a conversation.
#include <algorithm>
#include <iterator>

#include "dialogue/callback_time.hpp"
#include "dialogue/words.hpp"
#include "umsops/base/text.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::dialogue {
namespace {

/// Longest text of the ticket's field behind one of ours, in code points.
std::size_t longest(std::string_view field) {
  if (field.starts_with("attributes.")) return 1000;
  auto const index = model::ticket_type().find(field == "requester" ? "requester_id" : field);
  return index ? model::ticket_type().fields[*index].max_length : 100;
}

std::string joined(std::string const& before, std::string const& line) {
  return before.empty() ? line : before + "\n" + line;
}

/// The option that a line means: its key, its label, or the only one whose label holds the line or stands in it.
/// A digit as speech recognition writes it, 三 or "three", also in 选三, 按三 and 第三个; other words as they are.
std::string spoken_key(std::string const& word) {
  constexpr std::string_view kDigits[][3] = {
      {"零", "zero", "〇"}, {"一", "one", "幺"}, {"二", "two", "两"}, {"三", "three", ""}, {"四", "four", ""},
      {"五", "five", ""},   {"六", "six", ""},   {"七", "seven", ""}, {"八", "eight", ""}, {"九", "nine", ""}};
  std::string_view rest = word;
  for (std::string_view const before : {"请按", "我选", "选择", "选", "按", "第", "option ", "press ", "number "}) {
    if (rest.starts_with(before)) rest.remove_prefix(before.size());
  }
  for (std::string_view const behind : {"号", "个", "项"}) {
    if (rest.ends_with(behind)) rest.remove_suffix(behind.size());
  }
  for (std::size_t digit = 0; digit < std::size(kDigits); ++digit) {
    for (auto const name : kDigits[digit]) {
      if (!name.empty() && rest == name) return std::to_string(digit);
    }
  }
  return rest.size() == 1 && rest[0] >= '0' && rest[0] <= '9' ? std::string(rest) : word;
}

Option const* chosen(std::vector<Option> const& options, std::string_view line) {
  std::string const word = bare(line);
  if (word.empty()) return nullptr;
  std::string const key = spoken_key(word);
  auto const same = [&](Option const& option) {
    return key == bare(option.key) || word == bare(option.label.en) || word == bare(option.label.zh);
  };
  if (auto const found = std::find_if(options.begin(), options.end(), same); found != options.end()) return &*found;
  // Fewer than three letters, or one Chinese character, stand in too many words.
  if (word.size() < 3 || base::code_points(word) < 2) return nullptr;
  Option const* only = nullptr;
  for (auto const& option : options) {
    bool fits = false;
    for (auto const* text : {&option.label.en, &option.label.zh}) {
      std::string const label = bare(*text);
      fits = fits ||
             (label.size() >= 3 && (label.find(word) != std::string::npos || word.find(label) != std::string::npos));
    }
    if (fits && only != nullptr) return nullptr;
    if (fits) only = &option;
  }
  return only;
}

}  // namespace

bool is_phone_number(std::string_view text) {
  constexpr std::string_view kBetween = "+-(). /x#";
  std::size_t digits = 0;
  if (text.size() > 40) return false;
  for (char const c : text) {
    bool const digit = c >= '0' && c <= '9';
    if (!digit && kBetween.find(c) == std::string_view::npos) return false;
    digits += digit ? 1 : 0;
  }
  return digits >= 3 && digits <= 20;
}

std::optional<std::string> Talk::put(Node const& node, std::string const& answer) {
  auto const refuse = [&](Word word) {
    return std::optional(node.hint.empty() ? std::string(phrase(word, options_.language))
                                           : node.hint.in(options_.language));
  };
  std::string const& field = node.field;
  if (field == "callback_at") {
    auto const at = read_callback_time(answer, now_, options_.zone);
    if (!at) return refuse(Word::bad_time);
    collected_.callback_at = at;
    return std::nullopt;
  }
  if (field == "phone" && !is_phone_number(answer)) return refuse(Word::bad_number);
  std::string const whole = field == "description" ? joined(collected_.description, answer) : answer;
  if (base::code_points(whole) > longest(field)) return refuse(Word::too_many_characters);
  if (field == "title") collected_.title = whole;
  if (field == "description") collected_.description = whole;
  if (field == "requester") collected_.requester = whole;
  if (field == "phone") collected_.phone = whole;
  if (field == "category") collected_.category = whole;
  if (field.starts_with("attributes.")) {
    std::string const name = field.substr(std::string_view("attributes.").size());
    std::erase_if(collected_.attributes, [&](auto const& old) { return old.first == name; });
    collected_.attributes.emplace_back(name, whole);
  }
  return std::nullopt;
}

void Talk::hear_menu(std::string const& line) {
  auto const* const option = chosen(here_->options, line);
  if (option == nullptr) {
    // One or two characters are a wrong key, more of them may be all that is said of the matter.
    if (base::code_points(line) > 2) said_.push_back(line);
    return wrong(std::string(phrase(Word::choose, options_.language)));
  }
  if (!here_->field.empty()) {
    if (auto const problem = put(*here_, option->value.empty() ? option->key : option->value)) return wrong(*problem);
  }
  wrong_ = 0;
  said_.push_back(option->label.in(options_.language));
  move_to(option->next);
}

void Talk::hear_answer(std::string const& said) {
  std::string const next = here_->next;
  // A name or a number typed with full-width letters is what the pattern asks for, and is stored in plain ones.
  std::string const line = here_->pattern.empty() || patterns_.fits(*here_, said) ? said : base::narrow(said);
  if (here_->optional && is_skip(line)) {
    wrong_ = 0;
    return move_to(next);
  }
  if (line.empty()) return wrong(std::string(phrase(Word::empty_answer, options_.language)));
  if (!patterns_.fits(*here_, line)) {
    return wrong(here_->hint.empty() ? std::string(phrase(Word::bad_answer, options_.language))
                                     : here_->hint.in(options_.language));
  }
  if (auto const problem = put(*here_, line)) return wrong(*problem);
  wrong_ = 0;
  if (here_->field == "title" || here_->field == "description") said_.push_back(line);
  move_to(next);
}

void Talk::hear_helped(std::string const& line) {
  auto const helped = yes_or_no(line);
  if (!helped) return wrong(std::string(phrase(Word::yes_or_no, options_.language)));
  wrong_ = 0;
  offered_.back().helped = helped;
  if (!*helped) return move_to(here_->next);
  utter(std::string(phrase(Word::solved, options_.language)));
  state_ = State::solved;
}

void Talk::hear_contact(std::string const& line) {
  if (!is_phone_number(line)) return wrong(std::string(phrase(Word::bad_number, options_.language)));
  wrong_ = 0;
  collected_.phone = line;
  finish_hand_over(true);
}

void Talk::hear_time(std::string const& line) {
  auto const at = read_callback_time(line, now_, options_.zone);
  if (!at) return wrong(std::string(phrase(Word::bad_time, options_.language)));
  wrong_ = 0;
  collected_.callback_at = at;
  finish_hand_over(true);
}

}  // namespace umsops::dialogue
