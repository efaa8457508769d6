// SPDX-License-Identifier: Apache-2.0
// How incidents end, and begin again.
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/kb/kb.hpp"

namespace umsops::cli {

namespace {

desk::IncidentResolve resolution_of(Env& env, Call const& call) {
  call.exclude("resolution", "body");
  call.exclude("resolution", "body-file");
  call.exclude("resolution", "edit");
  desk::IncidentResolve resolution;
  auto const text = call.text("resolution");
  resolution.text = text ? *text : body_of(env, call).value_or("");
  resolution.root_cause = call.text("root-cause").value_or("");
  resolution.force = call.on("force");
  resolution.answer = call.text("answer-tickets").value_or("");
  resolution.knowledge = call.text("knowledge").value_or("");
  if (resolution.force && call.text("reason").value_or("").empty()) call.missing("--reason");
  return resolution;
}

int run_resolve(Env& env, Call const& call) {
  auto const resolution = resolution_of(env, call);
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().resolve(ids, resolution, record::change_of(env, call), record::batch_of(call));
  });
}

int run_close(Env& env, Call const& call) {
  auto const resolution = resolution_of(env, call);
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().close(ids, resolution, record::change_of(env, call), record::batch_of(call));
  });
}

int run_reopen(Env& env, Call const& call) {
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().reopen(ids, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kEndFlags[] = {
    {.name = "resolution",
     .letter = 'r',
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"what was done", "解决方案"}},
    {.name = "body",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"the same as --resolution", "与 --resolution 相同"}},
    {.name = "body-file",
     .value = "FILE|-",
     .type = FlagType::file,
     .doc = {"the same from a file, or from standard input", "从文件或标准输入读取"},
     .offer = offer::files},
    flags::kEdit,
    incident::kRootCause,
    {.name = "knowledge",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the article or solution that helped: it counts as used, and as working",
             "所用的知识条目或解决方案：计为已使用且有效"},
     .offer = kb::offer_numbers},
    {.name = "answer-tickets",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"reply with this to every ticket that is linked to it and not closed",
             "以此文本答复与其关联且未关闭的全部工单"}},
    {.name = "force",
     .doc = {"without evidence that service is back, or while alerts fire; needs --reason",
             "没有恢复证据或仍有告警触发时强制解决，须给出 --reason"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kReopenFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};

constexpr Example kResolveExamples[] = {
    {"umsops incident verify INC-1 --passed --note 'sign-in works' && umsops incident resolve INC-1 -r 'restarted it'",
     {"after service was found back", "确认恢复之后"}},
    {"umsops incident resolve INC-1 --force --reason 'false alarm' -r '误报，无需处理' -n",
     {"without evidence: what would happen", "试运行：没有证据而强制解决"}},
    {"umsops ticket link T-1 --caused-by INC-1 && umsops incident resolve INC-1 --force --reason 'drill' -r "
     "'restarted' "
     "--answer-tickets '服务已恢复，请重新登录' -o json | jq -c .answered",
     {"and everybody who asked hears of it", "并一次答复所有询问的人"}},
};
constexpr Example kCloseExamples[] = {
    {"umsops incident close INC-1 -r '误报' --force --reason 'nobody was hit'",
     {"a false alarm at once", "误报，直接关闭"}},
    {"umsops incident list -q --status RESOLVED | umsops incident close - --each",
     {"all that are resolved", "关闭全部已解决的事件"}},
};
constexpr Example kReopenExamples[] = {
    {"umsops incident reopen INC-1 --reason 'it happens again' -n", {"what would happen", "试运行重新打开"}},
    {"umsops incident reopen INC-1 -o json | jq .reopen_count", {"how often by now", "已重新打开的次数"}},
};

}  // namespace

constinit Command const kIncidentResolve{
    .path = "incident resolve",
    .summary = {"resolve recovered incidents", "解决已恢复的事件"},
    .description = {"RESOLVED needs a resolution, and RECOVERED before it: 'umsops incident verify' stores the "
                    "evidence. Where a runbook has repaired it, what that states is the resolution and the root cause, "
                    "unless others are "
                    "given. While one of its alerts fires it is refused, exit 4. --force resolves all the same, "
                    "with a reason in the history. --answer-tickets replies to all tickets that name it as their "
                    "cause; the same text again reaches only those that have not had it.",
                    "解决事件须填写解决方案，且须先恢复（RECOVERED）：umsops incident verify "
                    "保存恢复的证据。由手册修复且未另行给出时，采用手册的解决方案和根本原因。仍有告警触发时拒绝"
                    "解决，退出码 4。--force 可跳过，原因写入历史。--answer-tickets "
                    "答复所有以它为原因的工单；相同文本不会重复发给同一工单。"},
    .arguments = incident::kMany,
    .flags = kEndFlags,
    .examples = kResolveExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_resolve,
};

constinit Command const kIncidentClose{
    .path = "incident close",
    .summary = {"close resolved incidents", "关闭已解决的事件"},
    .description =
        {"Closes RESOLVED incidents; with --resolution it resolves them first. CLOSED is final: what comes again "
         "is a new incident.",
         "关闭已解决的事件；给出 --resolution 时先解决再关闭。CLOSED 为最终状态，再次发生时应新建事件。"},
    .arguments = incident::kMany,
    .flags = kEndFlags,
    .examples = kCloseExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_close,
};

constinit Command const kIncidentReopen{
    .path = "incident reopen",
    .summary = {"reopen resolved incidents", "重新打开已解决的事件"},
    .description = {"A RESOLVED incident becomes IN_PROGRESS again; its recovery holds no more.",
                    "已解决的事件重新变为 IN_PROGRESS，原恢复时间作废。"},
    .arguments = incident::kMany,
    .flags = kReopenFlags,
    .examples = kReopenExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_reopen,
};

}  // namespace umsops::cli
