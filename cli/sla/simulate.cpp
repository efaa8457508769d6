// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/sla/levels.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::TimePoint;
using base::Value;
using model::TicketStatus;

constexpr std::string_view kSchema = "umsops.sla.simulate/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kStepFields[] = {
    {"step", FieldType::text, {}, kShown, "Clock and offset", "时钟与偏移", "步骤"},
    {"due_at", FieldType::time, {}, kShown, "When it comes due", "触发时间", "触发时间"},
    {"level", FieldType::text, {}, kShown, "Escalation level", "升级级别", "级别"},
    {"assign", FieldType::text, {}, kShown, "Who gets it", "新处理人", "处理人"},
    {"notify", FieldType::list, {}, kShown, "Who is told", "通知", "通知"},
    {"priority", FieldType::text, {}, kShown, "Raised to", "提升至", "优先级"},
};

struct Pause {
  TimePoint from;
  std::optional<TimePoint> to;  ///< none: it goes on
};

[[noreturn]] void refuse_pause(Env& env, std::string const& text, std::string suggestion) {
  throw base::Error(base::errors::usage_bad_value, {{"flag", "--pause"},
                                                    {"value", "'" + text.substr(0, 80) + "'"},
                                                    {"expected", env.phrase(Phrase::pause_form)},
                                                    {"suggestion", std::move(suggestion)}});
}

Pause pause_of(Env& env, std::string const& text) {
  auto const dots = text.find("..");
  if (dots == std::string::npos || dots == 0) refuse_pause(env, text, "--pause '2026-11-24 10:00..2026-11-24 12:00'");
  auto const range = [&](std::string_view part) { return base::parse_time_range(part, env.clock().now(), env.zone()); };
  Pause pause{range(std::string_view(text).substr(0, dots)).begin, std::nullopt};
  if (dots + 2 < text.size()) pause.to = range(std::string_view(text).substr(dots + 2)).end;
  if (pause.to && *pause.to < pause.from) refuse_pause(env, text, "");
  return pause;
}

/// A ticket that is filed at `at`, and of which nothing else is known than its pauses.
sla::History history_of(Env& env, Call const& call, TimePoint at, std::vector<Pause>& pauses) {
  sla::History out;
  out.states.push_back({at, TicketStatus::open});
  for (auto const& text : call.all("pause")) {
    Pause const pause = pause_of(env, text);
    bool const apart = pauses.empty() || pauses.back().to;
    if (!apart || pause.from < out.states.back().at) refuse_pause(env, text, env.phrase(Phrase::pause_order));
    out.states.push_back({pause.from, TicketStatus::pending});
    if (pause.to) out.states.push_back({*pause.to, TicketStatus::open});
    pauses.push_back(pause);
  }
  return out;
}

model::Ticket ticket_of(Env& env, Call const& call) {
  model::Ticket ticket;
  for (auto const& [field, value] : record::sets_of(ticket::kKind, env, call)) model::set(ticket, field, value);
  return ticket;
}

void write_people(Env& env, sla::Policy const& policy, calendar::Calendar const& calendar, sla::Clocks const& clocks,
                  bool explain) {
  std::string const head = env.phrase(
      Phrase::policy_is, {{"policy", policy.name}, {"calendar", calendar.name()}, {"zone", calendar.zone().name()}});
  env.out().write(base::terminal_text(head, base::TextShape::line) + "\n\n");
  levels::write_clocks(env, clocks);
  if (!policy.ladder.empty()) {
    env.out().write("\n");
    auto style = env.style("step");
    style.fields.clear();
    auto writer = format::list_writer(env.out(), style, {}, "step", kStepFields);
    for (auto const& step : policy.ladder) {
      Value const value = levels::step_value(step, levels::due_of(calendar, clocks, step));
      base::Row row;
      for (auto const& field : kStepFields) row.push_back(*value.find(field.name));
      writer->row(row);
    }
    writer->end({});
  }
  if (!explain) return;
  env.out().write("\n");
  levels::write_segments(env, sla::explain(calendar, clocks), false);
}

