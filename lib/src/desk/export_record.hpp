// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "store/connection.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// Adds the member for links, as `read_part` takes it.
void add_links(std::vector<RecordLink> const& links, base::Value::Object& record);

// What belongs to a record of any kind, as an export gives it.
std::vector<StoredAttachment> stored_attachments(store::Connection& db, model::Ref const& record);
std::vector<LadderStep> ladder_steps_of(store::Connection& db, model::Ref const& record);
std::vector<ChangeKey> change_keys_of(store::Connection& db, model::Ref const& record);

}  // namespace umsops::desk
