// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/value.hpp"

namespace umsops::format {

/// Names of the JSON Schemas (draft-07) that the program brings along: `umsops.ticket.list/v1`, ...
std::vector<std::string_view> schema_names();
/// Its text. A short name (`ticket.list`) will do. Throws `schema.unknown`.
std::string_view schema_text(std::string_view name);

/// What a document breaks of a schema: one `schema.violated` a place, with JSON pointer. Empty: it fits.
std::vector<base::Error> validate(std::string_view schema_name, std::string_view json_text, std::string_view source);

/// The `properties` of a record type as JSON Schema: the record schemas in `schemas/` are checked against it.
base::Value schema_of(base::RecordType const& type);

}  // namespace umsops::format
