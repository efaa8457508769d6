// SPDX-License-Identifier: Apache-2.0
#include "store/filter_sql.hpp"

#include <algorithm>
#include <span>

#include "query/passing.hpp"
#include "store/requesters.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using query::Condition;
using query::Filter;
using query::is_negative;
using query::names_absence;
using query::Op;

/// Below what the engines take as parameters of one statement: 32,766 in SQLite, 65,535 in PostgreSQL.
constexpr std::size_t kMostValues = 10'000;
/// SQLite refuses patterns of more than 50,000 bytes, and escaping may double this one.
constexpr std::size_t kLongestPattern = 16'384;
/// Comparisons, since a condition is an integer in one engine and a boolean in the other.
constexpr std::string_view kTrue = "1 = 1", kFalse = "1 = 0";

/// As a balanced tree: engines limit the depth of an expression, and a list of a thousand terms is one.
std::string join(std::span<std::string const> terms, std::string_view word) {
  if (terms.size() == 1) return terms[0];
  std::size_t const half = terms.size() / 2;
  std::string sql = "(" + join(terms.first(half), word);
  sql.append(" ").append(word).append(" ").append(join(terms.subspan(half), word)).append(")");
  return sql;
}

std::string any(std::vector<std::string> const& terms) {
  return terms.empty() ? std::string(kFalse) : join(terms, "OR");
}
std::string all(std::vector<std::string> const& terms) {
  return terms.empty() ? std::string(kTrue) : join(terms, "AND");
}
std::string negated(std::string const& term) { return "NOT (" + term + ")"; }
std::string_view sign(Op op) {
  switch (op) {
    case Op::lt:
      return " < ";
    case Op::le:
      return " <= ";
    case Op::gt:
      return " > ";
    case Op::ge:
      return " >= ";
    case Op::eq:
    case Op::ne:
    case Op::contains:
    case Op::lacks:
      return " = ";
  }
  return " = ";
}

class Compiler {
 public:
  Compiler(Connection const& db, base::RecordType const& type, Parameters& parameters, ComputedSql* computed)
      : db_(db), type_(type), parameters_(parameters), computed_(computed) {}

  std::string compile(Filter const& filter) {
    switch (filter.kind) {
      case Filter::Kind::everything:
        return std::string(kTrue);
      case Filter::Kind::condition:
        return condition(filter.condition);
      case Filter::Kind::all:
        return all(children(filter));
      case Filter::Kind::any:
        return any(children(filter));
      case Filter::Kind::none:
        return filter.children.empty() ? std::string(kFalse) : negated(compile(filter.children[0]));
      case Filter::Kind::text:
        throw base::Error(base::errors::internal, {{"problem", "words of a filter were not looked up"}});
      case Filter::Kind::rows:
        return db_.among_sql("n", parameters_.add_found(base::to_json(base::Value::List(filter.condition.values))));
    }
    return std::string(kTrue);
  }

 private:
  std::vector<std::string> children(Filter const& filter) {
    std::vector<std::string> terms;
    for (Filter const& child : filter.children) terms.push_back(compile(child));
    return terms;
  }

  std::string condition(Condition const& condition) {
    if (condition.values.size() > kMostValues) {
      throw base::Error(base::errors::input_too_large,
                        {{"what", "a list of values"}, {"limit", std::to_string(kMostValues)}});
    }
    base::Field const& field = type_.fields[condition.field];
    std::string const computed = field.column.empty() && computed_ ? computed_(db_.schema(), field) : std::string();
    if (field.column.empty() && computed.empty()) {
      throw base::Error(base::errors::field_unknown, {{"noun", std::string(type_.noun)},
                                                      {"field", std::string(field.name)},
                                                      {"suggestion", "it is computed and cannot stand in a filter"}});
    }
    bool const compares =
        std::any_of(condition.values.begin(), condition.values.end(), [](auto const& v) { return !v.is_null(); });
    // "Before nothing" holds for no record.
    if (!compares && !names_absence(condition)) return std::string(is_negative(condition.op) ? kTrue : kFalse);
    std::string const column = field.column.empty() ? at_time(computed, condition.at) : subject(field, condition);
    std::vector<std::string> terms;
    if (names_absence(condition)) terms.push_back(column + " IS NULL");
    std::string const positive = field.type == base::FieldType::choice && condition.member.empty()
                                     ? among_choices(column, field, condition)
                                     : compared(column, condition);
    // Never NULL, so that NOT gives exactly the other records. With NULL, a record without a value would match
    // neither.
    if (positive != kFalse) terms.push_back("(" + column + " IS NOT NULL AND " + positive + ")");
    return is_negative(condition.op) ? negated(any(terms)) : any(terms);
  }

