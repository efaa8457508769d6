// SPDX-License-Identifier: Apache-2.0
#include "umsops/format/schemas.hpp"

#include <algorithm>
#include <string>

#include "base/embedded.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

/// `umsops.ticket.list.v1.json` holds `umsops.ticket.list/v1`; made once, when first asked.
std::vector<std::string> const& names() {
  static std::vector<std::string> const kNames = [] {
    std::vector<std::string> out;
    for (auto const& file : embedded::schemas()) {
      std::string name(file.name.substr(0, file.name.rfind(".json")));
      if (std::size_t const dot = name.rfind('.'); dot != std::string::npos) name[dot] = '/';
      out.push_back(std::move(name));
    }
    return out;
  }();
  return kNames;
}

Value nullable(char const* type) { return Value::List{type, "null"}; }

Value property_of(Field const& field) {
  Value out;
  switch (field.type) {
    case FieldType::text:
    case FieldType::block:
      out.add("type", nullable("string"));
      if (field.max_length > 0) out.add("maxLength", static_cast<std::int64_t>(field.max_length));
      break;
    case FieldType::integer:
      out.add("type", nullable("integer"));
      break;
    case FieldType::decimal:
      out.add("type", nullable("number"));
      break;
    case FieldType::boolean:
      out.add("type", nullable("boolean"));
      break;
    case FieldType::time:
      out.add("type", nullable("string"));
      break;
    case FieldType::choice: {
      Value::List choices(field.choices.begin(), field.choices.end());
      if (field.traits & base::kOptional) choices.emplace_back();
      out.add("enum", std::move(choices));
      break;
    }
    case FieldType::object:
      out.add("type", nullable("object"));
      break;
    case FieldType::list:
      out.add("type", nullable("array"));
      break;
  }
  out.add("description", field.doc);
  return out;
}

}  // namespace

std::vector<std::string_view> schema_names() { return {names().begin(), names().end()}; }

std::string_view schema_text(std::string_view name) {
  constexpr std::size_t kPrefix = std::string_view("umsops.").size();
  auto const& known = names();
  std::vector<std::string_view> short_names;
  for (std::size_t i = 0; i < known.size(); ++i) {
    std::string_view const whole = known[i];
    std::string_view const bare = whole.substr(0, whole.find('/'));
    short_names.push_back(bare.substr(std::min(bare.size(), kPrefix)));
    if (name == whole || name == bare || name == short_names.back()) return embedded::schemas()[i].bytes;
  }
  std::string_view asked = name.substr(0, name.find('/'));
  if (asked.starts_with("umsops.")) asked.remove_prefix(kPrefix);
  std::string const best = base::nearest(asked, short_names);
  base::Error error(base::errors::schema_unknown, {{"name", std::string(name.substr(0, 80))}});
  if (!best.empty()) error.detail(Value::Object{{"suggestion", best}});
  throw error;
}

Value schema_of(base::RecordType const& type) {
  Value::Object properties;
  for (auto const& field : type.fields) properties.emplace_back(std::string(field.name), property_of(field));
  return properties;
}

}  // namespace umsops::format
