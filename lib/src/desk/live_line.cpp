// SPDX-License-Identifier: Apache-2.0
// A conversation on the line as a ticket's history tells it: who waits, who has come, who has left.
#include "desk/live_line.hpp"

#include <algorithm>
#include <iterator>

#include "desk/callbacks.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_steps.hpp"
#include "store/callbacks.hpp"
#include "store/timeline.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

std::string text_in(Value const& told, std::string_view name) {
  Value const* const found = told.find(name);
  return found ? std::string(found->text()) : std::string();
}

LiveProcess process_in(Value const& told) { return {text_in(told, "host"), text_in(told, "process")}; }

/// What keeps a target from being somebody just now, a roster that cannot be read too. All else is an error of the
/// filing.
bool is_nobody(Error const& error) {
  if (error.kind() == base::ErrorKind::configuration) return true;
  base::ErrorCode const* const kNobody[] = {&base::errors::people_no_roster, &base::errors::people_unknown,
                                            &base::errors::people_nobody, &base::errors::people_off_call,
                                            &base::errors::people_absent};
  return std::find(std::begin(kNobody), std::end(kNobody), &error.code()) != std::end(kNobody);
}

/// Whoever is on shift gets the ticket. Where nobody is, a team gets it all the same.
std::string give_to_target(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, std::string const& target) {
  std::string const reason = "transfer to " + target;
  for (bool const queue : {false, true}) {
    try {
      Receiver to{target, std::nullopt, queue};
      ticket = hand_over(desk, tx, ticket, Hand::give, to, reason).ticket;
      return queue ? std::string() : ticket.assignee_id;
    } catch (Error const& error) {
      if (!is_nobody(error)) throw;
      desk.warn(error.message());
      if (!target.starts_with(kTeam)) return {};
    }
  }
  return {};
}

/// Whoever has no roster has no shifts: then `auto` means what a hand-over means.
bool has_shifts(OpenDesk& desk, std::string const& target) {
  try {
    return target != "auto" || desk.roster() != nullptr;
  } catch (Error const&) {
    return true;
  }
}

void know_person(OpenDesk& desk, Transfer& transfer) {
  auto const* const roster = transfer.person.empty() ? nullptr : desk.roster();
  auto const* const person = roster ? roster->person(transfer.person) : nullptr;
  if (!person) return;
  transfer.display_name = person->display_name;
  transfer.email = person->email;
  transfer.phone = person->phone;
}

/// Who comes back while a call-back still waits for them is not called for the old one, too.
void finish_former(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket) {
  auto const line = line_of(tx.connection(), ticket.id);
  if (line.state != LiveLine::State::waiting) return;
  for (auto& callback : store::find_callbacks(tx.connection(), line.callback, 1)) {
    if (callback.state == model::CallbackState::open)
      finish_callback(desk, tx, ticket, callback, "the requester is on the line again");
  }
}

}  // namespace

LiveLine line_of(store::Connection& db, std::string const& ticket) {
  LiveLine line;
  for (auto const& event : store::line_events_of(db, ticket)) {
    line.seq = event.seq;
    line.at = event.at;
    line.by = event.actor;
    if (event.kind == "transferred") {
      line.state = LiveLine::State::waiting;
      line.target = text_in(event.told, "target");
      line.callback = text_in(event.told, "callback");
      line.user = process_in(event.told);
      line.agent = {};
      line.until = base::parse_rfc3339(text_in(event.told, "until")).value_or(event.at);
    } else if (event.kind == "joined") {
      line.state = LiveLine::State::answered;
      line.agent = process_in(event.told);
    } else {
      line.state = LiveLine::State::ended;
      line.why = text_in(event.told, "ended");
    }
  }
  return line;
}

std::string user_name(model::Ticket const& ticket) {
  if (!ticket.requester_id.empty()) return ticket.requester_id;
  auto const phone = std::find_if(ticket.attributes.begin(), ticket.attributes.end(),
                                  [](auto const& attribute) { return attribute.first == "phone"; });
  return phone == ticket.attributes.end() ? "visitor" : phone->second;
}

void begin_waiting(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, std::string const& target,
                   LiveProcess const& user, model::Callback const& callback, std::string const& reason) {
  Value told = Value::Object{{"target", target},
                             {"callback", callback.id},
                             {"until", base::format_rfc3339(callback.due_at)},
                             {"host", user.host},
                             {"process", user.process}};
  ticket = store_unhooked(desk, tx, ticket, ticket, "transferred", reason, {{"conversation", {}, std::move(told)}});
}

std::optional<Transferred> transfer_line(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket,
                                         WantedTransfer const& wanted) {
  if (!has_shifts(desk, wanted.target)) return std::nullopt;
  finish_former(desk, tx, ticket);
  Transferred out;
  out.transfer.target = wanted.target;
  out.transfer.person = give_to_target(desk, tx, ticket, wanted.target);
  know_person(desk, out.transfer);
  out.transfer.until = desk.now() + wanted.wait;
  out.callback = add_callback(desk, tx, ticket, {wanted.contact, "asked for " + wanted.target, out.transfer.until});
  if (!out.transfer.person.empty()) {
    begin_waiting(desk, tx, ticket, wanted.target, wanted.process, out.callback,
                  wanted.target + ": " + out.transfer.person);
  }
  return out;
}

}  // namespace umsops::desk
