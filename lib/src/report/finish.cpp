// SPDX-License-Identifier: Apache-2.0
// From what was gathered to a table.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/aggregate.hpp"
#include "report/wording.hpp"
#include "umsops/base/json.hpp"

namespace umsops::report {
namespace {

using base::FieldType;
using base::Value;

constexpr double kMinute = 60'000;

double rounded(double value, double to) { return std::round(value * to) / to; }

Value ratio(std::int64_t sum, std::int64_t by, double scale) {
  if (by == 0) return {};
  return rounded(scale * static_cast<double>(sum) / static_cast<double>(by), 100);
}

/// What one unit of the output is in the column's numbers.
double unit_of(Plan const& plan, Measured const& measured) {
  if (measured.is_span) return kMinute;
  return plan.inputs[measured.from].kind == Kind::decimal ? static_cast<double>(kMillion) : 1;
}

/// Groups in their natural order: times and ranks by number, texts by their characters; what is absent comes last.
int compare(Value const& a, Value const& b) {
  if (a.is_null() || b.is_null()) return static_cast<int>(a.is_null()) - static_cast<int>(b.is_null());
  if (auto const* x = a.get_if<std::string>(), *y = b.get_if<std::string>(); x && y) return x->compare(*y);
  auto const number = [](Value const& value) {
    if (auto const* whole = value.get_if<std::int64_t>()) return static_cast<double>(*whole);
    if (auto const* decimal = value.get_if<double>()) return *decimal;
    if (auto const* truth = value.get_if<bool>()) return *truth ? 1.0 : 0.0;
    if (auto const* at = value.get_if<base::TimePoint>()) return static_cast<double>(at->time_since_epoch().count());
    return 0.0;
  };
  double const x = number(a), y = number(b);
  return (x > y) - (x < y);
}

/// A choice sorts by its rank, which its text does not tell.
int compare(base::Field const& field, Value const& a, Value const& b) {
  if (field.choices.empty() || a.is_null() || b.is_null()) return compare(a, b);
  auto const rank = [&](Value const& value) {
    return std::find(field.choices.begin(), field.choices.end(), value.text()) - field.choices.begin();
  };
  auto const x = rank(a), y = rank(b);
  return (x > y) - (x < y);
}

}  // namespace

Gathered& Aggregator::at(std::size_t series, std::size_t group) { return gathered_[series][group]; }

Value Aggregator::figure(Figure const& figure, Gathered const& own, Gathered const& other) const {
  auto const scale = static_cast<double>(figure.measure.scale);
  auto const& measured = plan_.series[figure.series].measured;
  double const unit = measured ? unit_of(plan_, *measured) : 1;
  bool const whole = unit == 1 && figure.measure.scale == 1;
  auto const value = [&](std::int64_t number) -> Value {
    if (own.n == 0) return {};
    if (measured && !measured->is_span && plan_.inputs[measured->from].kind == Kind::time)
      return base::TimePoint(base::Milliseconds(number));
    if (whole) return number;
    return rounded(scale * static_cast<double>(number) / unit, 100);
  };
  auto& sample = const_cast<Sample&>(own.sample);  // asking for a rank sorts it
  switch (figure.measure.function) {
    case Function::n:
    case Function::balance:
      return own.records;
    case Function::share:
      if (other.records == 0) return {};
      return rounded(scale * static_cast<double>(own.records) / static_cast<double>(other.records),
                     10'000 / std::min(scale, 100.0));
    case Function::sum:
      return own.n == 0 ? Value(std::int64_t{0}) : value(own.sum);
    case Function::mean:
      if (own.n == 0) return {};
      return rounded(scale * (static_cast<double>(own.sum) / static_cast<double>(own.n)) / unit, 100);
    case Function::median:
      if (own.n == 0) return {};
      return rounded(scale * static_cast<double>(sample.twice_median()) / 2 / unit, 100);
    case Function::p90:
    case Function::p95:
      return own.n == 0 ? Value() : value(sample.nearest_rank(figure.measure.function == Function::p90 ? 90 : 95));
    case Function::min:
      return value(own.min);
    case Function::max:
      return value(own.max);
    case Function::ratio:
      return ratio(own.sum, plan_.series[figure.other].measured ? other.sum : other.records, scale);
    case Function::count:
      return own.n;
    case Function::pending:
      return own.pending;
    case Function::not_applicable:
      return own.not_applicable;
    case Function::invalid:
      return own.invalid;
  }
  return {};
}

Value Aggregator::key_value(std::size_t place, std::int64_t value) const {
  auto const& key = plan_.keys[place];
  if (value == kNone) return {};
  if (key.group.part == Part::band) return band_text(key.group.bands, value);
  if (key.group.part == Part::hour) return value;
  if (key.group.part != Part::value) return DayParts::text(key.group.part, value);
  auto const& input = plan_.inputs[*key.input];
  switch (input.kind) {
    case Kind::choice:
      return plan_.field_of(*key.input).choices[static_cast<std::size_t>(value)];
    case Kind::text:
      return exploded_ == place ? item_words_.text(value) : words_[*key.input].text(value);
    case Kind::decimal:
      return static_cast<double>(value) / static_cast<double>(kMillion);
    case Kind::number:
      if (plan_.field_of(*key.input).type == FieldType::boolean) return value != 0;
      return value;
    case Kind::time:
      break;
  }
  return base::TimePoint(base::Milliseconds(value));
}

/// Every part of the period has a row, also where nothing happened.
void Aggregator::fill_periods() {
  auto const &since = plan_.context.since, &until = plan_.context.until;
  auto const shift = plan_.context.shift;
  if (!plan_.definition.fill || !since || !until) return;
  // Steps of half a day meet every day, the short one of a DST change included.
  constexpr auto kStep = std::chrono::hours(12);
  for (auto at = *since; at < *until; at += kStep) {
    auto const key = parts_[0].key(at.time_since_epoch().count() + shift.count());
    group_of(codes_[0].code(key));
  }
}

/// The balance at the end of each part is that of the part before, and what was added.
void Aggregator::settle_balances() {
  for (std::size_t i = 0; i < balances_.size(); ++i) {
    if (!plan_.series[i].balance) continue;
    for (auto const& [key, added] : balances_[i]) group_of(codes_[0].code(key));
    std::vector<std::pair<std::int64_t, std::size_t>> periods;
    for (std::size_t group = 0; group < combined_.size(); ++group)
      periods.emplace_back(codes_[0].keys[combined_[group]], group);
    std::sort(periods.begin(), periods.end());
    std::int64_t balance = 0;
    for (auto const& [key, group] : periods) {
      if (auto const added = balances_[i].find(key); added != balances_[i].end()) balance += added->second;
      at(i, group).records = balance;
    }
    whole_[i].records = balance;
  }
}

void Aggregator::add_rows(Table& table) {
  for (std::size_t group = 0; group < combined_.size(); ++group) {
    base::Row row(plan_.keys.size());
    auto combined = combined_[group];
    for (std::size_t key = plan_.keys.size(); key-- > 0; combined /= kMostKeys)
      row[key] = key_value(key, codes_[key].keys[combined % kMostKeys]);
    for (auto const& one : plan_.figures) row.push_back(figure(one, at(one.series, group), at(one.other, group)));
    table.rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < plan_.series.size() && !exploded_; ++i) {
    if (plan_.series[i].balance) continue;
    for (auto const& gathered : gathered_[i]) whole_[i].add(gathered);
  }
  table.totals.resize(plan_.keys.size());
  for (auto const& one : plan_.figures) table.totals.push_back(figure(one, whole_[one.series], whole_[one.other]));
}

void Aggregator::add_list_rows(Table& table) {
  sort_listed();
  for (auto const& [values, place] : listed_) {
    base::Row row;
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto const input = plan_.listed[i];
      auto const& field = plan_.field_of(input);
      auto const kind = plan_.inputs[input].kind;
      auto const value = values[i];
      if (value == kNone)
        row.emplace_back();
      else if (kind == Kind::choice)
        row.emplace_back(field.choices[static_cast<std::size_t>(value)]);
      else if (kind == Kind::text)
        row.push_back(plan_.inputs[input].is_list ? base::parse_json(words_[input].text(value))
                                                  : Value(words_[input].text(value)));
      else if (kind == Kind::time)
        row.emplace_back(base::TimePoint(base::Milliseconds(value)));
      else if (kind == Kind::decimal)
        row.emplace_back(static_cast<double>(value) / static_cast<double>(kMillion));
      else
        row.push_back(field.type == FieldType::boolean ? Value(value != 0) : Value(value));
    }
    table.rows.push_back(std::move(row));
  }
}

Table Aggregator::finish() {
  Table table;
  auto const& definition = plan_.definition;
  table.name = definition.name;
  table.schema = definition.schema;
  table.title = definition.title;
  table.doc = definition.doc;
  table.from = plan_.source->name;
  if (plan_.views[0].time || plan_.views.size() > 1) {
    table.since = plan_.context.since;
    table.until = plan_.context.until;
  }
  table.zone = plan_.context.zone.name();
  table.counted = counted_;
  table.groups = plan_.keys.size();
  for (auto const& key : plan_.keys) table.parts.push_back(key.group.part);
  describe_columns(plan_, table);
  if (plan_.is_list()) {
    add_list_rows(table);  // in their order
    return table;
  }
  fill_periods();
  settle_balances();
  add_rows(table);
  std::vector<SortBy> order = plan_.sort;
  for (std::size_t i = 0; i < table.groups; ++i) order.push_back({i, false});
  std::stable_sort(table.rows.begin(), table.rows.end(), [&](base::Row const& a, base::Row const& b) {
    for (auto const& [column, descending] : order) {
      int const way = compare(table.columns[column], a[column], b[column]);
      // What is absent comes last, whichever way.
      bool const absent = a[column].is_null() || b[column].is_null();
      if (way != 0) return (descending && !absent ? -way : way) < 0;
    }
    return false;
  });
  return table;
}

}  // namespace umsops::report
