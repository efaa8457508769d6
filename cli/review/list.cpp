// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"

#include "cli/commands.hpp"
#include "cli/markdown_helper.hpp"
#include "cli/record/ids.hpp"
#include "cli/record/show.hpp"
#include "cli/record/views.hpp"
#include "cli/review/findings.hpp"
#include "cli/review/review.hpp"
#include "umsops/base/text.hpp"
#include "umsops/format/report_output.hpp"

namespace umsops::cli {

namespace {

using base::Value;

query::Filter overdue(Env& env) {
  auto const& type = model::review_type();
  return query::all_of({query::condition_on(type.require("due_at"), query::Op::lt, {env.clock().now()}),
                        query::condition_on(type.require("status"), query::Op::eq, {"DRAFT", "IN_REVIEW"})});
}

int run_list(Env& env, Call const& call) {
  bool const late = call.on("overdue");
  auto const narrowed = [&](query::Filter filter) {
    return late ? query::all_of({std::move(filter), overdue(env)}) : filter;
  };
  record::Listed const reviews{
      [&](query::Query query, record::Visit const& visit) {
        query.filter = narrowed(std::move(query.filter));
        return env.desk().reviews().list(query, [&](model::Review const& review) { return visit(to_row(review)); });
      },
      [&](query::Filter const& filter) { return env.desk().reviews().count(narrowed(filter)); }};
  return record::write_list(review::kKind, env, call, reviews);
}

int run_history(Env& env, Call const& call) {
  return record::write_history(env, env.desk().reviews().history(call.words[0]));
}

Value told_of(desk::WholeReview const& whole) {
  Value::List list;
  for (auto const& one : whole.facts.told) {
    list.emplace_back(Value::Object{{"at", one.at},
                                    {"message", one.kind},
                                    {"audience", base::text_or_null(one.audience)},
                                    {"person", base::text_or_null(one.person)},
                                    {"channel", one.channel},
                                    {"state", one.state},
                                    {"note", base::text_or_null(one.note)}});
  }
  return list;
}

Value steps_of(desk::WholeReview const& whole) {
  Value::List list;
  for (auto const& run : whole.facts.steps) {
    list.emplace_back(Value::Object{{"at", run.at},
                                    {"runbook", run.runbook},
                                    {"step", run.step},
                                    {"state", run.state},
                                    {"note", base::text_or_null(run.note)}});
  }
  return list;
}

Value articles_of(desk::WholeReview const& whole) {
  Value::List list;
  for (auto const& article : whole.facts.articles)
    list.emplace_back(
        Value::Object{{"kb_number", article.kb_number}, {"title", article.title}, {"worked", Value(article.worked)}});
  return list;
}

Value tickets_of(desk::WholeReview const& whole) {
  Value::List list;
  for (auto const& state : whole.actions) {
    list.emplace_back(Value::Object{{"ticket", state.action.ticket},
                                    {"status", base::text_or_null(state.status)},
                                    {"assignee", base::text_or_null(state.assignee)}});
  }
  return list;
}

Value timeline_of(desk::WholeReview const& whole) {
  Value::List list;
  for (auto const& entry : whole.facts.timeline)
    list.push_back(record::record_of(model::timeline_entry_type().fields, to_row(entry)));
  return list;
}

constexpr base::Field kParts[] = {
    record::part("measurements", "How long it took", "各阶段用时", "度量"),
    record::part("timeline", "What happened", "经过", "时间线"),
    record::part("told", "Who was told, and whether it arrived", "通知及送达情况", "通知"),
    record::part("steps", "Steps of runbooks", "运行手册步骤", "步骤"),
    record::part("articles", "Articles that were used", "使用的知识条目", "条目"),
    record::part("tickets", "Where the tickets of its actions stand", "改进措施的工单状态", "工单"),
    record::part("proposals", "What the records suggest", "根据记录提出的改进建议", "建议"),
};

constexpr std::string_view kPage = "html";

/// What -o takes: the formats of records, and a page.
std::span<std::string_view const> format_names() {
  static auto const kNames = [] {
    auto const usual = format::format_names();
    std::vector<std::string_view> names(usual.begin(), usual.end());
    names.push_back(kPage);
    return names;
  }();
  return kNames;
}

/// The document as a page that needs nothing else.
void write_page(Env& env, desk::WholeReview const& whole) {
  auto const& review = whole.review;
  auto const text =
      umsops::review::document(review, whole.facts, whole.actions, env.language(), umsops::review::Form::page);
  auto const body = render_markdown({text}, {}).front().html;
  format::write_text_page(env.out(), review.review_number + " " + review.title,
                          review.incident + " · " + std::string(model::to_string(review.severity)) + " · " +
                              std::string(model::to_string(review.status)),
                          body, env.language());
}

int run_show(Env& env, Call const& call) {
  if (call.text("output") == kPage && !call.on("json")) {
    auto const ids = record::ids_of(review::kKind, env, call);
    if (ids.size() > 1) throw base::Error(base::errors::usage_too_many, {{"word", ids[1]}, {"command", "review show"}});
    if (!ids.empty()) write_page(env, env.desk().reviews().show(ids[0]));
    return 0;
  }
  auto const format = env.style(review::kKind.number).format;
  if (env.human() || format == format::Format::md) {
    auto const ids = record::ids_of(review::kKind, env, call);
    bool first = true;
    auto const failed = record::find_each(ids, [&](std::string const& id) {
      auto const whole = env.desk().reviews().show(id);
      bool const plain = format != format::Format::md;
      auto const text = umsops::review::document(whole.review, whole.facts, whole.actions, env.language(),
                                                 plain ? umsops::review::Form::plain : umsops::review::Form::markdown);
      if (!first) env.out().write("\n");
      first = false;
      env.out().write(plain ? base::terminal_text(text, base::TextShape::block) : text);
    });
    record::tell_missing(env, failed, ids.size());
    return 0;
  }
  return record::write_shown(review::kKind, env, call, kParts, [&](std::string const& id) {
    auto whole = env.desk().reviews().show(id);
    record::Shown out{to_row(whole.review), {}, {}, {}, {}};
    out.parts = {review::measurements_of(whole.facts.incident),
                 timeline_of(whole),
                 told_of(whole),
                 steps_of(whole),
                 articles_of(whole),
                 tickets_of(whole),
                 review::findings_of(env, whole)};
    out.history = std::move(whole.history);
    return out;
  });
}

constexpr Flag kStatusList{.name = "status",
                           .value = "STATUS,...",
                           .type = FlagType::choices,
                           .doc = {"only these states", "只含这些状态"},
                           .choices = model::review_status_names};
constexpr Flag kSeverityList{.name = "severity",
                             .value = "SEVERITY,...",
                             .type = FlagType::choices,
                             .doc = {"only these severities", "只含这些严重程度"},
                             .choices = model::priority_names};
constexpr Flag kTypeList{.name = "type",
                         .value = "TYPE,...",
                         .type = FlagType::choices,
                         .doc = {"only these types", "只含这些类型"},
                         .choices = model::incident_type_names};
constexpr Flag kOwnerList{.name = "owner",
                          .value = "NAME,...",
                          .type = FlagType::texts,
                          .doc = {"only those of these people; none: nobody's", "只含这些负责人的；none 表示无人负责"}};
constexpr Flag kOverdue{.name = "overdue", .doc = {"only those that should be REVIEWED by now", "只含逾期未评审的"}};

constexpr Flag kListFlags[] = {
    kStatusList,      kSeverityList,     kTypeList,           kOwnerList,     kOverdue,        flags::kSince,
    flags::kUntil,    flags::kWhere,     flags::kSort,        flags::kLimit,  flags::kAll,     flags::kAfter,
    record::kExplain, flags::kFailIfAny, flags::kFailIfEmpty, flags::kHeader, flags::kCsvSafe, flags::kCsvBom,
};

constexpr Example kListExamples[] = {
    {"umsops review list --overdue --fail-if-any",
     {"for cron: exit 10 if one is overdue", "用于 cron：有逾期的复盘时退出码为 10"}},
    {"umsops review list -w 'status!=CLOSED severity=CRITICAL' -o json | jq -r '.items[].review_number'",
     {"what is still open", "尚未关闭的复盘"}},
};
constexpr Example kShowExamples[] = {
    {"umsops review show REV-1 -o md", {"the document, in Markdown", "Markdown 文档"}},
    {"umsops review show REV-1 -o html >review.html", {"a page to send or to print", "可发送或打印的网页"}},
    {"umsops review show INC-1 -o json | jq -r '.proposals[] | [.code, .evidence] | @tsv'",
     {"what the records suggest", "根据记录提出的改进建议"}},
};
constexpr Example kHistoryExamples[] = {
    {"umsops review history REV-1", {"who changed what, and why", "谁修改了什么，为什么"}},
    {"umsops review history REV-1 -o json | jq -c '.items[] | [.rev, .at, .actor, .kind]'",
     {"for a program", "供程序使用"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kShowExits[] = {3, 4, 6, 7, 8, 9, 12};

}  // namespace

constinit Command const kReviewList{
    .path = "review list",
    .summary = {"list reviews", "列出复盘"},
    .description = {"Lists reviews of incidents, newest first. Flags and filters must all match. Machine formats list "
                    "every match unless --limit is given.",
                    "列出事件复盘，最新的在前。所有选项和过滤条件须同时满足。除非给出 --limit，程序会得到全部结果。"},
    .arguments = record::kViewWord,
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.review.list/v1",
    .run = run_list,
};

constinit Command const kReviewShow{
    .path = "review show",
    .summary = {"show the document of a review", "显示复盘文档"},
    .description =
        {"Shows reviews, named by their own number or that of the incident: as a document in the language of --lang, "
         "with what people wrote and what the records say (measurements with their validity, the timeline in UTC, who "
         "was told when, steps of runbooks, articles, action items). -o md gives the same as Markdown, -o html "
         "as one page that needs nothing else, -o json everything for a program, with the proposals of 'umsops review "
         "action'.",
         "显示复盘（可用其编号或事件编号）：以 --lang "
         "的语言给出文档，包含人工撰写的内容和记录中的事实（各阶段用时及其有"
         "效性、UTC 时间线、通知情况、运行手册步骤、知识条目、改进措施）。-o md 为 Markdown，-o html 为单个网页，-o "
         "json "
         "为程序所需的全部内容，包括 umsops review action 的改进建议。"},
    .arguments = review::kMany,
    .flags = record::kShowFlags,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = "umsops.review.show/v1",
    .formats = format_names,
    .run = run_show,
};

constinit Command const kReviewHistory{
    .path = "review history",
    .summary = {"every change of a review", "显示复盘的全部修改"},
    .description = {"Lists every change of a review, oldest first: who, when, by which command, values before and "
                    "after, and the reason.",
                    "按时间顺序列出复盘的每次修改：何人、何时、用何命令、修改前后的值和原因。"},
    .arguments = review::kJustOne,
    .examples = kHistoryExamples,
    .exits = kShowExits,
    .schema = "umsops.review.history/v1",
    .run = run_history,
};

}  // namespace umsops::cli
