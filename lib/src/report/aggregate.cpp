// SPDX-License-Identifier: Apache-2.0
#include "report/aggregate.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::report {
namespace {

constexpr std::uint64_t kLeftOut = UINT64_MAX;
constexpr std::int64_t kMinute = 60'000;

}  // namespace

void Gathered::take(std::int64_t value, bool sampled) {
  min = n == 0 ? value : std::min(min, value);
  max = n == 0 ? value : std::max(max, value);
  ++n;
  sum += value;
  if (sampled) sample.add(value);
}

void Gathered::add(Gathered const& other) {
  if (other.n > 0) {
    min = n == 0 ? other.min : std::min(min, other.min);
    max = n == 0 ? other.max : std::max(max, other.max);
  }
  records += other.records;
  n += other.n;
  pending += other.pending;
  not_applicable += other.not_applicable;
  invalid += other.invalid;
  sum += other.sum;
  sample.add(other.sample);
}

Aggregator::Aggregator(Plan plan) : plan_(std::move(plan)), words_(plan_.inputs.size()) {
  if (plan_.filtered == Where::here && plan_.where.kind != query::Filter::Kind::everything)
    where_.emplace(plan_.where, plan_.type(), plan_.inputs, words_);
  for (auto const& filter : plan_.masks) masks_.emplace_back(filter, plan_.type(), plan_.inputs, words_);
  for (std::size_t i = 0; i < plan_.keys.size(); ++i) {
    auto const& key = plan_.keys[i];
    parts_.emplace_back(plan_.context.zone, key.group.part);
    if (key.group.part != Part::value || !key.input || !plan_.inputs[*key.input].is_list) continue;
    if (exploded_)
      throw base::Error(base::errors::usage_bad_value, {{"flag", "by"},
                                                        {"value", "'" + key.group.name + "'"},
                                                        {"expected", "the only list among the groups"},
                                                        {"suggestion", "leave one of them out"}});
    exploded_ = i;
  }
  codes_.resize(plan_.keys.size());
  gathered_.resize(plan_.series.size());
  whole_.resize(plan_.series.size());
  balances_.resize(plan_.series.size());
  placed_.resize(plan_.views.size());
  passed_.resize(plan_.masks.size());
  for (auto& placed : placed_) placed.group.resize(kBatchRows);
  for (auto& passed : passed_) passed.resize(kBatchRows);
  looked_at_.assign(kBatchRows, 1);
  combining_.resize(kBatchRows);
  if (plan_.keys.empty()) group_of(0);  // one row, also of nothing
}

std::uint32_t Aggregator::KeyCodes::code(std::int64_t key) {
  if (static_cast<std::uint64_t>(key) < small.size()) {
    if (auto const known = small.data()[key]; known != kOut) return known;
  } else if (last_code != kOut && key == last_key) {
    return last_code;
  }
  bool const is_small = key >= 0 && key < static_cast<std::int64_t>(kMostKeys);
  auto const [at, is_new] = codes.emplace(key, static_cast<std::uint32_t>(keys.size()));
  if (is_new) keys.push_back(key);
  if (keys.size() > kMostKeys)
    throw base::Error(base::errors::input_too_large, {{"what", "the groups of the report"},
                                                      {"limit", std::to_string(kMostKeys) + " values of a field"}});
  if (is_small) {
    if (key >= static_cast<std::int64_t>(small.size())) small.resize(static_cast<std::size_t>(key) + 1, kOut);
    small[static_cast<std::size_t>(key)] = at->second;
  }
  last_key = key;
  return last_code = at->second;
}

bool Aggregator::in_period(std::size_t view, std::int64_t at) const {
  auto const &since = plan_.context.since, &until = plan_.context.until;
  if (!plan_.views[view].time) return true;
  return at != kNone && (!since || at >= since->time_since_epoch().count()) &&
         (!until || at < until->time_since_epoch().count());
}

std::uint32_t GroupTable::take(std::size_t slot, std::uint64_t combined, std::uint32_t next) {
  keys_[slot] = combined;
  places_[slot] = next;
  if (++used_ * 2 <= mask_) return next;
  auto const keys = std::move(keys_);
  auto const places = std::move(places_);
  mask_ = mask_ * 2 + 1;
  keys_.assign(mask_ + 1, 0);
  places_.assign(mask_ + 1, kFree);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] == kFree) continue;
    auto free = first_slot(keys[i]);
    while (places_[free] != kFree) free = (free + 1) & mask_;
    keys_[free] = keys[i];
    places_[free] = places[i];
  }
  return next;
}

