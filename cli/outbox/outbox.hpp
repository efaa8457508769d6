// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/record/kind.hpp"
#include "umsops/desk/outbox_desk.hpp"

/// What the verbs of messages share.
namespace umsops::cli::outbox {

extern record::Kind const kKind;

query::Filter in_states(std::vector<base::Value> states);
/// What waits, is on its way, or failed.
query::Filter unsent();

/// The fields by which `flush` tells of a delivery.
std::span<base::Field const> flush_fields();
base::Row to_row(desk::FlushItem const& item);

/// Ids of those that are not sent, and names of channels.
void offer_ids(Candidates& out);
void offer_channels(Candidates& out);

}  // namespace umsops::cli::outbox
