// SPDX-License-Identifier: Apache-2.0
// `privacy retain`: takes persons and texts out of tickets that have been kept long enough.
#include "cli/commands.hpp"
#include "cli/privacy/privacy.hpp"
#include "cli/record/list.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/number.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.privacy.retain/v1";
constexpr std::string_view kFinished[] = {"CLOSED", "SPAM"};
std::span<std::string_view const> finished_names() { return kFinished; }

/// `2y`, or what any duration is.
base::Milliseconds age_of(std::string const& text) {
  constexpr std::int64_t kYear = 365LL * 24 * 3600 * 1000, kMostYears = 100;
  if (text.ends_with('y')) {
    auto const years = base::parse_integer(text.substr(0, text.size() - 1), 1, kMostYears);
    if (years) return base::Milliseconds{*years * kYear};
  }
  auto const span = base::parse_duration(text);
  if (span && span->count() > 0) return *span;
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--older-than"}, {"value", text}, {"expected", "2y, 90d, 26w"}});
}

void answer(Env& env, desk::Retention const& done, bool apply) {
  if (env.human()) {
    auto lines = privacy::lines_of(env, done.places);
    lines += env.phrase(apply ? Phrase::retain_done : Phrase::retain_would,
                        {{"tickets", std::to_string(done.tickets)}, {"values", std::to_string(done.erased_values)}}) +
             "\n";
    privacy::write_lines(env, lines + privacy::lines_of(env, done.beyond));
  } else if (auto const style = env.style("tickets"); style.format == format::Format::id) {
    env.out().write(std::to_string(done.tickets) + "\n");
  } else {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", kSchema},
                                         {"dry_run", !apply},
                                         {"tickets", done.tickets},
                                         {"places", privacy::value_of(done.places)},
                                         {"erased_values", done.erased_values},
                                         {"beyond", privacy::value_of(done.beyond)}});
  }
}

int run_retain(Env& env, Call const& call) {
  bool const apply = call.on("apply") && !env.dry_run();
  desk::RetentionOptions options;
  options.before = env.clock().now() - age_of(*call.text("older-than"));
  options.filter = record::listing(ticket::kKind, env, call).filter;
  options.keep_statistics = call.on("keep-statistics");
  options.apply = apply;
  options.reason = call.text("reason").value_or("");
  auto const done =
      env.desk().privacy().retain(options, [&](std::int64_t tickets) { env.out().told().count(tickets); });
  answer(env, done, apply);
  return call.on("exit-code") && done.tickets > 0 ? 10 : 0;
}

constexpr Flag kFlags[] = {
    {.name = "older-than",
     .value = "AGE",
     .type = FlagType::text,
     .doc = {"closed before that: 2y, 90d, 26w; a year is 365 days", "在此之前关闭：2y、90d、26w；一年按 365 天计"},
     .required = true},
    {.name = "status",
     .value = "STATUS,...",
     .type = FlagType::choices,
     .doc = {"only these: CLOSED, SPAM", "仅限这些状态：CLOSED、SPAM"},
     .choices = finished_names},
    flags::kWhere,
    privacy::kKeepStatistics,
    {.name = "apply", .doc = {"do it; without it only looks", "执行；不加则只查看"}},
    flags::kReason,
    flags::kExitCode,
};
constexpr Example kExamples[] = {
    {"umsops privacy retain --older-than 2y", {"what would go", "查看将清除的内容"}},
    {"umsops privacy retain --older-than 2y --apply --reason 'kept for two years' -q",
     {"for cron, once a week", "用于 cron，每周一次"}},
    {"umsops privacy retain --older-than 90d --status SPAM --apply -o json | jq .tickets",
     {"spam goes sooner", "更早清除垃圾工单"}},
};
constexpr int kExits[] = {7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kPrivacyRetain{
    .path = "privacy retain",
    .summary = {"take persons and texts out of old tickets", "清除旧工单中的个人信息和文本"},
    .description =
        {"Does to each ticket that was closed long enough ago what 'privacy erase' does to a ticket of somebody's: "
         "requester, title, description, conversation, files, mails and messages go, number, category, priority, "
         "states "
         "and times stay, and an entry of the history tells of it. Only looks unless --apply is given. Attributes go, "
         "too, unless --keep-statistics is given.\n\n200 tickets are one transaction, so that others can work "
         "meanwhile; what was cut off is taken up again by the next run. At the end free pages and log of the engine "
         "are cleared. Who is still named elsewhere is the business of 'privacy erase'.",
         "对关闭已足够久的每张工单执行与 privacy erase "
         "对其工单相同的处理：清除请求人、标题、描述、对话、文件、邮件和消息，保留编号、类别、优先级、状态和时间，并由"
         "历史"
         "记录说明。不加 --apply 时只查看。除非给出 --keep-statistics，属性也一并清除。\n\n每 200 "
         "张工单为一个事务，不影响他人工作；中断后下次运行会继续。最后清理引擎的空闲页和日志。其他位置的提及请用 "
         "privacy "
         "erase 处理。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_retain,
};

}  // namespace umsops::cli