std::uint32_t Aggregator::group_of(std::uint64_t combined) {
  auto const next = static_cast<std::uint32_t>(combined_.size());
  auto const group = groups_.at(combined, next);
  if (group == next) {
    combined_.push_back(combined);
    for (auto& series : gathered_) series.emplace_back();
    if (combined_.size() > kMostRows)
      throw base::Error(base::errors::input_too_large,
                        {{"what", "the report"}, {"limit", std::to_string(kMostRows) + " rows"}});
  }
  return group;
}

/// A period's key of the record's time, the rank or code of its value, or its place among the bands.
std::int64_t Aggregator::key_of(GroupKey const& key, std::size_t place, Batch const& batch, std::size_t view,
                                std::size_t row) {
  if (key.group.part == Part::value) return batch.columns[*key.input][row];
  if (key.group.part == Part::band) {
    auto const from = batch.columns[key.span->from][row];
    auto const to = !key.span->is_span ? kNone
                    : key.span->to     ? batch.columns[*key.span->to][row]
                                       : plan_.context.now.time_since_epoch().count();
    if (from == kNone || (key.span->is_span && to == kNone)) return kNone;
    auto const minutes = key.span->is_span ? (to - from) / kMinute : from;
    auto const& bands = key.group.bands;
    return std::upper_bound(bands.begin(), bands.end(), minutes) - bands.begin();
  }
  auto const time = key.input ? key.input : plan_.views[view].time;
  auto const at = time ? batch.columns[*time][row] : kNone;
  return at == kNone ? kNone : parts_[place].key(at + plan_.context.shift.count());
}

void Aggregator::add_key(std::size_t key, std::size_t view, Batch const& batch) {
  auto& codes = codes_[key];
  auto const& own = plan_.keys[key];
  if (own.group.part == Part::value && exploded_ != key) {
    auto const* const column = batch.columns[*own.input];
    auto* const combining = combining_.data();
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (combining[row] != kLeftOut) combining[row] = combining[row] * kMostKeys + codes.code(column[row]);
    }
    return;
  }
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (combining_[row] == kLeftOut) continue;
    auto const value = key_of(plan_.keys[key], key, batch, view, row);
    // The items of a list stand for themselves later, record by record.
    std::uint64_t const code = exploded_ == key ? 0 : codes.code(value);
    combining_[row] = combining_[row] * kMostKeys + code;
  }
}

void Aggregator::place(std::size_t view, Batch const& batch) {
  auto* const combining = combining_.data();
  auto const* const looked_at = looked_at_.data();
  if (auto const time = plan_.views[view].time) {
    auto const* const column = batch.columns[*time];
    auto const &begin = plan_.context.since, &end = plan_.context.until;
    auto const since = begin ? begin->time_since_epoch().count() : INT64_MIN + 1;
    auto const last = end ? end->time_since_epoch().count() - 1 : INT64_MAX;
    // What is absent is below all that begins.
    for (std::size_t row = 0; row < batch.rows; ++row)
      combining[row] = looked_at[row] != 0 && column[row] >= since && column[row] <= last ? 0 : kLeftOut;
  } else {
    for (std::size_t row = 0; row < batch.rows; ++row) combining[row] = looked_at[row] != 0 ? 0 : kLeftOut;
  }
  for (std::size_t key = 0; key < plan_.keys.size(); ++key) add_key(key, view, batch);
  auto* const groups = placed_[view].group.data();
  std::uint64_t last = kLeftOut;
  std::uint32_t last_group = kOut;
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (combining[row] == kLeftOut) {
      groups[row] = kOut;
      continue;
    }
    if (combining[row] != last) {
      last = combining[row];
      last_group = exploded_ ? 0 : group_of(last);
    }
    groups[row] = last_group;
  }
}

void Aggregator::gather_row(Series const& series, Batch const& batch, std::size_t row, Gathered& into) {
  ++into.records;
  if (!series.measured) return;
  auto const& measured = *series.measured;
  auto const from = batch.columns[measured.from][row];
  auto const to = !measured.is_span ? from
                  : measured.to     ? batch.columns[*measured.to][row]
                                    : plan_.context.now.time_since_epoch().count();
  if (from != kNone && to != kNone) {
    if (measured.is_span && to < from)
      ++into.invalid;
    else
      into.take(measured.is_span ? to - from : from, series.sample);
    return;
  }
  bool finished = true;
  if (plan_.state) {
    auto const choices = static_cast<std::int64_t>(plan_.field_of(*plan_.state).choices.size());
    finished = batch.columns[*plan_.state][row] >= choices - static_cast<std::int64_t>(plan_.source->finished);
  }
  // Of a span that never began nothing is waited for.
  bool const may_come = measured.is_span ? from != kNone : true;
  ++(may_come && !finished ? into.pending : into.not_applicable);
}

