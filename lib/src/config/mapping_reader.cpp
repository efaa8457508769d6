// SPDX-License-Identifier: Apache-2.0
#include "config/mapping_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/rule_fields.hpp"
#include "rules/target.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::config {
namespace {

using base::RecordType;
using model::FieldMapping;

/// The action of JSON intake and its key: not fields of the record.
constexpr std::string_view kAction = "action", kActKey = "act_key";
constexpr std::string_view kActions[] = {"create", "reply", "close", "ignore"};

std::vector<std::string_view> importable(RecordType const& type) {
  std::vector<std::string_view> names;
  for (auto const& field : type.fields) {
    if (field.traits & (base::kWritable | base::kImport)) names.push_back(field.name);
  }
  return names;
}

/// The record's field behind one of our names; null for an attribute. Throws when an import cannot give it.
base::Field const* importable_field(RecordType const& type, Node const& key) {
  std::string_view const name = key.scalar;
  if (name == kAction || name == kActKey) return nullptr;
  if (name.starts_with(rules::kAttribute) && type.find("attributes")) {
    if (rules::is_attribute(type, name)) return nullptr;
    throw invalid(key.spot, fmt::format("{} is no attribute name", echo(name)),
                  "lower-case letters, digits and _, beginning with a letter, at most 64");
  }
  auto const names = importable(type);
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    std::string const best = base::nearest(name, names);
    throw invalid(key.spot, fmt::format("{} is no field that an import can give", echo(name)),
                  best.empty() ? fmt::format("see: umsops fields {}", type.noun) : "did you mean " + best + "?");
  }
  return &type.fields[*type.find(name)];
}

void read_columns(Node const& node, FieldMapping& out) {
  Node const* const one = node.find("column");
  Node const* const several = node.find("columns");
  if (one && several) throw invalid(node.spot, "both column and columns", "give one of them");
  if (!one && !several)
    throw invalid(node.spot, fmt::format("{} names no column", out.field), "give column, columns or value");
  out.columns = one ? std::vector<std::string>{text_of(*one)} : texts_of(*several);
  if (out.columns.empty()) throw invalid(several->spot, "an empty list of columns");
}

/// One of our words for the field; `action` has words of its own.
std::string ours(RecordType const& type, FieldMapping const& mapping, Node const& node) {
  auto word = text_of(node);
  if (mapping.field == kActKey) return word;
  if (mapping.field != kAction) return value_for(type, mapping.field, word, node.spot);
  if (std::find(std::begin(kActions), std::end(kActions), word) == std::end(kActions)) {
    throw invalid(node.spot, fmt::format("{} is no action", echo(word)), "one of: create, reply, close, ignore");
  }
  return word;
}

void read_values(RecordType const& type, Node const& node, FieldMapping& out) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "values is a map", "their word: ours");
  for (auto const& [theirs, word] : node.members) {
    // An empty word leaves the field out.
    out.values.emplace_back(theirs.scalar, text_of(word).empty() ? std::string() : ours(type, out, word));
  }
}

std::string time_form_of(Node const& node) {
  std::string form = text_of(node);
  if (form.find('%') == std::string::npos) {
    throw invalid(node.spot, "a time form without any %", "e.g. \"%d/%m/%Y %H:%M\"");
  }
  return form;
}

void read_time(Node const& node, base::Field const* field, FieldMapping& out) {
  if (!field || field->type != base::FieldType::time) throw invalid(node.spot, fmt::format("{} is no time", out.field));
  out.time_format = time_form_of(node);
}

