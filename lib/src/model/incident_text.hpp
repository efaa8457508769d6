// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "umsops/model/incident.hpp"

namespace umsops::model {

/// What `get` says of a text field, without a copy; empty for a field of another type.
std::string_view text_of(Incident const& incident, std::size_t field);

}  // namespace umsops::model
