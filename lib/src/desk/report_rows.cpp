// SPDX-License-Identifier: Apache-2.0
#include "desk/report_rows.hpp"

#include <algorithm>
#include <map>

#include "desk/report_actions.hpp"
#include "desk/report_past.hpp"
#include "umsops/desk/response_desk.hpp"
#include "umsops/people/schedule.hpp"

namespace umsops::desk {
namespace {

using report::Kind;
using report::kNone;

constexpr std::string_view kShifts = "shifts", kActions = "actions";

/// What the store holds now of records that have no history of their own, such as escalations: those that were there.
query::Filter needed(report::Plan const& plan, bool past) {
  if (!past || plan.id) return plan.fetch();
  auto const time = plan.type().require(plan.source->time);
  return query::all_of({plan.fetch(), query::condition_on(time, query::Op::le, {plan.context.now})});
}

/// A record as it was.
void put_past(report::Plan const& plan, PastRecord const& record, report::Aggregator& into, BatchBuilder& batch) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    auto const& input = plan.inputs[i];
    auto const& field = plan.field_of(i);
    base::Value value = input.field < record.row.size() ? record.row[input.field] : extra_of(record, field.name);
    if (!input.member.empty()) {
      auto const* const member = value.find(input.member);
      value = member ? *member : base::Value();
      batch.put(i, value.is_null() ? kNone : into.words()[i].code(value.text()));
    } else {
      batch.put(i, report::number_in(value, field, into.words()[i]));
    }
  }
  batch.end_row();
}

/// The input that is the phase of an incident's response.
std::optional<std::size_t> phase_of(report::Plan const& plan) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    if (plan.source->name == "incidents" && plan.field_of(i).name == "phase") return i;
  }
  return std::nullopt;
}

/// By number, of the incidents that the report needs. Before these are walked: looking at one ends a walk.
std::map<std::string, std::string> phases_of(OpenDesk& desk, store::Connection& db, report::Plan const& plan,
                                             query::Filter const& filter) {
  std::vector<std::string> numbers;
  store::walk_values(db, plan.type(), {{plan.type().require("incident_number"), {}}}, filter, plan.context.now,
                     [&](store::Statement const& row) { numbers.push_back(row.text(0)); });
  std::map<std::string, std::string> phases;
  for (auto const& number : numbers) {
    auto const current = ResponseDesk(desk).look(number).current;
    phases[number] = current ? std::string(to_string(*current)) : std::string();
  }
  return phases;
}

/// From the store.
void read_records(OpenDesk& desk, report::Aggregator& into, bool past) {
  auto* const store = desk.reading();
  if (!store) return;
  auto const& plan = into.plan();
  std::optional<PastRecords> changed;
  if (plan.id) changed.emplace(desk, store->connection(), plan.type().noun, plan.context.now);
  auto const wanted = wanted_of(plan);
  auto const phase = phase_of(plan);
  auto const filter = needed(plan, past);
  auto const phases = phase ? phases_of(desk, store->connection(), plan, filter) : std::map<std::string, std::string>();
  BatchBuilder batch(into);
  std::int64_t rows = 0;
  store::walk_values(store->connection(), plan.type(), wanted, filter, plan.context.now,
                     [&](store::Statement const& row) {
                       if (changed && changed->has(row.text(static_cast<int>(*plan.id)))) return;
                       std::optional<BatchBuilder::Instead> instead;
                       if (phase) {
                         auto const found = phases.find(row.text(static_cast<int>(*phase)));
                         instead = {*phase, found == phases.end() ? std::string() : found->second};
                       }
                       batch.put_row(row, 0, instead);
                       if (++rows % 4096 == 0) desk.check_interrupted();
                     });
  if (changed) changed->each([&](PastRecord const& record) { put_past(plan, record, into, batch); });
  batch.flush();
}

/// Who is on call now, and who comes next, of every schedule of the roster.
void read_shifts(OpenDesk& desk, report::Aggregator& into) {
  auto const* const roster = desk.roster();
  if (!roster) return;
  constexpr auto kAhead = std::chrono::days(62);
  auto const& plan = into.plan();
  auto const now = plan.context.now;
  BatchBuilder batch(into);
  for (auto const& schedule : roster->schedules) {
    auto const all = people::shifts(schedule, now, now + kAhead);
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 2); ++i) {
      auto const& shift = all[i];
      for (std::size_t input = 0; input < plan.inputs.size(); ++input) {
        auto const name = plan.field_of(input).name;
        if (name == "schedule") batch.put_text(input, schedule.name);
        if (name == "person") batch.put_text(input, shift.person);
        if (name == "turn") batch.put_text(input, shift.begin <= now ? "NOW" : "NEXT");
        if (name == "begins_at") batch.put(input, shift.begin.time_since_epoch().count());
        if (name == "ends_at") batch.put(input, shift.end.time_since_epoch().count());
      }
      batch.end_row();
    }
  }
  batch.flush();
}

}  // namespace

BatchBuilder::BatchBuilder(report::Aggregator& into) : into_(into), columns_(into.plan().inputs.size()) {
  for (auto& column : columns_) column.resize(report::kBatchRows);
}

std::int64_t BatchBuilder::code(std::size_t input, std::string_view text) {
  auto const& plan = into_.plan();
  if (plan.inputs[input].kind != Kind::choice) return into_.words()[input].code(text);
  auto const& choices = plan.field_of(input).choices;
  auto const found = std::find(choices.begin(), choices.end(), text);
  return found == choices.end() ? kNone : found - choices.begin();
}

void BatchBuilder::put_row(store::Statement const& row, int first, std::optional<Instead> const& instead) {
  auto const& inputs = into_.plan().inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    int const column = static_cast<int>(i) + first;
    auto const kind = inputs[i].kind;
    if (row.is_null(column) || (instead && instead->input == i && instead->text.empty()))
      put(i, kNone);
    else if (instead && instead->input == i)
      put_text(i, instead->text);
    else if (kind == Kind::text || kind == Kind::choice)
      put_text(i, row.text(column));
    else
      put(i, row.integer(column));
  }
  end_row();
}

void BatchBuilder::put_place(std::int64_t place) {
  if (places_.empty()) places_.resize(report::kBatchRows);
  places_[rows_] = place;
}

void BatchBuilder::end_row() {
  if (++rows_ == report::kBatchRows) flush();
}

void BatchBuilder::flush() {
  if (rows_ == 0) return;
  report::Batch batch{rows_, {}};
  for (auto const& column : columns_) batch.columns.push_back(column.data());
  if (!places_.empty()) batch.places = places_.data();
  into_.add(batch);
  rows_ = 0;
}

/// Of a phase, the number of its incident.
std::vector<store::Wanted> wanted_of(report::Plan const& plan) {
  std::vector<store::Wanted> wanted;
  for (auto const& input : plan.inputs) wanted.push_back({input.field, input.member});
  if (auto const phase = phase_of(plan)) wanted[*phase].field = plan.type().require("incident_number");
  return wanted;
}

bool is_read_here(std::string_view source) { return source == kShifts || source == kActions; }

void read_rows(OpenDesk& desk, report::Aggregator& into, bool past) {
  auto const source = into.plan().source->name;
  if (source == kShifts) return read_shifts(desk, into);
  if (source == kActions) return read_actions(desk, into);
  read_records(desk, into, past);
}

}  // namespace umsops::desk
