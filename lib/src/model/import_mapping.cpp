// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/import_mapping.hpp"

#include <time.h>

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::model {
namespace {

using base::Error;
using base::Value;

[[noreturn]] void refuse(std::string field, std::string problem) {
  throw Error(base::errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

std::string plain_text(Value const& value) {
  if (value.is_null()) return {};
  return value.get_if<std::string>() ? std::string(value.text()) : base::to_json(value);
}

std::string joined(FieldMapping const& mapping, Value const& foreign) {
  std::string out;
  for (auto const& column : mapping.columns) {
    Value const* const cell = foreign.find(column);
    std::string const text = cell ? plain_text(*cell) : std::string();
    if (text.empty()) continue;
    if (!out.empty()) out += mapping.joiner;
    out += text;
  }
  return out;
}

/// Reads a time by its strptime form in the mapping's zone.
Value read_time(FieldMapping const& mapping, ImportMapping const& whole, std::string const& text) {
  struct tm parts {};
  parts.tm_mday = 1;
  char const* const end = strptime(text.c_str(), mapping.time_format.c_str(), &parts);
  if (!end || *end != '\0') {
    refuse(mapping.field, text.substr(0, 80) + " does not look like " + mapping.time_format);
  }
  base::CivilTime const civil{parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                              parts.tm_hour,        parts.tm_min,     parts.tm_sec};
  return whole.zone.to_instants(civil).at.front();
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
  std::string text = joined(mapping, foreign);
  if (text.empty()) text = mapping.otherwise;
  else if (!mapping.values.empty()) {
    auto const known = std::find_if(mapping.values.begin(), mapping.values.end(),
                                    [&](auto const& pair) { return pair.first == text; });
    if (known != mapping.values.end()) text = known->second;
    else if (!mapping.otherwise.empty()) text = mapping.otherwise;
    else refuse(mapping.field, text.substr(0, 80) + " has no mapping in " + whole.file);
  }
  if (text.empty()) return {};
  if (!mapping.time_format.empty()) return read_time(mapping, whole, text);
  return cut(std::move(text), mapping.cut);
}

void refuse_unnamed_columns(ImportMapping const& mapping, Value::Object const& foreign) {
  if (std::find(mapping.ignore.begin(), mapping.ignore.end(), "*") != mapping.ignore.end()) return;
  for (auto const& member : foreign) {
    std::string const& column = member.first;
    bool named = std::find(mapping.ignore.begin(), mapping.ignore.end(), column) != mapping.ignore.end();
    for (auto const& field : mapping.fields) {
      named = named || std::find(field.columns.begin(), field.columns.end(), column) != field.columns.end();
    }
    if (!named) refuse(column.substr(0, 80), "no field is made of this column; name it or ignore it in " + mapping.file);
  }
}

}  // namespace

Value apply(ImportMapping const& mapping, Value const& foreign) {
  auto const* object = foreign.get_if<Value::Object>();
  if (!object) refuse("record", "not an object");
  refuse_unnamed_columns(mapping, *object);
  Value::Object ours, attributes;
  constexpr std::string_view kAttribute = "attributes.";
  for (auto const& field : mapping.fields) {
    Value value = map_field(field, mapping, foreign);
    if (value.is_null()) continue;
    if (field.field.starts_with(kAttribute)) {
      attributes.emplace_back(field.field.substr(kAttribute.size()), std::move(value));
    } else {
      ours.emplace_back(field.field, std::move(value));
    }
  }
  if (!attributes.empty()) ours.emplace_back("attributes", std::move(attributes));
  return ours;
}

}  // namespace umsops::model
