// SPDX-License-Identifier: Apache-2.0
// Asking the knowledge base: lists of what fits, the one answer, and what nobody could find.
#include <algorithm>
#include <cmath>

#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "cli/kb/kb.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSearchSchema = "umsops.kb.search/v1", kAskSchema = "umsops.kb.ask/v1",
                           kMissesSchema = "umsops.kb.misses/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::size_t kMostHits = 1000;

constexpr Field kHitFields[] = {
    {"kb_number", FieldType::text, {}, kShown, "The article", "编号", "编号"},
    {"kind", FieldType::text, {}, kShown, "What it is", "种类", "种类"},
    {"title", FieldType::text, {}, kShown, "Its title, or question", "标题或问题", "标题"},
    {"category", FieldType::text, {}, base::kInWide, "Category", "类别", "类别"},
    {"language", FieldType::text, {}, base::kInWide, "Language", "语言", "语言"},
    {"visibility", FieldType::text, {}, base::kInWide, "Who sees it", "可见范围", "可见范围"},
    {"status", FieldType::text, {}, base::kInWide, "Where it stands", "状态", "状态"},
    {"score", FieldType::decimal, {}, kShown, "How well it fits", "匹配得分", "得分"},
    {"match",
     FieldType::text,
     {},
     base::kInWide,
     "full: it has all that was asked for",
     "full 表示包含全部所查内容",
     "匹配"},
    {"snippet", FieldType::text, {}, kShown, "The part that fits best", "最匹配的片段", "片段"},
    {"title_marks",
     FieldType::list,
     {},
     0,
     "What fits in the title, in characters from 0",
     "标题中匹配的位置（字符，从 0 起）",
     "标题位置"},
    {"snippet_marks", FieldType::list, {}, 0, "The same in the snippet", "片段中匹配的位置", "片段位置"},
    {"explain", FieldType::object, {}, 0, "How the score came about", "得分的由来", "得分由来"},
};

/// Positions in characters: what programs cut texts by.
Value marks_of(std::string_view text, std::vector<search::TextSpan> const& marks) {
  Value::List out;
  for (auto const& mark : marks) {
    if (mark.end > text.size()) continue;
    out.push_back(Value::Object{{"begin", static_cast<std::int64_t>(base::code_points(text.substr(0, mark.begin)))},
                                {"end", static_cast<std::int64_t>(base::code_points(text.substr(0, mark.end)))}});
  }
  return out;
}

