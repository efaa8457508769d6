// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::store {

/// Opaque text for "after this row of that query", some twenty letters and digits with - and _: fit for any shell and
/// URL.
std::string make_cursor(std::string_view query_signature, std::vector<base::Value> const& keys);

/// The key values of the row. Throws `usage.bad_value` for a cursor of another query, or none of ours.
std::vector<base::Value> read_cursor(std::string_view cursor, std::string_view query_signature, std::size_t keys);

}  // namespace umsops::store
