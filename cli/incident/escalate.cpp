// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"

namespace umsops::cli {

namespace {

int run_escalate(Env& env, Call const& call) {
  auto const escalation = record::escalation_of(call);
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().escalate(ids, escalation, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kFlags[] = {
    record::kLevel, record::kEscalateTo, record::kDown, flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode,
};
constexpr Example kExamples[] = {
    {"umsops incident escalate INC-1 --to wang.fang --reason 'nobody answers'",
     {"one level higher, to her", "升一级并交给她"}},
    {"umsops incident escalate INC-1 --level LEVEL_3 --reason '核心业务中断' -o json | jq -r .assigned_to",
     {"to the top at once", "直接升到最高级"}},
};

}  // namespace

constinit Command const kIncidentEscalate{
    .path = "incident escalate",
    .summary = {"raise incidents to a higher level", "升级事件"},
    .description =
        {"Records an escalation, LEVEL_1 to LEVEL_3, with who, why, and who had and who has the incident; "
         "the timeline tells of it, and 'incident show' lists all of them. The state stays, but OPEN becomes "
         "ASSIGNED with --to. A level goes down only with --down.",
         "记录一次升级（LEVEL_1 至 LEVEL_3），包括操作人、原因、原处理人和新处理人，并写入时间线；incident show "
         "列出全部升级记录。状态不变，仅在给出 --to 时 OPEN 变为 ASSIGNED。给出 --down 时才会降级。"},
    .arguments = incident::kMany,
    .flags = kFlags,
    .examples = kExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_escalate,
};

}  // namespace umsops::cli
