// SPDX-License-Identifier: Apache-2.0
#include "store/report_walk.hpp"

#include "store/record_table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kNow = "$now";

/// What only reports ask of records: (noun, field), and its SQL.
struct Extra {
  std::string_view noun, field, sql;
};
constexpr Extra kExtras[] = {
    {"ticket", "ended_at", "coalesce(resolved_at, closed_at)"},
    {"ticket", "external_replies",
     "(SELECT COUNT(*) FROM responses AS r WHERE r.noun = 'ticket' AND r.record = support_tickets.n "
     "AND r.response_type = 'EXTERNAL')"},
    {"kb", "votes", "(coalesce(helpful_count, 0) + coalesce(not_helpful_count, 0))"},
    {"kb", "helpful_rate",
     "(CASE WHEN coalesce(helpful_count, 0) + coalesce(not_helpful_count, 0) > 0 THEN (200000000 * "
     "coalesce(helpful_count, "
     "0) / (coalesce(helpful_count, 0) + coalesce(not_helpful_count, 0)) + 1) / 2 END)"},
    {"kb", "success_rate",
     "(CASE WHEN used_count > 0 THEN (200000000 * coalesce(worked_count, 0) / used_count + 1) / 2 END)"},
    {"escalation", "category",
     "(CASE WHEN noun = 'ticket' THEN (SELECT t.category FROM support_tickets AS t WHERE t.n = escalations.record) "
     "ELSE (SELECT i.category FROM incidents AS i WHERE i.n = escalations.record) END)"},
    {"escalation", "priority",
     "(CASE WHEN noun = 'ticket' THEN (SELECT t.priority FROM support_tickets AS t WHERE t.n = escalations.record) "
     "ELSE (SELECT i.priority FROM incidents AS i WHERE i.n = escalations.record) END)"},
    {"escalation", "service",
     "(CASE WHEN noun = 'ticket' THEN (SELECT t.service FROM support_tickets AS t WHERE t.n = escalations.record) "
     "END)"},
    {"escalation", "team",
     "(CASE WHEN noun = 'ticket' THEN (SELECT t.team FROM support_tickets AS t WHERE t.n = escalations.record) END)"},
    {"response", "ticket_number", "(SELECT t.ticket_number FROM support_tickets AS t WHERE t.n = responses.record)"},
    {"response", "category", "(SELECT t.category FROM support_tickets AS t WHERE t.n = responses.record)"},
    {"response", "priority", "(SELECT t.priority FROM support_tickets AS t WHERE t.n = responses.record)"},
    {"response", "service", "(SELECT t.service FROM support_tickets AS t WHERE t.n = responses.record)"},
    {"response", "team", "(SELECT t.team FROM support_tickets AS t WHERE t.n = responses.record)"},
    {"use", "kb_number", "(SELECT a.kb_number FROM knowledge_base AS a WHERE a.n = feedback.record)"},
    {"use", "category", "(SELECT a.category FROM knowledge_base AS a WHERE a.n = feedback.record)"},
    {"use", "worked", "(CASE WHEN good = 1 THEN 'YES' ELSE 'NO' END)"},
    {"use", "filed", "(CASE WHEN subject LIKE 'chat:%' OR subject LIKE 'phone:%' THEN 'NO' ELSE 'YES' END)"},
    {"use", "channel",
     "(CASE WHEN subject LIKE 'chat:%' THEN 'CHAT' WHEN subject LIKE 'phone:%' THEN 'PHONE' ELSE 'DESK' END)"},
};

/// Tables of sources that are no kind of record.
std::string table_of(Schema const& schema, base::RecordType const& type) {
  if (auto const* table = schema.find(type.noun)) return std::string(table->name);
  if (type.noun == "escalation") return "escalations";
  if (type.noun == "response") return "responses";
  if (type.noun == "use") return "feedback";
  throw base::Error(base::errors::internal, {{"problem", "no table of " + std::string(type.noun)}});
}

std::string extra_of(std::string_view noun, Schema const& schema, base::Field const& field) {
  for (auto const& extra : kExtras) {
    if (extra.noun == noun && extra.field == field.name) return std::string(extra.sql);
  }
  auto const* const table = schema.find(noun);
  return table && table->computed ? table->computed(schema, field) : std::string();
}

/// `ComputedSql` is told the field, and not the noun: so there is one for each.
constexpr std::string_view kNouns[] = {"ticket", "incident", "kb", "escalation", "use", "response"};
template <std::size_t Noun>
std::string computed_sql(Schema const& schema, base::Field const& field) {
  return extra_of(kNouns[Noun], schema, field);
}
constexpr ComputedSql* kComputed[] = {computed_sql<0>, computed_sql<1>, computed_sql<2>,
                                      computed_sql<3>, computed_sql<4>, computed_sql<5>};

ComputedSql* computed_of(base::RecordType const& type) {
  for (std::size_t i = 0; i < std::size(kNouns); ++i) {
    if (kNouns[i] == type.noun) return kComputed[i];
  }
  return nullptr;
}

std::string at_time(std::string sql, Parameters& parameters, base::TimePoint now) {
  if (sql.find(kNow) == std::string::npos) return sql;
  std::string const parameter = parameters.add(now);
  for (auto at = sql.find(kNow); at != std::string::npos; at = sql.find(kNow, at + parameter.size()))
    sql.replace(at, kNow.size(), parameter);
  return sql;
}

