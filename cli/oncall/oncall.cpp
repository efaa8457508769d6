// SPDX-License-Identifier: Apache-2.0
#include "cli/oncall/oncall.hpp"

#include "cli/ticket/ticket.hpp"

namespace umsops::cli::oncall {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::chrono::days kUsual{14}, kMost{3660};

constexpr Field kFields[] = {
    {"schedule", FieldType::text, {}, kShown, "The schedule", "值班表", "值班表"},
    {"begin", FieldType::time, {}, kShown, "From when", "开始时间", "开始"},
    {"end", FieldType::time, {}, kShown, "Until when", "结束时间", "结束"},
    {"person", FieldType::text, {}, kShown, "Who is on call", "值班人", "值班人"},
    {"display_name", FieldType::text, {}, kShown, "Their name", "姓名", "姓名"},
    {"layer", FieldType::text, {}, kShown, "The layer; none for an override", "所属层；替班时为空", "层"},
    {"override", FieldType::boolean, {}, kShown, "Whether it is an override", "是否为替班", "替班"},
};

[[noreturn]] void refuse_end(Env& env, Call const& call, base::TimePoint end, Phrase expected) {
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--to"},
                     {"value", call.text("to").value_or(env.zone().format(end)).substr(0, 80)},
                     {"expected", env.phrase(expected)},
                     {"suggestion", ""}});
}

}  // namespace

std::span<Field const> const kShiftFields = kFields;

people::Roster roster_of(Env& env, Call const& call) {
  auto roster = env.roster(call.all("roster"));
  if (!roster) throw base::Error(base::errors::people_no_roster);
  return std::move(*roster);
}

std::vector<people::Schedule const*> schedules_of(people::Roster const& roster, Call const& call) {
  std::vector<people::Schedule const*> out;
  for (auto const& name : call.words) out.push_back(&roster.require_schedule(name));
  if (!call.words.empty()) return out;
  for (auto const& schedule : roster.schedules) out.push_back(&schedule);
  return out;
}

base::TimeRange span_of(Env& env, Call const& call) {
  auto const begin = ticket::time_flag(env, call, "from").value_or(env.clock().now());
  base::TimeRange const span{begin, ticket::time_flag(env, call, "to").value_or(begin + kUsual)};
  if (span.end <= span.begin) refuse_end(env, call, span.end, Phrase::behind_from);
  if (span.end - span.begin > kMost) refuse_end(env, call, span.end, Phrase::within_ten_years);
  return span;
}

Value display_name(people::Roster const& roster, std::string const& name) {
  auto const* const person = roster.person(name);
  return person && !person->display_name.empty() ? Value(person->display_name) : Value();
}

base::Row row_of(people::Roster const& roster, people::Schedule const& schedule, people::Shift const& shift) {
  return {schedule.name,
          shift.begin,
          shift.end,
          shift.person,
          display_name(roster, shift.person),
          shift.is_override ? Value() : Value(shift.layer),
          shift.is_override};
}

}  // namespace umsops::cli::oncall
