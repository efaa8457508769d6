// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "umsops/model/requester.hpp"

namespace umsops::model {

/// A text field's value without a copy; empty for a field of another type.
std::string_view text_of(Requester const& requester, std::size_t field);

}  // namespace umsops::model
