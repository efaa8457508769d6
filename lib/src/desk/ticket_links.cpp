// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_links.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "desk/find.hpp"
#include "desk/incident_steps.hpp"
#include "desk/ticket_steps.hpp"
#include "store/incidents.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Link;
using model::LinkKind;
using model::Ticket;

constexpr int kMostMerges = 50;

/// How a link reads from its other end.
std::string_view seen_from_there(LinkKind kind) {
  switch (kind) {
    case LinkKind::child_of:
      return "parent-of";
    case LinkKind::duplicate_of:
      return "duplicated-by";
    case LinkKind::blocked_by:
      return "blocks";
    case LinkKind::relates_to:
      return "relates-to";
    case LinkKind::caused_by:
      return "cause-of";
  }
  return "";
}

ShownLink shown(store::Connection& db, std::string_view kind, Link const& link, std::string const& other) {
  if (link.to.noun == model::incident_type().noun) {
    auto const columns = store::find_record(db, store::incident_table(), store::By::id, other);
    if (!columns) return {std::string(kind), other, {}, {}};  // of another desk
    auto const incident = store::to_incident(*columns);
    return {std::string(kind), incident.incident_number, incident.title, std::string(to_string(incident.status))};
  }
  auto const ticket = store::find_ticket_by_id(db, other);
  if (!ticket) throw Error(base::errors::store_damaged, {{"problem", "a link leads to no ticket"}});
  return {std::string(kind), ticket->ticket_number, ticket->title, std::string(model::to_string(ticket->status))};
}

/// The incident of that name at this desk, with its number; any other name is one of another desk. Throws
/// `incident.not_found` for what is written as a number of this desk and is none.
std::pair<model::Ref, std::string> incident_named(OpenDesk& desk, store::Connection& db, std::string const& name) {
  std::string const noun(model::incident_type().noun);
  if (!desk.incident_numbers().normalise(name)) return {{noun, name}, name};
  auto const incident = find_incident(desk, db, name);
  return {model::ref_of(incident), incident.incident_number};
}

/// Whether following links of that kind from `from` comes to `to`.
bool leads_to(store::Connection& db, LinkKind kind, model::Ref const& from, model::Ref const& to) {
  std::set<std::string> seen;
  std::vector<model::Ref> open{from};
  while (!open.empty()) {
    model::Ref const at = std::move(open.back());
    open.pop_back();
    if (at == to) return true;
    if (!seen.insert(at.id).second) continue;
    for (auto const& link : store::links_from(db, at)) {
      if (link.kind == kind) open.push_back(link.to);
    }
  }
  return false;
}

}  // namespace

model::Change link_change(LinkKind kind, std::string const& other, bool removed) {
  base::Value value = base::Value::Object{{"kind", model::to_string(kind)}, {"to", other}};
  return removed ? model::Change{"links", std::move(value), {}} : model::Change{"links", {}, std::move(value)};
}

Acted add_link(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Link const& link, std::string const& other,
               std::string const& reason) {
  if (link.to.id == ticket.id) throw Error(base::errors::ticket_link_self, {{"id", ticket.ticket_number}});
  refuse_cycle(tx.connection(), link, ticket.ticket_number, other);
  if (!store::insert_link(tx, link)) return {ticket, false, {}};
  return store_act(desk, tx, ticket, ticket, "linked", reason, {link_change(link.kind, other, false)});
}

Ticket behind_merges(store::Connection& db, Ticket ticket) {
  for (int i = 0; i < kMostMerges; ++i) {
    auto const links = store::links_from(db, model::ref_of(ticket));
    auto const merged =
        std::find_if(links.begin(), links.end(), [](Link const& link) { return link.kind == LinkKind::duplicate_of; });
    auto next = merged == links.end() ? std::nullopt : store::find_ticket_by_id(db, merged->to.id);
    if (!next) break;
    ticket = *std::move(next);
  }
  return ticket;
}

std::vector<Ticket> merged_into(store::Connection& db, Ticket const& ticket) {
  std::vector<Ticket> found{ticket};
  for (std::size_t i = 0; i < found.size() && found.size() <= kMostMerges; ++i) {
    for (auto const& link : store::links_to(db, model::ref_of(found[i]))) {
      auto other = link.kind == LinkKind::duplicate_of ? store::find_ticket_by_id(db, link.from.id) : std::nullopt;
      if (other) found.push_back(*std::move(other));
    }
  }
  found.erase(found.begin());
  return found;
}

bool closes_cycle(store::Connection& db, Link const& link) {
  return model::forbids_cycles(link.kind) && leads_to(db, link.kind, link.to, link.from);
}

void refuse_cycle(store::Connection& db, Link const& link, std::string const& number, std::string const& other) {
  if (!closes_cycle(db, link)) return;
  throw Error(base::errors::ticket_link_cycle,
              {{"id", number}, {"kind", std::string(model::to_string(link.kind))}, {"other", other}});
}

std::vector<TicketLink> links_of(store::Connection& db, Ticket const& ticket) {
  std::vector<TicketLink> links;
  for (auto const& link : store::links_from(db, model::ref_of(ticket))) {
    TicketLink out{link.kind, link.to.noun, link.to.id, {}, link.created_at};
    out.other = shown(db, {}, link, link.to.id).other;
    if (out.other != link.to.id) out.other_id = link.to.id;
    links.push_back(std::move(out));
  }
  return links;
}

std::vector<ShownLink> shown_links(store::Connection& db, Ticket const& ticket) {
  std::vector<ShownLink> links;
  for (auto const& link : store::links_from(db, model::ref_of(ticket)))
    links.push_back(shown(db, to_string(link.kind), link, link.to.id));
  for (auto const& link : store::links_to(db, model::ref_of(ticket))) {
    links.push_back(shown(db, seen_from_there(link.kind), link, link.from.id));
  }
  std::stable_sort(links.begin(), links.end(), [](ShownLink const& a, ShownLink const& b) {
    return std::tie(a.kind, a.other) < std::tie(b.kind, b.other);
  });
  return links;
}

std::vector<ItemOutcome> TicketDesk::link(std::vector<std::string> const& ids, LinkTo const& wanted,
                                          ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Ticket const& ticket) -> Acted {
    Link link{model::ref_of(ticket), wanted.kind, {}, desk_.now()};
    std::string other;
    if (wanted.kind == LinkKind::caused_by) {
      std::tie(link.to, other) = incident_named(desk_, tx.connection(), wanted.other);
    } else {
      Ticket const found = find_ticket(desk_, tx.connection(), wanted.other);
      link.to = model::ref_of(found);
      other = found.ticket_number;
    }
    if (!wanted.remove) return add_link(desk_, tx, ticket, link, other, options.reason);
    if (!store::erase_link(tx, link)) return {ticket, false, {}};
    return store_act(desk_, tx, ticket, ticket, "unlinked", options.reason, {link_change(link.kind, other, true)});
  });
}

}  // namespace umsops::desk
