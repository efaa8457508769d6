// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// Throws `field.not_writable` for the first field that only verbs may change.
void refuse_unwritable(base::RecordType const& type, Sets const& sets);
/// Named values are joined with those that are there, and a null one goes away; anything else is taken as given.
base::Value joined(base::Value there, base::Value const& given);

}  // namespace umsops::desk
