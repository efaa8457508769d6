// SPDX-License-Identifier: Apache-2.0
#include "config/template_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/roster_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/notify/fill.hpp"

namespace umsops::config {
namespace {

using prepared::BothTexts;
using prepared::Input;
using prepared::Template;
using prepared::TicketForm;
using prepared::Use;

constexpr std::size_t kMostTemplates = 1000, kMostInputs = 50;
constexpr YamlLimits kLimits{50'000, 1 << 20};

/// A block, which ends with its last line's end, stands below the line at which its node begins.
base::SourceSpot place_in(Node const& node, notify::TagProblem const& problem) {
  bool const block = node.scalar.ends_with('\n');
  base::SourceSpot spot = node.spot;
  if (block) {
    spot.line += problem.line;
    spot.column = 1;
  } else {
    spot.column += problem.column - 1;
  }
  return spot;
}

std::string worded(Node const& node, std::span<std::string_view const> known, Problems& problems) {
  std::string text = text_of(node);
  if (base::trimmed(text).empty()) throw invalid(node.spot, "a text is empty");
  if (text.size() > model::kLongestText) throw invalid(node.spot, "a text is longer than 65536 bytes");
  if (auto const problem = notify::tag_problem(text, known))
    problems.add(place_in(node, *problem), problem->problem, problem->suggestion);
  return text;
}

std::vector<Input> read_inputs(Node const& node, Problems& problems) {
  std::vector<Input> out;
  if (node.kind != Node::Kind::map || node.members.size() > kMostInputs)
    throw invalid(node.spot, fmt::format("inputs is a map of at most {}", kMostInputs), "inputs: {person: {}}");
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &key = key, &value = value] {
      Input input;
      input.name = plain_name_of(key);
      if (value.kind != Node::Kind::null) {
        if (value.kind != Node::Kind::map) throw invalid(value.spot, "an input is a map", "doc, default");
        problems.check_keys(value, {"doc", "default"});
        if (Node const* const doc = value.find("doc")) input.doc = worded_in(*doc, {}, problems);
        if (Node const* const fallback = value.find("default")) input.fallback = text_of(*fallback);
      }
      out.push_back(std::move(input));
    });
  }
  return out;
}

prepared::Approval read_approval(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "an approval is a map", "of, deputy, within");
  problems.check_keys(node, {"of", "deputy", "within"});
  prepared::Approval out;
  out.of = line_of(need(node, "of", "of: manager, or a name, or owner:SERVICE"));
  if (Node const* const deputy = node.find("deputy")) out.deputy = line_of(*deputy);
  if (Node const* const within = node.find("within")) {
    auto const length = base::parse_duration(text_of(*within));
    if (!length || length->count() <= 0) throw invalid(within->spot, "within is a length of time", "e.g. 3d");
    out.within = *length;
  }
  return out;
}

void read_words(Node const& node, TicketForm& out, std::span<std::string_view const> known, Problems& problems) {
  if (Node const* const tags = node.find("tags")) {
    problems.guard([&] {
      out.tags = texts_of(*tags);
      for (auto const& tag : out.tags)
        if (auto const bad = notify::tag_problem(tag, known)) problems.add(tags->spot, bad->problem, bad->suggestion);
    });
  }
  Node const* const attributes = node.find("attributes");
  if (!attributes) return;
  if (attributes->kind != Node::Kind::map) return problems.add(attributes->spot, "attributes is a map of texts");
  for (auto const& [key, value] : attributes->members) {
    problems.guard(
        [&, &key = key, &value = value] { out.attributes.emplace_back(line_of(key), worded(value, known, problems)); });
  }
}

/// Names that the texts may use; views of `one`.
void check_own_keys(Node const& node, Use use, Problems& problems) {
  std::vector<std::string_view> keys{"name", "for", "doc", "inputs"};
  if (use == Use::reply) keys.push_back("text");
  if (use == Use::ticket) keys.insert(keys.end(), ticket_form_keys().begin(), ticket_form_keys().end());
  problems.check_keys(node, keys);
}

Use use_in(Node const& node) {
  Node const* const use = node.find("for");
  if (!use) return Use::reply;
  auto const word = text_of(*use);
  if (word == "reply") return Use::reply;
  if (word == "ticket") return Use::ticket;
  throw invalid(use->spot, fmt::format("{} is no use of a template", echo(word)), "reply or ticket");
}