Value document_of(sla::Policy const& policy, calendar::Calendar const& calendar, sla::Clocks const& clocks,
                  bool explain) {
  Value::List all, ladder;
  for (auto const& clock : clocks.all) all.push_back(levels::clock_value(clock));
  for (auto const& step : policy.ladder)
    ladder.push_back(levels::step_value(step, levels::due_of(calendar, clocks, step)));
  auto const deadline = derived(clocks).sla_deadline;
  Value out = Value::Object{{"policy", policy.name},
                            {"calendar", calendar.name()},
                            {"zone", calendar.zone().name()},
                            {"clocks", std::move(all)},
                            {"sla_deadline", deadline ? Value(*deadline) : Value()},
                            {"ladder", std::move(ladder)}};
  if (!explain) return out;
  Value::List segments;
  for (auto const& segment : sla::explain(calendar, clocks)) segments.push_back(levels::segment_value(segment));
  out.add("segments", std::move(segments));
  return out;
}

Value pauses_value(std::vector<Pause> const& pauses) {
  Value::List out;
  for (auto const& pause : pauses) {
    out.emplace_back(Value::Object{{"from", pause.from}, {"to", pause.to ? Value(*pause.to) : Value()}});
  }
  return out;
}

int run_simulate(Env& env, Call const& call) {
  auto const book = configured_sla(env, call.all("sla"));
  auto const given = call.text("at");
  TimePoint const at = given ? base::parse_time(*given, env.clock().now(), env.zone()) : env.clock().now();
  std::vector<Pause> pauses;
  auto const history = history_of(env, call, at, pauses);
  auto const ticket = ticket_of(env, call);
  auto const* const policy = book.choose(ticket);
  Value result = Value::Object{{"policy", {}},       {"calendar", {}},         {"zone", {}}, {"clocks", Value::List()},
                               {"sla_deadline", {}}, {"ladder", Value::List()}};
  if (policy) {
    auto const& calendar = book.calendar(*policy, ticket.team);
    auto const clocks = derive(*policy, calendar, history, history.states.back().at);
    if (env.human()) return write_people(env, *policy, calendar, clocks, call.on("explain")), 0;
    result = document_of(*policy, calendar, clocks, call.on("explain"));
  } else if (env.human()) {
    env.out().write(env.phrase(Phrase::no_policy) + "\n");
    return 0;
  }
  Value::Object document{
      {"schema", kSchema}, {"version", book.version()}, {"at", at}, {"pauses", pauses_value(pauses)}};
  for (auto& member : *result.get_if<Value::Object>()) document.push_back(std::move(member));
  format::write_document(env.out(), env.style("policy"), std::move(document));
  return 0;
}

constexpr Flag kFlags[] = {
    ticket::kPriority,
    ticket::kCategory,
    ticket::kSubcategory,
    ticket::kService,
    ticket::kTeam,
    ticket::kSource,
    ticket::kRequester,
    ticket::kAssignee,
    flags::kAttribute,
    flags::kSet,
    {.name = "at",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"time of filing", "假定的建单时间"},
     .fallback = "now"},
    {.name = "pause",
     .value = "FROM..TO",
     .type = FlagType::text,
     .doc = {"PENDING from FROM to TO; without TO forever", "在此期间为 PENDING；省略 TO 则一直暂停"},
     .repeatable = true},
    {.name = "explain", .doc = {"every period, counted or not", "列出计入与跳过的每段时间"}},
    flags::kSlaFile,
};
constexpr Example kExamples[] = {
    {"umsops sla simulate --priority HIGH --at '2026-11-27 17:00'",
     {"due times of an imaginary ticket", "无需建单即可得到截止时间"}},
    {"umsops sla simulate --priority MEDIUM --sla china.yaml --at 2026-09-30T07:00:00Z --explain",
     {"over a holiday, with the reasons", "跨越长假，并说明原因"}},
    {"umsops sla simulate --priority LOW --at 2026-11-23T09:00:00Z --pause 2026-11-23T12:00:00Z..2026-11-24T12:00:00Z "
     "-o json | jq -r .sla_deadline",
     {"for CI: a golden test of a calendar", "用于 CI：校验日历"}},
};
constexpr int kExits[] = {5, 9};

}  // namespace

constinit Command const kSlaSimulate{
    .path = "sla simulate",
    .summary = {"due times without creating anything", "不建单即可计算截止时间"},
    .description =
        {"Shows the policy that a ticket would get, and the due times of its clocks and ladder steps, if it were filed "
         "at a given time with only the given pauses. Opens no store.",
         "说明一张工单会得到哪个策略，以及在除暂停外没有其他变化时，各时钟与升级步骤的到期时间。不打开数据文件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_simulate,
};

}  // namespace umsops::cli
