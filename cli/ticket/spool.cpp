// SPDX-License-Identifier: Apache-2.0
// `db spool`: the reports that wait on this machine until their desk can be reached.
#include "umsops/desk/spool.hpp"
#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kList = "umsops.db.spool.list/v1";
constexpr std::string_view kShow = "umsops.db.spool.show/v1";
constexpr std::string_view kDrop = "umsops.db.spool.drop/v1";

constexpr std::string_view kStates[] = {"all", "waiting", "refused", "unreadable"};
std::span<std::string_view const> state_names() { return kStates; }
constexpr std::string_view kPlaces[] = {"all", "this", "other", "unknown"};
std::span<std::string_view const> place_names() { return kPlaces; }

constexpr unsigned kShown = base::kInTable | base::kInWide;

/// What a list shows is the beginning of what is told of a single report.
constexpr Field kFields[] = {
    {"id", FieldType::text, {}, kShown, "Its id in the spool", "在暂存区中的编号", "编号"},
    {"key", FieldType::text, {}, kShown, "Its key", "报告的键", "键"},
    {"state", FieldType::text, {}, kShown, "waiting, refused, or unreadable", "waiting、refused 或 unreadable", "状态"},
    {"desk",
     FieldType::text,
     {},
     kShown,
     "Meant for this desk, another one, or unknown",
     "属于当前数据（this）、其他数据（other）或未知（unknown）",
     "归属"},
    {"target", FieldType::text, {}, kShown, "The store that it is meant for", "所属数据文件或服务器", "目标"},
    {"at", FieldType::time, {}, kShown, "When it was made", "报告时间", "时间"},
    {"title", FieldType::text, {}, kShown, "Title", "标题", "标题"},
    {"error", FieldType::text, {}, kShown, "Code of what refused it", "被拒绝的错误代码", "错误"},
    {"problem",
     FieldType::text,
     {},
     base::kInWide,
     "Why it was refused, or cannot be read",
     "被拒绝或无法读取的原因",
     "原因"},
    {"refused_at", FieldType::time, {}, base::kInWide, "Since when it is refused", "自何时起被拒绝", "拒绝时间"},
    {"actor", FieldType::text, {}, base::kInWide, "Who reported it", "报告者", "操作者"},
    {"line", FieldType::integer, {}, base::kInWide, "Its line in the file", "文件中的行号", "行"},
    {"description", FieldType::block, {}, 0, "Description", "描述", "描述"},
    {"requester_id", FieldType::text, {}, 0, "Who asks", "请求人", "请求人"},
    {"assignee_id", FieldType::text, {}, 0, "Who was named for it", "指定的处理人", "处理人"},
    {"category", FieldType::text, {}, 0, "Category, if one was named", "指定的类别", "类别"},
    {"subcategory", FieldType::text, {}, 0, "Subcategory, if one was named", "指定的子类别", "子类别"},
    {"service", FieldType::text, {}, 0, "Service, if one was named", "指定的服务", "服务"},
    {"team", FieldType::text, {}, 0, "Team, if one was named", "指定的团队", "团队"},
    {"priority", FieldType::text, {}, 0, "Priority, if one was named", "指定的优先级", "优先级"},
    {"source", FieldType::text, {}, 0, "Channel", "来源渠道", "来源"},
    {"attributes", FieldType::object, {}, 0, "Further values", "附加属性", "属性"},
    {"reason", FieldType::text, {}, 0, "Why, for the history", "写入历史的原因", "说明"},
    {"transcript", FieldType::list, {}, 0, "What was said in a conversation", "对话记录", "对话"},
    {"callback_at", FieldType::time, {}, 0, "When to call back", "回电时间", "回电时间"},
    {"callback_contact", FieldType::text, {}, 0, "Whom to call back", "回电对象", "回电对象"},
    {"text", FieldType::block, {}, 0, "Beginning of a line that cannot be read", "无法读取的行的开头", "原文"},
    {"incident", FieldType::object, {}, 0, "What is to be filed or noted of an incident", "待新建或记录的事件", "事件"},
};
constexpr std::size_t kListed = 12;
constexpr std::span<Field const> kListFields{kFields, kListed};

Value or_null(std::optional<std::string> const& text) { return text ? Value(*text) : Value(); }

