// SPDX-License-Identifier: Apache-2.0
#include "report/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "umsops/base/json.hpp"

namespace umsops::report {
namespace {

using base::CivilTime;
using base::Value;

bool begins_month(CivilTime const& civil) {
  return civil.day == 1 && civil.hour == 0 && civil.minute == 0 && civil.second == 0;
}

CivilTime months_earlier(CivilTime civil, int months) {
  int const month = civil.year * 12 + civil.month - 1 - months;
  civil.year = month / 12;
  civil.month = month % 12 + 1;
  return civil;
}

std::string key_of(Table const& table, base::Row const& row) {
  return base::to_json(Value::List(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table.groups)));
}

double number(Value const& value) {
  if (auto const* whole = value.get_if<std::int64_t>()) return static_cast<double>(*whole);
  auto const* decimal = value.get_if<double>();
  return decimal ? *decimal : 0;
}

Value change(Value const& now, Value const& before) {
  if (now.is_null() || before.is_null()) return {};
  auto const *a = now.get_if<std::int64_t>(), *b = before.get_if<std::int64_t>();
  if (a && b) return *a - *b;
  return std::round((number(now) - number(before)) * 10'000) / 10'000;
}

bool is_compared(base::Field const& field) {
  bool const number = field.type == base::FieldType::integer || field.type == base::FieldType::decimal;
  return number && (field.traits & base::kInTable) != 0;
}

/// What a count is where a group has no row at all; other figures are absent.
Value nothing(base::Field const& field) {
  return field.type == base::FieldType::integer ? Value(std::int64_t{0}) : Value();
}

base::Row beside(Table const& table, base::Row const* now, base::Row const* before) {
  base::Row row;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const& field = table.columns[i];
    bool const is_group = i < table.groups;
    Value const own = now ? (*now)[i] : is_group ? (*before)[i] : nothing(field);
    row.push_back(own);
    if (is_group || !is_compared(field)) continue;
    Value const other = before ? (*before)[i] : nothing(field);
    row.push_back(other);
    row.push_back(change(own, other));
  }
  return row;
}

void add_columns(Table& table) {
  std::vector<base::Field> columns;
  std::vector<std::string> units;
  std::vector<Function> functions;
  auto const keep = [&](std::string text) -> std::string_view { return table.texts->emplace_back(std::move(text)); };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    auto const& field = table.columns[i];
    columns.push_back(field);
    units.push_back(table.units[i]);
    functions.push_back(table.functions[i]);
    if (i < table.groups || !is_compared(field)) continue;
    auto previous = field, difference = field;
    previous.name = keep(std::string(field.name) + "_previous");
    previous.doc = keep(std::string(field.doc) + ", in the period before");
    previous.doc_zh = keep(std::string(field.doc_zh) + "（上一时段）");
    previous.label_zh = keep(std::string(field.label_zh) + "（上期）");
    difference.name = keep(std::string(field.name) + "_change");
    difference.doc = keep(std::string(field.doc) + ", less that of the period before");
    difference.doc_zh = keep(std::string(field.doc_zh) + "（与上一时段之差）");
    difference.label_zh = keep(std::string(field.label_zh) + "（变化）");
    for (auto const& more : {previous, difference}) {
      columns.push_back(more);
      units.push_back(table.units[i]);
      functions.push_back(table.functions[i]);
    }
  }
  table.columns = std::move(columns);
  table.units = std::move(units);
  table.functions = std::move(functions);
}

}  // namespace

Period period_before(Period const& period, base::TimeZone const& zone) {
  auto const since = zone.to_civil(period.since), until = zone.to_civil(period.until);
  if (begins_month(since) && begins_month(until)) {
    int const months = (until.year - since.year) * 12 + until.month - since.month;
    return {zone.first_at(months_earlier(since, months)), period.since};
  }
  return {period.since - (period.until - period.since), period.since};
}

void add_previous(Table& table, Table const& before) {
  std::map<std::string, base::Row const*> known;
  for (auto const& row : before.rows) known.emplace(key_of(before, row), &row);
  std::vector<base::Row> rows;
  for (auto const& row : table.rows) {
    auto const found = known.find(key_of(table, row));
    rows.push_back(beside(table, &row, found == known.end() ? nullptr : found->second));
    if (found != known.end()) known.erase(found);
  }
  for (auto const& row : before.rows) {
    if (known.contains(key_of(before, row))) rows.push_back(beside(table, nullptr, &row));
  }
  base::Row totals = beside(table, &table.totals, &before.totals);
  add_columns(table);
  table.rows = std::move(rows);
  table.totals = std::move(totals);
  table.previous_since = before.since;
  table.previous_until = before.until;
}

}  // namespace umsops::report
