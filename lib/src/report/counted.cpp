// SPDX-License-Identifier: Apache-2.0
#include "report/counted.hpp"

#include <algorithm>

#include "query/passing.hpp"

namespace umsops::report {
namespace {

using query::Filter;

constexpr std::string_view kMinutes[] = {"response_time_minutes", "resolution_time_minutes"};
constexpr std::int64_t kBeyond = 240;
constexpr std::string_view kLate = "sla_deadline<now or (sla_deadline=none created_at<-240m)";

std::size_t minutes_place(std::string_view field) {
  return static_cast<std::size_t>(std::find(std::begin(kMinutes), std::end(kMinutes), field) - std::begin(kMinutes));
}

bool same(Filter const& a, Filter const& b) {
  return a.kind == b.kind && a.condition.field == b.condition.field && a.condition.member == b.condition.member &&
         a.condition.op == b.condition.op && a.condition.values == b.condition.values &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same);
}

/// What filters ask for; `fits` turns false where that was not counted.
class Asking {
 public:
  explicit Asking(Plan const& plan)
      : plan_(plan), late_(query::parse_filter(kLate, {&plan.type(), plan.context.now, plan.context.zone})) {}

  Asked of(Filter const& filter) {
    Asked asked;
    look(filter, asked);
    return asked;
  }
  bool fits() const { return fits_; }

 private:
  void look(Filter const& filter, Asked& asked) {
    switch (filter.kind) {
      case Filter::Kind::everything:
        return;
      case Filter::Kind::condition:
        return look(filter.condition, asked);
      case Filter::Kind::text:
      case Filter::Kind::rows:
        fits_ = false;
        return;
      case Filter::Kind::all:
      case Filter::Kind::any:
      case Filter::Kind::none:
        break;
    }
    if (same(filter, late_)) {
      asked.late = true;
      return;
    }
    for (auto const& child : filter.children) look(child, asked);
  }

  void look(query::Condition const& condition, Asked& asked) {
    auto const& field = plan_.type().fields[condition.field];
    if (field.name == "category" || field.name == "priority") return;
    if (field.name == "status") {
      // Open ones are counted together.
      auto const passing = query::passing_choices(field, condition);
      auto const open = field.choices.first(field.choices.size() - plan_.source->finished);
      auto const in = std::count_if(open.begin(), open.end(), [&](std::string_view choice) {
        return std::find(passing.begin(), passing.end(), choice) != passing.end();
      });
      if (in == 0 || in == static_cast<std::ptrdiff_t>(open.size())) return;
    } else if (field.name == kMinutes[1] && condition.op == query::Op::gt && condition.values.size() == 1 &&
               condition.values[0] == base::Value(kBeyond)) {
      asked.beyond = true;
      return;
    }
    fits_ = false;
  }

  Plan const& plan_;
  Filter late_;
  bool fits_ = true;
};

bool is_counted(Plan const& plan, GroupKey const& key) {
  if (key.span || key.group.part == Part::hour) return false;
  auto const field = key.input ? plan.field_of(*key.input).name : std::string_view("created_at");
  if (key.group.part != Part::value) return field == "created_at";
  return field == "category" || field == "priority";
}

bool is_counted(Function function) {
  switch (function) {
    case Function::n:
    case Function::share:
    case Function::sum:
    case Function::mean:
    case Function::ratio:
    case Function::count:
    case Function::pending:
    case Function::not_applicable:
    case Function::invalid:
      return true;
    default:
      return false;
  }
}

/// Of the report's only view.
bool has_counted_time(Plan const& plan) {
  if (plan.views.size() != 1) return false;
  auto const time = plan.views[0].time;
  return !time || plan.field_of(*time).name == "created_at";
}

}  // namespace