/// Its first fields alone where it is one of a list.
base::Row row_of(Env const& env, desk::SpoolEntry const& entry, bool whole) {
  static desk::SpooledReport const kNone;
  auto const& spooled = entry.spooled ? *entry.spooled : kNone;
  auto const& wanted = spooled.report.ticket;
  auto const at = spooled.at();
  Value error, problem, since;
  if (entry.unreadable) {
    error = entry.unreadable->code().code;
    problem = entry.unreadable->message(env.language());
  } else if (entry.refused) {
    error = entry.refused->code;
    problem = entry.refused->problem;
    since = entry.refused->at;
  }
  base::Row row{entry.id,
                base::text_or_null(entry.key()),
                desk::to_string(entry.state()),
                desk::to_string(entry.place),
                base::text_or_null(spooled.target),
                at ? Value(*at) : Value(),
                base::text_or_null(spooled.title()),
                std::move(error),
                std::move(problem),
                std::move(since),
                base::text_or_null(spooled.actor),
                entry.line};
  if (!whole) return row;
  Value::Object attributes;
  for (auto const& [name, text] : wanted.attributes) attributes.emplace_back(name, text);
  Value::List transcript;
  for (auto const& part : spooled.report.transcript) transcript.emplace_back(part);
  auto const& callback = spooled.report.callback;
  base::Row const rest{base::text_or_null(wanted.description), base::text_or_null(wanted.requester_id),
                       or_null(wanted.assignee_id), or_null(wanted.category), or_null(wanted.subcategory),
                       or_null(wanted.service), or_null(wanted.team),
                       wanted.priority ? Value(model::to_string(*wanted.priority)) : Value(),
                       entry.spooled && !spooled.incident ? Value(model::to_string(wanted.source)) : Value(),
                       std::move(attributes), base::text_or_null(spooled.reason), std::move(transcript),
                       callback ? Value(callback->due_at) : Value(), callback ? Value(callback->contact) : Value(),
                       // A damaged line may be anything, and JSON is UTF-8.
                       base::text_or_null(base::terminal_text(entry.text, base::TextShape::line)),
                       spooled.incident ? Value(desk::to_value(*spooled.incident)) : Value()};
  row.insert(row.end(), rest.begin(), rest.end());
  return row;
}

int run_list(Env& env, Call const& call) {
  std::string const state = call.text("state").value_or("all"), place = call.text("desk").value_or("all");
  auto writer = format::list_writer(env.out(), env.style("id"), kList, "report", kListFields);
  std::int64_t count = 0;
  desk::list_spool(env.spool_folder(), env.spool_target(), [&](desk::SpoolEntry const& entry) {
    if (state != "all" && state != desk::to_string(entry.state())) return;
    if (place != "all" && place != desk::to_string(entry.place)) return;
    ++count;
    writer->row(row_of(env, entry, false));
  });
  writer->end({});
  env.out().flush();
  check_found(env, call, count);
  return 0;
}

int run_show(Env& env, Call const& call) {
  auto const found = desk::find_in_spool(env.spool_folder(), env.spool_target(), call.words[0]);
  format::write_record(env.out(), env.style("id"), kShow, "report", kFields, row_of(env, found.front(), true));
  return 0;
}

