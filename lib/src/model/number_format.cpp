// SPDX-License-Identifier: Apache-2.0
#include "model/number_format.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"

namespace umsops::model {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string padded(std::int64_t number, std::size_t digits) {
  std::string const text = std::to_string(number);
  return text.size() >= digits ? text : std::string(digits - text.size(), '0') + text;
}

[[noreturn]] void refuse(std::string_view pattern, std::string problem) {
  throw base::Error(base::errors::config_invalid,
                    {{"problem", "number_format " + std::string(pattern.substr(0, 80)) + ": " + problem},
                     {"suggestion", "e.g. T-{seq:6} or UMS-{yyyy}{seq:5}"}});
}

bool plain(char c) {
  return is_digit(c) || (base::ascii_upper(c) >= 'A' && base::ascii_upper(c) <= 'Z') || c == '-' || c == '_' ||
         c == '.' || c == '/';
}

/// The first run of digits or of other signs, digits without leading zeros.
std::string_view take_run(std::string_view& text) {
  std::size_t end = 1;
  while (end < text.size() && is_digit(text[end]) == is_digit(text[0])) ++end;
  auto run = text.substr(0, end);
  text.remove_prefix(end);
  while (run.size() > 1 && run[0] == '0') run.remove_prefix(1);
  return run;
}

}  // namespace

bool same_number(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (base::ascii_lower(take_run(a)) != base::ascii_lower(take_run(b))) return false;
  }
  return a.empty() && b.empty();
}

NumberFormat::NumberFormat(std::string_view pattern) {
  if (pattern.size() > 40) refuse(pattern, "longer than 40 characters");
  // What begins like a flag would be taken for one wherever numbers are handed to commands.
  if (!pattern.empty() && std::string_view("-_./").find(pattern.front()) != std::string_view::npos)
    refuse(pattern, "the first sign is a letter, a digit or a brace");
  int counters = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '{') {
      if (!plain(pattern[at])) refuse(pattern, "only letters, digits and -_./ beside the braces");
      if (parts_.empty() || parts_.back().kind != Part::Kind::text) parts_.push_back({Part::Kind::text, {}, 0});
      parts_.back().text += pattern[at++];
      continue;
    }
    std::size_t const close = pattern.find('}', at);
    if (close == std::string_view::npos) refuse(pattern, "a brace is not closed");
    std::string_view const name = pattern.substr(at + 1, close - at - 1);
    at = close + 1;
    if (name == "yyyy") {
      parts_.push_back({Part::Kind::year, {}, 4});
    } else if (name == "mm") {
      parts_.push_back({Part::Kind::month, {}, 2});
    } else if (name == "seq" || name.starts_with("seq:")) {
      auto const digits = name == "seq" ? 1 : base::parse_integer(name.substr(4), 1, 12).value_or(0);
      if (digits == 0) refuse(pattern, "{seq:N} takes 1 to 12 digits");
      parts_.push_back({Part::Kind::counter, {}, static_cast<std::size_t>(digits)});
      ++counters;
    } else {
      refuse(pattern, "unknown {" + std::string(name) + "}");
    }
  }
  if (counters != 1) refuse(pattern, "exactly one {seq} is needed");
}

bool is_number_format(std::string_view pattern) {
  try {
    NumberFormat const format(pattern);
    return true;
  } catch (base::Error const&) {
    return false;
  }
}

std::string NumberFormat::render(std::int64_t counter, base::TimePoint at) const {
  std::chrono::year_month_day const date{std::chrono::floor<std::chrono::days>(at)};
  std::string out;
  for (auto const& part : parts_) {
    switch (part.kind) {
      case Part::Kind::text:
        out += part.text;
        break;
      case Part::Kind::counter:
        out += padded(counter, part.digits);
        break;
      case Part::Kind::year:
        out += padded(int(date.year()), 4);
        break;
      case Part::Kind::month:
        out += padded(static_cast<std::int64_t>(unsigned(date.month())), 2);
        break;
    }
  }
  return out;
}

std::optional<std::string> NumberFormat::match(std::string_view typed, std::int64_t* counter) const {
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    auto const& part = parts_[i];
    if (part.kind == Part::Kind::text) {
      for (char const c : part.text) {
        // T1 is T-1: what only parts need not be typed.
        bool const left_out =
            std::string_view("-_./").find(c) != std::string_view::npos && (at >= typed.size() || typed[at] != c);
        if (left_out) continue;
        if (at >= typed.size() || base::ascii_upper(typed[at]) != base::ascii_upper(c)) return std::nullopt;
        ++at;
      }
      out += part.text;
      continue;
    }
    std::size_t end = at;
    bool const fixed = part.kind != Part::Kind::counter;
    while (end < typed.size() && is_digit(typed[end]) && !(fixed && end - at == part.digits)) ++end;
    // A counter in front of fixed digits must leave them their place.
    for (std::size_t j = i + 1; !fixed && j < parts_.size() && parts_[j].kind != Part::Kind::text; ++j) {
      if (end - at <= parts_[j].digits) return std::nullopt;
      end -= parts_[j].digits;
    }
    auto const number = base::parse_integer(typed.substr(at, end - at), 0, 999'999'999'999'999);
    if (!number || (fixed && end - at != part.digits)) return std::nullopt;
    if (!fixed && counter) *counter = *number;
    out += padded(*number, part.digits);
    at = end;
  }
  return at == typed.size() ? std::optional<std::string>(out) : std::nullopt;
}

std::optional<std::string> NumberFormat::normalise(std::string_view typed) const { return match(typed, nullptr); }

std::optional<std::int64_t> NumberFormat::counter(std::string_view number) const {
  std::int64_t counter = 0;
  auto const written = match(number, &counter);
  return written && *written == number ? std::optional<std::int64_t>(counter) : std::nullopt;
}

}  // namespace umsops::model
