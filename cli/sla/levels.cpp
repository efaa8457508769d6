// SPDX-License-Identifier: Apache-2.0
#include "cli/sla/levels.hpp"

#include <algorithm>

namespace umsops::cli::levels {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr unsigned kLess = kShown | base::kLess;

constexpr Field kClockFields[] = {
    {"clock", FieldType::text, {}, kShown, "Which clock", "哪个时钟", "时钟"},
    {"generation", FieldType::integer, {}, kLess, "Grows with each reopening", "每次重新打开加一", "轮次"},
    {"state", FieldType::text, {}, kShown, "RUNNING, PAUSED or ENDED", "RUNNING、PAUSED 或 ENDED", "状态"},
    {"target", FieldType::integer, {}, kShown, "Target in working time", "允许的工作时间", "目标"},
    {"used", FieldType::integer, {}, kShown, "Working time used", "已用工作时间", "已用"},
    {"at_risk_at", FieldType::time, {}, kShown, "When it is at risk", "进入风险的时间", "风险时间"},
    {"due_at", FieldType::time, {}, kShown, "When it is due", "截止时间", "截止时间"},
};
constexpr Field kSegmentFields[] = {
    {"clock", FieldType::text, {}, kShown, "Which clock", "哪个时钟", "时钟"},
    {"generation", FieldType::integer, {}, kLess, "Grows with each reopening", "每次重新打开加一", "轮次"},
    {"begin", FieldType::time, {}, kShown, "From", "起", "起"},
    {"end", FieldType::time, {}, kShown, "To", "止", "止"},
    {"working", FieldType::integer, {}, kLess, "Working time by the calendar", "日历中的工作时间", "工作时间"},
    {"counted", FieldType::integer, {}, kShown, "Working time that counts", "计入的时间", "计入"},
    {"used", FieldType::integer, {}, kShown, "Total counted until then", "累计", "累计"},
    {"why", FieldType::text, {}, kShown, "Why it was counted or not", "原因", "原因"},
};

std::string_view state_of(sla::Clock const& clock) {
  if (clock.running) return "RUNNING";
  return clock.paused ? "PAUSED" : "ENDED";
}

Phrase phrase_of(sla::Reason reason) {
  switch (reason) {
    case sla::Reason::window:
      return Phrase::why_window;
    case sla::Reason::make_up:
      return Phrase::why_make_up;
    case sla::Reason::outside:
      return Phrase::why_outside;
    case sla::Reason::holiday:
      return Phrase::why_holiday;
    case sla::Reason::paused:
      return Phrase::why_paused;
  }
  return Phrase::why_outside;
}

std::string why(Env& env, sla::Explained const& segment, bool mark_ahead) {
  std::string out = env.phrase(phrase_of(segment.reason));
  if (!segment.label.empty()) out += " " + segment.label;
  if (segment.ahead && mark_ahead) out += " (" + env.phrase(Phrase::why_ahead) + ")";
  return out;
}

Value or_null(std::optional<base::TimePoint> const& at) { return at ? Value(*at) : Value(); }

std::string digits(int number, std::size_t count) {
  std::string const text = std::to_string(number);
  return std::string(count - std::min(count, text.size()), '0') + text;
}

std::string clock_text(int minute) { return digits(minute / 60, 2) + ":" + digits(minute % 60, 2); }

/// Columns of a table, whatever -F says of the document.
format::Style table_style(Env& env) {
  auto style = env.style("clock");
  style.fields.clear();
  return style;
}

}  // namespace

Value seconds(base::Milliseconds amount) {
  return std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(amount).count()};
}

std::string people_span(base::Milliseconds amount) {
  using std::chrono::minutes;
  if (amount < minutes(1)) return sla::duration_text(std::chrono::duration_cast<std::chrono::seconds>(amount));
  return sla::duration_text(std::chrono::duration_cast<minutes>(amount));
}

Value span(Env& env, base::Milliseconds amount) { return env.human() ? Value(people_span(amount)) : seconds(amount); }

