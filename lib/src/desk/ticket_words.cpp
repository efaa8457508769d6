// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_words.hpp"

#include <algorithm>

#include "desk/find.hpp"
#include "desk/requester_lookup.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {
namespace {

using base::Value;

Value ticket_facts(model::Ticket const& ticket) {
  Value::Object out{{"number", ticket.ticket_number},
                    {"title", ticket.title},
                    {"status", model::to_string(ticket.status)},
                    {"priority", model::to_string(ticket.priority)},
                    {"category", ticket.category},
                    {"subcategory", ticket.subcategory},
                    {"service", ticket.service},
                    {"assignee", ticket.assignee_id},
                    {"team", ticket.team},
                    {"resolution", ticket.resolution},
                    {"created", ticket.created_at},
                    {"approver", ticket.approver}};
  if (ticket.approval_due_at) out.emplace_back("approval_due", *ticket.approval_due_at);
  return out;
}

std::string first_of(std::vector<std::string> const& list) { return list.empty() ? std::string() : list.front(); }

Value requester_facts(store::Connection* db, std::string const& said, std::string& language) {
  auto const known = db && !said.empty() ? person_called(*db, said) : std::nullopt;
  if (!known) return Value::Object{{"id", said}};
  language = known->language;
  auto const manager = known->manager.empty() ? std::nullopt : person_called(*db, known->manager);
  return Value::Object{{"id", said},
                       {"name", known->name},
                       {"mail", first_of(known->mails)},
                       {"phone", first_of(known->phones)},
                       {"department", known->department},
                       {"site", known->site},
                       {"manager", manager ? std::string(model::shown_name(*manager)) : known->manager}};
}

Value agent_facts(OpenDesk& desk) {
  auto const& actor = desk.options().actor.name;
  auto const* const roster = desk.roster();
  auto const* const person = roster ? roster->person(actor) : nullptr;
  if (!person) return Value::Object{{"id", actor}};
  std::string team;
  for (auto const& one : roster->teams) {
    bool const member = std::find(one.members.begin(), one.members.end(), actor) != one.members.end();
    if (member && team.empty()) team = one.name;
  }
  return Value::Object{{"id", actor},
                       {"name", person->display_name.empty() ? actor : person->display_name},
                       {"team", team},
                       {"mail", person->email},
                       {"phone", person->phone}};
}

Value all_facts(OpenDesk& desk, store::Connection* db, std::string const& requester, std::string& language) {
  Value out;
  out.add("requester", requester_facts(db, requester, language));
  out.add("agent", agent_facts(desk));
  return out;
}

}  // namespace

Value facts_for_words(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, std::string& language) {
  Value out = all_facts(desk, &db, ticket.requester_id, language);
  out.add("ticket", ticket_facts(ticket));
  return out;
}

std::string words_for(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket, Wording const& wording,
                      std::string const& text) {
  if (!wording.make) return text;
  std::string language;
  auto const facts = facts_for_words(desk, db, ticket, language);
  return wording.make(facts, language);
}

Value TicketDesk::word_facts(std::string const& id, std::string const& requester, std::string& language) {
  auto* const store = desk_.reading();
  if (id.empty()) return all_facts(desk_, store ? &store->connection() : nullptr, requester, language);
  if (!store) refuse_absent(desk::tickets(), id);
  return facts_for_words(desk_, store->connection(), find_ticket(desk_, store->connection(), id), language);
}

}  // namespace umsops::desk
