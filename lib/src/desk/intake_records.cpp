// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/acts.hpp"
#include "desk/intake_store_desk.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::string_view kClosedThere =
    "closed by whoever reported it";  // what its resolution says where the record says nothing
constexpr std::string_view kActions[] = {"create", "reply", "close", "ignore"};

/// An error of the record itself, as against one of the store.
bool of_the_record(Error const& error) {
  using Kind = base::ErrorKind;
  return error.kind() == Kind::invalid_input || error.kind() == Kind::usage || error.kind() == Kind::conflict ||
         error.kind() == Kind::not_found;
}

}  // namespace

std::optional<RecordAction> parse_record_action(std::string_view text) {
  auto const found = std::find(std::begin(kActions), std::end(kActions), text);
  if (found == std::end(kActions)) return std::nullopt;
  return static_cast<RecordAction>(found - std::begin(kActions));
}

std::string_view to_string(RecordAction action) { return kActions[static_cast<std::size_t>(action)]; }

IntakeOutcome IntakeStoreDesk::take(store::WriteTx& tx, Prepared const& prepared, CreateOptions const& options) {
  session_.check_interrupted();
  IntakeOutcome outcome{prepared.record, std::nullopt, prepared.failed};
  if (outcome.failed || prepared.record->action == RecordAction::ignore) return outcome;
  outcome.done = prepared.draft ? tickets_.file(tx, prepared.record->wanted, options, *prepared.draft)
                                : act(tx, *prepared.record, options);
  outcome.done->dry_run = options.dry_run;
  return outcome;
}

/// What is to be done with a ticket that is there.
TicketResult IntakeStoreDesk::act(store::WriteTx& tx, IntakeRecord const& record, CreateOptions const& options) {
  auto const ticket = ticket_of(tx.connection(), record);
  auto const& wanted = record.wanted;
  std::string const text = wanted.description.empty() ? wanted.title : wanted.description;
  Acted acted{ticket, false, {}};
  if (record.action == RecordAction::reply) {
    Reply reply;
    reply.text = text;
    reply.responder = wanted.requester_id;
    acted = reply_to(session_, tx, ticket, reply, options.reason);
  } else if (ticket.status != model::TicketStatus::closed) {
    Close closing;
    if (ticket.status != model::TicketStatus::resolved)
      closing.resolution = text.empty() ? std::string(kClosedThere) : text;
    acted = desk::close(session_, tx, ticket, closing, options.reason);
  }
  TicketResult result = result_of(std::move(acted));
  result.ticket.sla = model::sla_status_at(result.ticket, session_.now());
  result.warnings = session_.hooks().take_feedback();
  return result;
}

/// The ticket that it names, or that was filed with its key.
model::Ticket IntakeStoreDesk::ticket_of(store::Connection& db, IntakeRecord const& record) {
  if (!record.ticket.empty()) return find_ticket(session_, db, record.ticket);
  auto const row = store::find_key(db, "ticket", record.wanted.key);
  auto ticket = row ? store::find_ticket_by_id(db, row->record_id) : std::nullopt;
  if (!ticket) throw Error(base::errors::ticket_not_found, {{"id", "with the key " + record.wanted.key}});
  return *std::move(ticket);
}

IntakeStoreDesk::Prepared IntakeStoreDesk::prepared(IntakeRecord const& record) {
  Prepared made{&record, std::nullopt, record.unreadable};
  if (record.unreadable || record.action != RecordAction::create) return made;
  try {
    made.draft = tickets_.drafted(record.wanted);
  } catch (Error const& error) {
    if (!of_the_record(error)) throw;
    made.failed = error;
  }
  return made;
}

/// A dry run makes no store: all would be new.
std::vector<IntakeOutcome> IntakeStoreDesk::preview(std::vector<Prepared> const& all, CreateOptions const& options) {
  std::vector<IntakeOutcome> outcomes;
  std::int64_t counter = 0;
  for (auto const& one : all) {
    outcomes.push_back({one.record, std::nullopt, one.failed});
    if (!one.draft) continue;
    outcomes.back().done = tickets_.preview_first(options, *one.draft);
    outcomes.back().done->ticket.ticket_number = session_.numbers().render(++counter, one.draft->created_at);
  }
  return outcomes;
}

std::vector<IntakeOutcome> IntakeStoreDesk::records(std::vector<IntakeRecord> const& records,
                                                    CreateOptions const& options) {
  std::vector<Prepared> all;
  for (auto const& record : records) all.push_back(prepared(record));
  if (options.dry_run && session_.absent_default()) return preview(all, options);
  auto const in_one = [&](std::span<Prepared const> some) {
    return session_.write([&](store::WriteTx& tx) {
      std::vector<IntakeOutcome> outcomes;
      for (auto const& one : some) outcomes.push_back(take(tx, one, options));
      if (options.dry_run) tx.discard();
      return outcomes;
    });
  };
  try {
    return in_one(all);
  } catch (Error const& error) {
    if (!of_the_record(error)) throw;
  }
  // One of them was refused by what is stored: each by itself, so that the others stay.
  std::vector<IntakeOutcome> outcomes;
  for (auto const& one : all) {
    try {
      outcomes.push_back(in_one({&one, 1}).front());
    } catch (Error const& error) {
      if (!of_the_record(error)) throw;
      outcomes.push_back({one.record, std::nullopt, error});
    }
  }
  return outcomes;
}

}  // namespace umsops::desk
