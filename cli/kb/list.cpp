// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"

#include "cli/commands.hpp"
#include "cli/kb/kb.hpp"
#include "cli/record/show.hpp"
#include "cli/record/tags.hpp"
#include "cli/record/views.hpp"

namespace umsops::cli {

namespace {

using base::Value;

int run_list(Env& env, Call const& call) {
  record::Listed const articles{[&](query::Query const& query, record::Visit const& visit) {
                                  return env.desk().knowledge().list(
                                      query, [&](model::Article const& article) { return visit(to_row(article)); });
                                },
                                [&](query::Filter const& filter) { return env.desk().knowledge().count(filter); }};
  return record::write_list(kb::kKind, env, call, articles);
}

int run_history(Env& env, Call const& call) {
  return record::write_history(env, env.desk().knowledge().history(call.words[0]));
}

Value feedback_of(desk::WholeArticle const& whole) {
  Value::List list;
  for (auto const& feedback : whole.feedback)
    list.push_back(record::record_of(model::feedback_type().fields, to_row(feedback)));
  return list;
}

/// `2026-11-23 09:30 li.na VOTE yes: reason` lines, for people.
Value feedback_lines(Env& env, desk::WholeArticle const& whole) {
  Value::List lines;
  for (auto const& each : whole.feedback) {
    lines.emplace_back(env.zone().format(each.created_at) + " " + each.subject + " " +
                       std::string(to_string(each.kind)) + (each.good ? " yes" : " no") +
                       (each.reason.empty() ? "" : ": " + each.reason));
  }
  return lines;
}

constexpr base::Field kParts[] = {record::part("feedback", "Votes and outcomes", "评价与使用结果", "评价")};

int run_show(Env& env, Call const& call) {
  std::vector<std::string> read;
  int const code = record::write_shown(kb::kKind, env, call, kParts, [&](std::string const& id) {
    auto whole = env.desk().knowledge().show(id);
    read.push_back(whole.article.id);
    record::Shown out{to_row(whole.article), {}, {}, {}, {}};
    if (env.human()) {
      // The same under its other names says nothing more to people.
      for (auto const* name : {"question", "answer", "is_published", "solution_title", "solution_steps"})
        out.row[model::article_type().require(name)] = Value();
      auto lines = feedback_lines(env, whole);
      if (!lines.get_if<Value::List>()->empty())
        out.sentences.emplace_back(env.phrase(Phrase::feedback), std::move(lines));
    } else {
      out.parts = {feedback_of(whole)};
    }
    out.history = std::move(whole.history);
    return out;
  });
  env.out().flush();
  // Behind the answer: whoever reads is not kept. -q asks for numbers, which is no reading.
  if (!env.quiet() && !env.dry_run()) {
    for (auto const& id : read) env.desk().knowledge().count_view(id);
  }
  return code;
}

constexpr Flag kListFlags[] = {
    kb::kKindList,       kb::kStatusList, kb::kCategoryList, kb::kVisibilityList, kb::kLanguageList,
    record::kTagList,    flags::kSince,   flags::kUntil,     flags::kWhere,       flags::kSort,
    flags::kLimit,       flags::kAll,     flags::kAfter,     record::kExplain,    flags::kFailIfAny,
    flags::kFailIfEmpty, flags::kHeader,  flags::kCsvSafe,   flags::kCsvBom,
};

constexpr Example kListExamples[] = {
    {"umsops kb list --kind faq -w 'category=mfa status=PUBLISHED' --sort -priority", {"an FAQ page", "常见问题列表"}},
    {"umsops kb list -w 'review_by<now status=PUBLISHED' --fail-if-any",
     {"for cron: exit 10 if a review is overdue", "用于 cron：有逾期未复核的条目时退出码为 10"}},
};
constexpr Example kShowExamples[] = {
    {"umsops kb show KB-1", {"the article, and what readers say of it", "条目及读者评价"}},
    {"umsops kb show KB-1 -o json | jq -r .content", {"its text", "正文"}},
};
constexpr Example kHistoryExamples[] = {
    {"umsops kb history KB-1", {"who changed what, and why", "谁修改了什么，为什么"}},
    {"umsops kb history KB-1 -o json | jq -c '.items[] | [.rev, .at, .actor, .kind]'", {"for a program", "供程序使用"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kShowExits[] = {3, 4, 6, 7, 8, 9, 12};

}  // namespace

constinit Command const kKbList{
    .path = "kb list",
    .summary = {"list articles", "列出条目"},
    .description =
        {"Lists entries of the knowledge base, newest first. Flags and filters must all match; --since and --until "
         "look "
         "at the last change. Machine formats list every match unless --limit is given.",
         "列出知识条目，最新的在前。所有选项和过滤条件须同时满足；--since 与 --until 按最后修改时间计。除非给出 "
         "--limit，程序会得到全部结果。"},
    .arguments = record::kViewWord,
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = "umsops.kb.list/v1",
    .run = run_list,
};

constinit Command const kKbShow{
    .path = "kb show",
    .summary = {"show articles in full", "显示条目全文"},
    .description =
        {"Shows articles with all their fields, votes and outcomes. A view is counted afterwards, unless -q "
         "is given or you wrote the article; where the store cannot be written it is not counted.",
         "显示条目的全部字段、评价与使用结果。随后计一次浏览；给出 -q 或由作者本人阅读时不计，数据文件不可写时也"
         "不计。"},
    .arguments = kb::kMany,
    .flags = record::kShowFlags,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = "umsops.kb.show/v1",
    .run = run_show,
};

constinit Command const kKbHistory{
    .path = "kb history",
    .summary = {"every change of an article", "显示条目的全部修改"},
    .description = {"Lists every change of an article, oldest first: who, when, by which command, values before and "
                    "after, and the reason. Votes and outcomes stand there, too.",
                    "按时间顺序列出条目的每次修改：何人、何时、用何命令、修改前后的值和原因，包括评价与使用结果。"},
    .arguments = kb::kJustOne,
    .examples = kHistoryExamples,
    .exits = kShowExits,
    .schema = "umsops.kb.history/v1",
    .run = run_history,
};

}  // namespace umsops::cli
