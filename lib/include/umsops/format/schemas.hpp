// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/value.hpp"

namespace umsops::format {

/// Names of the built-in JSON Schemas (draft-07): `umsops.ticket.list/v1`, ...
std::vector<std::string_view> schema_names();
/// The text of a schema; a short name (`ticket.list`) is enough. Throws `schema.unknown`.
std::string_view schema_text(std::string_view name);

/// Violations of a schema by a document: one `schema.violated` per place, with a JSON pointer. Empty: valid.
std::vector<base::Error> validate(std::string_view schema_name, std::string_view json_text, std::string_view source);

/// The `properties` of a record type as JSON Schema: the record schemas in `schemas/` are checked against it.
base::Value schema_of(base::RecordType const& type);

}  // namespace umsops::format
