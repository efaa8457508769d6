// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/base/field.hpp"
#include "umsops/model/import_mapping.hpp"

namespace umsops::config {

/// Reads an import mapping for records of a type, null: of the one that the file names; all errors go to `problems`.
model::ImportMapping read_mapping_text(base::RecordType const* type, std::string_view text, std::string const& file,
                                       Problems& problems);

}  // namespace umsops::config
