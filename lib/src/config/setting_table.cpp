// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "umsops/config/settings.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kLanguages[] = {"auto", "en", "zh_CN"};
constexpr std::string_view kOutputs[] = {"table", "wide", "json", "jsonl", "csv", "tsv", "yaml", "md", "id", "env"};
constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr std::string_view kWidths[] = {"1", "2"};

constexpr bool kProject = true, kOwn = false;

constexpr Setting kSettings[] = {
    {"store", SettingType::path, "UMSOPS_DB", "", kOwn,
     "file of the store, or the address of a PostgreSQL server; without it desk.db in the user's data directory",
     "数据文件或 PostgreSQL 服务器地址；默认为用户数据目录中的 desk.db"},
    {"password_command", SettingType::command, "", "", kOwn,
     "program and its arguments, run without a shell, whose first line of output is the password for the server",
     "输出首行为服务器密码的程序及其参数；不经过 shell"},
    {"audit_key_command", SettingType::command, "", "", kOwn,
     "program and its arguments, run without a shell, whose output is the key (16 to 4096 bytes) that the history's "
     "hashes are made with",
     "输出历史记录哈希所用密钥（16 到 4096 字节）的程序及其参数；不经过 shell"},
    {"actor", SettingType::text, "UMSOPS_ACTOR", "", kOwn,
     "who acts, as the history names it; without it the login name", "操作者在历史记录中的名字；默认为登录名"},
    {"lang", SettingType::choice, "UMSOPS_LANG", "auto", kProject, "language of messages and headings",
     "消息与表头的语言", kLanguages},
    {"tz", SettingType::text, "UMSOPS_TZ", "", kProject, "IANA time zone of input and tables; default: the system's",
     "读写时间所用的 IANA 时区；默认为系统时区"},
    {"output", SettingType::choice, "UMSOPS_OUTPUT", "table", kProject, "output format", "输出格式", kOutputs},
    {"color", SettingType::choice, "UMSOPS_COLOR", "auto", kOwn, "colour on the terminal", "终端颜色", kColors},
    {"pager", SettingType::text, "UMSOPS_PAGER", "", kOwn, "pager for long output on a terminal; default: PAGER",
     "在终端分页显示长输出的命令；默认为 PAGER"},
    {"timeout", SettingType::duration, "UMSOPS_TIMEOUT", "60s", kOwn, "how long a write waits for the store",
     "写入时等待数据文件的最长时间"},
    {"no_input", SettingType::boolean, "UMSOPS_NO_INPUT", "false", kOwn, "never ask questions", "从不提问"},
    {"number_format", SettingType::text, "UMSOPS_NUMBER_FORMAT", "T-{seq:6}", kProject,
     "format of ticket numbers: {seq:N} is the counter with N digits, {yyyy} {mm} the date (UTC)",
     "工单编号格式：{seq:N} 为 N 位计数，{yyyy} {mm} 为日期（UTC）"},
    {"incident_number_format", SettingType::text, "UMSOPS_INCIDENT_NUMBER_FORMAT", "INC-{seq:6}", kProject,
     "the same of incidents", "事件编号格式，写法同上"},
    {"kb_number_format", SettingType::text, "UMSOPS_KB_NUMBER_FORMAT", "KB-{seq:6}", kProject, "the same of articles",
     "知识条目编号格式，写法同上"},
    {"requester_number_format", SettingType::text, "UMSOPS_REQUESTER_NUMBER_FORMAT", "P-{seq:6}", kProject,
     "the same of requesters", "请求人编号格式，写法同上"},
    {"review_number_format", SettingType::text, "UMSOPS_REVIEW_NUMBER_FORMAT", "REV-{seq:6}", kProject,
     "the same of reviews; {seq} is that of the incident", "复盘编号格式，写法同上；{seq} 与事件相同"},
    {"rules", SettingType::paths, "UMSOPS_RULES", "", kProject, "rule files; default: the built-in rules",
     "规则文件；未指定时使用内置规则"},
    {"classifier", SettingType::path, "UMSOPS_CLASSIFIER", "", kOwn,
     "file of the learned model; default: STORE-classifier beside the store, or 'classifier' in the user's data "
     "directory for a store on a server",
     "所学模型的文件；默认为数据文件旁的 STORE-classifier，使用服务器时为用户数据目录中的 classifier"},
    {"classifier_retrain", SettingType::duration, "UMSOPS_CLASSIFIER_RETRAIN", "1d", kOwn,
     "how often tick looks whether people have said enough to train the model anew; 0s: never",
     "tick 多久检查一次是否该重新训练模型；0s 为从不"},
    {"roster", SettingType::paths, "UMSOPS_ROSTER", "", kProject, "files with people, teams and on-call schedules",
     "人员、团队与值班安排文件"},
    {"services", SettingType::paths, "UMSOPS_SERVICES", "", kProject,
     "files with services; one that a project file names may hold no checks",
     "服务目录文件；由项目文件指定的不能含有检查"},
    {"priority_matrix", SettingType::path, "UMSOPS_PRIORITY_MATRIX", "", kProject,
     "file with the priority of each impact and urgency; default: the built-in matrix",
     "由影响和紧急程度决定优先级的矩阵文件；未指定时使用内置矩阵"},
    {"inhibition", SettingType::paths, "UMSOPS_INHIBITION", "", kProject,
     "files with inhibition rules, time intervals and standing silences", "抑制规则、时段与常设静默文件"},
    {"escalation", SettingType::path, "UMSOPS_ESCALATION", "", kProject,
     "file with the escalation of incidents that nobody acknowledges, and how often news are owed; default: built in",
     "无人确认的事件如何升级、多久须更新一次；未指定时使用内置策略"},
    {"channels", SettingType::path, "UMSOPS_CHANNELS", "", kOwn,
     "file with the channels by which messages leave, and who is told of incidents; without it messages wait",
     "消息发送渠道与故障通知对象的文件；没有此文件时消息留在待发箱"},
    {"runbooks", SettingType::paths, "UMSOPS_RUNBOOKS", "", kOwn, "runbook files, or folders of them",
     "处置手册文件或其所在文件夹"},
    {"verify_passes", SettingType::integer, "UMSOPS_VERIFY_PASSES", "3", kProject,
     "how often in a row the checks of a service must pass before its incident is RECOVERED",
     "服务检查须连续通过多少次，事件才变为 RECOVERED"},
    {"verify_time", SettingType::duration, "UMSOPS_VERIFY_TIME", "1m", kProject, "over how long they must pass",
     "检查须在多长时间内持续通过"},
    {"channel_command", SettingType::command, "", "", kOwn,
     "program and its arguments, run without a shell, that opens the place where people talk about an incident; the "
     "first line of its output is the place's address",
     "为故障开设沟通渠道的程序及其参数，不经过 shell；输出首行为渠道地址"},
    {"channel_url", SettingType::text, "UMSOPS_CHANNEL_URL", "", kOwn,
     "web address that opens it instead: it is sent a POST with the incident as JSON, and answers with an object whose "
     "url or address is the place, or with a line",
     "改用网址开设：以 POST 发送 JSON 形式的事件；应答为含 url 或 address 的对象，或一行地址"},
    {"ticket_fields", SettingType::paths, "UMSOPS_TICKET_FIELDS", "", kProject,
     "files that declare further fields of tickets; without one any attribute will do",
     "声明工单自定义字段的文件；未指定时任何附加属性均可"},
    {"views", SettingType::paths, "UMSOPS_VIEWS", "", kProject, "files with saved lists of the desk",
     "服务台共用的视图文件"},
    {"my_views", SettingType::paths, "UMSOPS_MY_VIEWS", "", kOwn,
     "files with your own saved lists, beside those of the desk or in their place by the same name",
     "自己的视图文件；与共用视图并用，同名者优先"},
    {"reports", SettingType::paths, "UMSOPS_REPORTS", "", kProject,
     "files with reports, beside the built-in ones or in their place by the same name",
     "报表定义文件；与内置报表并用，同名者替换内置报表"},
    {"templates", SettingType::paths, "UMSOPS_TEMPLATES", "", kProject,
     "files with templates of replies and tickets, or folders of them, beside the built-in ones or in their place by "
     "the "
     "same name",
     "回复模板和工单模板的文件或文件夹；与内置模板并用，同名者替换内置模板"},
    {"recurring", SettingType::paths, "UMSOPS_RECURRING", "", kOwn,
     "files with tickets that tick files again and again, or folders of them", "由 tick 定期新建的工单的文件或文件夹"},
    {"resolve_on", SettingType::text, "UMSOPS_RESOLVE_ON", "all", kProject,
     "ends of alarms that make an incident RECOVERED, where the sender file does not say: first, last, all, never, or "
     "quiet:T, e.g. quiet:30m: all, and RESOLVED when nothing fired for so long",
     "哪些告警解除使事件变为 RECOVERED（发送方文件未说明时）：first、last、all、never，或 quiet:T，例如 "
     "quiet:30m：全部解除，且在该时长内无新告警时变为 RESOLVED"},
    {"hooks", SettingType::path, "UMSOPS_HOOKS", "", kOwn,
     "folder of programs that see each change before it is stored; see umsops help hooks",
     "钩子程序所在文件夹，程序在每次修改保存之前运行；参见 umsops help hooks"},
    {"hook_timeout", SettingType::duration, "UMSOPS_HOOK_TIMEOUT", "10s", kOwn, "how long one hook may run",
     "一个钩子的最长运行时间"},
    {"sla", SettingType::paths, "UMSOPS_SLA", "", kProject,
     "files with calendars and SLA policies; default: the built-in policies",
     "日历与 SLA 策略文件；未指定时使用内置策略"},
    {"calendar_zone", SettingType::text, "UMSOPS_CALENDAR_ZONE", "UTC", kProject,
     "IANA time zone of the built-in calendar 'business'", "内置日历 business 所用的 IANA 时区"},
    {"mail_addresses", SettingType::text, "UMSOPS_MAIL_ADDRESSES", "", kOwn,
     "the desk's own mail addresses, separated by commas: mail from them is our own mail coming back",
     "服务台自己的邮件地址，以逗号分隔：来自这些地址的邮件视为本系统发出后返回"},
    {"mail_blocklist", SettingType::path, "UMSOPS_MAIL_BLOCKLIST", "", kOwn,
     "file of senders whose mail is filed as SPAM: an address or @domain a line, # begins a remark",
     "其邮件按 SPAM 建单的发件人名单：每行一个地址或 @域名，# 为注释"},
    {"attachment_limit", SettingType::size, "UMSOPS_ATTACHMENT_LIMIT", "1M", kProject,
     "largest attachment to store, in bytes or with K or M; larger ones are only listed",
     "保存附件的大小上限（字节，可带 K 或 M）；更大的附件仅列出"},
    {"attachment_types", SettingType::text, "UMSOPS_ATTACHMENT_TYPES", "", kProject,
     "media types of attachments to store, with commas, e.g. 'image/*, text/plain'; others are refused, or of a mail "
     "only listed; default: any",
     "可保存的附件媒体类型，以逗号分隔，例如 'image/*, text/plain'；其他类型被拒绝，邮件中的则仅列出；默认不限"},
    {"duplicate_window", SettingType::duration, "UMSOPS_DUPLICATE_WINDOW", "7d", kProject,
     "how far back a new ticket is compared with others", "查找相似工单的时间范围"},
    {"duplicate_score", SettingType::decimal, "UMSOPS_DUPLICATE_SCORE", "0.6", kProject,
     "similarity, 0 to 1, from which a ticket counts as a likely duplicate", "相似度达到多少（0 到 1）视为可能重复"},
    {"flood_requesters", SettingType::integer, "UMSOPS_FLOOD_REQUESTERS", "5", kProject,
     "how many people ask about one service or category within flood_window where an incident is suggested; 0: never",
     "在 flood_window 内有多少人咨询同一服务或类别时建议创建事件；0 表示从不"},
    {"flood_window", SettingType::duration, "UMSOPS_FLOOD_WINDOW", "30m", kProject, "the time within which they ask",
     "统计咨询人数的时间范围"},
    {"urgency", SettingType::text, "UMSOPS_URGENCY", "", kProject,
     "coefficients of 'ticket next', e.g. 'due=12 priority=6'; terms not named keep their default",
     "ticket next 的系数，例如 'due=12 priority=6'；未列出的保持默认"},
    {"reopen_window", SettingType::duration, "UMSOPS_REOPEN_WINDOW", "14d", kProject,
     "how long a CLOSED ticket can be reopened", "已关闭的工单在多长时间内可重新打开"},
    {"auto_close", SettingType::duration, "UMSOPS_AUTO_CLOSE", "7d", kProject,
     "how long after its resolution tick closes a ticket; 0s: never", "解决后多久由 tick 自动关闭；0s 表示从不"},
    {"outbox_retention", SettingType::duration, "UMSOPS_OUTBOX_RETENTION", "90d", kOwn,
     "how long tick keeps messages that were sent or dropped; 0s: for ever",
     "tick 保留已发送或已放弃的消息多久；0s 表示永久"},
    {"senders", SettingType::paths, "UMSOPS_SENDERS", "", kProject,
     "sender files of 'incident ingest', beside the built-in ones or in their place by the same name",
     "incident ingest 的发送方文件；与内置文件并用，同名者替换内置文件"},
    {"chat_flow", SettingType::path, "UMSOPS_CHAT_FLOW", "", kProject,
     "flow file of 'ticket intake chat'; default: the built-in flow",
     "ticket intake chat 的流程文件；默认使用内置流程"},
    {"phone_flow", SettingType::path, "UMSOPS_PHONE_FLOW", "", kProject,
     "flow file of 'ticket intake phone'; default: the built-in flow",
     "ticket intake phone 的流程文件；默认使用内置流程"},
    {"ambiguous_width", SettingType::choice, "UMSOPS_AMBIGUOUS_WIDTH", "1", kOwn,
     "terminal cells of characters whose width depends on the font", "宽度随字体而定的字符所占的列数", kWidths},
};

}  // namespace

std::span<Setting const> settings() { return kSettings; }

std::string_view to_string(Level level) {
  switch (level) {
    case Level::builtin:
      return "builtin";
    case Level::system_file:
      return "system";
    case Level::user_file:
      return "user";
    case Level::project_file:
      return "project";
    case Level::environment:
      return "environment";
    case Level::flag:
      return "flag";
  }
  return "";
}

}  // namespace umsops::config