Value match_value(sla::Match const& match) {
  Value::Object out;
  for (auto const& [field, values] : match.fields) {
    Value::List list;
    for (auto const& value : values) list.emplace_back(value);
    out.emplace_back(field, std::move(list));
  }
  return out;
}

Value step_value(sla::Step const& step, Value due) {
  Value::List notify;
  for (auto const& name : step.notify) notify.emplace_back(name);
  return Value::Object{{"step", step.id()},
                       {"due_at", std::move(due)},
                       {"level", step.level ? Value("LEVEL_" + std::to_string(*step.level)) : Value()},
                       {"assign", step.assign.empty() ? Value() : Value(step.assign)},
                       {"notify", std::move(notify)},
                       {"priority", step.priority ? Value(model::to_string(*step.priority)) : Value()},
                       {"when", match_value(step.when)}};
}

Value due_of(calendar::Calendar const& calendar, sla::Clocks const& clocks, sla::Step const& step) {
  auto const& clock = step.clock == sla::ClockKind::response ? clocks.response_clock() : clocks.resolution_clock();
  auto const due = step_due(calendar, clock, step);
  return due ? Value(*due) : Value();
}

Value clock_value(sla::Clock const& clock) {
  return Value::Object{
      {"clock", to_string(clock.kind)},   {"generation", clock.generation},
      {"state", state_of(clock)},         {"started_at", clock.started},
      {"ended_at", or_null(clock.ended)}, {"target", clock.target.count() > 0 ? seconds(clock.target) : Value()},
      {"used", seconds(clock.used)},      {"at_risk_at", or_null(clock.at_risk_at)},
      {"due_at", or_null(clock.due)},     {"breached", clock.breached}};
}

Value segment_value(sla::Explained const& segment) {
  return Value::Object{{"clock", to_string(segment.clock)},
                       {"generation", segment.generation},
                       {"begin", segment.begin},
                       {"end", segment.end},
                       {"working", seconds(segment.working)},
                       {"counted", seconds(segment.counted)},
                       {"used", seconds(segment.used)},
                       {"reason", to_string(segment.reason)},
                       {"label", segment.label.empty() ? Value() : Value(segment.label)},
                       {"ahead", segment.ahead}};
}

std::string month_text(std::chrono::year_month month) {
  return digits(int(month.year()), 4) + "-" + digits(static_cast<int>(unsigned(month.month())), 2);
}

std::string date_text(calendar::Date date) {
  std::chrono::year_month_day const day{date};
  return month_text(day.year() / day.month()) + "-" + digits(static_cast<int>(unsigned(day.day())), 2);
}

std::string window_text(calendar::Window const& window) {
  return clock_text(window.from) + "-" + clock_text(window.to);
}

std::string windows_text(std::span<calendar::Window const> windows) {
  std::string out;
  for (auto const& window : windows) out += (out.empty() ? "" : " ") + window_text(window);
  return out;
}

Value windows_value(std::span<calendar::Window const> windows) {
  Value::List out;
  for (auto const& window : windows) out.emplace_back(window_text(window));
  return out;
}

void write_clocks(Env& env, sla::Clocks const& clocks) {
  auto writer = format::list_writer(env.out(), table_style(env), {}, "clock", kClockFields);
  for (auto const& clock : clocks.all) {
    writer->row({to_string(clock.kind), clock.generation, state_of(clock),
                 clock.target.count() > 0 ? Value(people_span(clock.target)) : Value(), people_span(clock.used),
                 or_null(clock.at_risk_at), or_null(clock.due)});
  }
  writer->end({});
}

void write_segments(Env& env, std::vector<sla::Explained> const& segments, bool mark_ahead) {
  auto writer = format::list_writer(env.out(), table_style(env), {}, "segment", kSegmentFields);
  for (auto const& segment : segments) {
    writer->row({to_string(segment.clock), segment.generation, segment.begin, segment.end, people_span(segment.working),
                 people_span(segment.counted), people_span(segment.used), why(env, segment, mark_ahead)});
  }
  writer->end({});
}

}  // namespace umsops::cli::levels