std::string column_sql(Connection const& db, base::RecordType const& type, Wanted const& wanted, base::TimePoint now,
                       Parameters& parameters) {
  auto const& field = type.fields[wanted.field];
  if (!wanted.member.empty()) {
    if (wanted.member.find_first_of("\"\\") != std::string::npos) return "CAST(NULL AS TEXT)";
    return db.member_sql(field.column, parameters.add(db.member_key(wanted.member)));
  }
  if (!field.column.empty()) return std::string(field.column);
  auto const sql = extra_of(type.noun, db.schema(), field);
  if (sql.empty())
    throw base::Error(base::errors::field_unknown, {{"noun", "a report of " + std::string(type.noun)},
                                                    {"field", std::string(field.name)},
                                                    {"suggestion", "it is computed when a record is shown"}});
  return at_time(sql, parameters, now);
}

std::string list_sql(Connection const& db, base::RecordType const& type, std::vector<Wanted> const& wanted,
                     base::TimePoint now, Parameters& parameters) {
  std::string list = "n";
  for (auto const& one : wanted) list += ", " + column_sql(db, type, one, now, parameters);
  return "SELECT " + list + " FROM " + table_of(db.schema(), type);
}

std::vector<std::int64_t> places_of(Statement& statement) {
  std::vector<std::int64_t> places;
  Reading rows(statement);
  while (rows->step()) places.push_back(rows->integer(0));
  return places;
}

std::string literal(base::Value const& value) {
  if (auto const* at = value.get_if<base::TimePoint>()) return std::to_string(at->time_since_epoch().count());
  if (auto const* truth = value.get_if<bool>()) return *truth ? "1" : "0";
  if (value.get_if<std::int64_t>() || value.get_if<double>()) return base::to_json(value);
  std::string quoted = "'";
  for (char const c : value.text()) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

/// With the values in place of their parameters.
std::string written_out(std::string_view sql, Parameters const& parameters) {
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    std::size_t end = at + 1;
    while (sql[at] == '$' && end < sql.size() && sql[end] >= '0' && sql[end] <= '9') ++end;
    auto const number = base::parse_integer(sql.substr(at + 1, end - at - 1), 1, 100'000);
    out += number ? literal(parameters.values().at(static_cast<std::size_t>(*number) - 1))
                  : std::string(sql.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace

void walk_values(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted,
                 query::Filter const& filter, base::TimePoint now, std::function<void(Statement const&)> const& visit,
                 std::optional<std::int64_t> up_to) {
  Parameters parameters;
  std::string list;
  for (auto const& one : wanted)
    list.append(list.empty() ? "" : ", ").append(column_sql(db, type, one, now, parameters));
  std::string sql = "SELECT " + (list.empty() ? std::string("1") : list) + " FROM " + table_of(db.schema(), type) +
                    " WHERE (" + filter_sql(db, type, filter, parameters, computed_of(type)) + ")";
  if (up_to) sql += " AND n <= " + parameters.add(*up_to);
  Reading rows(db.prepare_walk(sql));
  parameters.bind(*rows);
  while (rows->step()) visit(*rows);
}

void walk_numbered(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted, std::int64_t after,
                   std::function<void(std::int64_t, Statement const&)> const& visit) {
  Parameters parameters;
  std::string sql = list_sql(db, type, wanted, {}, parameters);
  sql += " WHERE n > " + parameters.add(after) + " ORDER BY n";
  Reading rows(db.prepare_walk(sql));
  parameters.bind(*rows);
  while (rows->step()) visit(rows->integer(0), *rows);
}

void walk_places(Connection& db, base::RecordType const& type, std::vector<Wanted> const& wanted,
                 std::vector<std::int64_t> const& places, base::TimePoint now,
                 std::function<void(std::int64_t, Statement const&)> const& visit) {
  Parameters parameters;
  std::string sql = list_sql(db, type, wanted, now, parameters);  // its parameters come first
  sql += " WHERE n = " + parameters.add(std::int64_t{0});
  auto const last = static_cast<int>(parameters.values().size());
  for (auto const place : places) {
    Reading rows(db.prepare(sql));
    parameters.bind(*rows);
    rows->bind(last, place);
    if (rows->step()) visit(place, *rows);
  }
}

std::vector<std::int64_t> places_changed(Connection& db, std::string_view noun, std::int64_t seq) {
  auto& statement =
      db.prepare("SELECT DISTINCT record FROM events WHERE seq > $1 AND noun = $2 AND record IS NOT NULL");
  statement.bind(1, seq).bind(2, noun);
  return places_of(statement);
}

std::vector<std::int64_t> places_where(Connection& db, base::RecordType const& type, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, type, filter, parameters, computed_of(type));
  auto& statement = db.prepare_walk("SELECT n FROM " + table_of(db.schema(), type) + " WHERE " + where);
  parameters.bind(statement);
  return places_of(statement);
}

std::int64_t replies_until(Connection& db, std::int64_t place, base::TimePoint at) {
  Reading row(
      db.prepare("SELECT COUNT(*) FROM responses AS r JOIN events AS e ON e.seq = r.seq WHERE r.noun = 'ticket' "
                 "AND r.record = $1 AND r.response_type = 'EXTERNAL' AND e.at <= $2"));
  row->bind(1, place).bind(2, at);
  return row->step() ? row->integer(0) : 0;
}

PlainSql plain_sql(Connection const& db, base::RecordType const& type, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, type, filter, parameters, computed_of(type));
  return {table_of(db.schema(), type), written_out(where, parameters)};
}

std::string plain_column(Connection const& db, base::RecordType const& type, Wanted const& wanted,
                         base::TimePoint now) {
  Parameters parameters;
  std::string const sql = column_sql(db, type, wanted, now, parameters);
  return written_out(sql, parameters);
}

}  // namespace umsops::store