  /// Its SQL with the parameter of the time, where that counts: a server refuses one that stands nowhere.
  std::string at_time(std::string sql, base::TimePoint now) {
    constexpr std::string_view kNow = "$now";
    if (sql.find(kNow) == std::string::npos) return sql;
    std::string const parameter = parameters_.add(now);
    for (std::size_t at = sql.find(kNow); at != std::string::npos; at = sql.find(kNow, at + parameter.size())) {
      sql.replace(at, kNow.size(), parameter);
    }
    return sql;
  }

  std::string subject(base::Field const& field, Condition const& condition) {
    if (condition.member.empty()) return std::string(field.column);
    if (field.type != base::FieldType::object) {  // of a person: what the directory says
      return requester_fact_sql(field.column, condition.member, [&](std::string_view column, std::string_view name) {
        return db_.member_sql(column, parameters_.add(db_.member_key(std::string(name))));
      });
    }
    // A path of SQLite cannot name such a member. It counts as absent in both engines, so that they agree.
    if (condition.member.find_first_of("\"\\") != std::string::npos) return "CAST(NULL AS TEXT)";
    return db_.member_sql(field.column, parameters_.add(db_.member_key(condition.member)));
  }

  std::string among_choices(std::string const& column, base::Field const& field, Condition condition) {
    if (condition.op == Op::ne) condition.op = Op::eq;
    if (condition.op == Op::lacks) condition.op = Op::contains;
    std::string list;
    // As a list of names: the rank of a choice is known here only, and an index on the column serves names.
    for (std::string_view const choice : query::passing_choices(field, condition)) {
      list.append(list.empty() ? "" : ", ").append(parameters_.add(choice));
    }
    return list.empty() ? std::string(kFalse) : column + " IN (" + list + ")";
  }

  std::string compared(std::string const& column, Condition const& condition) {
    std::vector<std::string> terms;
    std::string list;
    for (base::Value const& value : condition.values) {
      if (value.is_null()) continue;
      if (condition.op == Op::contains || condition.op == Op::lacks) {
        terms.push_back(holds(column, value));
      } else if (condition.op == Op::eq || condition.op == Op::ne) {
        list.append(list.empty() ? "" : ", ").append(parameters_.add(value));
      } else {
        terms.push_back(column + std::string(sign(condition.op)) + parameters_.add(value));
      }
    }
    // One value as `=`: planners use an index for it more readily than for a list.
    if (list.find(',') != std::string::npos) return column + " IN (" + list + ")";
    if (!list.empty()) return column + " = " + list;
    return any(terms);
  }

  std::string holds(std::string const& column, base::Value const& value) {
    if (value.text().size() > kLongestPattern) {
      throw base::Error(base::errors::input_too_large, {{"what", "a text to look for"}, {"limit", "16 KiB"}});
    }
    bool const is_ascii = std::all_of(value.text().begin(), value.text().end(), [](char c) { return c >= 0; });
    return db_.contains_sql(column, parameters_.add(value), is_ascii);
  }

  Connection const& db_;
  base::RecordType const& type_;
  Parameters& parameters_;
  ComputedSql* computed_;
};

}  // namespace

std::string Parameters::add(base::Value value) {
  values_.push_back(std::move(value));
  return "$" + std::to_string(values_.size());
}

std::string Parameters::add_found(base::Value value) {
  found_.push_back(values_.size());
  return add(std::move(value));
}

bool Parameters::is_found(std::size_t place) const {
  return std::find(found_.begin(), found_.end(), place) != found_.end();
}

void Parameters::bind(Statement& statement) const {
  for (std::size_t i = 0; i < values_.size(); ++i) statement.bind_value(static_cast<int>(i) + 1, values_[i]);
}

std::string filter_sql(Connection const& db, base::RecordType const& type, query::Filter const& filter,
                       Parameters& parameters, ComputedSql* computed) {
  return Compiler(db, type, parameters, computed).compile(filter);
}

std::vector<std::string_view> passing_choices(base::Field const& field, query::Condition const& condition) {
  return query::passing_choices(field, condition);
}

}  // namespace umsops::store
