// SPDX-License-Identifier: Apache-2.0
#include "desk/due_times.hpp"
#include "desk/record_importer.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_change.hpp"
#include "store/tickets.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using model::Ticket;

/// What the history that the record brings says of its states.
std::vector<store::Moved> moves_of(ImportedTicket const& in) {
  std::vector<store::Moved> moves;
  for (auto const& event : in.history) {
    if (auto const moved = store::move_in(event.at, event.changes)) moves.push_back(*moved);
  }
  return moves;
}

/// The steps of its ladder that were taken.
ladder::Taken taken_of(ImportedTicket const& in) {
  ladder::Taken taken;
  for (auto const& step : in.parts.ladder_steps) taken.emplace(step.generation, step.step);
  return taken;
}

std::vector<std::string> said(ImportedTicket const& in) {
  std::vector<std::string> fields;
  for (char const* const field :
       {"priority", "category", "subcategory", "service", "team", "assignee_id", "source", "requester_id"}) {
    if (in.gives(model::ticket_type(), field)) fields.emplace_back(field);
  }
  return fields;
}

/// Minutes from filing to what is known of the rest, where the record does not say them itself.
void measure(Ticket& ticket, bool has_response, bool has_resolution) {
  auto const since_filed = [&](std::optional<base::TimePoint> const& at) -> std::optional<std::int64_t> {
    if (!at || *at < ticket.created_at) return std::nullopt;
    return std::chrono::floor<std::chrono::minutes>(*at - ticket.created_at).count();
  };
  if (!has_response) ticket.response_time_minutes = since_filed(ticket.first_response_at);
  if (!has_resolution) ticket.resolution_time_minutes = since_filed(ticket.resolved_at);
}

/// See `RecordImporter`.
class TicketKind {
 public:
  using Record = Ticket;
  static constexpr std::string_view keys = model::kTicketKeys;
  static Subject const& subject() { return tickets(); }
  static base::RecordType const& type() { return model::ticket_type(); }
  static ImportedTicket read(base::Value const& object) { return read_import(object); }
  static Ticket from(store::Columns const& columns) { return store::to_ticket(columns); }
  static store::Columns columns(Ticket const& ticket) { return store::columns_of(ticket); }

  TicketKind(OpenDesk& desk, ImportOptions const& options)
      : desk_(desk), options_(options), rules_(options.classify ? &desk.rules() : nullptr) {
    desk.book();  // read before the thread that reads ahead asks for it
  }

  void complete(ImportedTicket& in) const {
    Ticket& ticket = in.record;
    auto const gives = [&](char const* field) { return in.gives(type(), field); };
    if (!gives("created_at")) ticket.created_at = desk_.now();
    if (!gives("updated_at")) ticket.updated_at = ticket.created_at;
    if (!gives("source")) ticket.source = options_.default_source;
    if (!gives("status") && !ticket.assignee_id.empty()) ticket.status = model::TicketStatus::assigned;
    measure(ticket, gives("response_time_minutes"), gives("resolution_time_minutes"));
    // A history says already what was decided, and by whom.
    if (rules_ != nullptr && !gives("classification") && !in.has_history) classify(ticket, *rules_, said(in));
  }

  void derive(ImportedTicket const& in, Ticket& ticket) const {
    bool const elsewhere = in.history.empty() || in.history.front().kind == "imported";
    set_first_due_times(desk_, ticket, {moves_of(in), taken_of(in), ticket.first_response_at || !elsewhere});
  }

  std::string next_number(store::WriteTx& tx, Ticket const& ticket) const {
    return desk::next_number(desk_, tx, ticket);
  }

  void store_changed(store::WriteTx& tx, Ticket const& before, Ticket after, std::string place) const {
    store_unhooked(desk_, tx, before, std::move(after), "imported", std::move(place));
  }

 private:
  OpenDesk& desk_;
  ImportOptions const& options_;
  rules::RuleSet const* rules_;  ///< null: none decide
};

}  // namespace

ImportSummary TicketDesk::import(ImportSource const& source, ImportOptions const& options) {
  return import_records<TicketKind>(desk_, source, options);
}

}  // namespace umsops::desk
