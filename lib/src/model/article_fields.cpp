// SPDX-License-Identifier: Apache-2.0
// The one description of an article's fields: what each is, and how it is read and set.
// FROZEN: hashed. Fields enter a row's hash by name, and the texts of choices with them: never rename one.
#include <array>
#include <cmath>

#include "model/article_text.hpp"
#include "model/choice.hpp"
#include "model/fields.hpp"
#include "model/word_list.hpp"
#include "umsops/base/interval.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

namespace {

using namespace base;  // the trait names below

constexpr std::array<std::string_view, 5> kKind{"article", "guide", "video", "faq", "solution"};
constexpr std::array<std::string_view, 2> kLanguage{"en", "zh_CN"};
constexpr std::array<std::string_view, 3> kDifficulty{"BEGINNER", "INTERMEDIATE", "ADVANCED"};
constexpr std::array<std::string_view, 2> kVisibility{"internal", "public"};
constexpr std::array<std::string_view, 3> kStatus{"DRAFT", "PUBLISHED", "ARCHIVED"};

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;
constexpr unsigned kMade = kDerived | kFilter;
/// Another name of what a field holds, for one kind: the SOP's.
constexpr unsigned kOtherName = kComputed | kWritable;

using A = Article;

/// A number that is always there.
template <auto Member>
constexpr Access<Article> count{[](A const& a) { return Value(a.*Member); },
                                [](A& a, std::string_view name, Value const& v) {
                                  a.*Member = integer_from(name, v).value_or(0);
                                  if (a.*Member < 0) refuse(name, "negative");
                                }};

constexpr Access<Article> kRev{[](A const& a) { return Value(a.rev); },
                               [](A& a, std::string_view name, Value const& v) {
                                 auto const rev = integer_from(name, v);
                                 if (!rev || *rev < 1) refuse(name, "not a number from 1");
                                 a.rev = *rev;
                               }};

/// A text of the articles of one kind, under the name that it has there.
template <ArticleKind Kind, auto Member>
constexpr Access<Article> named{[](A const& a) { return a.kind == Kind ? text_or_null(a.*Member) : Value(); },
                                [](A& a, std::string_view name, Value const& v) {
                                  if (a.kind != Kind) refuse(name, "only for kind " + std::string(to_string(Kind)));
                                  a.*Member = text_from(name, v);
                                }};

bool truth_from(std::string_view name, Value const& value) {
  if (auto const* flag = value.get_if<bool>()) return *flag;
  for (auto const word : {"true", "yes", "1"}) {
    if (ascii_lower(value.text()) == word) return true;
  }
  for (auto const word : {"false", "no", "0"}) {
    if (ascii_lower(value.text()) == word) return false;
  }
  if (auto const* number = value.get_if<std::int64_t>(); number && (*number == 0 || *number == 1)) return *number == 1;
  refuse(name, "not true or false");
}

constexpr Access<Article> kIsPublished{
    [](A const& a) { return a.kind == ArticleKind::faq ? Value(a.status == ArticleStatus::published) : Value(); },
    [](A& a, std::string_view name, Value const& v) {
      if (a.kind != ArticleKind::faq) refuse(name, "only for kind faq");
      bool const published = truth_from(name, v);
      if (published) a.status = ArticleStatus::published;
      // One that is archived is not published, too, and stays where it is.
      if (!published && a.status == ArticleStatus::published) a.status = ArticleStatus::draft;
    }};

/// Percent, two decimals; nothing without any.
Value rate(std::int64_t good, std::int64_t all) {
  if (all <= 0) return {};
  return std::round(10'000 * static_cast<double>(good) / static_cast<double>(all)) / 100;
}
constexpr Access<Article> kSuccessRate{[](A const& a) { return rate(a.worked_count, a.used_count); },
                                       [](A&, std::string_view, Value const&) {}};
constexpr Access<Article> kHelpfulRate{
    [](A const& a) { return rate(a.helpful_count, a.helpful_count + a.not_helpful_count); },
    [](A&, std::string_view, Value const&) {}};

Field text_field(std::string_view name, unsigned traits, std::size_t longest, std::string_view doc,
                 std::string_view doc_zh, std::string_view label_zh) {
  return limited({name, FieldType::text, name, traits, doc, doc_zh, label_zh}, longest);
}
Field computed_field(std::string_view name, FieldType type, unsigned traits, std::string_view doc,
                     std::string_view doc_zh, std::string_view label_zh) {
  return {name, type, {}, traits, doc, doc_zh, label_zh};
}

std::vector<Entry<Article>> what_it_says() {
  return {
      {text_field("id", kUnlogged | kAlways | kOld, 26, "Internal id (ULID); never changes",
                  "内部编号（ULID），永不改变", "内部编号"),
       text<&A::id>},
      {text_field("kb_number", kUnlogged | kAlways | kOld | kInTable | kInWide, 64, "The number that people use",
                  "供人使用的编号", "编号"),
       text<&A::kb_number>},
      {{"kind", FieldType::choice, "kind", kAlways | kGiven | kInTable | kInWide, "What it is", "种类", "种类", kKind},
       choice<&A::kind, parse_article_kind, article_kind_names>},
      {text_field("title", kAlways | kGiven | kInTable | kInWide | kPersonal, 200,
                  "Title, one line; the question of an FAQ", "标题，一行；常见问题的问题", "标题"),
       text<&A::title>},
      {limited({"content", FieldType::block, "content", kGiven | kDetail | kPersonal,
                "The text, in Markdown; the answer of an FAQ, the steps of a solution",
                "正文（Markdown）；常见问题的答案，解决方案的步骤", "正文"},
               kLongestText),
       text<&A::content>},
      {text_field("category", kGiven | kInTable | kInWide, 64, "Category, e.g. mfa, password",
                  "类别，例如 mfa、password", "类别"),
       text<&A::category>},
      {{"tags", FieldType::list, "tags", kGiven | kInWide, "Words that it is found by, too", "标签，也可用于搜索",
        "标签"},
       words<&A::tags>},
      {{"language", FieldType::choice, "language", kOptional | kGiven | kInWide, "Language that it is written in",
        "所用语言", "语言", kLanguage},
       choice<&A::language, parse_article_language, article_language_names>},
      {{"difficulty", FieldType::choice, "difficulty", kOptional | kGiven | kInWide, "For whom it is written", "难度",
        "难度", kDifficulty},
       choice<&A::difficulty, parse_difficulty, difficulty_names>},
      {{"related_incidents", FieldType::list, "related_incidents", kGiven | kDetail, "Numbers of incidents",
        "相关事件编号", "相关事件"},
       words<&A::related_incidents>},
      {{"visibility", FieldType::choice, "visibility", kAlways | kGiven | kInTable | kInWide,
        "Who sees it: internal is the desk alone", "可见范围：internal 仅限内部", "可见范围", kVisibility},
       choice<&A::visibility, parse_visibility, visibility_names>},
      {{"status", FieldType::choice, "status", kAlways | kOld | kInTable | kInWide,
        "Where it stands; moved by verbs only", "状态，只能由命令改变", "状态", kStatus},
       choice<&A::status, parse_article_status, article_status_names>},
  };
}

std::vector<Entry<Article>> what_its_kind_has() {
  return {
      {{"priority", FieldType::integer, "priority", kGiven, "Of an FAQ: greater ones come first",
        "常见问题的顺序：数值大的在前", "优先级"},
       integer<&A::priority>},
      {{"incident_type", FieldType::choice, "incident_type", kOptional | kGiven, "Of a solution: what it mends",
        "解决方案针对的故障类型", "故障类型", incident_type_names()},
       choice<&A::incident_type, parse_incident_type, incident_type_names>},
      {{"required_tools", FieldType::list, "required_tools", kGiven | kDetail, "Of a solution: tools that it needs",
        "解决方案所需工具", "所需工具"},
       words<&A::required_tools>},
      {{"estimated_time_minutes", FieldType::integer, "estimated_time_minutes", kGiven,
        "Of a solution: how many minutes it takes", "解决方案预计所需分钟数", "预计分钟"},
       integer<&A::estimated_time_minutes>},
      {text_field("url", kGiven | kDetail, kLongestUrl, "Of a video: where it is", "视频地址", "地址"), text<&A::url>},
      {{"length", FieldType::integer, "length", kGiven | kDetail, "Of a video: its length in seconds", "视频长度（秒）",
        "长度"},
       integer<&A::length>},
  };
}

std::vector<Entry<Article>> how_it_came_about() {
  return {
      {{"review_by", FieldType::time, "review_by", kGiven | kAhead | kInWide,
        "When somebody has to look whether it still holds", "复核期限", "复核期限"},
       time<&A::review_by>},
      {limited({"created_by", FieldType::text, "created_by", kUnlogged | kOld | kPerson | kPersonal, "Who wrote it",
                "作者", "作者"},
               kLongestPerson),
       person<&A::created_by>},
      {limited({"updated_by", FieldType::text, "updated_by", kUnlogged | kOld | kPerson | kPersonal,
                "Who changed it last", "最后修改人", "修改人"},
               kLongestPerson),
       person<&A::updated_by>},
      {{"created_at", FieldType::time, "created_at", kUnlogged | kAlways | kOld, "When it was written", "创建时间",
        "创建时间"},
       time<&A::created_at>},
      {{"updated_at", FieldType::time, "updated_at", kUnlogged | kAlways | kOld | kInTable | kInWide,
        "When it last changed", "更新时间", "更新时间"},
       time<&A::updated_at>},
      {text_field("key", kOld, 200, "Idempotency key that it was made with", "创建时的幂等键", "幂等键"),
       text<&A::key>},
      {{"rev", FieldType::integer, "rev", kUnlogged | kAlways | kOld | kInWide, "Revision; grows with each change",
        "版本，每次修改加一", "版本"},
       kRev},
  };
}

std::vector<Entry<Article>> what_readers_do() {
  return {
      {{"view_count", FieldType::integer, "view_count", kMade | kInWide, "How often it was read", "浏览次数", "浏览"},
       count<&A::view_count>},
      {{"helpful_count", FieldType::integer, "helpful_count", kMade | kInWide, "Votes that it helped",
        "认为有帮助的票数", "有帮助"},
       count<&A::helpful_count>},
      {{"not_helpful_count", FieldType::integer, "not_helpful_count", kMade | kInWide, "Votes that it did not",
        "认为无帮助的票数", "无帮助"},
       count<&A::not_helpful_count>},
      {{"used_count", FieldType::integer, "used_count", kMade, "Uses of which the outcome is known",
        "已知结果的使用次数", "使用"},
       count<&A::used_count>},
      {{"worked_count", FieldType::integer, "worked_count", kMade, "Of these, how many worked", "其中成功的次数",
        "成功"},
       count<&A::worked_count>},
      {{"file", FieldType::text, "file", kMade | kDetail, "Where a folder keeps it", "所在文件夹中的文件", "文件"},
       text<&A::file>},
      {{"file_digest", FieldType::text, "file_digest", kDerived | kDetail,
        "Of what both said when folder and desk last agreed", "文件与数据上次一致时的摘要", "文件摘要"},
       text<&A::file_digest>},
      {{"file_head", FieldType::block, "file_head", kDerived | kDetail, "Its front matter, as it is written there",
        "文件头部的原文", "文件头部"},
       text<&A::file_head>},
      {computed_field("success_rate", FieldType::decimal, kComputed | kInWide, "Share of uses that worked, in percent",
                      "成功率（百分比）", "成功率"),
       kSuccessRate},
      {computed_field("helpful_rate", FieldType::decimal, kComputed, "Share of votes that it helped, in percent",
                      "有帮助的比率（百分比）", "有帮助率"),
       kHelpfulRate},
      {computed_field("question", FieldType::text, kOtherName, "Of an FAQ: its title", "常见问题的问题，即标题",
                      "问题"),
       named<ArticleKind::faq, &A::title>},
      {computed_field("answer", FieldType::block, kOtherName | kDetail, "Of an FAQ: its content",
                      "常见问题的答案，即正文", "答案"),
       named<ArticleKind::faq, &A::content>},
      {computed_field("is_published", FieldType::boolean, kOtherName, "Of an FAQ: whether it is PUBLISHED",
                      "常见问题是否已发布", "已发布"),
       kIsPublished},
      {computed_field("solution_title", FieldType::text, kOtherName, "Of a solution: its title", "解决方案的标题",
                      "方案标题"),
       named<ArticleKind::solution, &A::title>},
      {computed_field("solution_steps", FieldType::block, kOtherName | kDetail, "Of a solution: its content",
                      "解决方案的步骤，即正文", "方案步骤"),
       named<ArticleKind::solution, &A::content>},
  };
}

Fields<Article> const& fields() {
  static std::vector<Entry<Article>> const kEntries = [] {
    std::vector<Entry<Article>> all;
    for (auto const& part : {what_it_says(), what_its_kind_has(), how_it_came_about(), what_readers_do()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  static Fields<Article> const kFields({"kb", {}, "kb_number"}, kEntries);
  return kFields;
}

}  // namespace

std::span<std::string_view const> article_kind_names() { return kKind; }
std::span<std::string_view const> article_language_names() { return kLanguage; }
std::span<std::string_view const> difficulty_names() { return kDifficulty; }
std::span<std::string_view const> visibility_names() { return kVisibility; }
std::span<std::string_view const> article_status_names() { return kStatus; }
std::string_view to_string(ArticleKind v) { return kKind[static_cast<std::size_t>(v)]; }
std::string_view to_string(ArticleLanguage v) { return kLanguage[static_cast<std::size_t>(v)]; }
std::string_view to_string(Difficulty v) { return kDifficulty[static_cast<std::size_t>(v)]; }
std::string_view to_string(Visibility v) { return kVisibility[static_cast<std::size_t>(v)]; }
std::string_view to_string(ArticleStatus v) { return kStatus[static_cast<std::size_t>(v)]; }
std::optional<ArticleKind> parse_article_kind(std::string_view text) { return parse_choice<ArticleKind>(text, kKind); }
std::optional<ArticleLanguage> parse_article_language(std::string_view text) {
  return parse_choice<ArticleLanguage>(text, kLanguage);
}
std::optional<Difficulty> parse_difficulty(std::string_view text) {
  return parse_choice<Difficulty>(text, kDifficulty);
}
std::optional<Visibility> parse_visibility(std::string_view text) {
  return parse_choice<Visibility>(text, kVisibility);
}
std::optional<ArticleStatus> parse_article_status(std::string_view text) {
  return parse_choice<ArticleStatus>(text, kStatus);
}

base::RecordType const& article_type() { return fields().type(); }
Ref ref_of(Article const& article) { return {std::string(article_type().noun), article.id}; }
Value get(Article const& article, std::size_t field) { return fields().get(article, field); }
std::string_view text_of(Article const& article, std::size_t field) { return fields().text(article, field); }
void set(Article& article, std::size_t field, Value const& value) { fields().set(article, field, value); }
base::Row to_row(Article const& article) { return fields().to_row(article); }
Article article_from(base::Row const& row) {
  Article article;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row[i].is_null()) set(article, i, row[i]);
  }
  return article;
}

bool is_public(Article const& article) {
  return article.visibility == Visibility::outside && article.status == ArticleStatus::published;
}

double usefulness(Article const& article) {
  auto const good = static_cast<double>(article.helpful_count + article.worked_count);
  auto const all = good + static_cast<double>(article.not_helpful_count + article.used_count - article.worked_count);
  return base::share_interval(good, all).low;
}

}  // namespace umsops::model