std::vector<std::uint32_t> const& Aggregator::items_of(std::size_t key, std::int64_t code) {
  static std::vector<std::uint32_t> const kNothing;
  auto const& words = words_[*plan_.keys[key].input];
  while (items_.size() < words.size()) {
    auto& items = items_.emplace_back();
    auto const list = base::parse_json(words.text(static_cast<std::int64_t>(items_.size()) - 1));
    auto const* const values = list.get_if<base::Value::List>();
    for (auto const& value : values ? *values : base::Value::List()) {
      auto const item = codes_[key].code(item_words_.code(value.text()));
      if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
    }
  }
  return code == kNone ? kNothing : items_[static_cast<std::size_t>(code)];
}

void Aggregator::gather_listed(std::size_t series, Batch const& batch, std::uint8_t const* passed) {
  auto const key = *exploded_;
  auto const view = plan_.series[series].view;
  place(view, batch);  // fills `combining_` for this view
  std::uint64_t weight = 1;
  for (std::size_t behind = key + 1; behind < plan_.keys.size(); ++behind) weight *= kMostKeys;
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (combining_[row] == kLeftOut || (passed && !passed[row])) continue;
    gather_row(plan_.series[series], batch, row, whole_[series]);
    auto const& items = items_of(key, batch.columns[*plan_.keys[key].input][row]);
    for (auto const item : items) {
      auto const group = group_of(combining_[row] + item * weight);
      gather_row(plan_.series[series], batch, row, gathered_[series][group]);
    }
    if (!items.empty()) continue;
    auto const group = group_of(combining_[row] + codes_[key].code(kNone) * weight);
    gather_row(plan_.series[series], batch, row, gathered_[series][group]);
  }
}

/// What began before the period counts into its first part, what ends behind it into none.
void Aggregator::gather_balance(std::size_t series, Batch const& batch, std::uint8_t const* passed) {
  auto const& measured = *plan_.series[series].measured;
  auto const &since = plan_.context.since, &until = plan_.context.until;
  auto const shift = plan_.context.shift;
  auto const key = [&](std::int64_t at) {
    auto const first = since ? since->time_since_epoch().count() : at;
    return parts_[0].key(std::max(at, first) + shift.count());
  };
  for (std::size_t row = 0; row < batch.rows; ++row) {
    auto const from = batch.columns[measured.from][row];
    auto const to = measured.to ? batch.columns[*measured.to][row] : kNone;
    auto const end = until ? until->time_since_epoch().count() : INT64_MAX;
    if (!looked_at_[row] || (passed && !passed[row]) || from == kNone || from >= end || (to != kNone && to < from))
      continue;
    if (to != kNone && since && to < since->time_since_epoch().count()) continue;
    ++balances_[series][key(from)];
    if (to != kNone && to < end) --balances_[series][key(to)];
  }
}

/// How many, and of a field what they add up to: what most figures are, so without a question that all rows answer
/// alike.
void Aggregator::gather_values(std::size_t index, Batch const& batch, std::uint8_t const* passed) {
  auto const& series = plan_.series[index];
  auto const* const groups = placed_[series.view].group.data();
  auto* const gathered = gathered_[index].data();
  auto const each = [&](auto const& take) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (groups[row] != kOut && (!passed || passed[row] != 0)) take(row, gathered[groups[row]]);
    }
  };
  if (!series.measured) return each([](std::size_t, Gathered& into) { ++into.records; });
  auto const* const values = batch.columns[series.measured->from];
  auto const* const states = plan_.state ? batch.columns[*plan_.state] : nullptr;
  auto const open =
      plan_.state ? static_cast<std::int64_t>(plan_.field_of(*plan_.state).choices.size() - plan_.source->finished) : 0;
  each([&](std::size_t row, Gathered& into) {
    ++into.records;
    if (values[row] != kNone)
      into.take(values[row], series.sample);
    else
      ++(states && states[row] < open ? into.pending : into.not_applicable);
  });
}

void Aggregator::gather(std::size_t index, Batch const& batch) {
  auto const& series = plan_.series[index];
  auto const* const passed = series.mask ? passed_[*series.mask].data() : nullptr;
  if (series.balance) return gather_balance(index, batch, passed);
  if (exploded_) return gather_listed(index, batch, passed);
  if (!series.measured || !series.measured->is_span) return gather_values(index, batch, passed);
  auto const& groups = placed_[series.view].group;
  auto& gathered = gathered_[index];
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (groups[row] == kOut || (passed && !passed[row])) continue;
    gather_row(series, batch, row, gathered[groups[row]]);
  }
}

/// One more than are shown tells that there are more; a condition on the rows is asked of all.
std::optional<std::size_t> Aggregator::most_listed() const {
  auto const& definition = plan_.definition;
  if (!definition.limit || !definition.having.empty()) return std::nullopt;
  return static_cast<std::size_t>(*definition.limit) + 1;
}

