// SPDX-License-Identifier: Apache-2.0
// Waiting for somebody outside, and escalation.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_pend(Env& env, Call const& call) {
  desk::Pend pend;
  pend.until = moment_flag(env, call, "until");
  if (auto const then = call.text("then")) {
    if (!pend.until) call.missing("--until");
    pend.then = *model::parse_wake_up(*then);
  }
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().pend(some, pend, record::change_of(env, call), record::batch_of(call));
  });
}

int run_wake(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().wake(some, record::change_of(env, call), record::batch_of(call));
  });
}

int run_escalate(Env& env, Call const& call) {
  auto const escalation = record::escalation_of(call);
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().escalate(some, escalation, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kPendFlags[] = {
    {.name = "until",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"when tick wakes it, e.g. +2d, tomorrow, 2026-12-01", "到何时由 tick 唤醒，例如 +2d、明天、2026-12-01"},
     .fallback = "until the requester answers"},
    {.name = "then",
     .value = "WHAT",
     .type = FlagType::choice,
     .doc = {"what happens then: OPEN returns to the state before, CLOSE resolves and closes it",
             "到时如何处理：OPEN 回到之前的状态，CLOSE 解决并关闭"},
     .fallback = "OPEN",
     .choices = model::wake_up_names},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kWakeFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};
constexpr Flag kEscalateFlags[] = {
    record::kLevel, record::kEscalateTo, record::kDown, flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode,
};

constexpr Example kPendExamples[] = {
    {"umsops ticket pend T-1 --until +2d --reason 'waits for the user to send a screenshot'",
     {"wait for two days", "等待两天后继续"}},
    {"umsops ticket pend T-1 --until +7d --then CLOSE", {"no answer within a week closes it", "一周内无答复则关闭"}},
};
constexpr Example kWakeExamples[] = {
    {"umsops ticket pend T-1 -q && umsops ticket wake T-1 -n", {"what would happen", "试运行唤醒"}},
    {"umsops ticket list -q --status PENDING -w 'pending_until<1h' | umsops ticket wake -",
     {"all that would wake within an hour", "唤醒一小时内到期的工单"}},
};
constexpr Example kEscalateExamples[] = {
    {"umsops ticket escalate T-1 --to wang.fang --reason 'needs a domain admin'",
     {"one level higher, to her", "升一级并交给她"}},
    {"umsops ticket escalate T-1 --level LEVEL_3 -o json | jq -r .escalation_level",
     {"to the top at once", "直接升到最高级"}},
};

}  // namespace

constinit Command const kTicketPend{
    .path = "ticket pend",
    .summary = {"make tickets wait for somebody outside", "挂起工单，等待外部答复"},
    .description = {"PENDING stops the clocks. The requester's answer, 'ticket wake' or, with --until, tick returns "
                    "the ticket to the state before.",
                    "PENDING 期间停止计时（只计工作时间）。请求人的答复、ticket wake，或给出 --until 时的 tick "
                    "会使其回到之前的状态。"},
    .arguments = ticket::kMany,
    .flags = kPendFlags,
    .examples = kPendExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_pend,
};

constinit Command const kTicketWake{
    .path = "ticket wake",
    .summary = {"resume waiting tickets", "恢复挂起的工单"},
    .description = {"Returns a PENDING ticket to the state before, without waiting for its time or an answer.",
                    "PENDING 的工单回到之前的状态，不再等待时间或答复。"},
    .arguments = ticket::kMany,
    .flags = kWakeFlags,
    .examples = kWakeExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_wake,
};

constinit Command const kTicketEscalate{
    .path = "ticket escalate",
    .summary = {"raise tickets to a higher level", "升级工单"},
    .description = {"Records an escalation, LEVEL_1 to LEVEL_3, with who, why, and who had and who has the ticket. A "
                    "level goes down only with --down. Ladders of an SLA policy escalate automatically: see tick.",
                    "记录一次升级（LEVEL_1 至 LEVEL_3），包括操作人、原因、原处理人和新处理人。仅在给出 --down "
                    "时才会降级。SLA 策略中的升级阶梯会自动升级，参见 tick。"},
    .arguments = ticket::kMany,
    .flags = kEscalateFlags,
    .examples = kEscalateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_escalate,
};

}  // namespace umsops::cli
