// SPDX-License-Identifier: Apache-2.0
#include "format/record_block.hpp"

#include <algorithm>

#include "format/columns.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Value;

constexpr std::size_t kGap = 2, kNarrowest = 20, kTabCells = 8;

std::size_t character_size(char lead) {
  auto const byte = static_cast<unsigned char>(lead);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

constexpr std::string_view kJoiner = "\u200d";

bool is_regional(std::string_view character) { return character.starts_with("\xF0\x9F\x87"); }
bool is_skin_tone(std::string_view character) { return character >= "\U0001F3FB" && character <= "\U0001F3FF"; }

/// A character with the marks, joined parts and flag letters that stay beside it.
std::string_view cluster_at(std::string_view text, std::size_t at) {
  auto const next = [&](std::size_t from) { return text.substr(from, character_size(text[from])); };
  std::string_view const head = next(at);
  std::string_view last = head;
  std::size_t end = at + head.size();
  while (end < text.size()) {
    std::string_view const character = next(end);
    bool const flag = last.data() == head.data() && is_regional(head) && is_regional(character);
    bool const mark = static_cast<unsigned char>(character[0]) >= 0x80 && base::cell_width(character) == 0;
    if (!flag && !mark && !is_skin_tone(character) && last != kJoiner) break;
    last = character;
    end += character.size();
  }
  return text.substr(at, end - at);
}

}  // namespace

bool says_nothing(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  auto const* list = value.get_if<Value::List>();
  return value.is_null() || (object && object->empty()) || (list && list->empty());
}

std::vector<std::string> wrap_cells(std::string_view line, std::size_t cells, int ambiguous) {
  std::vector<std::string> out;
  std::size_t begin = 0, used = 0, best = 0;  // `best`: the last place where this line may be broken
  bool was_wide = false;
  for (std::size_t at = 0; at < line.size();) {
    std::string_view const character = cluster_at(line, at);
    std::size_t const width = character == "\t" ? kTabCells : base::cell_width(character, ambiguous);
    bool const wide = width == 2;
    if (at > begin && width > 0 && (line[at - 1] == ' ' || wide || was_wide)) best = at;
    if (used + width > cells && at > begin) {
      std::size_t const stop = best > begin ? best : at;
      std::string_view part = line.substr(begin, stop - begin);
      while (part.ends_with(' ')) part.remove_suffix(1);
      out.emplace_back(part);
      begin = at = best = stop;
      used = 0;
      was_wide = false;
      continue;
    }
    used += width;
    was_wide = wide;
    at += character.size();
  }
  out.emplace_back(line.substr(begin));
  return out;
}

void RecordBlock::add(std::string_view label, Value const& value) {
  if (says_nothing(value)) return;
  std::string text = people(value);
  while (text.ends_with('\n')) text.pop_back();
  std::string safe = base::terminal_text(label, base::TextShape::line);
  width_ = std::max(width_, base::cell_width(safe, style_.ambiguous_width));
  lines_.emplace_back(std::move(safe), std::move(text));
}

std::string RecordBlock::text() const {
  std::string out;
  for (auto const& [label, value] : lines_) {
    out += style_.color ? "\x1b[1m" + label + "\x1b[0m" : label;
    if (!value.empty()) out.append(width_ - base::cell_width(label, style_.ambiguous_width) + kGap, ' ');
    append_value(out, value);
    out += '\n';
  }
  return out;
}

void RecordBlock::append_value(std::string& out, std::string_view value) const {
  std::size_t const indent = width_ + kGap;
  std::size_t const room = std::max(static_cast<std::size_t>(std::max(style_.width, 0)), indent + kNarrowest) - indent;
  bool first = true;
  while (first || !value.empty()) {
    std::size_t const stop = std::min(value.find('\n'), value.size());
    auto const line = value.substr(0, stop);
    auto const parts =
        style_.terminal ? wrap_cells(line, room, style_.ambiguous_width) : std::vector<std::string>{std::string(line)};
    for (auto const& part : parts) {
      if (!first) out += '\n';
      if (!first && !part.empty()) out.append(indent, ' ');
      out += part;
      first = false;
    }
    value.remove_prefix(std::min(stop + 1, value.size()));
  }
}

std::string RecordBlock::people(Value const& value) const {
  auto const* list = value.get_if<Value::List>();
  if (!list) return base::terminal_text(people_text(value, style_), base::TextShape::block);
  std::string out;
  for (auto const& item : *list) out += base::terminal_text(people_text(item, style_), base::TextShape::block) + "\n";
  return out;
}

}  // namespace umsops::format
