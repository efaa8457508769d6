// SPDX-License-Identifier: Apache-2.0
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

using base::Value;

std::string schema_of(Kind const& kind, std::string_view what) {
  return "umsops." + std::string(kind.type().noun) + "." + std::string(what) + "/v1";
}

Value record_of(std::span<base::Field const> fields, base::Row row) {
  Value::Object object;
  for (std::size_t i = 0; i < fields.size(); ++i) object.emplace_back(fields[i].name, std::move(row[i]));
  return object;
}

Value history_of(std::vector<model::Event> const& events) {
  Value::List list;
  for (auto const& event : events) {
    Value::Object object;
    auto const& fields = model::event_type().fields;
    auto row = to_row(event);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto const name = fields[i].name;
      if (name != "seq" && name != "hash" && name != "previous_hash") object.emplace_back(name, std::move(row[i]));
    }
    list.emplace_back(std::move(object));
  }
  return list;
}

}  // namespace umsops::cli::record
