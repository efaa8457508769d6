// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/text.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::dialogue {
namespace {

std::string text_of(Line const& line) {
  std::string text = base::format_rfc3339(std::chrono::floor<std::chrono::seconds>(line.at)) + " " +
                     std::string(to_string(line.said.speaker)) + ": " + line.said.text;
  std::string choices;
  for (auto const& option : line.said.options)
    choices += (choices.empty() ? "" : ", ") + option.key + " " + option.label;
  return choices.empty() ? text : text + " [" + choices + "]";
}

}  // namespace

std::vector<std::string> transcript_parts(std::vector<Line> const& lines, std::size_t most) {
  std::vector<std::string> parts;
  std::size_t used = 0;
  for (auto const& line : lines) {
    std::string const text = text_of(line);
    std::size_t const length = base::code_points(text) + 1;
    if (parts.empty() || used + length > most) {
      parts.emplace_back();
      used = 0;
    }
    parts.back() += (parts.back().empty() ? "" : "\n") + text;
    used += length;
  }
  return parts;
}

}  // namespace umsops::dialogue
