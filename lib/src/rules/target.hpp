// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "umsops/rules/target.hpp"

namespace umsops::rules {

inline constexpr std::string_view kAttribute = "attributes.";

/// The field of that name; null for attributes and for names that do not exist.
base::Field const* field_of(base::RecordType const& type, std::string_view name);
/// What follows `attributes.`, sound or not, where the type has attributes; also those of a record that it is about, as
/// in `incident.attributes.NAME`. Nullopt: it names none.
std::optional<std::string_view> attribute_in(base::RecordType const& type, std::string_view name);
/// The same with a sound NAME.
bool is_attribute(base::RecordType const& type, std::string_view name);
/// Whether it is what the directory says of the record's requester: `requester.department`.
bool is_of_requester(base::RecordType const& type, std::string_view name);
/// Whether a rule may set it.
bool is_decided(Target const& target, std::string_view name);

/// The choice that `text` means, in its own spelling: ASCII letters in either case. Nullopt when it is none.
std::optional<std::string_view> choice_of(base::Field const& field, std::string_view text);

}  // namespace umsops::rules
