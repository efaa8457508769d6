// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/writers.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Value;

bool says_nothing(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  auto const* list = value.get_if<Value::List>();
  return value.is_null() || (object && object->empty()) || (list && list->empty());
}

/// Indents every line of a text after the first.
std::string indented(std::string_view text, std::size_t cells) {
  std::string out;
  for (char const c : text) {
    out += c;
    if (c == '\n') out.append(cells, ' ');
  }
  return out;
}

/// `LABEL  value` lines; absent values are left out.
class Block {
 public:
  Block(Style const& style) : style_(style) {}

  void add(std::string label, Value const& value) {
    if (says_nothing(value)) return;
    std::string text = people(value);
    while (text.ends_with('\n')) text.pop_back();
    width_ = std::max(width_, base::cell_width(label, style_.ambiguous_width));
    lines_.emplace_back(std::move(label), std::move(text));
  }

  std::string text() const {
    std::string out;
    for (auto const& [label, value] : lines_) {
      std::size_t const gap = width_ - base::cell_width(label, style_.ambiguous_width) + 2;
      out += (style_.color ? "\x1b[1m" + label + "\x1b[0m" : label) + std::string(gap, ' ') + indented(value, width_ + 2) + "\n";
    }
    return out;
  }

 private:
  std::string people(Value const& value) const {
    auto const* list = value.get_if<Value::List>();
    if (!list) return base::terminal_text(people_text(value, style_), base::TextShape::block);
    std::string out;
    for (auto const& item : *list) {
      out += base::terminal_text(people_text(item, style_), base::TextShape::block) + "\n";
    }
    return out;
  }

  Style const& style_;
  std::size_t width_ = 0;
  std::vector<std::pair<std::string, std::string>> lines_;
};

Value::Object flat_object(std::vector<Column> const& columns, base::Row const& row, Value::Object const& first,
                          Value::Object const& last) {
  Value::Object object = first;
  for (auto const& column : columns) object.emplace_back(column.name, cell_value(column, row));
  object.insert(object.end(), last.begin(), last.end());
  return object;
}

void write_block(Sink& sink, Style const& style, std::vector<Column> const& columns, base::Row const& row,
                 Value::Object const& first, Value::Object const& last) {
  Block block(style);
  for (auto const& [name, value] : first) block.add(name, value);
  for (auto const& column : columns) block.add(heading(column, style), cell_value(column, row));
  for (auto const& [name, value] : last) block.add(name, value);
  sink.write(block.text());
}

}  // namespace

void write_record(Sink& sink, Style const& style, std::string_view schema, std::string_view noun,
                  std::span<base::Field const> fields, base::Row const& row, Value::Object const& first,
                  Value::Object const& last) {
  Style chosen = style;
  if (style.format == Format::id) chosen.fields = {style.id_field};
  auto const columns = choose_columns(chosen, noun, fields, 0);
  switch (style.format) {
    case Format::table:
    case Format::wide: return write_block(sink, style, columns, row, first, last);
    case Format::json: {
      Value::Object named{{"schema", schema}};
      named.insert(named.end(), first.begin(), first.end());
      return sink.write(base::to_json(flat_object(columns, row, named, last)) + "\n");
    }
    case Format::jsonl: return sink.write(base::to_json(flat_object(columns, row, first, last)) + "\n");
    case Format::yaml: {
      Value::Object named{{"schema", schema}};
      named.insert(named.end(), first.begin(), first.end());
      return write_document(sink, style, flat_object(columns, row, named, last));
    }
    case Format::env: {
      std::string text;
      append_shell(text, columns, row);
      return sink.write(text);
    }
    case Format::id:
    case Format::csv:
    case Format::tsv:
    case Format::md: break;
  }
  auto const writer = list_writer(sink, style, schema, noun, fields);
  writer->row(row);
  writer->end({});
}

}  // namespace umsops::format
