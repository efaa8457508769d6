// SPDX-License-Identifier: Apache-2.0
#include "format/columns.hpp"

#include <algorithm>

#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

[[noreturn]] void unknown(std::string_view noun, std::span<Field const> fields, std::string const& name) {
  std::vector<std::string_view> names;
  Value::List allowed;
  for (auto const& field : fields) {
    names.push_back(field.name);
    allowed.emplace_back(field.name);
  }
  std::string const best = base::nearest(name, names);
  Value detail;
  detail.add("field", name.substr(0, 80));
  if (!best.empty()) detail.add("suggestion", best);
  detail.add("allowed", std::move(allowed));
  throw base::Error(
      base::errors::field_unknown,
      {{"noun", std::string(noun)},
       {"field", name.substr(0, 80)},
       {"suggestion", best.empty() ? "see: umsops fields " + std::string(noun) : "did you mean " + best + "?"}})
      .detail(std::move(detail));
}

/// A name asked for twice is one column: no output may hold a member twice.
void add(std::vector<Column>& columns, Column column) {
  for (auto const& known : columns) {
    if (known.name == column.name) return;
  }
  columns.push_back(std::move(column));
}

void add_named(std::vector<Column>& columns, std::string_view noun, std::span<Field const> fields,
               std::string const& name) {
  for (auto const& whole : full_names(name, noun)) {
    std::size_t const dot = whole.find('.');
    std::string const base_name = whole.substr(0, dot);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].name != base_name) continue;
      bool const reaches_in = dot != std::string::npos;
      if (reaches_in && (fields[i].type != FieldType::object || dot + 1 == whole.size())) break;
      add(columns, {&fields[i], i, reaches_in ? whole.substr(dot + 1) : std::string(), whole});
      return;
    }
  }
  unknown(noun, fields, name);
}

}  // namespace

std::vector<Column> choose_columns(Style const& style, std::string_view noun, std::span<Field const> fields,
                                   unsigned traits) {
  std::vector<Column> columns;
  bool const named = !style.fields.empty();
  for (auto const& name : style.fields) {
    if (name != "*") {
      add_named(columns, noun, fields, name);
      continue;
    }
    for (std::size_t i = 0; i < fields.size(); ++i) add(columns, {&fields[i], i, {}, std::string(fields[i].name)});
  }
  for (std::size_t i = 0; !named && i < fields.size(); ++i) {
    if (traits != 0 && !(fields[i].traits & traits)) continue;
    columns.push_back({&fields[i], i, {}, std::string(fields[i].name)});
  }
  return columns;
}

std::vector<std::string> full_names(std::string_view name, std::string_view noun) {
  std::string const plain(name);
  if (plain.find('.') != std::string::npos) return {plain};
  std::vector<std::string> names{plain, plain + "_at", plain + "_id", std::string(noun) + "_" + plain};
  if (name == "due") names.emplace_back("sla_deadline");
  if (name == "body") names.emplace_back("description");
  return names;
}

Value const& cell_value(Column const& column, base::Row const& row) {
  static Value const kNone;
  Value const& value = row.at(column.index);
  if (column.member.empty()) return value;
  Value const* const member = value.find(column.member);
  return member ? *member : kNone;
}

std::string machine_text(Value const& value) {
  if (value.is_null()) return {};
  if (value.get_if<std::string>()) return std::string(value.text());
  if (auto const* at = value.get_if<base::TimePoint>()) return base::format_rfc3339(*at);
  return base::to_json(value);
}

std::string people_text(Value const& value, Style const& style) {
  if (auto const* at = value.get_if<base::TimePoint>()) return style.zone.format(*at);
  if (auto const* truth = value.get_if<bool>()) {
    if (style.language == base::Language::zh) return *truth ? "是" : "否";
    return *truth ? "yes" : "no";
  }
  if (auto const* object = value.get_if<Value::Object>()) {
    std::string out;
    for (auto const& [name, member] : *object) out += (out.empty() ? "" : " ") + name + "=" + machine_text(member);
    return out;
  }
  if (auto const* list = value.get_if<Value::List>()) {
    std::string out;
    for (auto const& item : *list) out += (out.empty() ? "" : ", ") + people_text(item, style);
    return out;
  }
  return machine_text(value);
}

namespace {

/// `created_at` is CREATED, `assignee_id` ASSIGNEE, `ticket_number` of tickets NUMBER.
std::string_view short_name(std::string_view name, std::string_view noun) {
  if (name.size() > noun.size() && name.starts_with(noun) && name.substr(noun.size()) == "_number") return "number";
  for (std::string_view const ending : {"_at", "_id"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  }
  return name;
}

}  // namespace

std::string heading(Column const& column, Style const& style, std::string_view noun) {
  bool const plain = column.member.empty();
  if (style.language == base::Language::zh && plain && !column.field->label_zh.empty()) {
    std::string out(column.field->label_zh);
    bool const is_time = column.field->type == FieldType::time && !style.terminal;
    return is_time ? out + " (" + style.zone.name() + ")" : out;
  }
  std::string out(plain && style.terminal ? short_name(column.name, noun) : std::string_view(column.name));
  for (char& c : out) c = base::ascii_upper(c);
  if (column.field->type == FieldType::time && !style.terminal) out += " (" + style.zone.name() + ")";
  return out;
}

}  // namespace umsops::format
