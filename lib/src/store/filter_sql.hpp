// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/field.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// The values of a statement: SQL text never holds anybody's value, only `$n`.
class Parameters {
 public:
  std::string add(base::Value value);
  /// One that was looked up for the query, and may be another at its next page.
  std::string add_found(base::Value value);
  bool is_found(std::size_t place) const;
  void bind(Statement& statement) const;
  std::vector<base::Value> const& values() const { return values_; }

 private:
  std::vector<base::Value> values_;
  std::vector<std::size_t> found_;
};

/// SQL of a computed field, where `$now` stands for the time of the query; empty: it cannot be computed in SQL.
using ComputedSql = std::string(Schema const& schema, base::Field const& field);

/// The filter as an SQL condition that is true or false, never NULL. `computed` may be null.
std::string filter_sql(Connection const& db, base::RecordType const& type, query::Filter const& filter,
                       Parameters& parameters, ComputedSql* computed);

/// The choices that a condition on a choice field lets pass, in their order; absent values are left out.
std::vector<std::string_view> passing_choices(base::Field const& field, query::Condition const& condition);

}  // namespace umsops::store