int run_drop(Env& env, Call const& call) {
  auto writer = format::list_writer(env.out(), env.style("id"), kDrop, "report", kListFields);
  std::string const folder = env.spool_folder(), target = env.spool_target();
  // What does not wait is told before anybody is asked.
  auto dropped = desk::drop_from_spool(folder, target, call.words, true);
  record::confirm(env, call, dropped.size());
  if (!env.dry_run()) {
    dropped = desk::drop_from_spool(folder, target, call.words, false);
    for (auto const& entry : dropped) env.out().told().stored(entry.id);
  }
  for (auto const& entry : dropped) writer->row(row_of(env, entry, false));
  writer->end({false, {}, {{"dry_run", env.dry_run()}}});
  if (env.dry_run() && env.human() && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
  return 0;
}

void offer_ids(Candidates& out) {
  auto& env = out.env();
  desk::list_spool(env.spool_folder(), env.spool_target(), [&](desk::SpoolEntry const& entry) {
    if (entry.id.starts_with(out.typed())) out.add(entry.id, entry.spooled ? entry.spooled->title() : std::string());
  });
}

constexpr Argument kOne[] = {
    {"ID", {"its id or key, as in 'db spool list'", "db spool list 所列的编号或键"}, true, false, offer_ids}};
constexpr Argument kMany[] = {
    {"ID", {"ids or keys, as in 'db spool list'", "db spool list 所列的编号或键"}, true, true, offer_ids}};

constexpr Flag kListFlags[] = {
    {.name = "state",
     .value = "STATE",
     .type = FlagType::choice,
     .doc = {"only those that wait, were refused, or cannot be read", "只含等待中、被拒绝或无法读取的"},
     .fallback = "all",
     .choices = state_names},
    {.name = "desk",
     .value = "WHICH",
     .type = FlagType::choice,
     .doc = {"only those for this desk, for others, or not known for which", "只含属于当前数据、其他数据或归属未知的"},
     .fallback = "all",
     .choices = place_names},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};

constexpr Example kListExamples[] = {
    {"umsops db spool list", {"what waits on this machine", "本机暂存的报告"}},
    {"umsops db spool list --state refused --fail-if-any -o json | jq -r '.items[] | [.key, .problem] | @tsv'",
     {"for monitoring: exit 10 if a report was refused", "用于监控：有被拒绝的报告时退出码为 10"}},
};
constexpr Example kShowExamples[] = {
    {"umsops --db postgresql:///desk?host=/nowhere ticket create -t 'disk full' --key job:1 --spool && umsops db spool "
     "show job:1",
     {"all that a report says", "报告的全部内容"}},
    {"umsops --db postgresql:///desk?host=/nowhere ticket create -t 'disk full' --key job:2 --spool && umsops db spool "
     "show job:2 -o json | jq -r .target",
     {"which desk it is for", "属于哪套数据"}},
};
constexpr Example kDropExamples[] = {
    {"umsops --db postgresql:///desk?host=/nowhere ticket create -t test --key job:3 --spool && umsops db spool drop "
     "job:3 -n",
     {"what would be dropped", "将删除什么"}},
    {"umsops --db postgresql:///desk?host=/nowhere ticket create -t test --key job:4 --spool && umsops db spool drop "
     "job:4 --yes -o json | jq .count",
     {"without a question", "不询问"}},
};

constexpr int kListExits[] = {7, 9, 10};
constexpr int kShowExits[] = {3, 4, 9};
constexpr int kDropExits[] = {3, 4, 7, 9};

}  // namespace

constinit Command const kDbSpoolList{
    .path = "db spool list",
    .summary = {"list the reports that wait on this machine", "列出本机暂存的报告"},
    .description =
        {"Lists what --spool (of 'ticket create', 'incident create' and 'incident note') and conversations kept "
         "because their desk was out of reach. Each report "
         "names its desk: the absolute path of a file, or the address of a server without its password. Refused ones "
         "say why; a line that cannot be read has an id alone.",
         "列出因数据不可用而由 --spool（ticket create、incident create、incident note） "
         "或对话暂存的报告。每份报告都注明所属数据：文件的绝对路径，或不含密码"
         "的服务器地址。被拒绝的报告附有原因；无法读取的行只有编号。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kDbSpoolShow{
    .path = "db spool show",
    .summary = {"show a report that waits", "显示一份暂存的报告"},
    .description = {"Shows all that the report says, with the transcript and the call-back of a conversation. A key "
                    "that several reports have is ambiguous; their ids are not.",
                    "显示报告的全部内容，包括对话记录和约定的回电。多份报告共用同一键时请改用编号。"},
    .arguments = kOne,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = kShow,
    .run = run_show,
};

constinit Command const kDbSpoolDrop{
    .path = "db spool drop",
    .summary = {"take reports out of the spool", "删除暂存的报告"},
    .description = {"Takes the named reports away for good, all or none of them; nothing is filed. Asks first; where "
                    "nobody can be asked, --yes is needed.",
                    "永久删除指定的报告，全部删除或都不删除，不会建单。执行前会询问；无法询问时须加 --yes。"},
    .arguments = kMany,
    .examples = kDropExamples,
    .exits = kDropExits,
    .schema = kDrop,
    .changes = true,
    .run = run_drop,
};

}  // namespace umsops::cli
