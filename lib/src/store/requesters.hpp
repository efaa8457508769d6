// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/record_table.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::store {

/// `requesters`.
RecordTable const& requester_table();
/// Throws `store.damaged` when the columns are no requester.
model::Requester to_requester(Columns const& columns);
Columns columns_of(model::Requester const& requester);

std::optional<model::Requester> requester_at(Connection& db, std::int64_t n);
Rest list_requesters(Connection& db, query::Query const& query,
                     std::function<bool(model::Requester const&)> const& visit);

/// Places of the people of that name (`model::lookup_name`), at most so many.
std::vector<std::int64_t> requesters_called(Connection& db, std::string_view name, int most = 2);
/// The one person of that name; none where there are several.
std::optional<model::Requester> requester_called(Connection& db, std::string_view name);

/// By what the person is found: nothing for one who was merged into another.
std::vector<std::string> stored_names(model::Requester const& requester);
/// Adds and takes away what differs.
void change_names(WriteTx& tx, std::int64_t record, std::vector<std::string> const& before,
                  std::vector<std::string> const& after);
void add_name(Connection& db, std::string_view name, std::int64_t record);

/// Names that several people have, with their places, sorted; `visit` gives false to end.
void each_shared_name(Connection& db, std::function<bool(std::string const& name, std::int64_t record)> const& visit);

/// Who asked since a time and is called by no name that is known, with how many tickets, most first.
struct Stranger {
  std::string requester_id;
  std::int64_t tickets = 0;
  std::int64_t record = 0;
};
std::vector<Stranger> strangers(Connection& db, base::TimePoint since, std::int64_t most);
/// People who have left, of whom tickets are open; and accounts that somebody reports to and nobody has.
std::vector<Stranger> left_with_open(Connection& db, std::int64_t most);
std::vector<Stranger> unknown_managers(Connection& db, std::int64_t most);
/// How many tickets are of the person, and how many of these are open.
struct Asked {
  std::int64_t tickets = 0, open = 0;
};
Asked asked_by(Connection& db, std::int64_t record);

/// What the directory says of the person behind `column`, for a fact of `model::is_requester_fact` without its prefix,
/// as SQL: a text, null where nobody, or several people, are called so. `member` gives the SQL of a named value.
std::string requester_fact_sql(
    std::string_view column, std::string_view fact,
    std::function<std::string(std::string_view column, std::string_view name)> const& member);

}  // namespace umsops::store
