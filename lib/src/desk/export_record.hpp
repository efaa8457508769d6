// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "store/connection.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/feedback.hpp"

namespace umsops::desk {

/// Adds the member for links, as `read_part` takes it.
void add_links(std::vector<RecordLink> const& links, base::Value::Object& record);

/// An article by the names of its fields, as an import takes it. Where a folder keeps it is of this desk alone.
base::Value to_record(model::Article const& article, std::vector<model::Feedback> const& feedback,
                      std::vector<model::Event> const& history);

/// The ticket with all that belongs to it.
ExportedTicket exported(store::Connection& db, model::Ticket ticket);

// What belongs to a record of any kind, as an export gives it.
std::vector<StoredAttachment> stored_attachments(store::Connection& db, model::Ref const& record);
std::vector<LadderStep> ladder_steps_of(store::Connection& db, model::Ref const& record);
std::vector<ChangeKey> change_keys_of(store::Connection& db, model::Ref const& record);

}  // namespace umsops::desk
