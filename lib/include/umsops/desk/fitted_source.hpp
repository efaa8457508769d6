// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/base/field.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// The records with titles that fit: of one that is too long or has several lines the beginning, and all of it in front
/// of the description; where there is none, the first line of the description. `count` counts them, and must outlive
/// the source.
ImportSource fitted(ImportSource source, base::RecordType const& type, std::int64_t& count);

}  // namespace umsops::desk
