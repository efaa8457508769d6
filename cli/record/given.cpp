// SPDX-License-Identifier: Apache-2.0
#include "cli/record/given.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;

constexpr std::size_t kLargestRecord = 1 << 20;

}  // namespace

Value read_given(std::string const& file) { return base::parse_json(read_whole(file, kLargestRecord), file); }

void each_given(base::RecordType const& type, Value const& record, std::string const& file,
                std::span<std::string_view const> further,
                std::function<void(std::string_view name, Value const& value)> const& take) {
  auto const* members = record.get_if<Value::Object>();
  if (members == nullptr)
    throw base::Error(base::errors::json_invalid, {{"problem", "not an object"}}).at({file, 1, 1});
  for (auto const& [name, value] : *members) {
    if (name == "schema" || value.is_null()) continue;
    bool const more = std::find(further.begin(), further.end(), name) != further.end();
    auto const field = type.find(name);
    if (!more && (!field || (type.fields[*field].traits & base::kWritable) == 0)) {
      std::vector<std::string_view> names;
      for (auto const& known : type.fields) names.push_back(known.name);
      std::string const best = field ? "" : base::nearest(name, names);
      throw base::Error(base::errors::record_invalid,
                        {{"field", name.substr(0, 80)},
                         {"problem", field          ? "cannot be given on create"
                                     : best.empty() ? "no such field"
                                                    : "no such field; did you mean " + best + "?"}})
          .at({file, 0, 0});
    }
    take(name, value);
  }
}

}  // namespace umsops::cli::record
