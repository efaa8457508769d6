// SPDX-License-Identifier: Apache-2.0
#include "store/listing.hpp"

#include <algorithm>
#include <optional>

#include "query/passing.hpp"
#include "store/cursor.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using query::Condition;
using query::Filter;

/// More than any store holds, and one more still fits an integer.
constexpr std::int64_t kMostRows = 1LL << 40;

/// One term of the order; never NULL.
struct Key {
  std::string sql;
  bool descending = false;
  bool integer = true;
};

/// A choice sorts by its rank: LOW before HIGH, which names alone would turn around.
std::string rank_sql(base::Field const& field) {
  std::string sql = "CASE " + std::string(field.column);
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    sql.append(" WHEN '").append(field.choices[i]).append("' THEN ").append(std::to_string(i));
  }
  return sql + " ELSE -1 END";
}

/// Absent values come last in both directions, in every engine: SQLite takes NULL for the smallest value, PostgreSQL
/// for the greatest. So a CASE sorts them first of all, and the value itself is made comparable: a cursor compares
/// keys, and NULL compares with nothing.
void add_key(std::vector<Key>& keys, base::Field const& field, bool descending) {
  std::string const column(field.column);
  if (column.empty()) {
    throw base::Error(
        base::errors::field_unknown,
        {{"noun", "the order"}, {"field", std::string(field.name)}, {"suggestion", "it is computed and has no order"}});
  }
  bool const integer = base::is_number(field.type);
  if (field.type == base::FieldType::choice) {
    keys.push_back({rank_sql(field), descending, true});
  } else if ((field.traits & base::kAlways) != 0) {
    keys.push_back({column, descending, integer});
  } else {
    keys.push_back({"CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END", false, true});
    keys.push_back({"coalesce(" + column + (integer ? ", 0)" : ", '')"), descending, integer});
  }
}

std::vector<Key> order_keys(Listing const& listing, query::Query const& query) {
  auto const& sort = query.sort.empty() ? listing.sort : query.sort;
  std::vector<Key> keys;
  for (query::SortKey const& key : sort) add_key(keys, listing.type->fields[key.field], key.descending);
  bool const descending = !sort.empty() && sort.back().descending;
  // The unique place ends every order; rows that are otherwise equal could change places between two pages. It runs
  // the way of the key before it, so that one index gives both.
  if (keys.empty() || keys.back().sql != listing.place)
    keys.push_back({std::string(listing.place), descending, !listing.text_place});
  return keys;
}

std::string order_sql(std::vector<Key> const& keys) {
  std::string sql;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    sql.append(i == 0 ? "k" : ", k").append(std::to_string(i)).append(keys[i].descending ? " DESC" : "");
  }
  return sql;
}

/// "Behind the row with these keys". One comparison of rows where all go one way: engines answer that from an index.
std::string after_sql(std::vector<Key> const& keys, std::vector<base::Value> const& values, Parameters& parameters) {
  std::vector<std::string> names;
  for (base::Value const& value : values) names.push_back(parameters.add(value));
  bool const one_way =
      std::all_of(keys.begin(), keys.end(), [&](Key const& k) { return k.descending == keys[0].descending; });
  // Pages continue behind a key. An OFFSET would read every row before the page, and rows added meanwhile would shift
  // the pages.
  if (one_way) {
    std::string left, right;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      left.append(i == 0 ? "" : ", ").append(keys[i].sql);
      right.append(i == 0 ? "" : ", ").append(names[i]);
    }
    return "(" + left + (keys[0].descending ? ") < (" : ") > (") + right + ")";
  }
  // Directions differ: spelled out key by key.
  std::string sql = "(", same;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    sql.append(i == 0 ? "(" : " OR (").append(same).append(keys[i].sql);
    sql.append(keys[i].descending ? " < " : " > ").append(names[i]).append(")");
    same.append(keys[i].sql).append(" = ").append(names[i]).append(" AND ");
  }
  return sql + ")";
}

/// What the query is, but for the values of its times, `-7d` is another instant for each page, and for what was found.
std::string signature(Listing const& listing, std::string const& where, std::vector<Key> const& keys,
                      Parameters const& parameters) {
  std::string text = std::string(listing.table) + "|" + where;
  for (Key const& key : keys) text.append("|").append(key.sql).append(key.descending ? "-" : "+");
  auto const& values = parameters.values();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].get_if<base::TimePoint>() || parameters.is_found(i)) continue;
    text += '|';
    base::append_json(text, values[i]);
  }
  // Short: it guards against mistakes. A forged cursor gives nothing that the query does not give anyway.
  return base::sha256_hex(text).substr(0, 12);
}

/// The conditions that all must hold.
void collect(Filter const& filter, std::vector<Condition const*>& conditions) {
  if (filter.kind == Filter::Kind::condition) conditions.push_back(&filter.condition);
  if (filter.kind != Filter::Kind::all) return;
  for (Filter const& child : filter.children) collect(child, conditions);
}