std::optional<Asked> asked_of_counts(Plan const& plan) {
  if (plan.source->name != "tickets" || plan.is_list() || plan.id || plan.context.shift.count() != 0 ||
      !has_counted_time(plan))
    return std::nullopt;
  for (auto const& key : plan.keys)
    if (!is_counted(plan, key)) return std::nullopt;
  for (auto const& figure : plan.figures)
    if (!is_counted(figure.measure.function)) return std::nullopt;
  Asking asking(plan);
  Asked all = asking.of(plan.where);
  bool const some = all.any();
  for (auto const& series : plan.series) {
    Asked const asked = series.mask ? asking.of(plan.masks[*series.mask]) : Asked();
    all.late |= asked.late;
    all.beyond |= asked.beyond;
    if (series.balance || series.sample) return std::nullopt;
    if (!series.measured) continue;
    // Sums are those of whole rows.
    bool const minutes =
        !series.measured->is_span && minutes_place(plan.field_of(series.measured->from).name) < std::size(kMinutes);
    if (!minutes || asked.any() || some) return std::nullopt;
  }
  return asking.fits() ? std::optional(all) : std::nullopt;
}

bool asks_for_days(Plan const& plan) {
  return plan.views[0].time ||
         std::any_of(plan.keys.begin(), plan.keys.end(), [](auto const& key) { return key.group.part != Part::value; });
}

bool fits_months(Plan const& plan, Asked const& asked) {
  return !asked.late && std::all_of(plan.keys.begin(), plan.keys.end(), [](auto const& key) {
    auto const part = key.group.part;
    return part == Part::value || part == Part::month || part == Part::quarter || part == Part::year;
  });
}

std::span<std::string_view const> CountedRows::minutes() { return kMinutes; }

CountedRows::CountedRows(Aggregator& into, Asked asked)
    : into_(into), asked_(asked), columns_(into.plan().inputs.size()), records_(kBatchRows) {
  for (auto& column : columns_) column.resize(kBatchRows, kNone);
  counts_ = columns_;
  sums_ = columns_;
}

/// Minutes are known as sums alone: where a filter asks for those beyond the limit, a row becomes one of each kind.
void CountedRows::add(CountedRow const& row) {
  if (!asked_.beyond) return put(row, row.n, kNone, true);
  bool carries = true;
  std::pair<std::int64_t, std::int64_t> const parts[] = {
      {row.beyond, kBeyond + 1}, {row.counts[1] - row.beyond, 0}, {row.n - row.counts[1], kNone}};
  for (auto const& [n, resolution] : parts) {
    if (n == 0) continue;
    put(row, n, resolution, carries);
    carries = false;
  }
}

void CountedRows::put(CountedRow const& row, std::int64_t n, std::int64_t resolution, bool carries) {
  auto const& plan = into_.plan();
  auto const at = rows_;
  records_[at] = n;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    auto const& field = plan.field_of(i);
    auto const rank = [&](std::string_view choice) {
      return std::int64_t{std::find(field.choices.begin(), field.choices.end(), choice) - field.choices.begin()};
    };
    auto& value = columns_[i][at];
    if (field.name == "created_at") value = row.created_at.time_since_epoch().count();
    if (field.name == "category") value = row.category.empty() ? kNone : into_.words()[i].code(row.category);
    if (field.name == "priority") value = rank(row.priority);
    if (field.name == "status") value = rank(row.status);
    if (field.name == "sla_deadline") value = row.late_at.time_since_epoch().count();
    if (auto const place = minutes_place(field.name); place < std::size(kMinutes)) {
      value = resolution;
      counts_[i][at] = carries ? row.counts[place] : 0;
      sums_[i][at] = carries ? row.sums[place] : 0;
    }
  }
  if (++rows_ == kBatchRows) flush();
}

void CountedRows::flush() {
  if (rows_ == 0) return;
  Batch batch{rows_, {}};
  Weights weights{records_.data(), {}, {}};
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    batch.columns.push_back(columns_[i].data());
    weights.counts.push_back(counts_[i].data());
    weights.sums.push_back(sums_[i].data());
  }
  into_.add_counted(batch, weights);
  rows_ = 0;
}

}  // namespace umsops::report