void Aggregator::take_list(Batch const& batch) {
  auto const most = most_listed();
  auto const time = plan_.views[0].time;
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (!looked_at_[row] || (time && !in_period(0, batch.columns[*time][row]))) continue;
    ++counted_;
    if (first_left_out_ && falls_behind(batch, row)) continue;
    if (most && listed_.size() >= *most * 2 + kBatchRows) keep_first(*most);
    if (listed_.size() >= kMostRows)
      throw base::Error(base::errors::input_too_large,
                        {{"what", "the list"}, {"limit", std::to_string(kMostRows) + " rows"}});
    next_.place = batch.places ? batch.places[row] : counted_;
    next_.values.clear();
    for (auto const input : plan_.listed) next_.values.push_back(batch.columns[input][row]);
    if (!first_left_out_ || comes_before(next_, *first_left_out_)) listed_.push_back(next_);
  }
}

/// By the first column of the order alone, which decides about most rows; where it does not, all of the row is looked
/// at.
bool Aggregator::falls_behind(Batch const& batch, std::size_t row) const {
  if (plan_.sort.empty()) return false;
  auto const& [column, descending] = plan_.sort[0];
  auto const input = plan_.listed[column];
  auto const x = batch.columns[input][row], y = first_left_out_->values[column];
  if (x == y || y == kNone || plan_.inputs[input].kind == Kind::text) return false;
  return x == kNone || (x < y) == descending;
}

/// As the rows are sorted; of equal ones the first.
bool Aggregator::comes_before(Listed const& a, Listed const& b) const {
  for (auto const& [column, descending] : plan_.sort) {
    auto const x = a.values[column], y = b.values[column];
    if (x == y) continue;
    if (x == kNone || y == kNone) return y == kNone;
    auto const input = plan_.listed[column];
    bool const is_text = plan_.inputs[input].kind == Kind::text;
    auto const& words = words_[input];
    return (is_text ? words.text(x) < words.text(y) : x < y) != descending;
  }
  return a.place < b.place;
}

void Aggregator::keep_first(std::size_t rows) {
  if (listed_.size() <= rows) return;
  auto const last = listed_.begin() + static_cast<std::ptrdiff_t>(rows);
  std::nth_element(listed_.begin(), last, listed_.end(),
                   [this](Listed const& a, Listed const& b) { return comes_before(a, b); });
  first_left_out_ = *last;
  listed_.erase(last, listed_.end());
}

void Aggregator::sort_listed() {
  if (auto const most = most_listed()) keep_first(*most);
  std::sort(listed_.begin(), listed_.end(), [this](Listed const& a, Listed const& b) { return comes_before(a, b); });
}

std::vector<std::int64_t> Aggregator::first_places() {
  sort_listed();
  std::vector<std::int64_t> places;
  for (auto const& listed : listed_) places.push_back(listed.place);
  return places;
}

void Aggregator::add(Batch const& batch) {
  if (where_) where_->apply(batch, looked_at_.data());
  if (plan_.is_list()) return take_list(batch);
  for (std::size_t i = 0; i < masks_.size(); ++i) masks_[i].apply(batch, passed_[i].data());
  for (std::size_t view = 0; view < plan_.views.size(); ++view) place(view, batch);
  auto const& groups = placed_[0].group;
  counted_ += std::count_if(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(batch.rows),
                            [](std::uint32_t group) { return group != kOut; });
  for (std::size_t i = 0; i < plan_.series.size(); ++i) gather(i, batch);
}

void Aggregator::add_counted(Batch const& batch, Weights const& weights) {
  if (where_) where_->apply(batch, looked_at_.data());
  for (std::size_t i = 0; i < masks_.size(); ++i) masks_[i].apply(batch, passed_[i].data());
  place(0, batch);
  auto const& groups = placed_[0].group;
  auto const open = static_cast<std::int64_t>(plan_.field_of(*plan_.state).choices.size() - plan_.source->finished);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (groups[row] == kOut) continue;
    auto const records = weights.records[row];
    counted_ += records;
    for (std::size_t i = 0; i < plan_.series.size(); ++i) {
      auto const& series = plan_.series[i];
      if (series.mask && passed_[*series.mask][row] == 0) continue;
      auto& into = gathered_[i][groups[row]];
      into.records += records;
      if (!series.measured) continue;
      auto const count = weights.counts[series.measured->from][row];
      into.n += count;
      into.sum += weights.sums[series.measured->from][row];
      (batch.columns[*plan_.state][row] < open ? into.pending : into.not_applicable) += records - count;
    }
  }
}

}  // namespace umsops::report
