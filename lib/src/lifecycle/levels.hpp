// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "umsops/base/error.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::lifecycle {

/// The level that an escalation leads to: the wanted one, else the next higher one. Throws `code`, with the number of
/// the record, where there is none higher, and where it would go down without being told to.
model::Level raised_level(std::optional<model::Level> current, std::optional<model::Level> wanted, bool down,
                          base::ErrorCode const& code, std::string const& number);

}  // namespace umsops::lifecycle
