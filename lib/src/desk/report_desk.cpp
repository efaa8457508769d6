// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/report_desk.hpp"

#include <algorithm>

#include "desk/open_desk.hpp"
#include "desk/report_columns.hpp"
#include "desk/report_days.hpp"
#include "desk/report_rows.hpp"
#include "report/compare.hpp"
#include "report/counted.hpp"
#include "report/explain.hpp"
#include "report/select.hpp"
#include "store/report_walk.hpp"
#include "store/ticket_days.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kNoPeriod = "any", kUsualPeriod = "-30d";

bool is_by_day(report::Group const& group) { return group.part == report::Part::date && group.of.from.empty(); }

/// A relative begin is counted from the end of the period, as `-30d` of a report up to yesterday means.
report::Context context_of(OpenDesk const& desk, report::Definition const& definition, ReportOptions const& options) {
  report::Context context;
  context.now = options.as_of.value_or(desk.now());
  context.zone = options.zone;
  context.brief = options.brief;
  if (definition.since == kNoPeriod && !options.since && !options.until) return context;
  context.until = options.until.value_or(context.now);
  if (options.since || definition.since == kNoPeriod) {
    context.since = options.since;
  } else {
    context.since = base::parse_time(definition.since.empty() ? kUsualPeriod : std::string_view(definition.since),
                                     *context.until, options.zone);
  }
  // Every row of such a report is a whole period. Of one by days that begins by itself, the first is a whole day.
  if (definition.fill && context.since && !definition.by.empty())
    context.since = report::period_begin(context.zone, definition.by[0].part, *context.since);
  else if (context.since && !options.since && !definition.by.empty() && is_by_day(definition.by[0]))
    context.since = report::period_begin(context.zone, report::Part::date, *context.since);
  return context;
}

/// What the store alone can answer: words of a text, and what the directory says of a person.
bool is_for_store(query::Filter const& filter, base::RecordType const& type) {
  using Kind = query::Filter::Kind;
  if (filter.kind == Kind::text || filter.kind == Kind::rows) return true;
  auto const& condition = filter.condition;
  bool const asks = filter.kind == Kind::condition && !condition.member.empty();
  if (asks && type.fields[condition.field].type != base::FieldType::object) return true;
  return std::any_of(filter.children.begin(), filter.children.end(),
                     [&](query::Filter const& child) { return is_for_store(child, type); });
}

/// With `past` of the records as they stood at `context.now`.
report::Table made(OpenDesk& desk, report::Definition const& definition, report::Context context, bool past) {
  context.by_id = past && report::require_source(definition.from).type().find("id").has_value();
  bool const here = context.by_id || is_read_here(definition.from);
  auto plan = report::make_plan(definition, context, here ? report::Where::here : report::Where::store);
  if (!past && !is_for_store(plan.where, plan.type())) {
    bool const columns = has_columns(desk);
    if (columns && plan.is_list()) {
      if (auto table = list_by_columns(desk, definition, context)) return *table;
    }
    // Over all of a long history there are about as many counts by day as columns take time for; those of a period, and
    // those by month, are few.
    auto const asked = report::asked_of_counts(plan);
    bool const whole =
        (!context.since || definition.time == kNoPeriod) && !(asked && report::fits_months(plan, *asked));
    using Read = bool (*)(OpenDesk&, report::Aggregator&);
    std::vector<Read> ways{read_days};
    if (columns) ways.insert(whole ? ways.begin() : ways.end(), read_columns);
    for (Read const read : ways) {
      report::Aggregator aggregator(report::make_plan(definition, context, report::Where::here));
      if (read(desk, aggregator)) return aggregator.finish();
    }
  }
  report::Aggregator aggregator(std::move(plan));
  read_rows(desk, aggregator, past);
  return aggregator.finish();
}

[[noreturn]] void refuse_comparison(report::Definition const& definition, std::string expected) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", "--compare"},
                                                    {"value", definition.name},
                                                    {"expected", std::move(expected)},
                                                    {"suggestion", "give it a period with --since and --until"}});
}

}  // namespace

