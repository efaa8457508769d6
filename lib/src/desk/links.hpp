// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/find.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/model/link.hpp"

/// Links between records of any kind.
namespace umsops::desk {

/// A record as people name it.
struct NamedRecord {
  model::Ref ref;
  std::string number;
};
/// The ticket or incident that was typed. Digits alone, `@last` and the beginning of an id mean one of `first`, the
/// kind that the verb is about. Throws its `not_found` or `ambiguous`.
NamedRecord record_named(OpenDesk& desk, store::Connection& db, Subject const& first, std::string const& typed);

/// Whether following links of that kind from its other end would lead back to where it begins.
bool closes_cycle(store::Connection& db, model::Link const& link);
/// Throws `ticket.link_cycle` or `incident.link_cycle` where it would. `number` and `other` are those of its ends.
void refuse_cycle(store::Connection& db, model::Link const& link, std::string const& number, std::string const& other);

/// What the history tells of a link.
model::Change link_change(model::Link const& link, std::string const& other, bool removed);
/// The link that such a change is about, from that record; its other end by number. nullopt: it is no such change.
std::optional<model::Link> link_told(model::Ref const& from, base::Value const& told);

/// The record that this one was merged into, and that one, to the end; itself when it was not.
model::Ref behind_merges(store::Connection& db, model::Ref record);
/// Those that were merged into it, and into these; at most 50.
std::vector<model::Ref> merged_into(store::Connection& db, model::Ref const& record);

/// The links that begin at the record, as an export gives them.
std::vector<RecordLink> links_from(store::Connection& db, model::Ref const& record);
/// Both ends of its links, as they are shown.
std::vector<ShownLink> shown_links(store::Connection& db, model::Ref const& record);

}  // namespace umsops::desk
