// SPDX-License-Identifier: Apache-2.0
// Fields that a desk declares for its tickets: a file of the kind `fields`.
#include <fmt/format.h>

#include <algorithm>

#include "config/desk_files_reader.hpp"
#include "config/roster_reader.hpp"
#include "model/attributes.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::config {
namespace {

using model::DeclaredField;
using model::DeclaredType;

constexpr std::size_t kMostFields = 200, kMostChoices = 200;
constexpr std::int64_t kFar = std::int64_t{1} << 53;
constexpr YamlLimits kLimits{50'000, 1 << 20};

DeclaredType type_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const type = model::parse_declared_type(word)) return *type;
  throw invalid(node.spot, fmt::format("{} is no type of a field", echo(word)),
                suggest(word, {"text", "integer", "decimal", "boolean", "date", "choice"}));
}

std::string field_name(Node const& node) {
  std::string name = text_of(node);
  if (!model::is_attribute_name(name))
    throw invalid(node.spot, fmt::format("{} is no name of a field", echo(name)),
                  std::string(model::kAttributeNameRule));
  if (model::ticket_type().find(name))
    throw invalid(node.spot, fmt::format("tickets have a field {} already", echo(name)), "choose another name");
  return name;
}

void read_label(Node const& node, DeclaredField& out) {
  if (node.kind != Node::Kind::map) {
    out.label = line_of(node);
    return;
  }
  require_keys(node, {"en", "zh"});
  out.label = line_of(need(node, "en", "the heading in English"));
  out.label_zh = line_of(need(node, "zh", "the heading in Chinese"));
}

/// `required: true`, or the categories in which it is.
void read_required(Node const& node, DeclaredField& out) {
  if (node.kind == Node::Kind::list) {
    out.required_in = texts_of(node);
  } else {
    out.required = boolean_of(node);
  }
}

void check_choices(Node const& node, DeclaredField const& field) {
  bool const is_choice = field.type == DeclaredType::choice;
  if (is_choice && field.choices.empty()) throw invalid(node.spot, "a choice has choices", "choices: [small, large]");
  if (!is_choice && !field.choices.empty()) throw invalid(node.spot, "only a choice has choices", "type: choice");
  if (field.choices.size() > kMostChoices) throw invalid(node.spot, fmt::format("more than {} choices", kMostChoices));
  for (auto choice = field.choices.begin(); choice != field.choices.end(); ++choice) {
    if (choice->empty()) throw invalid(node.spot, "a choice is empty");
    if (std::find(field.choices.begin(), choice, *choice) != choice)
      throw invalid(node.spot, fmt::format("{} is a choice twice", echo(*choice)));
  }
}

void check_limits(Node const& node, DeclaredField const& field) {
  bool const is_number = field.type == DeclaredType::integer || field.type == DeclaredType::decimal;
  if (!is_number && (field.least || field.most))
    throw invalid(node.spot, "only a number has min and max", "type: integer");
  if (field.least && field.most && *field.least > *field.most) throw invalid(node.spot, "min is above max");
}

DeclaredField read_field(Node const& key, Node const& node, Problems& problems) {
  DeclaredField out;
  out.name = field_name(key);
  out.spot = key.spot;
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a field is a map", "e.g. {type: text}");
  problems.check_keys(node, {"type", "label", "doc", "choices", "categories", "required", "min", "max"});
  auto const take = [&](char const* name, auto const& read) {
    if (Node const* const found = node.find(name)) problems.guard([&] { read(*found); });
  };
  take("type", [&](Node const& one) { out.type = type_of(one); });
  take("label", [&](Node const& one) { read_label(one, out); });
  take("doc", [&](Node const& one) { out.doc = line_of(one); });
  take("choices", [&](Node const& one) { out.choices = texts_of(one); });
  take("categories", [&](Node const& one) { out.categories = texts_of(one); });
  take("required", [&](Node const& one) { read_required(one, out); });
  take("min", [&](Node const& one) { out.least = integer_of(one, -kFar, kFar); });
  take("max", [&](Node const& one) { out.most = integer_of(one, -kFar, kFar); });
  check_choices(node, out);
  check_limits(node, out);
  for (auto const& category : out.required_in) {
    if (!out.belongs_to(category))
      throw invalid(node.find("required")->spot, fmt::format("{} is none of its categories", echo(category)));
  }
  return out;
}

void refuse_twice(std::vector<DeclaredField> const& known, DeclaredField const& field) {
  for (auto const& other : known) {
    if (other.name == field.name)
      throw invalid(field.spot,
                    fmt::format("{} twice, first at {}:{}", echo(field.name), other.spot.file, other.spot.line));
  }
}

}  // namespace

std::vector<DeclaredField> read_fields_text(std::string_view text, std::string const& file, Problems& problems) {
  std::vector<DeclaredField> out;
  problems.guard([&] {
    Node const root = parse_yaml(text, file, kLimits);
    if (root.kind != Node::Kind::map)
      throw invalid(root.spot, "a file of fields is a map", "it begins with kind: fields");
    problems.check_keys(root, {"kind", "fields"});
    Node const& fields = need(root, "fields", "e.g. fields: {asset: {type: text}}");
    if (fields.kind != Node::Kind::map || fields.members.size() > kMostFields)
      throw invalid(fields.spot, fmt::format("fields are a map of at most {}", kMostFields));
    for (auto const& [key, node] : fields.members) {
      problems.guard([&, &name = key, &value = node] {
        auto field = read_field(name, value, problems);
        refuse_twice(out, field);
        out.push_back(std::move(field));
      });
    }
  });
  return out;
}

model::DeclaredFields read_declared_fields(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  std::vector<DeclaredField> all;
  for (auto const& file : files) {
    for (auto& field : read_fields_text(read_file(file, kLimits.bytes), file, problems)) {
      problems.guard([&] {
        refuse_twice(all, field);
        all.push_back(std::move(field));
      });
    }
  }
  problems.raise();
  return model::DeclaredFields(std::move(all));
}

}  // namespace umsops::config
