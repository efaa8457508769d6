// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/filter_sql.hpp"

namespace umsops::store {

/// One value of each record: a field, or a member of an object field, as text.
struct Wanted {
  std::size_t field = 0;
  std::string member;
};

/// Reads those values of the records that pass, in no order, and gives each row to `visit`. `type` is that of a
/// report's source (report/source.cpp): the fields of a record and what else SQL can tell of it. Decimals that are
/// computed come in millionths. `now` is what computed states are asked for. Of the records up to place `up_to`, where
/// it is given.
void walk_values(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted,
                 query::Filter const& filter, base::TimePoint now, std::function<void(Statement const&)> const& visit,
                 std::optional<std::int64_t> up_to = {});

/// The same of the records behind place `after` (their `n`), in its order; the row's first value is that place.
void walk_numbered(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted, std::int64_t after,
                   std::function<void(std::int64_t n, Statement const&)> const& visit);
/// The same of the records at those places, computed states as of `now`.
void walk_places(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted,
                 std::vector<std::int64_t> const& places, base::TimePoint now,
                 std::function<void(std::int64_t n, Statement const&)> const& visit);
/// Places of the records that events behind `seq` tell of, each once.
std::vector<std::int64_t> places_changed(Connection& db, std::string_view noun, std::int64_t seq);
/// Places of the records that pass.
std::vector<std::int64_t> places_where(Connection& db, base::RecordType const& type, query::Filter const& filter);

/// How many EXTERNAL replies the ticket at that place had by then. Not by their own times: a merge brings older ones.
std::int64_t replies_until(Connection& db, std::int64_t place, base::TimePoint at);

/// The table and the condition of such a walk, values written out: what a person can run.
struct PlainSql {
  std::string table, where;
};
PlainSql plain_sql(Connection const& db, base::RecordType const& type, query::Filter const& filter);
/// The column, or the SQL of a computed field, for the same.
std::string plain_column(Connection const& db, base::RecordType const& type, Wanted const& wanted, base::TimePoint now);

}  // namespace umsops::store
