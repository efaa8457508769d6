// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/import_mapping.hpp"

namespace umsops::desk {

/// The records of `source` under our names. Where the mapping tells of events, all rows about one record become that
/// record with its history; they stand together, and are held until the last of them was read, up to 10,000 of them or
/// 64 MiB. Rows that come back later are refused, and so is a record of which a row could not be read.
/// `channel` is the source of tickets that name none.
ImportSource mapped(ImportSource source, model::ImportMapping mapping, model::Source channel);
/// The same for incidents.
ImportSource mapped_incidents(ImportSource source, model::ImportMapping mapping);

}  // namespace umsops::desk
