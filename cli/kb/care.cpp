// SPDX-License-Identifier: Apache-2.0
// Keeping the knowledge base worth reading: drafts from what was solved, reviews, and what is missing.
#include "umsops/desk/knowledge_care.hpp"

#include "cli/commands.hpp"
#include "cli/kb/kb.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr std::string_view kCheckSchema = "umsops.kb.check/v1";
constexpr std::int64_t kCovered = 1000;
constexpr unsigned kShown = base::kInTable | base::kInWide;

int run_draft(Env& env, Call const& call) {
  (void)env.style(kb::kKind.number);
  auto const wanted = desk::draft_from(env.desk(), call.words[0]);
  desk::KnowledgeDesk::CreateOptions options;
  options.dry_run = env.dry_run();
  options.reason = call.text("reason").value_or(call.words[0]);
  kb::write_result(env, env.desk().knowledge().create(wanted, options));
  return 0;
}

int run_stale(Env& env, Call const& call) {
  auto const within = base::parse_duration(call.text("within").value_or("0s")).value_or(base::Milliseconds{});
  auto const review_by = model::article_type().require("review_by");
  query::Query query;
  query.filter =
      query::all_of({query::condition_on(review_by, query::Op::le, {env.clock().now() + within}),
                     query::condition_on(model::article_type().require("status"), query::Op::eq, {"PUBLISHED"})});
  query.sort = {{review_by, false}};
  auto const style = env.style(kb::kKind.number);
  query.details = !style.fields.empty();
  auto writer =
      format::list_writer(env.out(), style, "umsops.kb.list/v1", kb::kKind.type().noun, kb::kKind.type().fields);
  auto const end = env.desk().knowledge().list(query, [&](model::Article const& article) {
    writer->row(to_row(article));
    return true;
  });
  writer->end({});
  env.out().flush();
  if (end.count > 0) throw any_found(env, end.count);
  return 0;
}

constexpr Field kFields[] = {
    {"what", FieldType::text, {}, kShown, "review, link, unused, unhelpful or coverage", "问题类型", "类型"},
    {"kb_number", FieldType::text, {}, kShown, "The article", "编号", "编号"},
    {"title", FieldType::text, {}, kShown, "Its title", "标题", "标题"},
    {"problem", FieldType::text, {}, kShown, "What is wrong", "问题", "问题"},
};

int run_check(Env& env, Call const& call) {
  desk::KnowledgeCheck check;
  if (auto const after = call.text("unused-after"))
    check.unused_after = base::parse_duration(*after).value_or(check.unused_after);
  if (call.on("coverage")) check.coverage_of = kCovered;
  auto const style = env.style(kb::kKind.number);
  auto const findings = desk::check_knowledge(env.desk(), check, env.clock().now());
  auto writer = format::list_writer(env.out(), style, kCheckSchema, "finding", kFields);
  for (auto const& finding : findings)
    writer->row(
        {finding.what, base::text_or_null(finding.kb_number), base::text_or_null(finding.title), finding.problem});
  writer->end({});
  env.out().flush();
  if (!findings.empty()) throw any_found(env, static_cast<std::int64_t>(findings.size()));
  return 0;
}

constexpr Argument kFrom[] = {
    {"ID", {"a ticket, an incident or a review, by its number", "工单、事件或复盘编号"}, true, false}};
constexpr Flag kDraftFlags[] = {flags::kReason};
constexpr Flag kStaleFlags[] = {
    {.name = "within",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"also those that become due within this time", "同时列出在此时长内到期的"},
     .fallback = "0s"},
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kCheckFlags[] = {
    {.name = "unused-after",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"how old an article without a view may be", "无人浏览的条目可存在多久"},
     .fallback = "90d"},
    {.name = "coverage",
     .doc = {"also what nobody has written about: types of incidents, categories of tickets",
             "同时检查尚无条目的故障类型和工单类别"}},
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kDraftExamples[] = {
    {"umsops kb draft T-1", {"an article from a ticket", "由工单生成条目"}},
    {"umsops kb draft INC-1 -n -o json | jq -r .content", {"what it would say", "试运行：将生成的正文"}},
};
constexpr Example kStaleExamples[] = {
    {"umsops kb stale", {"for cron: exit 10 if a review is overdue", "用于 cron：有逾期未复核的条目时退出码为 10"}},
    {"umsops kb stale --within 30d -o json | jq -r '.items[].kb_number'", {"what is due next month", "下月到期的条目"}},
};
constexpr Example kCheckExamples[] = {
    {"umsops kb check", {"for cron: exit 10 if something needs a look", "用于 cron：有需处理的问题时退出码为 10"}},
    {"umsops kb check --coverage -o json | jq -r '.items[] | select(.what == \"coverage\") | .problem'",
     {"what nobody has written about", "尚无条目的主题"}},
};
constexpr int kDraftExits[] = {3, 4, 5, 7, 8, 9, 11, 12};
constexpr int kExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kKbDraft{
    .path = "kb draft",
    .summary = {"make a draft of a ticket, incident or review", "由工单、事件或复盘生成草稿"},
    .description =
        {"Writes a DRAFT from what a ticket or an incident says: problem or symptoms, cause, the steps that were "
         "written "
         "down, solution and environment. Internal notes of tickets stay out. Read it before 'kb publish': it may hold "
         "names.",
         "根据工单或事件的内容生成草稿：问题或现象、原因、记录的步骤、解决方案与环境。工单的内部备注不在其中。kb "
         "publish "
         "之前请先审阅：其中可能含有姓名。"},
    .arguments = kFrom,
    .flags = kDraftFlags,
    .examples = kDraftExamples,
    .exits = kDraftExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_draft,
};

constinit Command const kKbStale{
    .path = "kb stale",
    .summary = {"list articles whose review is overdue", "列出逾期未复核的条目"},
    .description =
        {"Lists PUBLISHED articles whose review_by is over, the oldest first; exit 10 if there are any. 'kb "
         "update --review-by' says that somebody has looked.",
         "列出复核期限已过的已发布条目，最早的在前；有则退出码为 10。复核后用 kb update --review-by 更新期限。"},
    .flags = kStaleFlags,
    .examples = kStaleExamples,
    .exits = kExits,
    .schema = "umsops.kb.list/v1",
    .run = run_stale,
};

constinit Command const kKbCheck{
    .path = "kb check",
    .summary = {"find what is wrong with the knowledge base", "检查知识库的问题"},
    .description =
        {"Looks at what is PUBLISHED: overdue reviews; links to articles, files and incidents that are not there; "
         "articles that nobody has read, or that helped at most 40 % of at least 5 readers. With --coverage also what "
         "is missing: types of incidents without a solution, and categories of the newest 1,000 tickets without an "
         "article. Exit 10 if "
         "anything was found.",
         "检查已发布的条目：逾期未复核；指向不存在的条目、文件或事件的链接；无人浏览，或至少 5 位读者中有帮助的不超过 "
         "40 %。"
         "加 --coverage 同时检查缺失：没有解决方案的故障类型，以及最近 1,000 张工单中没有条目的类别。有问题时退出码为 "
         "10。"},
    .flags = kCheckFlags,
    .examples = kCheckExamples,
    .exits = kExits,
    .schema = kCheckSchema,
    .run = run_check,
};

}  // namespace umsops::cli
