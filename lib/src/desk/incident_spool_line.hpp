// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/base/value.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::desk {

/// From the whole line. Throws `record.invalid`.
SpooledIncident incident_from_line(base::Value const& line);

}  // namespace umsops::desk
