// SPDX-License-Identifier: Apache-2.0
#include "format/record_block.hpp"
#include "format/writers.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/markdown.hpp"

namespace umsops::format {
namespace {

using base::Value;

Value::Object flat_object(std::vector<Column> const& columns, base::Row const& row, Value::Object const& first,
                          Value::Object const& last) {
  Value::Object object = first;
  for (auto const& column : columns) object.emplace_back(column.name, cell_value(column, row));
  object.insert(object.end(), last.begin(), last.end());
  return object;
}

Value::Object with_schema(std::string_view schema, Value::Object const& first) {
  Value::Object named{{"schema", schema}};
  named.insert(named.end(), first.begin(), first.end());
  return named;
}

std::string markdown_block(Value::Object const& members) {
  std::string out;
  for (auto const& [name, value] : members) {
    if (says_nothing(value)) continue;
    if (out.empty()) out = "| field | value |\n| --- | --- |\n";
    out += "| " + base::markdown_text(name) + " | " + base::markdown_text(machine_text(value)) + " |\n";
  }
  return out;
}

std::string shell_block(std::vector<Column> const& columns, base::Row const& row, Value::Object const& first) {
  std::string out;
  for (auto const& [name, value] : first) append_shell(out, name, value);
  append_shell(out, columns, row);
  return out;
}

}  // namespace

void write_record(Sink& sink, Style const& style, std::string_view schema, std::string_view noun,
                  std::span<base::Field const> fields, base::Row const& row, Value::Object const& first,
                  Value::Object const& last) {
  if (style.format == Format::id || style.format == Format::csv || style.format == Format::tsv) {
    auto const writer = list_writer(sink, style, schema, noun, fields);
    writer->row(row);
    return writer->end({});
  }
  auto const columns = choose_columns(style, noun, fields, 0);
  switch (style.format) {
    case Format::json:
      return sink.write(base::to_json(flat_object(columns, row, with_schema(schema, first), last)) + "\n");
    case Format::jsonl:
      return sink.write(base::to_json(flat_object(columns, row, first, last)) + "\n");
    case Format::yaml:
      return write_document(sink, style, flat_object(columns, row, with_schema(schema, first), last));
    case Format::env:
      return sink.write(shell_block(columns, row, first));
    case Format::md:
      return sink.write(markdown_block(flat_object(columns, row, first, last)));
    case Format::tpl:
      return write_shaped(sink, style, flat_object(columns, row, first, last));
    case Format::table:
    case Format::wide:
    case Format::csv:
    case Format::tsv:
    case Format::id:
      break;
  }
  RecordBlock block(style);
  for (auto const& [name, value] : first) block.add(name, value);
  Style whole_names = style;
  whole_names.terminal = false;
  for (auto const& column : columns) block.add(heading(column, whole_names, noun), cell_value(column, row));
  for (auto const& [name, value] : last) block.add(name, value);
  sink.write(block.text());
}

}  // namespace umsops::format
