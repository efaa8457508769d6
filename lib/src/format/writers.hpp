// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "format/columns.hpp"
#include "umsops/format/output.hpp"

namespace umsops::format {

/// What every list writer is made of.
struct ListParts {
  Sink& sink;
  Style style;
  std::string schema;
  std::string noun;
  std::vector<Column> columns;
};

std::unique_ptr<RecordWriter> json_list(ListParts parts);
std::unique_ptr<RecordWriter> json_lines(ListParts parts);
std::unique_ptr<RecordWriter> delimited_list(ListParts parts);  ///< csv and tsv
std::unique_ptr<RecordWriter> yaml_list(ListParts parts);
std::unique_ptr<RecordWriter> markdown_list(ListParts parts);
std::unique_ptr<RecordWriter> table_list(ListParts parts);
std::unique_ptr<RecordWriter> shell_list(ListParts parts);
std::unique_ptr<RecordWriter> id_list(ListParts parts);
std::unique_ptr<RecordWriter> shaped_list(ListParts parts);
/// The template filled with these members. The facts of a document that is a list are those of each item.
void write_shaped(Sink& sink, Style const& style, base::Value const& document);

/// Appends `,"name":value` for each, behind other members.
void append_json_members(std::string& out, base::Value::Object const& members);

/// Appends one value as YAML at `indent`; the first line goes on where the caller stands.
void append_yaml(std::string& out, base::Value const& value, std::size_t indent);

/// A `name='value'` line each; what is no letter or digit in a name becomes `_`.
void append_shell(std::string& out, std::string_view name, base::Value const& value);
/// `NAME='value'` lines.
void append_shell(std::string& out, std::vector<Column> const& columns, base::Row const& row);

}  // namespace umsops::format
