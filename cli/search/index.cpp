// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "cli/commands.hpp"
#include "cli/env.hpp"
#include "cli/progress.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.search.index/v1";

int run_index(Env& env, Call const& call) {
  auto& desk = env.desk().knowledge();
  bool const check = call.on("check") || env.dry_run();
  auto const style = env.style("result");
  Progress const waiting(env);
  if (!check) desk.rebuild_index();
  auto const problems = desk.check_index();
  auto const status = desk.index_status();
  if (env.human()) {
    env.out().write(env.phrase(Phrase::index_state, {{"articles", std::to_string(status.articles)},
                                                     {"tickets", std::to_string(status.tickets)},
                                                     {"incidents", std::to_string(status.incidents)},
                                                     {"behind", std::to_string(status.behind)},
                                                     {"segments", std::to_string(status.segments)},
                                                     {"pending", std::to_string(status.pending)},
                                                     {"bytes", std::to_string(status.bytes)}}) +
                    "\n");
    for (auto const& problem : problems) env.out().write(base::terminal_text(problem, base::TextShape::line) + "\n");
  } else if (style.format != format::Format::id) {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", kSchema},
                                         {"result", check ? "checked" : "rebuilt"},
                                         {"ok", problems.empty()},
                                         {"documents", status.documents},
                                         {"articles", status.articles},
                                         {"tickets", status.tickets},
                                         {"incidents", status.incidents},
                                         {"behind", status.behind},
                                         {"segments", status.segments},
                                         {"pending", status.pending},
                                         {"bytes", status.bytes},
                                         {"drift", std::round(status.drift * 1000) / 1000},
                                         {"problems", Value::List(problems.begin(), problems.end())}});
  }
  env.out().flush();
  if (problems.empty()) return 0;
  throw base::Error(base::errors::search_damaged, {{"problem", problems.front()}});
}

constexpr Flag kFlags[] = {
    {.name = "check",
     .doc = {"only hold it against the texts; exit 12 if it is wrong", "仅核对索引与正文；有误时退出码为 12"}}};
constexpr Example kExamples[] = {
    {"umsops search index", {"makes it anew", "重新建立索引"}},
    {"umsops search index --check -o json | jq .ok", {"for a health check", "用于健康检查"}},
};
constexpr int kExits[] = {7, 8, 9, 11, 12};

}  // namespace

constinit Command const kSearchIndex{
    .path = "search index",
    .summary = {"make the search index anew, or check it", "重建或检查搜索索引"},
    .description =
        {"Makes the index of articles, tickets and incidents anew from their texts, in one transaction. Every change "
         "of "
         "an article keeps it in step, and 'tick' lets it follow tickets and incidents, so this is for an index that "
         "'db "
         "check' finds wrong, or one of an older program, or behind a large import, or where the texts have become "
         "much "
         "longer or shorter (drift).",
         "在一个事务中由正文重新建立知识条目、工单和事件的索引。条目的每次修改都会同步索引，工单和事件由 tick "
         "跟进，因此仅用于 db check "
         "发现索引有误、索引由旧程序建立、大量导入之后，或正文长度变化较大（drift）的情形。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_index,
};

}  // namespace umsops::cli
