// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/problems.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/article_files.hpp"
#include "umsops/config/yaml.hpp"
#include "umsops/model/article_file.hpp"

namespace umsops::config {
namespace {

using base::Value;
using model::Article;

constexpr std::string_view kLine = "---\n";
constexpr std::string_view kNumber = "kb_number", kPublished = "is_published";

std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') out += text[i];
  }
  return out;
}

/// Where the text begins: behind the second line of dashes, and one empty line there.
std::size_t end_of_head(std::string_view text, std::string_view file) {
  base::SourceSpot const first{std::string(file), 1, 1};
  if (!text.starts_with(kLine)) throw invalid(first, "no front matter", "begin the file with a line ---");
  std::size_t const end = text.find("\n---\n", kLine.size() - 1);
  bool const ends_there = text.ends_with("\n---") && end == std::string_view::npos;
  if (end == std::string_view::npos && !ends_there)
    throw invalid(first, "the front matter does not end", "close it with a line ---");
  std::size_t at = ends_there ? text.size() : end + 1 + kLine.size();
  if (at < text.size() && text[at] == '\n') ++at;
  return at;
}

std::vector<std::string_view> known_keys(model::ArticleKind kind) {
  std::vector<std::string_view> keys{kNumber};
  for (auto const field : model::file_fields()) {
    if (field != "content") keys.push_back(model::file_name_of(field, kind));
  }
  if (kind == model::ArticleKind::faq) keys.push_back(kPublished);
  return keys;
}

/// A date is the beginning of that day.
std::string time_text(std::string text) { return text.size() == 10 ? text + "T00:00:00Z" : text; }

Value value_of(base::Field const& field, Node const& node) {
  if (node.kind == Node::Kind::null) return {};
  switch (field.type) {
    case base::FieldType::list: {
      auto const words = texts_of(node);
      return Value::List(words.begin(), words.end());
    }
    case base::FieldType::integer:
      return integer_of(node, 0, INT64_MAX);
    case base::FieldType::time:
      return time_text(text_of(node));
    default:
      return text_of(node);
  }
}

/// Sets the field; what it refuses stands at that place of the file.
void set_at(Article& article, std::string_view field, Value const& value, NodeSpot const& spot) {
  try {
    model::set(article, model::article_type().require(field), value);
  } catch (base::Error const& error) {
    throw invalid(spot, error.message());
  }
}

void read_member(Article& article, Node const& key, Node const& node) {
  std::string_view const name = key.scalar;
  if (name == "kind") return;
  if (name == kPublished) return set_at(article, name, boolean_of(node), node.spot);
  if (name == kNumber) {
    article.kb_number = text_of(node);
    return;
  }
  auto const& type = model::article_type();
  for (auto const field : model::file_fields()) {
    if (model::file_name_of(field, article.kind) == name)
      set_at(article, field, value_of(type.fields[type.require(field)], node), node.spot);
  }
}

}  // namespace

ArticleFile read_article_text(std::string_view given, std::string_view file) {
  std::string const text = with_line_feeds(given.starts_with("\xef\xbb\xbf") ? given.substr(3) : given);
  std::size_t const body = end_of_head(text, file);
  ArticleFile out;
  out.head = text.substr(0, body);
  std::size_t const close = out.head.rfind("\n---");
  Node const root = parse_yaml(std::string_view(out.head).substr(0, close + 1), file);
  if (root.kind != Node::Kind::map)
    throw invalid({std::string(file), 2, 1}, "the front matter is no map", "KEY: value");
  Article& article = out.article;
  if (Node const* const kind = root.find("kind")) set_at(article, "kind", text_of(*kind), kind->spot);
  Problems problems(base::errors::config_invalid);
  auto known = known_keys(article.kind);
  auto const title = model::file_name_of("title", article.kind);
  if (Node const* const other = root.find("title"); other && title != "title") {
    problems.add(other->spot, fmt::format("the title of a {} is called {}", model::to_string(article.kind), title),
                 fmt::format("write {}: ...", title));
    known.emplace_back("title");
  }
  problems.check_keys(root, known);
  article.status = model::usual_status(article.kind);
  if (root.find("status") && root.find(kPublished))
    problems.add(root.find(kPublished)->spot, "both status and is_published", "give one of them");
  if (problems.all().empty()) {
    for (auto const& [key, node] : root.members)
      problems.guard([&, &k = key, &n = node] { read_member(article, k, n); });
  }
  problems.raise();
  std::string_view content = std::string_view(text).substr(body);
  if (content.ends_with('\n')) content.remove_suffix(1);
  article.content = content;
  for (auto const& problem : model::check(article)) {
    Node const* const at = root.find(model::file_name_of(problem.field, article.kind));
    base::SourceSpot const spot = at ? base::SourceSpot(at->spot) : base::SourceSpot{std::string(file), 1, 1};
    problems.add(spot, fmt::format("{}: {}", model::file_name_of(problem.field, article.kind), problem.what));
  }
  problems.raise();
  return out;
}

ArticleFile read_article(std::string const& file) { return read_article_text(read_file(file), file); }

}  // namespace umsops::config
