// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::cli::record {

/// Why a record of that kind has its category and the like: a sentence for each decision.
std::vector<std::string> reasons(base::RecordType const& type, model::Classification const& classification,
                                 base::Language language);

}  // namespace umsops::cli::record
