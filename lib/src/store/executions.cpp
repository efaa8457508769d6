// SPDX-License-Identifier: Apache-2.0
#include "store/executions.hpp"

#include <algorithm>

#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using runbook::Execution;

constexpr std::string_view kNumberOf = "(SELECT i.incident_number FROM incidents AS i WHERE i.n = executions.incident)";
constexpr std::string_view kIdOf = "(SELECT i.id FROM incidents AS i WHERE i.n = executions.incident)";
constexpr int kColumnCount = 8;
constexpr std::size_t kMostData = 64u << 20;

std::string columns() {
  return std::string("n, runbook, state, started_at, data, content, ").append(kNumberOf).append(", ").append(kIdOf);
}

std::string computed_sql(Schema const&, base::Field const& field) {
  if (field.name == "incident") return std::string(kNumberOf);
  return field.name == "id" ? "('R-' || n)" : "";
}

Values values_of(Execution const& execution, std::int64_t incident) {
  return {execution.n,          incident,          execution.runbook, runbook::to_string(execution.state),
          execution.started_at, packed(execution), execution.text};
}

Execution read(Statement const& row) {
  Execution out;
  out.n = row.integer(0);
  out.runbook = row.text(1);
  auto const states = runbook::state_names();
  auto const found = std::find(states.begin(), states.end(), row.text(2));
  if (found == states.end())
    throw base::Error(base::errors::store_damaged, {{"problem", "an execution in no known state"}});
  out.state = static_cast<runbook::State>(found - states.begin());
  out.started_at = row.time_at(3);
  runbook::unpack(base::parse_json(row.text(4), "executions", {.bytes = kMostData}), out);
  out.text = row.text(5);
  out.incident = row.text(6);
  out.incident_id = row.text(7);
  return out;
}

std::string select(std::string_view rest) {
  return "SELECT " + columns() + " FROM executions WHERE " + std::string(rest);
}

/// `'RUNNING', 'UNKNOWN', ...`
std::string live_states() {
  std::string out;
  auto const names = runbook::state_names();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (runbook::is_live(static_cast<runbook::State>(i)))
      out.append(out.empty() ? "'" : ", '").append(names[i]).append("'");
  }
  return out;
}

}  // namespace

void insert_execution(WriteTx& tx, Execution& execution, std::int64_t incident) {
  tx.take_turn();
  execution.n = place_after(tx.connection().number("SELECT coalesce(max(n), 0) FROM executions"));
  insert_bound(tx, kExecutions, values_of(execution, incident));
}

void replace_execution(WriteTx& tx, Execution const& execution, std::int64_t incident) {
  tx.take_turn();
  replace_bound(tx, kExecutions, values_of(execution, incident));
}

std::optional<Execution> find_execution(Connection& db, std::int64_t number) {
  Reading row(db.prepare(select("n = $1")));
  row->bind(1, number);
  return row->step() ? std::optional(read(*row)) : std::nullopt;
}

std::optional<Execution> live_execution(Connection& db, std::int64_t incident, std::string_view runbook) {
  Reading row(db.prepare(select("incident = $1 AND state IN (" + live_states() + ") AND runbook = $2 LIMIT 1")));
  row->bind(1, incident).bind(2, runbook);
  return row->step() ? std::optional(read(*row)) : std::nullopt;
}

std::vector<Execution> executions_of(Connection& db, std::int64_t incident) {
  Reading rows(db.prepare(select("incident = $1")));
  rows->bind(1, incident);
  std::vector<Execution> found;
  while (rows->step()) found.push_back(read(*rows));
  std::sort(found.begin(), found.end(), [](auto const& a, auto const& b) { return a.n < b.n; });
  return found;
}

Rest list_executions(Connection& db, query::Query const& query, std::function<bool(Execution const&)> const& visit) {
  auto const& type = runbook::execution_type();
  std::string const list = columns();
  Listing const listing{.type = &type,
                        .table = "executions",
                        .columns = list,
                        .column_count = kColumnCount,
                        .place = "n",
                        .sort = {{type.require("started_at"), true}},
                        .computed = computed_sql};
  return list_rows(db, listing, query, [&](Statement const& row) { return visit(read(row)); });
}

std::int64_t count_executions(Connection& db, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, runbook::execution_type(), filter, parameters, computed_sql);
  Reading row(db.prepare("SELECT count(*) FROM executions WHERE " + where));
  parameters.bind(*row);
  row->step();
  return row->integer(0);
}

}  // namespace umsops::store
