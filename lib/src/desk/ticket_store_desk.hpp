// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/session.hpp"
#include "store/ticket_table.hpp"
#include "umsops/desk/desk.hpp"

namespace umsops::desk {

/// TicketDesk over a store. Its methods stand in files by use case: create, change, read, import.
class TicketStoreDesk final : public TicketDesk {
 public:
  explicit TicketStoreDesk(Session& session) : session_(session) {}

  TicketResult create(NewTicket const& wanted, CreateOptions const& options) override;
  ListEnd list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit) override;
  std::int64_t count(query::Filter const& filter) override;
  TicketFile show(std::string const& id) override;
  std::vector<ItemOutcome> update(std::vector<std::string> const& ids, TicketChange const& change, Batch batch) override;
  std::vector<ItemOutcome> assign(std::vector<std::string> const& ids, std::string const& assignee,
                                  TicketChange const& options, Batch batch) override;
  std::vector<model::Event> history(std::string const& id) override;
  ImportSummary import(ImportSource const& source, ImportOptions const& options) override;
  ListEnd export_all(query::Query const& query, std::function<bool(TicketFile const&)> const& visit) override;
  rules::Verdict explain(std::string const& id) override;
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most) override;

 private:
  /// Changes one ticket inside a transaction.
  using Edit = std::function<TicketResult(store::WriteTx&, model::Ticket)>;
  std::vector<ItemOutcome> batch(std::vector<std::string> const& ids, TicketChange const& change, Batch batch,
                                 Edit const& edit);
  TicketResult edit_one(store::WriteTx& tx, std::string const& id, TicketChange const& change, Edit const& edit);
  TicketResult store_new(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options, model::Ticket ticket);
  TicketResult preview_first(CreateOptions const& options, model::Ticket ticket);
  TicketResult known_key(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                         store::KeyRow const& row);
  void announce(store::WriteTx& tx, model::Ticket const& ticket, char const* topic, std::string const& recipient);

  Session& session_;
};

/// The ticket that `id` names; see TicketDesk::show. Throws `ticket.not_found`, `ticket.ambiguous`.
model::Ticket find_ticket(Session& session, store::Connection& db, std::string const& id);

/// Stores the changed ticket, one revision on, with its event, as its hooks make it. Gives it as stored. The transaction is
/// one of `Session::write`.
model::Ticket store_change(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                           std::string kind, std::string reason);
/// The same without asking any hook. `hooks_ran` goes into the event, null: none.
model::Ticket store_unhooked(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                             std::string kind, std::string reason, base::Value hooks_ran = {});

}  // namespace umsops::desk
