// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/article_file.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::model {
namespace {

using base::Value;

constexpr std::string_view kFields[] = {
    "kind",       "title",  "category",  "tags",     "language",      "difficulty",     "related_incidents",
    "visibility", "status", "review_by", "priority", "incident_type", "required_tools", "estimated_time_minutes",
    "url",        "length", "content"};

/// Whether YAML reads it as the text that it is, in a list as well, without quotes.
bool stays_plain(std::string_view text) {
  constexpr std::string_view kWords[] = {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"};
  std::string const lower = base::ascii_lower(text);
  if (text.empty() || std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords)) return false;
  if (std::string_view("-?:,[]{}#&*!|>'\"%@`=<. 0123456789+~").find(text.front()) != std::string_view::npos)
    return false;
  if (text.back() == ' ' || text.back() == ':') return false;
  return text.find(": ") == std::string_view::npos && text.find(" #") == std::string_view::npos &&
         text.find_first_of(",[]{}\t\n\\\"") == std::string_view::npos;
}

std::string scalar(std::string_view text) {
  if (stays_plain(text)) return std::string(text);
  std::string out;
  base::append_json_string(out, text);
  return out;
}

std::string in_yaml(Value const& value) {
  if (auto const* items = value.get_if<Value::List>()) {
    std::string out = "[";
    for (auto const& item : *items) out += (out.size() > 1 ? ", " : "") + scalar(item.text());
    return out + "]";
  }
  if (auto const* at = value.get_if<base::TimePoint>()) {
    std::string const text = base::format_rfc3339(*at);
    constexpr std::string_view kMidnight = "T00:00:00Z";
    return text.ends_with(kMidnight) ? text.substr(0, text.size() - kMidnight.size()) : text;
  }
  return value.get_if<std::string>() ? scalar(value.text()) : base::to_json(value);
}

/// What a reader takes for granted is left out.
bool goes_without_saying(Article const& article, std::string_view field) {
  return (field == "kind" && article.kind == ArticleKind::article) ||
         (field == "visibility" && article.visibility == Visibility::internal) ||
         (field == "status" && article.status == usual_status(article.kind));
}

}  // namespace

std::span<std::string_view const> file_fields() { return kFields; }

std::string_view file_name_of(std::string_view field, ArticleKind kind) {
  if (field == "title" && kind == ArticleKind::faq) return "question";
  if (field == "title" && kind == ArticleKind::solution) return "solution_title";
  return field;
}

ArticleStatus usual_status(ArticleKind kind) {
  return kind == ArticleKind::faq ? ArticleStatus::published : ArticleStatus::draft;
}

std::string file_head(Article const& article, bool with_number) {
  std::string out = "---\n";
  if (with_number) out += "kb_number: " + scalar(article.kb_number) + "\n";
  for (auto const field : kFields) {
    auto const value = get(article, article_type().require(field));
    if (field == "content" || value.is_null() || goes_without_saying(article, field)) continue;
    out.append(file_name_of(field, article.kind)).append(": ").append(in_yaml(value)).append("\n");
  }
  return out + "---\n\n";
}

std::string file_body(Article const& article) { return article.content.empty() ? "" : article.content + "\n"; }

std::string file_digest(Article const& article) {
  return base::sha256_hex(file_head(article, false) + file_body(article)).substr(0, 32);
}

}  // namespace umsops::model
