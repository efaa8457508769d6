// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::model {

using Attributes = std::vector<std::pair<std::string, std::string>>;

/// From an object of texts (numbers and booleans as their text), or its JSON text; sorted by name.
/// Throws `record.invalid`.
Attributes attributes_from(base::Value const& value);
base::Value to_value(Attributes const& attributes);

/// `[a-z][a-z0-9_]{0,63}`: what may follow `attributes.` in a filter.
bool is_attribute_name(std::string_view name);
inline constexpr std::string_view kAttributeNameRule =
    "a name is lower-case letters, digits and _, beginning with a letter, at most 64";

inline constexpr std::size_t kMostAttributes = 64, kLongestAttribute = 1000;  ///< of a record; code points of a value

inline constexpr std::string_view kAttributePrefix = "attributes.";  ///< `attributes.host`: the attribute `host`

}  // namespace umsops::model
