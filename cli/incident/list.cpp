// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/tags.hpp"
#include "cli/record/views.hpp"

namespace umsops::cli {

namespace {

int run_list(Env& env, Call const& call) {
  record::Listed const incidents{[&](query::Query const& query, record::Visit const& visit) {
                                   return env.desk().incidents().list(
                                       query, [&](model::Incident const& incident) { return visit(to_row(incident)); });
                                 },
                                 [&](query::Filter const& filter) { return env.desk().incidents().count(filter); }};
  return record::write_list(incident::kKind, env, call, incidents);
}

int run_history(Env& env, Call const& call) {
  return record::write_history(env, env.desk().incidents().history(call.words[0]));
}

constexpr Flag kFlags[] = {
    incident::kStatusList,
    incident::kTypeList,
    incident::kSeverityList,
    incident::kPriorityList,
    incident::kCategoryList,
    incident::kAssigneeList,
    record::kTagList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kAll,
    flags::kAfter,
    record::kExplain,
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};

constexpr Example kListExamples[] = {
    {"umsops incident list -w 'severity>=HIGH status!=CLOSED affected_services~sso'",
     {"what is bad now", "当前严重事件"}},
    {"umsops incident list -w 'update:overdue' --fail-if-any",
     {"for cron: exit 10 if news are overdue", "用于 cron：有逾期未更新的事件时退出码为 10"}},
    {"umsops incident list -w 'muted=true' -F incident_number,silenced_by,inhibited_by,title",
     {"what wakes nobody, and why", "哪些事件不通知任何人及其原因"}},
    {"umsops incident list --status OPEN -w 'acknowledged_at=none' --fail-if-any",
     {"for cron: exit 10 if nobody has seen one", "用于 cron：有无人确认的事件时退出码为 10"}},
};
constexpr Example kHistoryExamples[] = {
    {"umsops incident history INC-1", {"who changed what, and why", "谁修改了什么，为什么"}},
    {"umsops incident history INC-1 -o json | jq -c '.items[] | [.at, .actor, .changes]'",
     {"for a program", "供程序使用"}},
};
constexpr Argument kArguments[] = {incident::kOne};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kHistoryExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kIncidentList{
    .path = "incident list",
    .summary = {"list incidents", "列出事件"},
    .description =
        {"Lists incidents, newest first. Flags and filters must all match; --since and --until look at when "
         "an incident was noticed. Machine formats list every match unless --limit is given. Of an incident that is "
         "open and not muted, news are owed at update_due_at: every 30 minutes where it is CRITICAL, 60 "
         "HIGH, 240 MEDIUM (the setting escalation). Notes and moves between states count as news.",
         "列出事件，最新的在前。所有选项和过滤条件须同时满足；--since 与 --until "
         "按发现时间计。除非给出 --limit，程序会得到全部结果。未解决且未静默的事件须在 update_due_at "
         "之前更新：CRITICAL 每 30 "
         "分钟，HIGH 60 分钟，MEDIUM 240 分钟（可由设置 escalation 更改）；记录和状态变化算作更新。"},
    .arguments = record::kViewWord,
    .flags = kFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.incident.list/v1",
    .run = run_list,
};

constinit Command const kIncidentHistory{
    .path = "incident history",
    .summary = {"every change of an incident", "显示事件的全部修改"},
    .description = {"Lists every change of an incident, oldest first: who, when, by which command, values before and "
                    "after, and the reason. What happened, as people tell it, is the timeline: 'umsops incident show'.",
                    "按时间顺序列出事件的每次修改：何人、何时、用何命令、修改前后的值和原因。经过（时间线）见 umsops "
                    "incident show。"},
    .arguments = kArguments,
    .examples = kHistoryExamples,
    .exits = kHistoryExits,
    .schema = "umsops.incident.history/v1",
    .run = run_history,
};

}  // namespace umsops::cli