double rounded(double value) { return std::round(value * 10'000) / 10'000; }

Value explanation_of(desk::KnowledgeHit const& hit) {
  Value::List terms;
  for (auto const& reason : hit.hit.reasons) {
    terms.push_back(Value::Object{{"term", reason.term},
                                  {"in_title", std::int64_t{reason.in_title}},
                                  {"in_text", std::int64_t{reason.in_body}},
                                  {"rarity", rounded(reason.idf)},
                                  {"weight", rounded(reason.weight)},
                                  {"share", rounded(reason.share)}});
  }
  return Value::Object{{"terms", std::move(terms)},
                       {"terms_score", rounded(hit.hit.terms)},
                       {"passage", rounded(hit.hit.passage)},
                       {"usefulness", rounded(hit.hit.usefulness)},
                       {"rank_before", std::int64_t{hit.hit.first_rank}}};
}

base::Row row_of(desk::KnowledgeHit const& hit, bool explain) {
  auto const& article = hit.article;
  auto const text = [&](char const* field) { return model::get(article, model::article_type().require(field)); };
  return {article.kb_number,
          text("kind"),
          article.title,
          text("category"),
          text("language"),
          text("visibility"),
          text("status"),
          rounded(hit.hit.score),
          hit.hit.partial ? "partial" : "full",
          hit.hit.snippet,
          marks_of(article.title, hit.hit.title_marks),
          marks_of(hit.hit.snippet, hit.hit.snippet_marks),
          explain ? explanation_of(hit) : Value()};
}

/// The text in one line, what fits in bold where there is colour.
std::string marked(std::string_view text, std::vector<search::TextSpan> const& marks, bool color) {
  std::string out;
  std::size_t at = 0;
  auto const plain = [&](std::size_t end) {
    std::string piece(text.substr(at, end - at));
    std::replace(piece.begin(), piece.end(), '\n', ' ');
    out += base::terminal_text(piece, base::TextShape::line);
    at = end;
  };
  for (auto const& mark : marks) {
    if (mark.begin < at || mark.end > text.size()) continue;
    plain(mark.begin);
    if (color) out += "\x1b[1;33m";
    plain(mark.end);
    if (color) out += "\x1b[0m";
  }
  plain(text.size());
  return out;
}

void write_hits(Env& env, desk::KnowledgeFound const& found, bool color, bool explain) {
  for (auto const& hit : found.hits) {
    auto const& article = hit.article;
    std::string line = article.kb_number + "  " + std::string(to_string(article.kind));
    if (!article.category.empty()) line += "  " + base::terminal_text(article.category, base::TextShape::line);
    env.out().write(line + "  " + marked(article.title, hit.hit.title_marks, color) + "\n");
    if (!hit.hit.snippet.empty())
      env.out().write("    " + marked(hit.hit.snippet, hit.hit.snippet_marks, color) + "\n");
    if (!explain) continue;
    env.out().write("    " + base::terminal_text(base::to_json(Value(rounded(hit.hit.score))), base::TextShape::line) +
                    " = " + base::to_json(Value(rounded(hit.hit.terms))) + " * (1 + 0.4 * " +
                    base::to_json(Value(rounded(hit.hit.passage))) + ") * (1 + 0.25 * " +
                    base::to_json(Value(rounded(hit.hit.usefulness))) + ")\n");
    for (auto const& reason : hit.hit.reasons) {
      env.out().write("      " + base::terminal_text(reason.term, base::TextShape::line) + "  " +
                      std::to_string(std::lround(100 * reason.share)) + " %\n");
    }
  }
}

std::string joined_words(Call const& call) {
  std::string text;
  for (auto const& word : call.words) text += (text.empty() ? "" : " ") + word;
  return text;
}

desk::KnowledgeQuery query_of(Env& env, Call const& call) {
  desk::KnowledgeQuery query;
  query.text = joined_words(call);
  if (auto const fault = base::text_fault(query.text, base::TextShape::block, 0))
    throw base::Error(
        base::errors::usage_bad_value,
        {{"flag", "QUERY"}, {"value", "the text"}, {"expected", "sound text: " + *fault}, {"suggestion", ""}});
  query.filter = where_filter(env, call, model::article_type());
  query.public_only = call.on("public");
  return query;
}

int run_search(Env& env, Call const& call) {
  call.exclude("fail-if-any", "fail-if-empty");
  auto query = query_of(env, call);
  query.explain = call.on("explain");
  auto const limit = call.integer("limit").value_or(10);
  query.limit = limit == 0 ? kMostHits : std::min<std::size_t>(static_cast<std::size_t>(limit), kMostHits);
  auto const style = env.style("kb_number");
  auto const found = env.desk().knowledge().search(query);
  if (env.human() && style.fields.empty()) {
    write_hits(env, found, style.color, query.explain);
  } else {
    auto writer = format::list_writer(env.out(), style, kSearchSchema, "hit", kHitFields);
    for (auto const& hit : found.hits) writer->row(row_of(hit, query.explain));
    writer->end({found.counted && found.full_matches > found.hits.size(),
                 {},
                 {{"full_matches", found.counted ? Value(static_cast<std::int64_t>(found.full_matches)) : Value()}}});
  }
  env.out().flush();
  auto const count = static_cast<std::int64_t>(found.hits.size());
  if (count == 0) env.hint(env.phrase(Phrase::nothing_found));
  bool const vain =
      found.hits.empty() || (found.hits.front().hit.partial && found.confidence < desk::kAnswerConfidence);
  if (vain && !env.dry_run() && !call.has("where")) env.desk().knowledge().note_miss(query.text);
  check_found(env, call, count);
  return 0;
}

Value answer_value(model::Article const& article) {
  auto const text = [&](char const* field) { return model::get(article, model::article_type().require(field)); };
  return Value::Object{
      {"kb_number", article.kb_number},   {"kind", text("kind")},         {"title", article.title},
      {"content", text("content")},       {"category", text("category")}, {"language", text("language")},
      {"visibility", text("visibility")}, {"url", text("url")},           {"updated_at", article.updated_at}};
}

void write_answer(Env& env, std::string const& question, desk::KnowledgeFound const& found, bool answered) {
  Value::List others;
  for (std::size_t i = answered ? 1 : 0; i < found.hits.size(); ++i)
    others.push_back(
        Value::Object{{"kb_number", found.hits[i].article.kb_number}, {"title", found.hits[i].article.title}});
  if (!env.human()) {
    auto const style = env.style("kb_number");
    if (style.format == format::Format::id) {
      if (answered) env.out().write(found.hits.front().article.kb_number + "\n");
      return;
    }
    format::write_document(env.out(), style,
                           Value::Object{{"schema", kAskSchema},
                                         {"question", question},
                                         {"answered", answered},
                                         {"confidence", rounded(found.confidence)},
                                         {"threshold", desk::kAnswerConfidence},
                                         {"answer", answered ? answer_value(found.hits.front().article) : Value()},
                                         {"others", std::move(others)}});
    return;
  }
  if (answered) {
    auto const& article = found.hits.front().article;
    env.out().write(base::terminal_text(article.kb_number + "  " + article.title, base::TextShape::line) + "\n\n");
    if (!article.url.empty()) env.out().write(base::terminal_text(article.url, base::TextShape::line) + "\n\n");
    if (!article.content.empty())
      env.out().write(base::terminal_text(article.content, base::TextShape::block) +
                      (article.content.ends_with('\n') ? "" : "\n"));
  }
  if (answered || others.empty()) return;
  env.tell(env.phrase(Phrase::nearest_articles));
  for (auto const& other : others)
    env.tell("  " + std::string(other.find("kb_number")->text()) + "  " + std::string(other.find("title")->text()));
}

int run_ask(Env& env, Call const& call) {
  auto query = query_of(env, call);
  query.limit = 4;
  auto const found = env.desk().knowledge().search(query);
  bool const answered = found.confidence >= desk::kAnswerConfidence;
  write_answer(env, query.text, found, answered);
  env.out().flush();
  if (answered) {
    if (!env.quiet() && !env.dry_run()) env.desk().knowledge().count_view(found.hits.front().article.id);
    return 0;
  }
  if (!env.dry_run() && !call.has("where")) env.desk().knowledge().note_miss(query.text);
  throw base::Error(base::errors::condition_true, {{"what", env.phrase(Phrase::no_answer)}});
}

constexpr Field kMissFields[] = {
    {"query", FieldType::text, {}, kShown, "What was looked for", "查询内容", "查询"},
    {"asked", FieldType::integer, {}, kShown, "How often", "次数", "次数"},
    {"first_at", FieldType::time, {}, base::kInWide, "First", "首次", "首次"},
    {"last_at", FieldType::time, {}, kShown, "Last", "最近", "最近"},
    {"suggestion",
     FieldType::text,
     {},
     kShown,
     "write: nothing comes near; improve: the nearest article lacks some of it; answered: it has all by now",
     "write：没有相近条目，应撰写；improve：应补充最接近的条目；answered：现已有答案",
     "建议"},
    {"nearest", FieldType::text, {}, kShown, "The article that comes nearest", "最接近的条目", "最接近"},
};

int run_misses(Env& env, Call const& call) {
  if (call.on("clear")) {
    env.desk().knowledge().forget_misses(env.dry_run());
    if (env.human()) env.tell(env.phrase(env.dry_run() ? Phrase::dry_run : Phrase::misses_cleared));
    return 0;
  }
  auto const limit = call.integer("limit").value_or(50);
  auto const style = env.style("query");
  auto const misses = env.desk().knowledge().misses(limit == 0 ? kMostHits : static_cast<std::size_t>(limit));
  auto writer = format::list_writer(env.out(), style, kMissesSchema, "miss", kMissFields);
  std::int64_t open = 0;
  for (auto const& miss : misses) {
    char const* const suggestion = miss.answered ? "answered" : miss.nearest.empty() ? "write" : "improve";
    open += miss.answered ? 0 : 1;
    writer->row({miss.query, miss.asked, miss.first_at, miss.last_at, suggestion, base::text_or_null(miss.nearest)});
  }
  writer->end({});
  env.out().flush();
  check_found(env, call, open);
  return 0;
}

constexpr Argument kQuery[] = {
    {"QUERY", {"what to look for; several words may follow each other", "要查找的内容，可为多个词"}, true, true}};
constexpr Argument kQuestion[] = {{"QUESTION", {"a question, in anybody's words", "问题"}, true, true}};
constexpr Flag kSearchWhere{.name = "where",
                            .letter = 'w',
                            .value = "FILTER",
                            .type = FlagType::text,
                            .doc = {"only these, e.g. 'category=mfa kind=faq'; without status: PUBLISHED ones",
                                    "只含这些，例如 'category=mfa kind=faq'；未指明 status 时为已发布的"},
                            .repeatable = true};
constexpr Flag kPublic{.name = "public", .doc = {"only what outsiders see", "只含对外可见的"}};
constexpr Flag kSearchFlags[] = {
    kSearchWhere,
    kPublic,
    {.name = "explain", .doc = {"what each term adds to the score", "各词对得分的贡献"}},
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most so many; 0 is all", "最多条数；0 为全部"},
     .fallback = "10"},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kAskFlags[] = {kSearchWhere, kPublic};
constexpr Flag kMissesFlags[] = {
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most so many; 0 is all", "最多条数；0 为全部"},
     .fallback = "50"},
    {.name = "clear", .doc = {"forget them all", "全部清除"}},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kSearchExamples[] = {
    {"umsops kb search '登录失败 LDAP'", {"what there is about it", "相关知识"}},
    {"umsops kb search '\"reset the token\"' -w 'kind=faq' -o json | jq -r '.items[].kb_number'",
     {"words in quotes stand side by side", "引号中的词须相邻"}},
    {"umsops kb search mfa --explain", {"why one comes before another", "排序的依据"}},
};
constexpr Example kAskExamples[] = {
    {"umsops kb ask '忘记密码怎么办？' || umsops ticket create -t '忘记密码'",
     {"the answer, or a ticket", "给出答案，否则建单"}},
    {"umsops kb ask --public 'How do I reset my password?' -o json | jq -r '.answer.content // \"no answer\"'",
     {"as an outsider would", "仅使用对外可见的内容"}},
};
constexpr Example kMissesExamples[] = {
    {"umsops kb misses --limit 10", {"what to write next", "接下来应撰写什么"}},
    {"umsops kb misses -o json | jq -r '.items[] | select(.suggestion == \"write\") | .query'",
     {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kKbSearch{
    .path = "kb search",
    .summary = {"search the knowledge base", "搜索知识库"},
    .description =
        {"Finds articles by Chinese, English and mixed text, best first: words of any length, simplified and "
         "traditional characters alike, English words in any form, parts of names such as CrashLoopBackOff, codes such "
         "as ORA-12154. Words in quotes stand side by side; all other signs are text. Articles that have only some of "
         "the words stand behind. What nothing was found for is kept for 'kb misses'.",
         "按中文、英文和混合文本查找条目，最匹配的在前：任意长度的词，简繁通用，英文各种词形，CrashLoopBackOff "
         "等名称的各部分，ORA-12154 "
         "等代码。引号中的词须相邻，其他符号均视为文本。只含部分词的条目排在后面。未找到的查询"
         "记入 kb misses。"},
    .arguments = kQuery,
    .flags = kSearchFlags,
    .examples = kSearchExamples,
    .exits = kExits,
    .schema = kSearchSchema,
    .run = run_search,
};

constinit Command const kKbAsk{
    .path = "kb ask",
    .summary = {"answer a question from the knowledge base", "用知识库回答问题"},
    .description = {"Prints the article that answers a question, or ends with exit 10 where none does with enough "
                    "confidence: it grows with the share of the question, by the rarity of its words, that the article "
                    "is full of, and with the distance to the next one. "
                    "Questions without an answer are kept for 'kb misses'.",
                    "输出回答该问题的条目；没有足够把握的答案时退出码为 "
                    "10。把握程度取决于条目涵盖了问题的多少（按词的稀有程度计），以及与次优条目的差距。"
                    "没有答案的问题记入 kb misses。"},
    .arguments = kQuestion,
    .flags = kAskFlags,
    .examples = kAskExamples,
    .exits = kExits,
    .schema = kAskSchema,
    .run = run_ask,
};

constinit Command const kKbMisses{
    .path = "kb misses",
    .summary = {"list what was looked for in vain", "列出未找到的查询"},
    .description =
        {"Lists queries and questions that nothing was found for, those asked most often first, and what to "
         "do about each: write an article, or improve the one that comes nearest. The last 1,000 are kept.",
         "列出未找到结果的查询和问题，次数最多的在前，并给出建议：撰写新条目，或补充最接近的条目。保留最近 1,000 条。"},
    .flags = kMissesFlags,
    .examples = kMissesExamples,
    .exits = kExits,
    .schema = kMissesSchema,
    .run = run_misses,
};

}  // namespace umsops::cli
