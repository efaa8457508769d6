// SPDX-License-Identifier: Apache-2.0
#include "desk/past_records.hpp"

#include <unordered_map>

#include "desk/record_search.hpp"
#include "desk/requester_lookup.hpp"
#include "model/ticket_changes.hpp"
#include "store/incidents.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

std::string carried_value(model::Incident const& incident, std::string_view field) {
  auto const place = model::incident_type().find(field);
  return place ? std::string(model::get(incident, *place).text()) : std::string();
}

/// Few people ask for much: each is looked up once.
class Requesters {
 public:
  explicit Requesters(store::Connection& db) : db_(db) {}
  void fill_in(model::Ticket& ticket) {
    auto const [place, fresh] = known_.try_emplace(ticket.requester_id);
    if (fresh) {
      know_requester(db_, ticket);
      place->second = ticket.requester_facts;
    }
    ticket.requester_facts = place->second;
  }

 private:
  store::Connection& db_;
  std::unordered_map<std::string, decltype(model::Ticket::requester_facts)> known_;
};

template <class Record>
HeldRecord past(Record const& record, std::string const& number) {
  return {number,
          record.title,
          record.description,
          record.created_at,
          record.classification,
          [&] { return first_facts_of(record); },
          [&](std::string_view field) { return carried_value(record, field); }};
}

}  // namespace

void each_record(OpenDesk& desk, std::string_view noun, query::Filter const& filter,
                 std::function<bool(HeldRecord const&)> const& visit) {
  auto* const store = desk.reading();
  if (!store) return;
  auto& db = store->connection();
  std::int64_t seen = 0;
  auto const checked = [&](HeldRecord const& record) {
    if (++seen % 1024 == 0) desk.check_interrupted();
    return visit(record);
  };
  bool const tickets = noun == model::ticket_type().noun;
  auto const& type = tickets ? model::ticket_type() : model::incident_type();
  query::Query query;
  query.filter = with_found(db, type, filter);
  query.sort = {{type.require("created_at"), false}};
  if (tickets) {
    Requesters requesters(db);
    store::list_tickets(db, query, [&](model::Ticket& ticket) {
      auto record = past(ticket, ticket.ticket_number);
      record.first_facts = [&] {
        requesters.fill_in(ticket);
        return first_facts_of(ticket);
      };
      return checked(record);
    });
  } else {
    store::list_incidents(db, query, [&](model::Incident& i) { return checked(past(i, i.incident_number)); });
  }
}

}  // namespace umsops::desk
