// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/batch.hpp"
#include "desk/find.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_steps.hpp"
#include "store/keys.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/intake.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;

constexpr std::string_view kClosedThere =
    "closed by whoever reported it";  // what its resolution says where the record says nothing
constexpr std::string_view kActions[] = {"create", "reply", "close", "ignore"};

/// A record with all done that needs no store: what fails here fails before anything is written.
struct Prepared {
  IntakeRecord const* record;
  std::optional<model::Ticket> draft;
  std::optional<Error> failed;
};

/// The ticket that it names, or that was filed with its key.
model::Ticket ticket_of(OpenDesk& desk, store::Connection& db, IntakeRecord const& record) {
  if (!record.ticket.empty()) return find_ticket(desk, db, record.ticket);
  auto const row = store::find_key(db, model::kTicketKeys, record.wanted.key);
  auto ticket = row ? store::ticket_at(db, row->record) : std::nullopt;
  if (!ticket) throw Error(base::errors::ticket_not_found, {{"id", "with the key " + record.wanted.key}});
  return *std::move(ticket);
}

/// What is to be done with a ticket that is there.
TicketResult act(OpenDesk& desk, store::WriteTx& tx, IntakeRecord const& record, CreateOptions const& options) {
  auto const ticket = ticket_of(desk, tx.connection(), record);
  auto const& wanted = record.wanted;
  std::string const text = wanted.description.empty() ? wanted.title : wanted.description;
  Acted acted{ticket, false, {}};
  bool known = false;
  if (record.action == RecordAction::reply) {
    Reply reply;
    reply.text = text;
    reply.key = record.act_key;
    reply.responder = wanted.requester_id;
    acted = reply_to(desk, tx, ticket, reply, options.reason);
    known = !acted.changed;
  } else {
    // Another content than of a reply with the same words.
    std::string const content = "close\n" + text;
    known = is_known_act(tx, ticket, record.act_key, content);
    if (!known && ticket.status != model::TicketStatus::closed) {
      Close closing;
      if (ticket.status != model::TicketStatus::resolved)
        closing.resolution = text.empty() ? std::string(kClosedThere) : text;
      keep_act_key(tx, ticket, record.act_key, content);
      acted = desk::close(desk, tx, ticket, closing, options.reason);
    }
  }
  TicketResult result = result_of(std::move(acted));
  if (known) result.result = Result::existing;
  result.ticket.sla = model::sla_status_at(result.ticket, desk.now());
  result.warnings = desk.hooks().take_feedback();
  return result;
}

IntakeOutcome take(OpenDesk& desk, store::WriteTx& tx, Prepared const& prepared, CreateOptions const& options) {
  desk.check_interrupted();
  IntakeOutcome outcome{prepared.record, std::nullopt, prepared.failed};
  if (outcome.failed || prepared.record->action == RecordAction::ignore) return outcome;
  outcome.done = prepared.draft ? file_ticket(desk, tx, prepared.record->wanted, options, *prepared.draft)
                                : act(desk, tx, *prepared.record, options);
  outcome.done->dry_run = options.dry_run;
  return outcome;
}

Prepared prepared(OpenDesk& desk, IntakeRecord const& record) {
  Prepared made{&record, std::nullopt, record.unreadable};
  if (record.unreadable || record.action != RecordAction::create) return made;
  try {
    made.draft = drafted(desk, record.wanted);
  } catch (Error const& error) {
    if (!concerns_one_item(error)) throw;
    made.failed = error;
  }
  return made;
}

/// A dry run makes no store: all would be new.
std::vector<IntakeOutcome> preview(OpenDesk& desk, std::vector<Prepared> const& all, CreateOptions const& options) {
  std::vector<IntakeOutcome> outcomes;
  std::int64_t counter = 0;
  for (auto const& one : all) {
    outcomes.push_back({one.record, std::nullopt, one.failed});
    if (!one.draft) continue;
    outcomes.back().done = preview_first(desk, options, *one.draft);
    auto& ticket = outcomes.back().done->ticket;
    if (!counts_by_itself(desk, ticket)) ticket.ticket_number = desk.numbers().render(++counter, ticket.created_at);
  }
  return outcomes;
}

}  // namespace

std::optional<RecordAction> parse_record_action(std::string_view text) {
  auto const found = std::find(std::begin(kActions), std::end(kActions), text);
  if (found == std::end(kActions)) return std::nullopt;
  return static_cast<RecordAction>(found - std::begin(kActions));
}

std::string_view to_string(RecordAction action) { return kActions[static_cast<std::size_t>(action)]; }

void IntakeDesk::records(std::vector<IntakeRecord> const& records, CreateOptions const& options, Visit const& visit) {
  std::vector<Prepared> all;
  for (auto const& record : records) all.push_back(prepared(desk_, record));
  if (options.dry_run && desk_.absent_default()) return visit(preview(desk_, all, options));
  auto const in_one = [&](std::span<Prepared const> some) {
    return desk_.write([&](store::WriteTx& tx) {
      std::vector<IntakeOutcome> outcomes;
      for (auto const& one : some) outcomes.push_back(take(desk_, tx, one, options));
      if (options.dry_run) tx.discard();
      return outcomes;
    });
  };
  std::vector<IntakeOutcome> outcomes;
  bool refused = false;
  try {
    outcomes = in_one(all);
  } catch (Error const& error) {
    if (!concerns_one_item(error)) throw;
    refused = true;
  }
  if (!refused) return visit(outcomes);
  // One of them was refused by what is stored: each by itself, so that the others stay.
  for (auto const& one : all) {
    try {
      outcomes = in_one({&one, 1});
    } catch (Error const& error) {
      if (!concerns_one_item(error)) throw;
      outcomes = {{one.record, std::nullopt, error}};
    }
    visit(outcomes);
  }
}

}  // namespace umsops::desk
