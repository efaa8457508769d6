// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "umsops/base/error.hpp"
#include "umsops/model/priority.hpp"

namespace umsops::alert {

/// What the words of monitoring systems mean: `critical`, `P2`, `Average`, `sev1`. Case does not matter.
std::optional<model::Priority> known_severity(std::string_view word);

/// Why a sender refuses what it sent, with a way out for the reasons that have one.
base::Error refusal(std::string_view sender, std::string_view reason);

}  // namespace umsops::alert
