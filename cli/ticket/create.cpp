// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/given.hpp"
#include "cli/record/spool.hpp"
#include "cli/record/suggestions.hpp"
#include "cli/shape.hpp"
#include "cli/template/templates.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/config/template_files.hpp"

namespace umsops::cli {

namespace {

desk::NewTicket wanted_ticket(Env& env, Call const& call) {
  desk::NewTicket wanted;
  if (auto const file = call.text("from-json")) {
    ticket::put_record(wanted, record::read_given(*file), *file);
  }
  if (auto const title = call.text("title")) wanted.title = *title;
  for (auto const& [field, value] : record::sets_of(ticket::kKind, env, call)) ticket::put_field(wanted, field, value);
  if (auto const assignee = call.text("assignee")) wanted.assignee_id = assignee->empty() ? std::nullopt : assignee;
  if (auto const key = call.text("key")) wanted.key = *key;
  wanted.files = ticket::given_files(call.all("attach"));
  if (auto const name = ready_words(call)) {
    auto const all = templates::all_of(env, call);
    templates::put_form(env, call, config::require_template(all, *name, prepared::Use::ticket), wanted);
  } else if (call.has("with")) {
    call.missing("--template");
  }
  if (wanted.title.empty() && !call.has("title")) call.missing("--title");
  return wanted;
}

int create_or_spool(Env& env, desk::NewTicket wanted, desk::CreateOptions const& options) {
  if (options.on_duplicate != desk::OnDuplicate::give_back) {
    throw base::Error(base::errors::usage_excludes,
                      {{"first", "--spool"}, {"second", "--on-duplicate other than return"}});
  }
  if (!wanted.files.empty())
    throw base::Error(base::errors::usage_excludes, {{"first", "--spool"}, {"second", "--attach"}});
  wanted.key = record::spool_key(env, wanted.key);
  return record::act_or_spool(
      env, "umsops.ticket.spooled/v1",
      [&] {
        return [&env, filed = env.desk().tickets().create(wanted, options)] { ticket::write_result(env, filed); };
      },
      [&] {
        wanted.created_at = env.clock().now();
        return desk::SpooledReport{{}, {wanted, {}, {}}, false, {}, options.reason};
      });
}

int run_create(Env& env, Call const& call) {
  auto wanted = wanted_ticket(env, call);
  desk::CreateOptions options;
  options.dry_run = env.dry_run();
  options.on_duplicate = record::on_duplicate(call);
  options.fail_on_duplicate = call.on("fail-on-duplicate");
  options.reason = call.text("reason").value_or("");
  options.suggest = record::wants_suggestions(env, call);
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
    flags::kStrictText,
    flags::kEdit,
    templates::kTicketTemplate,
    templates::kWith,
    templates::kLanguage,
    ticket::kRequester,
    ticket::kAssignee,
    ticket::kCategory,
    ticket::kSubcategory,
    ticket::kService,
    ticket::kTeam,
    ticket::kPriority,
    ticket::kSource,
    record::kTags,
    flags::kAttribute,
    flags::kSet,
    ticket::kAttach,
    record::kKey,
    record::kOnDuplicate,
    {.name = "fail-on-duplicate",
     .doc = {"exit 4 if the requester has a likely duplicate", "同一请求人已有相似工单时以退出码 4 拒绝"}},
    record::kSpool,
    {.name = record::kSuggestFlag,
     .doc = {"look whether many ask about the same, which suggests an incident, and which articles may help; "
             "--no-suggest: do not",
             "检查是否有许多人询问同一问题（提示可能有事件），以及哪些知识条目可能有用；--no-suggest 则不检查"},
     .fallback = "on"},
    flags::kReason,
    record::kFromJson,
};

constexpr Example kExamples[] = {
    {"umsops ticket create 'printer on floor 3 is out of toner' --requester zhang.wei -q",
     {"the title needs no flag", "标题可不带选项"}},
    {"umsops ticket create -t '无法登录，紧急' --requester zhang.wei",
     {"category and priority from the rules", "类别和优先级由规则决定"}},
    {"umsops ticket create --template new-joiner --with person=li.lei --with start=2027-01-04 --requester zhang.wei -n",
     {"from a template", "由模板新建（演练）"}},
    {"id=$(umsops ticket create -q -t 'nightly build failed' --body-file build.log --key \"ci:main:4711\" "
     "--on-duplicate comment)",
     {"a CI job files once and comments on every further run", "CI 任务只建单一次，之后的运行仅添加备注"}},
    {"umsops ticket create -t 'VPN drops' --attach vpn.log --tags vpn,home-office -q",
     {"with a file, and words that it is found by", "附上文件与标签"}},
    {"umsops ticket create -t '忘记密码' --requester zhang.wei -o json | jq -r '.suggestions[]?.kb_number'",
     {"which articles may answer it", "哪些知识条目可能回答该问题"}},
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
    .description =
        {"Files a ticket and prints its number once it is stored. Rules set category, subcategory, service, team, "
         "priority and attributes unless a flag does; their suggestions are recorded in any case. Without any "
         "configuration the first ticket creates the desk; one with --spool waits for it instead. Articles that may "
         "help are named beside it, public ones alone where the source is EMAIL, WEB, PHONE or CHAT, since the "
         "requester "
         "may read along.",
         "新建工单，保存成功后输出编号。未用选项指定的类别、子类别、服务、团队、优先级和属性由规则决定；选项优先于所有"
         "规"
         "则，规则的建议仍会记录。没有任何配置时，第一张工单会自动创建数据文件；加 --spool 时则暂存等待。"
         "同时列出可能有用的知识条目；来源为 EMAIL、WEB、PHONE 或 CHAT 时只列出对外可见的，因为请求人可能看到。"},
    .arguments = record::kTitleWord,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_create,
};

}  // namespace umsops::cli
