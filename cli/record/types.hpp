// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "umsops/base/field.hpp"

namespace umsops::cli::record {

/// The kinds of record whose fields have names: what `fields` lists, and what completion offers. The first one is meant
/// where a command is about none of them.
std::span<base::RecordType const* const> record_types();
/// The type of that noun; null: there is none.
base::RecordType const* find_record_type(std::string_view noun);

}  // namespace umsops::cli::record
