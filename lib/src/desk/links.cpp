// SPDX-License-Identifier: Apache-2.0
#include "desk/links.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "desk/incident_steps.hpp"
#include "store/incidents.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Link;
using model::LinkKind;
using model::Ref;

constexpr std::size_t kMostMerges = 50;

bool is_incident(Ref const& record) { return record.noun == model::incident_type().noun; }

/// The other end of a link. What is not stored here is an incident of another desk.
ShownLink shown(store::Connection& db, std::string_view kind, Ref const& other) {
  if (is_incident(other)) {
    auto const columns = store::find_record(db, store::incident_table(), store::By::id, other.id);
    if (!columns) return {std::string(kind), other.id, {}, {}};
    auto const incident = store::to_incident(*columns);
    return {std::string(kind), incident.incident_number, incident.title, std::string(to_string(incident.status))};
  }
  auto const ticket = store::find_ticket_by_id(db, other.id);
  if (!ticket) throw Error(base::errors::store_damaged, {{"problem", "a link leads to no ticket"}});
  return {std::string(kind), ticket->ticket_number, ticket->title, std::string(model::to_string(ticket->status))};
}

/// Whether following links of that kind from `from` comes to `to`.
bool leads_to(store::Connection& db, LinkKind kind, Ref const& from, Ref const& to) {
  std::set<std::string> seen;
  std::vector<Ref> open{from};
  while (!open.empty()) {
    Ref const at = std::move(open.back());
    open.pop_back();
    if (at == to) return true;
    if (!seen.insert(at.id).second) continue;
    for (auto const& link : store::links_from(db, at)) {
      if (link.kind == kind) open.push_back(link.to);
    }
  }
  return false;
}

NamedRecord incident_named(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  auto const incident = find_incident(desk, db, typed);
  return {model::ref_of(incident), incident.incident_number};
}

NamedRecord ticket_named(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  auto const ticket = find_ticket(desk, db, typed);
  return {model::ref_of(ticket), ticket.ticket_number};
}

}  // namespace

NamedRecord record_named(OpenDesk& desk, store::Connection& db, Subject const& first, std::string const& typed) {
  bool const incident_first = &first == &incidents();
  bool const digits = !typed.empty() && typed.find_first_not_of("#0123456789") == std::string::npos;
  NumberFormat const& others = incident_first ? desk.numbers() : desk.incident_numbers();
  if (!digits && others.normalise(typed))
    return incident_first ? ticket_named(desk, db, typed) : incident_named(desk, db, typed);
  return incident_first ? incident_named(desk, db, typed) : ticket_named(desk, db, typed);
}

bool closes_cycle(store::Connection& db, Link const& link) {
  return model::forbids_cycles(link.kind) && leads_to(db, link.kind, link.to, link.from);
}

void refuse_cycle(store::Connection& db, Link const& link, std::string const& number, std::string const& other) {
  if (!closes_cycle(db, link)) return;
  throw Error(is_incident(link.from) ? base::errors::incident_link_cycle : base::errors::ticket_link_cycle,
              {{"id", number}, {"kind", std::string(model::to_string(link.kind))}, {"other", other}});
}

model::Change link_change(Link const& link, std::string const& other, bool removed) {
  Value::Object told{{"kind", model::to_string(link.kind)}, {"to", other}};
  // The kind alone says it of most links.
  if (link.to.noun != model::nouns_behind(link.from.noun, link.kind).front()) told.emplace_back("noun", link.to.noun);
  Value value = std::move(told);
  return removed ? model::Change{"links", std::move(value), {}} : model::Change{"links", {}, std::move(value)};
}

std::optional<Link> link_told(Ref const& from, Value const& told) {
  auto const *const kind = told.find("kind"), *const to = told.find("to"), *const noun = told.find("noun");
  auto const parsed = kind ? model::parse_link(kind->text()) : std::nullopt;
  if (!parsed || !to) return std::nullopt;
  auto const nouns = model::nouns_behind(from.noun, *parsed);
  if (nouns.empty()) return std::nullopt;
  return Link{from, *parsed, {std::string(noun ? noun->text() : nouns.front()), std::string(to->text())}, {}};
}

Ref behind_merges(store::Connection& db, Ref record) {
  for (std::size_t i = 0; i < kMostMerges; ++i) {
    auto const links = store::links_from(db, record);
    auto const merged =
        std::find_if(links.begin(), links.end(), [](Link const& link) { return link.kind == LinkKind::duplicate_of; });
    if (merged == links.end() || merged->to.noun != record.noun) break;
    record = merged->to;
  }
  return record;
}

std::vector<Ref> merged_into(store::Connection& db, Ref const& record) {
  std::vector<Ref> found{record};
  for (std::size_t i = 0; i < found.size() && found.size() <= kMostMerges; ++i) {
    for (auto const& link : store::links_to(db, found[i])) {
      bool const known = std::find(found.begin(), found.end(), link.from) != found.end();
      if (link.kind == LinkKind::duplicate_of && !known && found.size() <= kMostMerges) found.push_back(link.from);
    }
  }
  found.erase(found.begin());
  return found;
}

std::vector<RecordLink> links_from(store::Connection& db, Ref const& record) {
  std::vector<RecordLink> links;
  for (auto const& link : store::links_from(db, record)) {
    RecordLink out{link.kind, link.to.noun, shown(db, {}, link.to).other, {}, link.created_at};
    if (out.other != link.to.id) out.other_id = link.to.id;
    links.push_back(std::move(out));
  }
  return links;
}

std::vector<ShownLink> shown_links(store::Connection& db, Ref const& record) {
  std::vector<ShownLink> links;
  for (auto const& link : store::links_from(db, record)) links.push_back(shown(db, to_string(link.kind), link.to));
  for (auto const& link : store::links_to(db, record))
    links.push_back(shown(db, model::seen_from_there(link.kind), link.from));
  std::stable_sort(links.begin(), links.end(), [](ShownLink const& a, ShownLink const& b) {
    return std::tie(a.kind, a.other) < std::tie(b.kind, b.other);
  });
  return links;
}

}  // namespace umsops::desk