/// An index led by a choice gives one choice's rows in the order of time, but not those of several: then each choice is
/// read by itself and the engine merges the streams, so a page costs what it shows and not a sort of all rows. Empty:
/// reading it in one piece is as good.
std::vector<std::string_view> split_choices(Listing const& listing, query::Query const& query,
                                            std::vector<Key> const& keys) {
  Split const& split = listing.split;
  if (split.column.empty() || keys.size() != 2 || keys[0].sql != "created_at") return {};
  std::vector<Condition const*> conditions;
  collect(query.filter, conditions);
  std::vector<std::string_view> choices;
  for (Condition const* condition : conditions) {
    base::Field const& field = listing.type->fields[condition->field];
    // The index of such a column leaves few rows: they are sorted in no time.
    if (condition->op == query::Op::eq &&
        std::find(listing.narrow.begin(), listing.narrow.end(), field.column) != listing.narrow.end()) {
      return {};
    }
    if (field.column == split.column && choices.empty()) choices = query::passing_choices(field, *condition);
  }
  // The others are found by time alone: what is finished is most of a store, and the newest of it is not far.
  bool const in_index = std::none_of(choices.begin(), choices.end(), [&](std::string_view choice) {
    return std::find(split.left_out.begin(), split.left_out.end(), choice) != split.left_out.end();
  });
  if (!in_index) choices.clear();
  return choices;
}

struct Plan {
  std::string sql, signature;
  std::vector<Key> keys;
};

Plan plan(Connection const& db, Listing const& listing, query::Query const& query, Parameters& parameters) {
  Plan plan;
  plan.keys = order_keys(listing, query);
  std::string where = filter_sql(db, *listing.type, query.filter, parameters, listing.computed);
  plan.signature = signature(listing, where, plan.keys, parameters);
  if (!query.after.empty()) {
    auto const values = read_cursor(query.after, plan.signature, plan.keys.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      // A signature can be copied into a forged cursor: the types are checked as well, since a server refuses wrong
      // ones.
      if (plan.keys[i].integer != (values[i].get_if<std::int64_t>() != nullptr)) read_cursor("", plan.signature, 0);
    }
    where.append(" AND ").append(after_sql(plan.keys, values, parameters));
  }
  std::string select = "SELECT " + std::string(listing.columns);
  for (std::size_t i = 0; i < plan.keys.size(); ++i)
    select.append(", ").append(plan.keys[i].sql).append(" AS k").append(std::to_string(i));
  select.append(" FROM ").append(listing.table).append(" WHERE ").append(where);
  auto const choices = split_choices(listing, query, plan.keys);
  // A row has one choice, so the parts share no rows and UNION ALL need not look for doubles.
  if (choices.empty()) plan.sql = select;
  for (std::string_view const choice : choices) {
    plan.sql.append(plan.sql.empty() ? "" : " UNION ALL ").append(select);
    plan.sql.append(" AND ").append(listing.split.condition).append(" AND ");
    plan.sql.append(listing.split.column).append(" = ").append(parameters.add(choice));
  }
  plan.sql.append(" ORDER BY ").append(order_sql(plan.keys));
  // One more row than asked tells whether there is a next page, without counting the rest.
  if (query.limit)
    plan.sql.append(" LIMIT ").append(parameters.add(std::clamp<std::int64_t>(*query.limit, 0, kMostRows) + 1));
  return plan;
}

std::vector<base::Value> key_values(Statement const& row, std::vector<Key> const& keys, int first) {
  std::vector<base::Value> values;
  for (Key const& key : keys) {
    int const column = first + static_cast<int>(values.size());
    values.push_back(key.integer ? base::Value(row.integer(column)) : base::Value(row.text(column)));
  }
  return values;
}

}  // namespace

std::string listing_sql(Connection const& db, Listing const& listing, query::Query const& query,
                        Parameters& parameters) {
  return plan(db, listing, query, parameters).sql;
}

Rest list_rows(Connection& db, Listing const& listing, query::Query const& query,
               std::function<bool(Statement const&)> const& visit) {
  Parameters parameters;
  Plan const page = plan(db, listing, query, parameters);
  // Without a limit the answer may be the whole store: it is read in portions.
  Reading rows(query.limit ? db.prepare(page.sql) : db.prepare_walk(page.sql));
  parameters.bind(*rows);
  std::vector<base::Value> last;
  std::int64_t count = 0;
  while (rows->step()) {
    if (query.limit && count == *query.limit)
      return {true, last.empty() ? std::string() : make_cursor(page.signature, last)};
    ++count;
    bool const at_limit = query.limit && count == *query.limit;
    bool const go_on = visit(*rows);
    if (at_limit || !go_on) last = key_values(*rows, page.keys, listing.column_count);
    if (!go_on) return {true, make_cursor(page.signature, last)};
  }
  return {};
}

}  // namespace umsops::store
