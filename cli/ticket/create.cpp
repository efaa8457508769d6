// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::size_t kLargestRecord = 1 << 20;

desk::NewTicket wanted_ticket(Env& env, Call const& call) {
  desk::NewTicket wanted;
  if (auto const file = call.text("from-json")) {
    ticket::put_record(wanted, base::parse_json(read_whole(*file, kLargestRecord), *file), *file);
  }
  if (auto const title = call.text("title")) wanted.title = *title;
  for (auto const& [field, value] : record::sets_of(ticket::kKind, env, call)) ticket::put_field(wanted, field, value);
  if (auto const assignee = call.text("assignee")) wanted.assignee_id = assignee->empty() ? std::nullopt : assignee;
  if (auto const key = call.text("key")) wanted.key = *key;
  if (wanted.title.empty() && !call.has("title")) call.missing("--title");
  return wanted;
}

/// The key is there before the first try: whatever became of that one, the report is filed once.
int create_or_spool(Env& env, desk::NewTicket wanted, desk::CreateOptions const& options) {
  if (options.on_duplicate != desk::OnDuplicate::give_back) {
    throw base::Error(base::errors::usage_excludes,
                      {{"first", "--spool"}, {"second", "--on-duplicate other than return"}});
  }
  if (wanted.key.empty()) wanted.key = "spool:" + env.ids().next_id(env.clock().now());
  std::string const folder = env.spool_folder();
  std::optional<desk::TicketResult> filed;
  std::string path, why;
  try {
    filed = env.desk().tickets().create(wanted, options);
  } catch (base::Error const& error) {
    if (!desk::may_wait(error)) throw;
    why = error.message(env.language());
    wanted.created_at = env.clock().now();
    path = desk::spool(folder, {env.spool_target(), {wanted, {}, {}}, false, env.actor().name, options.reason});
    env.out().told().stored(wanted.key);
  }
  if (filed) {
    ticket::write_result(env, *filed);
  } else if (env.human()) {
    env.out().write(
        base::terminal_text(env.phrase(Phrase::spooled, {{"problem", why}, {"path", path}}), base::TextShape::line) +
        "\n");
  } else if (auto const style = env.style("key"); style.format == format::Format::id) {
    env.out().write(wanted.key + "\n");
  } else {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", "umsops.ticket.spooled/v1"},
                                         {"result", "spooled"},
                                         {"spooled", true},
                                         {"key", wanted.key},
                                         {"path", path},
                                         {"problem", why}});
  }
  return 0;
}

int run_create(Env& env, Call const& call) {
  auto wanted = wanted_ticket(env, call);
  desk::CreateOptions options;
  options.dry_run = env.dry_run();
  options.on_duplicate = record::on_duplicate(call);
  options.fail_on_duplicate = call.on("fail-on-duplicate");
  options.reason = call.text("reason").value_or("");
  // A wrong -F or format is told before anything is stored.
  (void)env.style(ticket::kKind.number);
  if (call.on("spool") && !env.dry_run()) return create_or_spool(env, std::move(wanted), options);
  ticket::write_result(env, env.desk().tickets().create(wanted, options));
  return 0;
}

constexpr Flag kFlags[] = {
    record::kTitle,
    flags::kBody,
    flags::kBodyFile,
    flags::kEdit,
    ticket::kRequester,
    ticket::kAssignee,
    ticket::kCategory,
    ticket::kSubcategory,
    ticket::kPriority,
    ticket::kSource,
    flags::kAttribute,
    flags::kSet,
    record::kKey,
    record::kOnDuplicate,
    {.name = "fail-on-duplicate",
     .doc = {"exit 4 if the requester has a likely duplicate", "同一请求人已有相似工单时以退出码 4 拒绝"}},
    {.name = "spool",
     .doc = {"if the desk is out of reach or absent, keep the report on this machine for 'umsops db flush'; exit 0",
             "无法访问数据或数据文件不存在时，将报告保存在本机文件中，等待 umsops db flush；退出码为 0"}},
    flags::kReason,
    {.name = "from-json",
     .value = "FILE|-",
     .type = FlagType::file,
     .doc = {"take the fields from one JSON object; flags win", "从一个 JSON 对象读取字段；选项优先"},
     .offer = offer::files},
};

constexpr Example kExamples[] = {
    {"umsops ticket create -t '无法登录，紧急' --requester zhang.wei",
     {"category and priority from the rules", "类别和优先级由规则决定"}},
    {"id=$(umsops ticket create -q -t 'nightly build failed' --body-file build.log --key \"ci:main:4711\" "
     "--on-duplicate comment)",
     {"a CI job files once and comments on every further run", "CI 任务只建单一次，之后的运行仅添加备注"}},
    {"umsops ticket create -t 'deploy failed' --key \"deploy:$CI_JOB_ID\" --spool -o json | jq -r .key",
     {"no report is lost while the desk is down", "即使数据不可用，报告也不会丢失"}},
    {"echo '{\"title\":\"from a program\",\"priority\":\"HIGH\"}' | umsops ticket create --from-json - -o json | jq -r "
     ".ticket_number",
     {"from another program", "由其他程序创建"}},
};

constexpr int kExits[] = {4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTicketCreate{
    .path = "ticket create",
    .summary = {"file a ticket", "新建工单"},
    .description = {"Files a ticket and prints its number once it is stored. Rules set category, subcategory, priority "
                    "and attributes unless a flag does; their suggestions are recorded in any case. Without any "
                    "configuration the first ticket creates the desk; one with --spool waits for it instead.",
                    "新建工单，保存成功后输出编号。未用选项指定的类别、子类别、优先级和属性由规则决定；选项优先于所有规"
                    "则，规则的建议仍会记录。没有任何配置时，第一张工单会自动创建数据文件；加 --spool 时则暂存等待。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_create,
};

}  // namespace umsops::cli
