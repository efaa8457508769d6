// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"

/// Fields that a desk gives its tickets beside the built-in ones: attributes with a type and a meaning.
namespace umsops::model {

struct Ticket;

enum class DeclaredType { text, integer, decimal, boolean, date, choice };
std::optional<DeclaredType> parse_declared_type(std::string_view text);
std::string_view to_string(DeclaredType type);

struct DeclaredField {
  std::string name;  ///< of the attribute
  DeclaredType type = DeclaredType::text;
  std::string label, label_zh;              ///< heading in tables and forms; empty: the name
  std::string doc;                          ///< what it is for; empty: not said
  std::vector<std::string> choices;         ///< of a choice, in the order in which they are offered
  std::vector<std::string> categories;      ///< of tickets that have it; empty: all
  std::vector<std::string> required_in;     ///< categories in which a new ticket must have it
  bool required = false;                    ///< in all of its categories
  std::optional<std::int64_t> least, most;  ///< of a number
  base::SourceSpot spot;                    ///< where it is declared
  bool belongs_to(std::string_view category) const;
  bool is_required_in(std::string_view category) const;
};

/// What a value of a declared field must be, in words: `one of x1 t14`, `a whole number`.
std::string expected_of(DeclaredField const& field);

/// What is wrong with an attribute of a ticket.
struct FieldProblem {
  enum class Kind { missing, bad_value, undeclared, elsewhere };
  Kind kind = Kind::missing;
  std::string name;
  std::string value;
  std::string expected;    ///< of bad_value; of `elsewhere` the categories that have it
  std::string suggestion;  ///< of an undeclared name: the nearest that is declared; empty: none is near
};

class DeclaredFields {
 public:
  explicit DeclaredFields(std::vector<DeclaredField> fields) : fields_(std::move(fields)) {}
  std::vector<DeclaredField> const& all() const { return fields_; }
  DeclaredField const* find(std::string_view name) const;
  /// The value as it is stored: numbers without leading zeros, `true` and `false`, dates as 2026-11-30, a choice as it
  /// is declared. nullopt: it is none of that type.
  static std::optional<std::string> normal(DeclaredField const& field, std::string_view value);
  /// Puts values of the ticket into their normal form, and says what is wrong with it.
  std::vector<FieldProblem> settle(Ticket& ticket) const;

 private:
  std::vector<DeclaredField> fields_;
};

}  // namespace umsops::model
