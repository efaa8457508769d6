// SPDX-License-Identifier: Apache-2.0
#include "store/requesters.hpp"

#include <algorithm>

#include "store/record_row.hpp"
#include "store/table.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kCalled = "SELECT record FROM requester_names WHERE name = $1 ORDER BY record LIMIT $2";
constexpr std::string_view kForget = "DELETE FROM requester_names WHERE name = $1 AND record = $2";
constexpr std::string_view kShared =
    "SELECT name, record FROM requester_names WHERE name IN "
    "(SELECT name FROM requester_names GROUP BY name HAVING count(*) > 1) ORDER BY name, record";
constexpr std::string_view kStrangers =
    "SELECT requester_id, count(*) FROM support_tickets WHERE created_at >= $1 AND requester_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM requester_names AS q WHERE q.name = lower(support_tickets.requester_id)) "
    "GROUP BY requester_id ORDER BY count(*) DESC, requester_id LIMIT $2";
constexpr std::string_view kAsked =
    "SELECT count(*), coalesce(sum(CASE WHEN status IN ('RESOLVED', 'CLOSED', 'SPAM') THEN 0 ELSE 1 END), 0) "
    "FROM support_tickets WHERE requester_id IS NOT NULL "
    "AND lower(requester_id) IN (SELECT name FROM requester_names WHERE record = $1)";

constexpr std::string_view kLeft =
    "SELECT min(t.requester_id), count(*), r.n FROM support_tickets AS t "
    "JOIN requester_names AS q ON q.name = lower(t.requester_id) JOIN requesters AS r ON r.n = q.record "
    "WHERE t.status NOT IN ('RESOLVED', 'CLOSED') AND t.status <> 'SPAM' AND r.state = 'LEFT' "
    "GROUP BY r.n ORDER BY count(*) DESC, r.n LIMIT $1";
constexpr std::string_view kManagers =
    "SELECT manager, n FROM requesters WHERE manager IS NOT NULL AND state = 'ACTIVE' "
    "AND NOT EXISTS (SELECT 1 FROM requester_names AS q WHERE q.name = lower(requesters.manager)) ORDER BY n LIMIT $1";

constexpr std::string_view kAttributePart = "attributes_";

}  // namespace

RecordTable const& requester_table() {
  static RecordTable const kTable = RecordTable::made({.type = model::requester_type(),
                                                       .name = "requesters",
                                                       .not_found = base::errors::requester_not_found,
                                                       .created = "created_at"});
  return kTable;
}

model::Requester to_requester(Columns const& columns) {
  model::Requester requester;
  each_field(requester_table(), columns,
             [&](std::size_t field, base::Value const& value) { model::set(requester, field, value); });
  return requester;
}

Columns columns_of(model::Requester const& requester) {
  return to_columns(requester_table(), model::to_row(requester));
}

std::optional<model::Requester> requester_at(Connection& db, std::int64_t n) {
  auto const columns = record_at(db, requester_table(), n);
  return columns ? std::optional(to_requester(*columns)) : std::nullopt;
}

Rest list_requesters(Connection& db, query::Query const& query,
                     std::function<bool(model::Requester const&)> const& visit) {
  return list_records(db, requester_table(), query,
                      [&](Columns const& columns) { return visit(to_requester(columns)); });
}

std::vector<std::int64_t> requesters_called(Connection& db, std::string_view name, int most) {
  std::vector<std::int64_t> found;
  if (name.empty()) return found;
  Reading rows(db.prepare(kCalled));
  rows->bind(1, name).bind(2, std::int64_t{most});
  while (rows->step()) found.push_back(rows->integer(0));
  return found;
}

std::optional<model::Requester> requester_called(Connection& db, std::string_view name) {
  auto const found = requesters_called(db, name);
  return found.size() == 1 ? requester_at(db, found.front()) : std::nullopt;
}

std::vector<std::string> stored_names(model::Requester const& requester) {
  return requester.merged_into.empty() ? model::lookup_names(requester) : std::vector<std::string>();
}

void add_name(Connection& db, std::string_view name, std::int64_t record) {
  insert_hashed(db, kRequesterNames, {std::string(name), record});
}

void change_names(WriteTx& tx, std::int64_t record, std::vector<std::string> const& before,
                  std::vector<std::string> const& after) {
  auto const holds = [](std::vector<std::string> const& names, std::string const& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (auto const& name : before) {
    if (holds(after, name)) continue;
    Reading forget(tx.connection().prepare(kForget));
    forget->bind(1, name).bind(2, record);
    forget->step();
  }
  for (auto const& name : after) {
    if (!holds(before, name)) add_name(tx.connection(), name, record);
  }
}

void each_shared_name(Connection& db, std::function<bool(std::string const& name, std::int64_t record)> const& visit) {
  Reading rows(db.prepare_walk(kShared));
  while (rows->step()) {
    if (!visit(rows->text(0), rows->integer(1))) break;
  }
}

std::vector<Stranger> strangers(Connection& db, base::TimePoint since, std::int64_t most) {
  std::vector<Stranger> found;
  Reading rows(db.prepare(kStrangers));
  rows->bind(1, since).bind(2, most);
  while (rows->step()) found.push_back({rows->text(0), rows->integer(1)});
  return found;
}

Asked asked_by(Connection& db, std::int64_t record) {
  Reading row(db.prepare(kAsked));
  row->bind(1, record);
  return row->step() ? Asked{row->integer(0), row->integer(1)} : Asked{};
}

std::vector<Stranger> left_with_open(Connection& db, std::int64_t most) {
  std::vector<Stranger> found;
  Reading rows(db.prepare(kLeft));
  rows->bind(1, most);
  while (rows->step()) found.push_back({rows->text(0), rows->integer(1), rows->integer(2)});
  return found;
}

std::vector<Stranger> unknown_managers(Connection& db, std::int64_t most) {
  std::vector<Stranger> found;
  Reading rows(db.prepare(kManagers));
  rows->bind(1, most);
  while (rows->step()) found.push_back({rows->text(0), 0, rows->integer(1)});
  return found;
}

std::string requester_fact_sql(
    std::string_view column, std::string_view fact,
    std::function<std::string(std::string_view column, std::string_view name)> const& member) {
  std::string value;
  if (fact.starts_with(kAttributePart)) {
    value = member("r.attributes", fact.substr(kAttributePart.size()));
  } else if (fact == "vip") {
    value = "CASE r.vip WHEN 1 THEN 'true' ELSE 'false' END";
  } else {
    value = "r." + std::string(fact);
  }
  return "(SELECT CASE WHEN count(*) = 1 THEN min(" + value +
         ") END FROM requester_names AS q JOIN requesters AS r ON r.n = q.record WHERE q.name = lower(" +
         std::string(column) + "))";
}

}  // namespace umsops::store
