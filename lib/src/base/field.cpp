// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/field.hpp"

#include <string>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::base {

std::optional<std::size_t> RecordType::find(std::string_view name) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    // The last letter tells most names of one length apart, without a call.
    std::string_view const known = fields[i].name;
    if (known.size() == name.size() && (name.empty() || known.back() == name.back()) && known == name) return i;
  }
  return std::nullopt;
}

std::size_t RecordType::require(std::string_view name) const {
  if (auto const found = find(name)) return *found;
  std::vector<std::string_view> names;
  Value::List allowed;
  for (auto const& field : fields) {
    names.push_back(field.name);
    allowed.emplace_back(field.name);
  }
  std::string const best = nearest(name, names);
  Error error(errors::field_unknown, {{"noun", std::string(noun)},
                                      {"field", std::string(name.substr(0, 80))},
                                      {"suggestion", best.empty() ? "see: umsops fields " + std::string(noun)
                                                                  : "did you mean " + best + "?"}});
  Value detail;
  detail.add("field", name);
  if (!best.empty()) detail.add("suggestion", best);
  detail.add("allowed", std::move(allowed));
  error.detail(std::move(detail));
  throw error;
}

bool is_derived(RecordType const& type, Row const& row, std::size_t field) {
  if ((type.fields[field].traits & kDerived) == 0) return false;  // most fields: the deciding one is not looked for
  if (type.derived_by.empty()) return is_derived(type.fields[field], true);
  auto const& decides = row[type.require(type.derived_by)];
  bool const decided = !decides.is_null() && !(decides.get_if<std::string>() && decides.text().empty());
  return is_derived(type.fields[field], decided);
}

bool is_number(FieldType type) {
  return type == FieldType::integer || type == FieldType::time || type == FieldType::boolean;
}

}  // namespace umsops::base
