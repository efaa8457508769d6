// SPDX-License-Identifier: Apache-2.0
// Where people can be named in the tables of the store: what an export looks through, and an erasure clears.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/record_table.hpp"
#include "store/table.hpp"
#include "umsops/model/person_names.hpp"

namespace umsops::store {

/// What a column can say of people.
enum class Personal {
  person,  ///< who it was, and nothing else
  text,    ///< words that somebody wrote
  json,    ///< texts inside of a JSON value
  file     ///< bytes of a file
};
struct PersonalColumn {
  std::string_view name;
  Personal what;
};

/// A table other than those of records and events, with what of it can name people.
struct PersonalTable {
  Table const& table;
  std::span<PersonalColumn const> columns;
  /// A row that names somebody goes as a whole: what is left of it would be of no use.
  bool rows_go = false;
};
/// Every table is among them but those that only programs write; held against the schema by a test.
std::span<PersonalTable const> personal_tables();
PersonalTable const* find_personal_table(Table const& table);

/// Puts something else in the place of a person: in a text, and where a person stands alone.
struct Redaction {
  model::PersonNames const& names;
  std::string alone;  ///< in the place of a person that stands alone; empty: nothing

  /// What such a value is without them; nullopt: it does not name them.
  std::optional<base::Value> of(base::Value const& stored, Personal what) const;
};

/// How a field of a record can name people; nullopt: it cannot, or only in words that are no person's own (a category).
std::optional<Personal> personal_in(base::Field const& field);
/// The columns without them; nullopt: they are not in them.
std::optional<Columns> without(Redaction const& redaction, RecordTable const& table, Columns const& columns);
/// The row without them; nullopt: they are not in it.
std::optional<Values> without(Redaction const& redaction, PersonalTable const& table, Values const& row);
/// The row without any words: what remains is who did what of it, and when.
Values without_words(Redaction const& redaction, PersonalTable const& table, Values const& row);
/// Whether the row names them.
bool names(model::PersonNames const& names, PersonalTable const& table, Values const& row);

}  // namespace umsops::store
