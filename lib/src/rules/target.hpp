// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "umsops/rules/target.hpp"

namespace umsops::rules {

inline constexpr std::string_view kAttribute = "attributes.";

/// The field of that name; null for attributes and for names that do not exist.
base::Field const* field_of(base::RecordType const& type, std::string_view name);
/// `attributes.NAME` with a sound NAME, of a type that has attributes.
bool is_attribute(base::RecordType const& type, std::string_view name);
/// Whether it is what the directory says of the record's requester: `requester.department`.
bool is_of_requester(base::RecordType const& type, std::string_view name);
/// Whether a rule may set it.
bool is_decided(Target const& target, std::string_view name);

/// The choice that `text` means, in its own spelling: ASCII letters in either case. Nullopt when it is none.
std::optional<std::string_view> choice_of(base::Field const& field, std::string_view text);

}  // namespace umsops::rules
