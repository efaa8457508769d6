// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "umsops/format/output.hpp"

namespace umsops::format {

/// One column of an output: a field of the row, or a member of an object in it.
struct Column {
  base::Field const* field;
  std::size_t index;   ///< of the field in the row
  std::string member;  ///< empty: the whole field
  std::string name;    ///< `attributes.host`
};

/// The columns that -F asks for, else those with one of `traits`, else (traits 0) all.
/// Throws `field.unknown` with the nearest match.
std::vector<Column> choose_columns(Style const& style, std::string_view noun, std::span<base::Field const> fields,
                                   unsigned traits);

/// What a name may mean: itself, then what filters call so: `created` is created_at, `assignee` assignee_id, `number`
/// of a ticket ticket_number, `due` its sla_deadline, `body` its description.
std::vector<std::string> full_names(std::string_view name, std::string_view noun);

base::Value const& cell_value(Column const& column, base::Row const& row);

/// A value as machines read it: times RFC 3339 UTC, objects and lists as JSON, null as nothing.
std::string machine_text(base::Value const& value);
/// A value as people read it: times in the style's zone, an object as `a=1 b=2`, still to be made safe for a terminal.
std::string people_text(base::Value const& value, Style const& style);

/// The heading of a table column. Off a terminal it has the field's name, and a time column names its zone; on one it
/// is as short as can be understood.
std::string heading(Column const& column, Style const& style, std::string_view noun);

}  // namespace umsops::format
