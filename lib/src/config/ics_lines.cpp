// SPDX-License-Identifier: Apache-2.0
#include "config/ics_lines.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kLongestLine = 65'536;

std::string capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = base::ascii_upper(c);
  return out;
}

/// The place of the first `c` outside double quotes.
std::size_t find_plain(std::string_view text, char c) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == c && !quoted) return i;
  }
  return std::string_view::npos;
}

IcsLine split(std::string_view line, std::string const& file, std::int64_t number) {
  std::size_t const colon = find_plain(line, ':');
  if (colon == std::string_view::npos || colon == 0) {
    throw invalid({file, number, 1}, "no property of a calendar: " + echo(line), "a line is NAME:value");
  }
  std::string_view const head = line.substr(0, colon);
  std::size_t const semicolon = std::min(head.find(';'), head.size());
  return {capitals(head.substr(0, semicolon)),
          capitals(semicolon < head.size() ? head.substr(semicolon + 1) : std::string_view()),
          std::string(line.substr(colon + 1)), number};
}

/// Takes one physical line off `text`, without its end.
std::string_view next_line(std::string_view& text) {
  std::size_t const end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace

void each_ics_line(std::string_view text, std::string const& file, Problems& problems,
                   std::function<void(IcsLine const&)> const& take) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string whole;
  std::int64_t number = 0, first = 0;
  auto const finish = [&] {
    if (!whole.empty()) problems.guard([&] { take(split(whole, file, first)); });
    whole.clear();
  };
  while (!text.empty()) {
    std::string_view line = next_line(text);
    ++number;
    bool const folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    if (folded && !whole.empty()) {
      line.remove_prefix(1);
    } else {
      finish();
      first = number;
    }
    if (whole.size() + line.size() <= kLongestLine) whole += line;
  }
  finish();
}

std::string ics_text(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    ++i;
    out += value[i] == 'n' || value[i] == 'N' ? ' ' : value[i];
  }
  return out;
}

}  // namespace umsops::config
