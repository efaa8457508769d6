// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "mail/words.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

/// Reply and forward words. The first three are taken with any of the signs that old programs put behind them; the
/// others, which are words of their languages too, only with a colon.
constexpr std::string_view kEnglish[] = {"fwd", "fw", "re"};
constexpr std::string_view kOthers[] = {"aw",  "wg",   "sv",   "vs",   "vb",   "antw", "tr",   "rv",   "enc",
                                        "odp", "回复", "回覆", "答复", "答覆", "转发", "轉寄", "轉發", "轉发"};
/// Those of both that mean a forward.
constexpr std::string_view kForwards[] = {"fwd", "fw", "wg", "tr", "rv", "enc", "转发", "轉寄", "轉發", "转发"};
constexpr std::string_view kColons[] = {":", "：", ";", "；"};

/// Removes `prefix` at the beginning.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

void take_blanks(std::string_view& text) {
  while (take(text, " ") || take(text, "\t") || take(text, "　") || take(text, "\u00A0")) {
  }
}

bool take_colon(std::string_view& text) {
  for (auto const colon : kColons) {
    if (take(text, colon)) return true;
  }
  return false;
}

/// `[2]` or `(3)`, as some programs count replies.
void take_count(std::string_view& text) {
  if (!text.starts_with('[') && !text.starts_with('(')) return;
  auto const end = text.find_first_not_of("0123456789", 1);
  if (end != std::string_view::npos && end > 1 && (text[end] == ']' || text[end] == ')')) text.remove_prefix(end + 1);
}

/// The signs behind a word, and what of brackets they close.
void take_signs(std::string_view& text, int& open) {
  for (;;) {
    take_blanks(text);
    if (take_colon(text) || take(text, "-")) continue;
    if (open == 0 || (!text.starts_with(']') && !text.starts_with(')'))) return;
    text.remove_prefix(1);
    --open;
  }
}

bool ends_word(std::string_view rest) {
  return rest.empty() || rest[0] == ')' || rest[0] == ']' || rest.starts_with("--") || rest.starts_with("- ");
}

/// Takes one prefix with the bracket before it. False: there is none.
bool take_prefix(std::string_view& text, int& open) {
  auto rest = text;
  int opened = open;
  if (take(rest, "[") || take(rest, "(")) ++opened;
  take_blanks(rest);
  std::size_t length = 0;
  bool english = false;
  for (auto const word : kEnglish) {
    if (length == 0 && begins_with_word(rest, word)) length = word.size(), english = true;
  }
  for (auto const word : kOthers) {
    if (length == 0 && begins_with_word(rest, word)) length = word.size();
  }
  if (length == 0) return false;
  rest.remove_prefix(length);
  take_count(rest);
  take_blanks(rest);
  if (!take_colon(rest) && !(english && ends_word(rest))) return false;
  take_signs(rest, opened);
  text = rest;
  open = opened;
  return true;
}

}  // namespace

bool is_forward(std::string_view subject) {
  auto text = trimmed(subject);
  // `[EXTERNAL] Fwd: x`, `[T-000001] Fwd: x`
  while (text.starts_with('[') && text.find(']') != std::string_view::npos)
    text = trimmed(text.substr(text.find(']') + 1));
  if (text.ends_with("(fwd)")) return true;
  return std::any_of(std::begin(kForwards), std::end(kForwards), [&](std::string_view word) {
    if (!begins_with_word(text, word)) return false;
    auto rest = text.substr(word.size());
    take_blanks(rest);
    take_count(rest);
    take_blanks(rest);
    return take_colon(rest);
  });
}

std::string bare_subject(std::string_view subject) {
  auto text = trimmed(subject);
  int open = 0;
  while (take_prefix(text, open)) {
  }
  for (bool more = true; more;) {
    text = trimmed(text);
    more = ends_with_word(text, "(fwd)");
    if (more) text.remove_suffix(5);
    if (open > 0 && (text.ends_with(']') || text.ends_with(')'))) {
      text.remove_suffix(1);
      --open;
      more = true;
    }
  }
  return shows_nothing(text) ? std::string() : std::string(text);
}

}  // namespace umsops::mail
