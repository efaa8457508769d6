// SPDX-License-Identifier: Apache-2.0
// `kb export --format html DIR`: what outsiders may see, as pages.
#include "cli/kb/site.hpp"

#include "cli/markdown_helper.hpp"
#include "cli/site_folder.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli::kb {

namespace {

using base::Field;
using base::FieldType;
using model::Article;

constexpr std::string_view kSchema = "umsops.kb.site/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"folder", FieldType::text, {}, kShown, "Where the site is", "站点所在文件夹", "文件夹"},
    {"entries", FieldType::integer, {}, kShown, "Articles in it", "所含条目数", "条目"},
    {"files", FieldType::integer, {}, kShown, "Files of it", "文件数", "文件"},
    {"added", FieldType::integer, {}, kShown, "Files that were not there before", "新增的文件数", "新增"},
    {"changed", FieldType::integer, {}, kShown, "Files that say something else now", "有变化的文件数", "修改"},
    {"removed", FieldType::integer, {}, kShown, "Files that are gone", "删除的文件数", "删除"},
    {"dry_run", FieldType::boolean, {}, base::kInWide, "Nothing was written", "未写入任何内容", "试运行"},
};

static_assert(static_cast<int>(site::Kind::solution) == static_cast<int>(model::ArticleKind::solution));

site::Entry entry_of(Article const& article) {
  site::Entry entry;
  entry.number = article.kb_number;
  entry.kind = static_cast<site::Kind>(article.kind);
  entry.title = article.title;
  entry.category = article.category;
  if (article.difficulty) entry.difficulty = model::to_string(*article.difficulty);
  entry.tags = article.tags;
  if (article.language) entry.language = model::to_string(*article.language);
  entry.priority = article.priority.value_or(0);
  if (article.incident_type) entry.problem = model::to_string(*article.incident_type);
  entry.required_tools = article.required_tools;
  entry.estimated_time_minutes = article.estimated_time_minutes;
  entry.url = article.url;
  entry.seconds = article.length;
  entry.updated_at = article.updated_at;
  return entry;
}

std::vector<site::Entry> entries_of(std::vector<Article> const& articles) {
  std::vector<site::Entry> entries;
  std::vector<std::string> texts;
  std::vector<std::pair<std::string, std::string>> links;
  for (Article const& article : articles) {
    entries.push_back(entry_of(article));
    texts.push_back(article.content);
    links.emplace_back(article.kb_number, site::page_name(article.kb_number));
  }
  auto rendered = render_markdown(texts, links);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].html = std::move(rendered[i].html);
    entries[i].text = std::move(rendered[i].text);
  }
  return entries;
}

}  // namespace

int export_site(Env& env, Call const& call, query::Query const& query) {
  auto const style = env.style("folder");
  std::vector<Article> articles;
  env.desk().knowledge().list(query, [&](Article const& article) {
    // Whatever the flags say: a site is for anybody.
    if (model::is_public(article)) articles.push_back(article);
    return true;
  });
  std::string const& folder = call.words[0];
  auto const files =
      site::make_site(entries_of(articles), {env.language(), call.text("title").value_or(""), env.zone()});
  auto const change = env.dry_run() ? compare_site(folder, files) : write_site(folder, files);
  format::write_record(env.out(), style, kSchema, "site", kFields,
                       {folder, std::int64_t(articles.size()), change.files, change.added, change.changed,
                        change.removed, env.dry_run()});
  env.out().flush();
  return 0;
}

}  // namespace umsops::cli::kb
