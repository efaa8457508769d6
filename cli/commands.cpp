// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

namespace umsops::cli {

namespace {

constexpr Noun kNouns[] = {
    {"ticket", {"what users ask for", "用户工单"}, true, true},
    {"incident", {"disruptions of service", "故障事件"}, true, true},
    {"kb", {"articles, guides, FAQ and solutions", "知识库：文章、指南、常见问题与解决方案"}, true, true},
    {"template", {"words and tickets that are ready", "现成的回复与工单模板"}},
    {"report", {"figures over the tickets", "统计报表"}, true, true},
    {"view", {"saved lists", "视图：已保存的列表"}},
    {"service", {"services, who depends on whom, and what a failure reaches", "服务目录、依赖关系与故障影响"}},
    {"rules", {"rules for category and priority", "分类与优先级规则"}},
    {"classifier", {"judgement that is learned from past tickets", "从以往工单学习的分类"}, false, true},
    {"requester", {"who asks: people, their names and departments", "请求人：人员、称呼与部门"}, false, true},
    {"privacy",
     {"what is known of a person: export, erasure, retention", "个人数据：导出、清除与保留期限"},
     false,
     true},
    {"review", {"what is learned from incidents, and done about it", "事件复盘与改进措施"}, false, true},
    {"runbook", {"runbooks, and how their executions fared", "处置手册及其执行"}, false, true},
    {"silence", {"what wakes nobody: silences and inhibition", "静默与抑制：不通知任何人的告警"}, false, true},
    {"oncall", {"who is on call, and when", "值班安排"}},
    {"people", {"staff who are absent or gone, and what waits for them", "缺勤或离职的人员及其待办事项"}},
    {"sla", {"targets and due times", "服务目标与截止时间"}},
    {"calendar", {"business time: hours, holidays, make-up days", "工作时间：时段、节假日与调休"}},
    {"outbox", {"messages that leave, and how they fared", "待发送的消息及其投递情况"}, false, true},
    {"status", {"what outsiders may know of services", "对外的服务状态"}, false, true},
    {"audit", {"the history of every change, and its check", "修改历史及其校验"}, false, true},
    {"db", {"the store", "数据文件"}, false, true},
    {"search", {"the search index", "搜索索引"}, false, true},
    {"config", {"settings and where they come from", "设置及其来源"}},
    {"schema", {"JSON Schemas of outputs and inputs", "输出与输入的 JSON Schema"}},
    {"generate", {"man pages, completions, roles", "手册页、补全脚本与角色"}},
};

constexpr Noun kVerbGroups[] = {
    {"db spool", {"reports that wait for their desk", "等待建单的暂存报告"}},
    {"ticket attachment", {"files of tickets", "工单附件"}},
    {"ticket approval", {"who has to say yes first", "审批：须经同意才能处理的工单"}},
    {"ticket callback", {"call-backs", "待回电的请求人与时间"}},
    {"ticket intake", {"intake channels: chat, phone, mail, JSON", "从各支持入口接收请求"}},
    {"ticket recurring", {"tickets that are filed again and again", "定期自动新建的工单"}},
};

constinit Command const* const kCommands[] = {
#define UMSOPS_COMMAND(name) &name,
#include "cli/commands.def"
#undef UMSOPS_COMMAND
};

}  // namespace

std::span<Command const* const> commands() { return kCommands; }
std::span<Noun const> nouns() { return kNouns; }
std::span<Noun const> verb_groups() { return kVerbGroups; }

}  // namespace umsops::cli
