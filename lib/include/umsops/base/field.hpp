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

/// A kind of record: its fields in the order of every output.
struct RecordType {
  std::string_view noun;  ///< `ticket`
  std::span<Field const> fields;

  std::optional<std::size_t> find(std::string_view name) const;
  /// Throws `field.unknown` with the nearest match.
  std::size_t require(std::string_view name) const;
};

/// A record's values in the order of its type's fields.
using Row = std::vector<Value>;

}  // namespace umsops::base