Template read_template(Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a template is a map", "name, for, text");
  Template out;
  out.use = use_in(node);
  check_own_keys(node, out.use, problems);
  out.name = plain_name_of(need(node, "name", "e.g. name: mfa-reset"));
  out.file = node.spot.file();
  out.line = node.spot.line;
  if (Node const* const doc = node.find("doc")) problems.guard([&] { out.doc = worded_in(*doc, {}, problems); });
  if (Node const* const inputs = node.find("inputs"))
    problems.guard([&] { out.inputs = read_inputs(*inputs, problems); });
  auto const known = prepared::names_of(out);
  if (out.use == Use::reply) {
    out.text = worded_in(need(node, "text", "text: what is said"), known, problems);
  } else {
    out.ticket = read_ticket_form(node, known, problems);
    if (out.ticket.title.empty()) need(node, "title", "e.g. title: New joiner {{person}}");
  }
  return out;
}

}  // namespace

std::string plain_name_of(Node const& node) {
  std::string name = name_of(node);
  bool const plain = !name.empty() && name[0] != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (!plain) throw invalid(node.spot, fmt::format("{} is no such name", echo(name)), "small letters, digits, - and _");
  return name;
}

BothTexts worded_in(Node const& node, std::span<std::string_view const> known, Problems& problems) {
  if (node.kind != Node::Kind::map) return {worded(node, known, problems), {}};
  problems.check_keys(node, {"en", "zh"});
  BothTexts out;
  if (Node const* const en = node.find("en")) out.en = worded(*en, known, problems);
  if (Node const* const zh = node.find("zh")) out.zh = worded(*zh, known, problems);
  if (out.empty()) throw invalid(node.spot, "a text is missing", "en, zh, or both");
  return out;
}

std::vector<std::string_view> const& ticket_form_keys() {
  static std::vector<std::string_view> const keys{"title",    "description", "category",   "subcategory",
                                                  "service",  "team",        "assignee",   "requester",
                                                  "priority", "tags",        "attributes", "approval"};
  return keys;
}

TicketForm read_ticket_form(Node const& node, std::span<std::string_view const> known, Problems& problems) {
  TicketForm out;
  auto const each = [&](char const* key, auto const& act) {
    if (Node const* const value = node.find(key)) problems.guard([&] { act(*value); });
  };
  each("title", [&](Node const& value) { out.title = worded_in(value, known, problems); });
  each("description", [&](Node const& value) { out.description = worded_in(value, known, problems); });
  for (auto const& [key, into] : {std::pair{"category", &out.category}, std::pair{"subcategory", &out.subcategory},
                                  std::pair{"service", &out.service}, std::pair{"team", &out.team},
                                  std::pair{"assignee", &out.assignee}, std::pair{"requester", &out.requester}}) {
    std::string* const to = into;
    each(key, [&](Node const& value) { *to = line_of(value); });
  }
  each("priority", [&](Node const& value) {
    out.priority = model::parse_priority(text_of(value));
    if (!out.priority)
      throw invalid(value.spot, fmt::format("{} is no priority", echo(value.scalar)), "LOW MEDIUM HIGH CRITICAL");
  });
  each("approval", [&](Node const& value) { out.approval = read_approval(value, problems); });
  read_words(node, out, known, problems);
  return out;
}

std::vector<Template> read_template_text(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<Template> all;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kLimits);
    if (root.kind != Node::Kind::map) throw invalid(root.spot, "a file of templates is a map", "kind: templates");
    problems.check_keys(root, {"kind", "templates"});
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "templates") throw invalid(kind->spot, "these are no templates", "kind: templates");
    Node const& templates = need(root, "templates", "templates: a list");
    if (templates.kind != Node::Kind::list || templates.items.size() > kMostTemplates)
      throw invalid(templates.spot, fmt::format("templates is a list of at most {}", kMostTemplates));
    for (auto const& item : templates.items) {
      problems.guard([&] {
        auto one = read_template(item, problems);
        auto const same = [&](Template const& other) { return other.name == one.name; };
        if (std::any_of(all.begin(), all.end(), same))
          throw invalid(item.spot, fmt::format("a template {} stands above", echo(one.name)), "give each its own name");
        all.push_back(std::move(one));
      });
    }
  });
  return all;
}

}  // namespace umsops::config
