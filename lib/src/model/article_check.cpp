// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/article_text.hpp"
#include "model/record_check.hpp"
#include "model/word_list.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::model {
namespace {

/// A link that a browser may be given: of http or https, with a host, without anything that has to be escaped first.
bool is_web_address(std::string_view url) {
  std::string const scheme = base::ascii_lower(url.substr(0, 8));
  std::size_t const host = scheme == "https://" ? 8 : scheme.starts_with("http://") ? 7 : 0;
  if (host == 0 || url.size() == host || url[host] == '/') return false;
  return std::none_of(url.begin(), url.end(),
                      [](char c) { return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`'; });
}

void check_kind(std::vector<Problem>& out, Article const& article) {
  auto const only = [&](char const* field, bool given, ArticleKind kind) {
    if (given && article.kind != kind) out.push_back({field, "only for kind " + std::string(to_string(kind))});
  };
  only("priority", article.priority.has_value(), ArticleKind::faq);
  only("incident_type", article.incident_type.has_value(), ArticleKind::solution);
  only("required_tools", !article.required_tools.empty(), ArticleKind::solution);
  only("estimated_time_minutes", article.estimated_time_minutes.has_value(), ArticleKind::solution);
  only("url", !article.url.empty(), ArticleKind::video);
  only("length", article.length.has_value(), ArticleKind::video);
  if (article.kind == ArticleKind::video && article.url.empty()) out.push_back({"url", "a video needs one"});
  if (!article.url.empty() && !is_web_address(article.url))
    out.push_back({"url", "not a web address such as https://example.org/video"});
  bool const says_nothing = article.kind != ArticleKind::video && is_blank(article.content);
  if (article.status == ArticleStatus::published && says_nothing)
    out.push_back({"content", "cannot be empty once it is published"});
}

}  // namespace

std::vector<Problem> check(Article const& article) {
  std::vector<Problem> out;
  check_texts(out, article_type(), [&](std::size_t field) { return text_of(article, field); });
  if (is_blank(article.title)) out.push_back({"title", "cannot be empty"});
  check_words(out, "tags", article.tags, kMostTags, kLongestTag);
  check_words(out, "required_tools", article.required_tools, kMostTags, kLongestTag);
  check_words(out, "related_incidents", article.related_incidents, kMostIncidents, kLongestTag);
  check_times(out, article_type(), [&](std::size_t field) { return get(article, field); });
  check_kind(out, article);
  for (auto const& [field, number] :
       {std::pair("priority", article.priority), std::pair("estimated_time_minutes", article.estimated_time_minutes),
        std::pair("length", article.length)}) {
    if (number.value_or(0) < 0) out.push_back({field, "negative"});
  }
  if (article.updated_at < article.created_at) out.push_back({"updated_at", "before created_at"});
  if (article.rev < 1) out.push_back({"rev", "not a number from 1"});
  return out;
}

}  // namespace umsops::model
