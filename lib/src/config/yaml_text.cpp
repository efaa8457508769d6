// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

std::string_view without_mark(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

/// Files of other systems: a wide encoding announces itself by its mark or by NUL bytes.
bool looks_wide(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         (text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0'));
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  while (!text.empty()) {
    std::size_t const end = std::min(text.find("\r\n"), text.size());
    out += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));  // the line feed stays
  }
  return out;
}

void check_characters(std::string_view text, std::string_view file) {
  auto const problem = base::check_text(text, base::TextShape::block);
  if (!problem) return;
  auto const at = base::line_column(text.substr(0, problem->offset), problem->offset);
  throw yaml_error(file, at.line, at.column,
                   fmt::format("{}{}", problem->what, looks_wide(text) ? " (UTF-16? save the file as UTF-8)" : ""));
}

/// Line starts are where YAML and the eye disagree: a tab there is refused, whatever the parser makes of it.
void check_line_starts(std::string_view text, std::string_view file) {
  bool before_content = true;
  std::size_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    std::size_t const end = std::min(text.find('\n', begin), text.size());
    std::string_view const line = text.substr(begin, end - begin);
    std::size_t const word = line.find_first_not_of(" \t");
    std::size_t const tab = line.substr(0, word).find('\t');
    if (tab != std::string_view::npos && (word == std::string_view::npos || tab < word)) {
      throw yaml_error(file, number, tab + 1, "a tab before the first word of a line; indent with blanks");
    }
    if (before_content && line.starts_with('%')) {
      throw yaml_error(file, number, 1, "directives (%YAML, %TAG) are not supported; remove the line");
    }
    if (word != std::string_view::npos && line[word] != '#') before_content = false;
    begin = end + 1;
  }
}

}  // namespace

base::Error yaml_error(std::string_view file, std::size_t line, std::size_t column, std::string problem) {
  base::Error error(base::errors::yaml_invalid, {{"problem", std::move(problem)}});
  return error.at({std::string(file), static_cast<std::int64_t>(line), static_cast<std::int64_t>(column)});
}

std::string clean_yaml(std::string_view text, std::string_view file, std::size_t max_bytes) {
  if (text.size() > max_bytes) {
    throw yaml_error(file, 0, 0, fmt::format("the file is over the limit of {} KiB", max_bytes / 1024));
  }
  std::string clean = with_plain_line_ends(without_mark(text));
  check_characters(clean, file);
  check_line_starts(clean, file);
  while (clean.ends_with('\n')) clean.pop_back();
  return clean += "\n#";
}

}  // namespace umsops::config
