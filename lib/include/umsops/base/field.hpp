// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::base {

enum class FieldType { text, block, integer, decimal, boolean, time, choice, object, list };

/// Properties of a field; a set of bits.
enum FieldTrait : unsigned {
  kInTable = 1u << 0,    ///< a column of `-o table`
  kInWide = 1u << 1,     ///< a column of `-o wide`
  kFilter = 1u << 2,     ///< allowed in a filter and in --sort
  kWritable = 1u << 3,   ///< settable on create, update and import
  kImport = 1u << 4,     ///< settable on import only (times, numbers, states of older systems)
  kPersonal = 1u << 5,   ///< personal or free text: the history chain covers only its salted digest
  kComputed = 1u << 6,   ///< computed when read; has no column
  kDetail = 1u << 7,     ///< shown for a single record; in a list only on request
  kDerived = 1u << 8,    ///< computed from the history and stored for queries; not part of the record's hash
  kAhead = 1u << 9,      ///< a future time: `due<2h` means in two hours
  kOptional = 1u << 10,  ///< a choice that may be absent
  kAlways = 1u << 11,    ///< never absent: its column is NOT NULL
  kUnlogged = 1u << 12,  ///< not in the history: it follows from the rest, or never changes
  kPerson = 1u << 13,    ///< names a person, as base::person_name writes one
  kLess = 1u << 14,      ///< tells less than the others: a table without room for all leaves it out first
};

/// One field of a record, described once: JSON, table, CSV, `-F`, import, filter names, completion, help and schema are
/// generated from it. `column` is the name in the store (empty when computed).
struct Field {
  std::string_view name;
  FieldType type;
  std::string_view column;
  unsigned traits;
  std::string_view doc, doc_zh;
  std::string_view label_zh;                       ///< table heading in Chinese; in English it is the name in capitals
  std::span<std::string_view const> choices = {};  ///< of a choice, lowest first: `priority>=HIGH` compares ranks
  std::size_t max_length = 0;                      ///< in code points; 0: not text
};

/// The text field with a limit, in code points.
constexpr Field limited(Field field, std::size_t max_length) {
  field.max_length = max_length;
  return field;
}

/// A record's values in the order of its type's fields.
using Row = std::vector<Value>;

/// A kind of record: its fields in the order of every output.
struct RecordType {
  std::string_view noun;  ///< `ticket`
  std::span<Field const> fields;
  std::string_view number_field = {};  ///< what people call a record by; empty: it has no number
  /// A derived field that an import may bring (kDerived and kImport) is derived only in records where this field is
  /// set; elsewhere it is a plain value. Empty: no field is both.
  std::string_view derived_by = {};
  bool searched = false;  ///< its text is in the search index: `text~words` may stand in a filter

  std::optional<std::size_t> find(std::string_view name) const;
  /// Throws `field.unknown` with the nearest match.
  std::size_t require(std::string_view name) const;
};

/// Whether a field is made from the history of its record, and so neither hashed nor logged. `decided`: the record has
/// a value in the type's `derived_by`.
constexpr bool is_derived(Field const& field, bool decided) {
  return (field.traits & kDerived) != 0 && ((field.traits & kImport) == 0 || decided);
}
/// The same for a whole record.
bool is_derived(RecordType const& type, Row const& row, std::size_t field);

/// Kept as a number by the store: integers, times (epoch milliseconds) and booleans (0, 1). All else is text.
bool is_number(FieldType type);

}  // namespace umsops::base