report::Table ReportDesk::run_one(report::Definition const& definition, ReportOptions const& options) {
  auto const context = context_of(desk_, definition, options);
  bool const past = options.as_of.has_value();
  if (past && !report::require_source(definition.from).has_past)
    throw base::Error(base::errors::usage_bad_value, {{"flag", "--as-of"},
                                                      {"value", definition.name},
                                                      {"expected", "a report of what has a history"},
                                                      {"suggestion", definition.from + " are known as they are now"}});
  auto table = made(desk_, definition, context, past);
  if (options.compare && !definition.measures.empty()) {
    if (!context.since || !context.until) refuse_comparison(definition, "a report over a period");
    auto before = context;
    auto const period = report::period_before({*context.since, *context.until}, context.zone);
    before.since = period.since;
    before.until = period.until;
    before.shift = *context.since - period.since;
    report::add_previous(table, made(desk_, definition, before, past));
  }
  report::select_rows(table, definition);
  return table;
}

report::Result ReportDesk::run(report::Definition const& definition, ReportOptions const& options) {
  report::Result result;
  result.name = definition.name;
  result.title = definition.title;
  result.composed = !definition.sections.empty();
  result.now = desk_.now();
  result.as_of = options.as_of;
  if (!result.composed) result.tables.push_back(run_one(definition, options));
  for (auto section : definition.sections) {
    // The composition's period is that of its sections, but for those that have none.
    if (!definition.since.empty() && section.since != kNoPeriod) section.since = definition.since;
    result.tables.push_back(run_one(section, options));
  }
  return result;
}

std::vector<std::string> ReportDesk::columns(report::Definition const& definition, ReportOptions const& options) {
  auto const plan = report::make_plan(definition, context_of(desk_, definition, options), report::Where::here);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < plan.width(); ++i) names.push_back(plan.column_name(i));
  return names;
}

std::optional<ReportColumns> ReportDesk::keep_columns() { return refresh_columns(desk_); }

std::string ReportDesk::days_of() {
  auto* const store = desk_.reading();
  auto const zone = store ? store::days_kept(store->connection()).zone : base::TimeZone();
  return zone ? zone->name() : std::string();
}

void ReportDesk::count_days_of(base::TimeZone const& zone) {
  store::write(desk_.writing(), [&](store::WriteTx& tx) {
    store::set_report_zone(tx, zone.name());
    return 0;
  });
}

bool ReportDesk::repair_counts() {
  auto* const store = desk_.reading();
  bool wrong = false;
  if (store) store::check_ticket_days(store->connection(), [&](std::string const&) { wrong = true; });
  if (!wrong) return false;
  return store::write(desk_.writing(), [](store::WriteTx& tx) {
    store::rebuild_ticket_days(tx);
    return true;
  });
}

ReportFigure ReportDesk::explain(report::Definition const& definition, std::string_view column,
                                 ReportOptions const& options) {
  auto const context = context_of(desk_, definition, options);
  auto const plan = report::make_plan(definition, context, report::Where::here);
  auto const place = report::column_of(plan, column);
  ReportFigure figure{report::explained(plan, place), {}};
  auto* const store = desk_.reading();
  if (!store || is_read_here(definition.from) || plan.is_list() || place < plan.keys.size()) return figure;
  auto& db = store->connection();
  report::SqlParts const parts{
      [&](query::Filter const& filter) {
        auto sql = store::plain_sql(db, plan.type(), filter);
        return std::pair(std::move(sql.table), std::move(sql.where));
      },
      [&](std::size_t input) {
        return store::plain_column(db, plan.type(), {plan.inputs[input].field, plan.inputs[input].member}, context.now);
      }};
  figure.sql = report::figure_sql(plan, plan.figures[place - plan.keys.size()], parts);
  return figure;
}

}  // namespace umsops::desk