void read_parts(RecordType const& type, Node const& node, base::Field const* field, FieldMapping& out,
                Problems& problems) {
  problems.check_keys(
      node, {"column", "columns", "joiner", "values", "otherwise", "time", "cut", "value", "keep", "once_passed"});
  if (Node const* const constant = node.find("value")) {
    if (node.members.size() > 1) throw invalid(node.spot, "value stands alone: it is the same for every record");
    out.otherwise = ours(type, out, *constant);
    return;
  }
  read_columns(node, out);
  if (Node const* const joiner = node.find("joiner")) out.joiner = text_of(*joiner);
  if (Node const* const values = node.find("values")) read_values(type, *values, out);
  if (Node const* const other = node.find("otherwise")) {
    out.leaves_others_out = text_of(*other).empty();
    if (!out.leaves_others_out) out.otherwise = ours(type, out, *other);
  }
  if (Node const* const time = node.find("time")) read_time(*time, field, out);
  if (Node const* const keep = node.find("keep")) out.keep = texts_of(*keep);
  if (Node const* const once = node.find("once_passed")) {
    if (!field || field->type != base::FieldType::time)
      throw invalid(once->spot, fmt::format("{} is no time", out.field));
    out.once_passed = boolean_of(*once);
  }
  if (Node const* const cut = node.find("cut")) out.cut = static_cast<std::size_t>(integer_of(*cut, 1, 65'536));
}

FieldMapping read_field(RecordType const& type, Node const& key, Node const& value, Problems& problems) {
  FieldMapping out;
  out.field = key.scalar;
  base::Field const* const field = importable_field(type, key);
  out.is_time = field && field->type == base::FieldType::time;
  if (value.kind == Node::Kind::map) {
    read_parts(type, value, field, out, problems);
  } else {
    out.columns = texts_of(value);
    if (out.columns.empty()) throw invalid(value.spot, "an empty list of columns");
  }
  return out;
}

void read_zone(Node const& node, model::ImportMapping& out) {
  try {
    out.zone = base::TimeZone::load(text_of(node));
  } catch (base::Error const& error) {
    throw invalid(node.spot, error.message(), error.hint());
  }
}

void read_events(Node const& node, model::ImportMapping& out, Problems& problems) {
  if (node.kind != Node::Kind::map)
    throw invalid(node.spot, "events is a map", "e.g. events: {by: number, at: updated_at}");
  problems.check_keys(node, {"by", "at", "time", "actor", "order"});
  model::EventMapping events;
  Node const* const by = node.find("by");
  Node const* const at = node.find("at");
  if (!by || !at)
    throw invalid(node.spot, "events needs by and at",
                  "the columns that name the record, and that of the event's time");
  events.by = texts_of(*by);
  if (events.by.empty()) throw invalid(by->spot, "an empty list of columns");
  events.at = text_of(*at);
  if (Node const* const time = node.find("time")) events.time_format = time_form_of(*time);
  if (Node const* const actor = node.find("actor")) events.actor = text_of(*actor);
  if (Node const* const order = node.find("order")) {
    std::string const word = text_of(*order);
    if (word != "file" && word != "time" && word != "given" && word != "any")
      throw invalid(order->spot, fmt::format("{} is no order", echo(word)), "one of: file, time, given, any");
    events.by_time = word == "time" || word == "any";
    events.scattered = word == "any";
    events.as_given = word == "given";
  }
  out.events = std::move(events);
}

/// Keys allowed only with events.
void refuse_without_events(Node const& fields, Problems& problems) {
  for (auto const& [name, field] : fields.members) {
    for (char const* const key : {"keep", "once_passed"}) {
      if (Node const* const found = field.find(key))
        problems.add(found->spot, fmt::format("{} is for a mapping with events", key));
    }
  }
}

/// The kind of record that the file is for, where it says so: `wanted` is the one that is asked for, or null.
RecordType const& type_of(Node const& root, RecordType const* wanted) {
  Node const* const noun = root.find("noun");
  if (!noun) return wanted ? *wanted : model::ticket_type();
  RecordType const* const types[] = {&model::ticket_type(), &model::incident_type(), &model::requester_type()};
  auto const word = text_of(*noun);
  for (auto const* type : types) {
    if (type->noun != word) continue;
    if (wanted && wanted != type) throw invalid(noun->spot, fmt::format("this mapping is for {}s", word));
    return *type;
  }
  throw invalid(noun->spot, fmt::format("no imports of {}", echo(word)), "one of: ticket, incident, requester");
}

void read_root(RecordType const* wanted, Node const& root, model::ImportMapping& out, Problems& problems) {
  if (root.kind != Node::Kind::map) throw invalid(root.spot, "a mapping file is a map", "it begins with kind: mapping");
  problems.check_keys(root, {"kind", "noun", "zone", "ignore", "unknown", "list", "events", "fields"});
  auto const& type = type_of(root, wanted);
  problems.guard([&] {
    Node const* const kind = root.find("kind");
    if (kind && text_of(*kind) != "mapping") throw invalid(kind->spot, "this is no mapping file", "kind: mapping");
  });
  if (Node const* const zone = root.find("zone")) problems.guard([&] { read_zone(*zone, out); });
  if (Node const* const ignore = root.find("ignore")) problems.guard([&] { out.ignore = texts_of(*ignore); });
  if (Node const* const unknown = root.find("unknown")) problems.guard([&] { out.unknown = texts_of(*unknown); });
  if (Node const* const list = root.find("list")) problems.guard([&] { out.list = text_of(*list); });
  Node const* const events = root.find("events");
  if (events) problems.guard([&] { read_events(*events, out, problems); });
  Node const* const fields = root.find("fields");
  if (!fields || fields->kind != Node::Kind::map) {
    throw invalid(fields ? fields->spot : root.spot, "a mapping needs fields", "e.g. fields: {title: Subject}");
  }
  if (!events) refuse_without_events(*fields, problems);
  for (auto const& member : fields->members) {
    problems.guard([&] { out.fields.push_back(read_field(type, member.first, member.second, problems)); });
  }
}

}  // namespace

model::ImportMapping read_mapping_text(RecordType const* type, std::string_view text, std::string const& file,
                                       Problems& problems) {
  model::ImportMapping out;
  out.file = file;
  problems.guard([&] { read_root(type, parse_yaml(text, file), out, problems); });
  return out;
}

model::ImportMapping read_mapping(std::string const& file, RecordType const& type) {
  Problems problems(base::errors::config_invalid);
  auto mapping = read_mapping_text(&type, read_file(file), file, problems);
  problems.raise();
  return mapping;
}

}  // namespace umsops::config
