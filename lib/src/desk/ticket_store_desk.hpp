// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/acts.hpp"
#include "desk/session.hpp"
#include "store/ticket_table.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// TicketDesk over a store. Its methods stand in files by use case: create, change, read, import.
class TicketStoreDesk final : public TicketDesk {
 public:
  explicit TicketStoreDesk(Session& session) : session_(session) {}

  /// What else is stored in the transaction of a new ticket; each gives the ticket as it then is.
  struct Beside {
    using Store = std::function<model::Ticket(store::WriteTx&, model::Ticket)>;
    Store new_ticket;     ///< beside a ticket that is new
    Store other_content;  ///< on the ticket of a known key whose content is another; without it that is a conflict
  };
  TicketResult create(NewTicket const& wanted, CreateOptions const& options) override {
    return create(wanted, options, {});
  }
  TicketResult create(NewTicket const& wanted, CreateOptions const& options, Beside const& beside);
  ListEnd list(query::Query const& query, std::function<bool(model::Ticket const&)> const& visit) override;
  std::int64_t count(query::Filter const& filter) override;
  WholeTicket show(std::string const& id) override;
  AttachedFile attachment(std::string const& id, std::string const& name) override;
  std::vector<ItemOutcome> update(std::vector<std::string> const& ids, Sets const& sets, ChangeOptions const& options,
                                  Batch batch) override;
  std::vector<ItemOutcome> assign(std::vector<std::string> const& ids, Hand hand, Receiver const& to,
                                  ChangeOptions const& options, Batch batch) override;
  std::vector<ItemOutcome> reply(std::vector<std::string> const& ids, Reply const& reply, ChangeOptions const& options,
                                 Batch batch) override;
  std::vector<ItemOutcome> pend(std::vector<std::string> const& ids, Pend const& pend, ChangeOptions const& options,
                                Batch batch) override;
  std::vector<ItemOutcome> wake(std::vector<std::string> const& ids, ChangeOptions const& options,
                                Batch batch) override;
  std::vector<ItemOutcome> escalate(std::vector<std::string> const& ids, Escalate const& escalation,
                                    ChangeOptions const& options, Batch batch) override;
  std::vector<ItemOutcome> resolve(std::vector<std::string> const& ids, Resolve const& resolution,
                                   ChangeOptions const& options, Batch batch) override;
  std::vector<ItemOutcome> close(std::vector<std::string> const& ids, Close const& closing,
                                 ChangeOptions const& options, Batch batch) override;
  std::vector<ItemOutcome> reopen(std::vector<std::string> const& ids, Reopen const& reopening,
                                  ChangeOptions const& options, Batch batch) override;
  std::vector<ItemOutcome> link(std::vector<std::string> const& ids, LinkTo const& link, ChangeOptions const& options,
                                Batch batch) override;
  std::vector<ItemOutcome> merge(std::vector<std::string> const& ids, std::string const& into,
                                 ChangeOptions const& options, Batch batch) override;
  std::vector<model::Event> history(std::string const& id) override;
  std::vector<NextTicket> next(query::Query const& query, sla::UrgencyWeights const& weights,
                               std::size_t most) override;
  TicketSla sla(std::string const& id) override;
  ImportSummary import(ImportSource const& source, ImportOptions const& options) override;
  ListEnd export_all(query::Query const& query, std::function<bool(WholeTicket const&)> const& visit) override;
  rules::Verdict explain(std::string const& id) override;
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most) override;

  /// A new ticket as the rules make it, checked; nothing is stored.
  model::Ticket drafted(NewTicket const& wanted);
  /// Files it within a transaction of `Session::write`, or finds the one of its key.
  TicketResult file(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                    model::Ticket const& draft, Beside const& beside = {});
  /// What `file` would give where there is no store yet.
  TicketResult preview_first(CreateOptions const& options, model::Ticket ticket);

 private:
  /// Changes one ticket inside a transaction.
  using Edit = std::function<TicketResult(store::WriteTx&, model::Ticket)>;
  std::vector<ItemOutcome> batch(std::vector<std::string> const& ids, ChangeOptions const& change, Batch batch,
                                 Edit const& edit);
  /// The same for the acts of a ticket's life.
  using Act = std::function<Acted(store::WriteTx&, model::Ticket const&)>;
  std::vector<ItemOutcome> act_on(std::vector<std::string> const& ids, ChangeOptions const& options, Batch how,
                                  Act const& act);
  TicketResult edit_one(store::WriteTx& tx, std::string const& id, ChangeOptions const& change, Edit const& edit);
  TicketResult store_new(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                         model::Ticket ticket);
  TicketResult follow_up(store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);
  TicketResult known_key(store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                         store::KeyRow const& row, Beside const& beside);

  Session& session_;
};

/// The ticket that `id` names; see TicketDesk::show. Throws `ticket.not_found`, `ticket.ambiguous`.
model::Ticket find_ticket(Session& session, store::Connection& db, std::string const& id);

/// Both ends of the ticket's links, as they are shown.
std::vector<ShownLink> shown_links(store::Connection& db, model::Ticket const& ticket);

/// Stores the changed ticket, one revision on, with its event, as its hooks make it. Gives it as stored. The
/// transaction is one of `Session::write`.
model::Ticket store_change(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                           std::string kind, std::string reason, std::vector<model::Change> further = {});
/// The same without asking any hook. `further` goes into the event beside the changes of fields.
model::Ticket store_unhooked(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                             std::string kind, std::string reason, std::vector<model::Change> further = {});

}  // namespace umsops::desk
