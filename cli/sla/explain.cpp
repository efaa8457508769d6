// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/ids.hpp"
#include "cli/sla/levels.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.sla.explain/v1";

/// A policy's step with what is known of it for this ticket.
Value step_value(sla::Step const& step, desk::TicketSla::Rung const& rung) {
  auto const or_null = [](std::optional<base::TimePoint> const& at) { return at ? Value(*at) : Value(); };
  Value out = levels::step_value(step, or_null(rung.due_at));
  out.add("generation", rung.generation);
  out.add("taken_at", or_null(rung.taken_at));
  return out;
}

/// `Resolution is due 2026-11-30 17:00: 15m of 48h used.`
std::string sentence_of(Env& env, sla::Clock const& clock) {
  auto const phrase = clock.paused     ? Phrase::clock_paused
                      : !clock.running ? (clock.breached ? Phrase::clock_missed : Phrase::clock_met)
                                       : (clock.breached ? Phrase::clock_late : Phrase::clock_running);
  auto const name = clock.kind == sla::ClockKind::response ? Phrase::response_due : Phrase::resolution_due;
  return env.phrase(phrase, {{"clock", env.phrase(name)},
                             {"due", clock.due ? env.zone().format(*clock.due) : ""},
                             {"used", levels::people_span(clock.used)},
                             {"target", levels::people_span(clock.target)}});
}

/// What matters, before how it came about: the clocks that run now.
void write_sentences(Env& env, sla::Clocks const& clocks) {
  bool const zh = env.language() == base::Language::zh;
  auto const& response = clocks.response_clock();
  std::string text;
  if (response.target.count() > 0) text = sentence_of(env, response);
  if (auto const& resolution = clocks.all[clocks.resolution]; resolution.target.count() > 0)
    text += (text.empty() || zh ? "" : " ") + sentence_of(env, resolution);
  if (!text.empty()) env.out().write(base::terminal_text(text, base::TextShape::line) + "\n");
}

void write_people(Env& env, desk::TicketSla const& one) {
  std::string head = one.ticket.ticket_number + "  " + std::string(to_string(one.ticket.status)) + "  ";
  if (one.policy) {
    head += std::string(to_string(status(one.clocks))) + "  " +
            env.phrase(Phrase::policy_in, {{"policy", one.policy->name}, {"calendar", one.policy->calendar}});
  } else {
    head += env.phrase(Phrase::no_policy);
  }
  env.out().write(base::terminal_text(head, base::TextShape::line) + "\n");
  if (!one.policy) return;
  write_sentences(env, one.clocks);
  if (one.renewed) env.out().write(env.phrase(Phrase::policies_changed) + "\n");
  env.out().write("\n");
  levels::write_clocks(env, one.clocks);
  env.out().write("\n");
  levels::write_segments(env, one.segments, true);
}

Value document_of(desk::TicketSla const& one) {
  Value::List clocks, ladder, segments;
  for (auto const& clock : one.clocks.all) clocks.push_back(levels::clock_value(clock));
  for (std::size_t i = 0; i < one.ladder.size(); ++i)
    ladder.push_back(step_value(one.policy->ladder[i], one.ladder[i]));
  for (auto const& segment : one.segments) segments.push_back(levels::segment_value(segment));
  auto const derived_times = one.policy ? derived(one.clocks) : sla::Derived();
  Value const deadline = derived_times.sla_deadline ? Value(*derived_times.sla_deadline) : Value();
  return Value::Object{{"ticket_number", one.ticket.ticket_number},
                       {"status", to_string(one.ticket.status)},
                       {"sla_status", one.policy ? Value(to_string(status(one.clocks))) : Value()},
                       {"policy", one.policy ? Value(one.policy->name) : Value()},
                       {"calendar", one.policy ? Value(one.policy->calendar) : Value()},
                       {"sla_deadline", deadline},
                       {"policies_changed", one.renewed},
                       {"clocks", std::move(clocks)},
                       {"ladder", std::move(ladder)},
                       {"segments", std::move(segments)}};
}

int run_explain(Env& env, Call const& call) {
  env.reach_store();  // before ids are read from standard input
  std::vector<desk::TicketSla> all;
  // Files of the command line are tried out; those of the settings are what the desk goes by.
  using Judged = desk::TicketDesk::Judged;
  auto const judged = call.has("sla") ? Judged::anew : Judged::recorded;
  for (auto const& id : record::ids_of(ticket::kKind, env, call)) all.push_back(env.desk().tickets().sla(id, judged));
  if (env.human()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i > 0) env.out().write("\n");
      write_people(env, all[i]);
    }
    return 0;
  }
  Value::List items;
  for (auto const& one : all) items.push_back(document_of(one));
  auto const count = static_cast<std::int64_t>(items.size());
  format::write_document(
      env.out(), env.style(ticket::kKind.number),
      Value::Object{
          {"schema", kSchema}, {"items", std::move(items)}, {"count", count}, {"truncated", false}, {"next", Value()}});
  return 0;
}

constexpr Flag kFlags[] = {flags::kSlaFile};
constexpr Example kExamples[] = {
    {"umsops sla explain T-1", {"why a ticket has its due times", "为何在该时间截止"}},
    {"umsops sla explain T-1 --sla china.yaml", {"by policies that are not live yet", "按尚未上线的策略计算"}},
    {"umsops sla explain T-1 -o json | jq '.items[].segments[] | select(.counted == 0)'",
     {"time that was not counted, and why", "未计入的时间及其原因"}},
};
constexpr int kExits[] = {3, 4, 5, 7, 8, 9, 12};

}  // namespace

constinit Command const kSlaExplain{
    .path = "sla explain",
    .summary = {"why a ticket is due when it is due", "说明工单截止时间的由来"},
    .description =
        {"Shows every generation of a ticket's clocks and each period that they counted or left out, with the reason: "
         "working hours, outside hours, a holiday, a make-up day, a pause. The future part assumes that nothing more "
         "happens. Everything is computed from the ticket's history and the current policies.",
         "显示工单的各个时钟（包括每一轮），以及计入或跳过的每段时间和原因：工作时间、非工作时间、节假日、调"
         "休上班、暂停。未来部分按不再发生变化推算。全部由工单历史按当前策略推导得出。"},
    .arguments = ticket::kMany,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_explain,
};

}  // namespace umsops::cli
