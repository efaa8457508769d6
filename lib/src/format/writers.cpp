// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"

namespace umsops::format {

std::unique_ptr<RecordWriter> list_writer(Sink& sink, Style const& style, std::string_view schema,
                                          std::string_view noun, std::span<base::Field const> fields) {
  unsigned traits = 0;
  if (style.format == Format::table || style.format == Format::md) traits = base::kInTable;
  if (style.format == Format::wide) traits = base::kInWide;
  Style chosen = style;
  if (style.format == Format::id) chosen.fields = {style.id_field};
  ListParts parts{sink, style, std::string(schema), std::string(noun), choose_columns(chosen, noun, fields, traits)};
  if (chosen.fields.empty() && style.format != Format::tpl)
    std::erase_if(parts.columns, [](Column const& c) { return (c.field->traits & base::kDetail) != 0; });
  switch (style.format) {
    case Format::table:
    case Format::wide:
      return table_list(std::move(parts));
    case Format::json:
      return json_list(std::move(parts));
    case Format::jsonl:
      return json_lines(std::move(parts));
    case Format::csv:
    case Format::tsv:
      return delimited_list(std::move(parts));
    case Format::yaml:
      return yaml_list(std::move(parts));
    case Format::md:
      return markdown_list(std::move(parts));
    case Format::id:
      return id_list(std::move(parts));
    case Format::env:
      return shell_list(std::move(parts));
    case Format::tpl:
      return shaped_list(std::move(parts));
  }
  return nullptr;
}

}  // namespace umsops::format
