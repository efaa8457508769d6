// SPDX-License-Identifier: Apache-2.0
// Saved lists: a file of the kind `views`.
#include <fmt/format.h>

#include <algorithm>

#include "config/desk_files_reader.hpp"
#include "config/roster_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/review.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kMostViews = 500;
constexpr std::int64_t kMostRows = 1'000'000;
constexpr YamlLimits kLimits{50'000, 1 << 20};

View read_view(Node const& key, Node const& node, Problems& problems) {
  View out;
  out.name = name_of(key);
  out.spot = key.spot;
  if (node.kind == Node::Kind::scalar) {  // mine: assignee=me
    out.filter = line_of(node);
    return out;
  }
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "a view is a filter, or a map", "e.g. {where: assignee=me}");
  problems.check_keys(node, {"noun", "doc", "where", "sort", "fields", "limit"});
  auto const take = [&](char const* name, auto const& read) {
    if (Node const* const found = node.find(name)) problems.guard([&] { read(*found); });
  };
  take("noun", [&](Node const& one) { out.noun = line_of(one); });
  take("doc", [&](Node const& one) { out.doc = line_of(one); });
  take("where", [&](Node const& one) { out.filter = line_of(one); });
  take("sort", [&](Node const& one) { out.sort = line_of(one); });
  take("fields", [&](Node const& one) { out.fields = texts_of(one); });
  take("limit", [&](Node const& one) { out.limit = integer_of(one, 1, kMostRows); });
  return out;
}

void put(std::vector<View>& views, View view) {
  std::erase_if(views, [&](View const& old) { return old.name == view.name && old.noun == view.noun; });
  views.push_back(std::move(view));
}

}  // namespace

std::vector<View> read_views_text(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<View> out;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kLimits);
    if (root.kind != Node::Kind::map)
      throw invalid(root.spot, "a file of views is a map", "it begins with kind: views");
    problems.check_keys(root, {"kind", "views"});
    Node const& views = need(root, "views", "e.g. views: {mine: assignee=me}");
    if (views.kind != Node::Kind::map || views.members.size() > kMostViews)
      throw invalid(views.spot, fmt::format("views are a map of at most {}", kMostViews));
    for (auto const& [key, node] : views.members) {
      problems.guard([&, &name = key, &value = node] { out.push_back(read_view(name, value, problems)); });
    }
  });
  return out;
}

base::RecordType const* listed_type(std::string_view noun) {
  static constexpr base::RecordType const& (*kTypes[])() = {
      model::ticket_type, model::incident_type, model::article_type, model::requester_type, model::review_type};
  for (auto const type : kTypes) {
    if (type().noun == noun) return &type();
  }
  return nullptr;
}

void check_view(View const& view) {
  auto const* const type = listed_type(view.noun);
  if (!type) throw invalid(view.spot, fmt::format("{} is no noun that has lists", echo(view.noun)), "e.g. ticket");
  std::vector<std::string_view> names;
  for (auto const& field : type->fields) names.push_back(field.name);
  // What a desk declares stands in other files; a slip of a built-in name is told all the same.
  auto const is_attribute = [&](std::string_view name) {
    return type->find("attributes") && base::nearest(name, names).empty();
  };
  query::FilterContext const context{type, {}, {}, "me", is_attribute};
  try {
    query::parse_filter(view.filter, context);
    query::parse_sort(view.sort, *type);
    for (auto const& field : view.fields) {
      if (!is_attribute(field.substr(0, field.find('.'))))
        query::resolve_field(field.substr(0, field.find('.')), *type);
    }
  } catch (base::Error const& error) {
    throw invalid(view.spot, fmt::format("view {}: {}", view.name, error.message()), error.hint());
  }
}

std::vector<View> read_views(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  std::vector<View> all;
  for (auto const& file : files) {
    for (auto& view : read_views_text(read_file(file, kLimits.bytes), file, problems)) put(all, std::move(view));
  }
  problems.raise();
  return all;
}

}  // namespace umsops::config
