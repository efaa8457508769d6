// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/import_mapping.hpp"

#include <algorithm>

#include "model/event_rows.hpp"
#include "model/refusal.hpp"
#include "model/time_form.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::model {
namespace {

using base::Value;

std::string plain_text(Value const& value) {
  if (value.is_null()) return {};
  return value.get_if<std::string>() ? std::string(value.text()) : base::to_json(value);
}

/// The member of that name, else the one that its dots lead to: `issue.fields.summary`.
Value const* cell_of(Value const& foreign, std::string_view column) {
  if (Value const* const cell = foreign.find(column)) return cell;
  for (auto dot = column.find('.'); dot != std::string_view::npos; dot = column.find('.', dot + 1)) {
    Value const* const inner = foreign.find(column.substr(0, dot));
    if (inner == nullptr) continue;
    if (Value const* const cell = cell_of(*inner, column.substr(dot + 1))) return cell;
  }
  return nullptr;
}

/// An offset without its colon, as many programs write it: 2026-11-23T09:30:00.123+0100.
std::string with_colon(std::string const& text) {
  bool const has_offset = text.size() > 5 && (text[text.size() - 5] == '+' || text[text.size() - 5] == '-');
  return has_offset ? text.substr(0, text.size() - 2) + ":" + text.substr(text.size() - 2) : text;
}

bool holds(std::vector<std::string> const& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string joined(FieldMapping const& mapping, ImportMapping const& whole, Value const& foreign) {
  std::string out;
  for (auto const& column : mapping.columns) {
    std::string const text = cell_text(whole, foreign, column);
    if (text.empty()) continue;
    if (!out.empty()) out += mapping.joiner;
    out += text;
  }
  return out;
}

/// Whether their word says nothing of the field: it stays what it was.
bool keeps(FieldMapping const& mapping, std::string const& theirs) {
  if (holds(mapping.keep, theirs)) return true;
  bool const known =
      std::any_of(mapping.values.begin(), mapping.values.end(), [&](auto const& pair) { return pair.first == theirs; });
  return !known && holds(mapping.keep, "*");
}

Value member_of(Value const* object, std::string_view name) {
  Value const* const member = object ? object->find(name) : nullptr;
  return member ? *member : Value();
}

std::string cut(std::string text, std::size_t most) {
  if (most == 0 || base::code_points(text) <= most) return text;
  std::size_t seen = 0, at = 0;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && ++seen > most - 1) break;
  }
  return text.substr(0, at) + "…";
}

Value map_field(FieldMapping const& mapping, ImportMapping const& whole, Value const& foreign) {
  std::string const theirs = joined(mapping, whole, foreign);
  auto const known = std::find_if(mapping.values.begin(), mapping.values.end(),
                                  [&](auto const& pair) { return pair.first == theirs; });
  // What the mapping itself says is in our words already.
  bool const translated = !theirs.empty() && known != mapping.values.end();
  std::string const& ours = translated ? known->second : mapping.otherwise;
  if (translated || theirs.empty() || (!mapping.values.empty() && (!ours.empty() || mapping.leaves_others_out))) {
    return ours.empty() ? Value() : Value(cut(ours, mapping.cut));
  }
  if (!mapping.values.empty()) refuse(mapping.field, echo(theirs) + " has no mapping in " + whole.file);
  if (!mapping.time_format.empty()) return mapped_time(whole, mapping.field, theirs, mapping.time_format);
  if (mapping.is_time && base::parse_rfc3339(with_colon(theirs))) return with_colon(theirs);
  return cut(theirs, mapping.cut);
}

void refuse_unnamed_columns(ImportMapping const& mapping, Value::Object const& foreign) {
  if (holds(mapping.ignore, "*")) return;
  for (auto const& member : foreign) {
    std::string const& column = member.first;
    bool named = holds(mapping.ignore, column);
    for (auto const& field : mapping.fields) {
      for (auto const& used : field.columns) named = named || used == column || used.starts_with(column + ".");
    }
    if (auto const& events = mapping.events) {
      named = named || holds(events->by, column) || column == events->at || column == events->actor;
    }
    if (!named) refuse(echo(column), "no field is made of this column; name it or ignore it in " + mapping.file);
  }
}

}  // namespace

std::string cell_text(ImportMapping const& mapping, Value const& foreign, std::string const& column) {
  Value const* const cell = cell_of(foreign, column);
  std::string text = cell ? plain_text(*cell) : std::string();
  return holds(mapping.unknown, text) ? std::string() : text;
}

base::TimePoint mapped_time(ImportMapping const& mapping, std::string const& field, std::string const& text,
                            std::string const& form) {
  if (form.empty()) {
    if (auto const at = base::parse_rfc3339(text)) return *at;
    if (auto const at = base::parse_rfc3339(with_colon(text))) return *at;
    refuse(field, echo(text) + " is not a time such as 2026-11-23T09:30:00Z");
  }
  if (auto const at = read_time_form(text, form, mapping.zone)) return *at;
  auto const problem = time_form_problem(form);
  refuse(field, problem ? form + " is no form of a time in " + mapping.file + ": " + *problem
                        : echo(text) + " does not look like " + form);
}

Value apply(ImportMapping const& mapping, Value const& foreign, Value const& before) {
  auto const* object = foreign.get_if<Value::Object>();
  if (!object) refuse("record", "not an object");
  refuse_unnamed_columns(mapping, *object);
  Value ours = Value::Object(), attributes = Value::Object();
  constexpr std::string_view kAttribute = "attributes.";
  for (auto const& field : mapping.fields) {
    bool const attribute = field.field.starts_with(kAttribute);
    std::string const name = attribute ? field.field.substr(kAttribute.size()) : field.field;
    bool const keep = !field.keep.empty() && keeps(field, joined(field, mapping, foreign));
    Value value =
        keep ? member_of(attribute ? before.find("attributes") : &before, name) : map_field(field, mapping, foreign);
    if (value.is_null()) continue;
    Value& target = attribute ? attributes : ours;
    if (target.find(name)) refuse(field.field, "made twice in " + mapping.file);
    target.add(name, std::move(value));
  }
  if (attributes == Value(Value::Object())) return ours;
  if (ours.find("attributes")) refuse("attributes", "made twice in " + mapping.file);
  ours.add("attributes", std::move(attributes));
  return ours;
}

}  // namespace umsops::model
