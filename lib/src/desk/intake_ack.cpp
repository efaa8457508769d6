// SPDX-License-Identifier: Apache-2.0
#include "desk/intake_ack.hpp"

#include <algorithm>

#include "desk/incident_steps.hpp"
#include "store/incidents.hpp"
#include "store/outbox.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::desk {
namespace {

/// Whether its first line says so, and nothing else.
bool says_ack(std::string_view body) {
  constexpr std::string_view kWords[] = {"ack", "acknowledge", "acknowledged", "确认", "收到"};
  auto const text = base::trimmed(body);
  auto const line = base::fold(base::trimmed(text.substr(0, text.find('\n')), " \t\r.!。！"));
  return std::find(std::begin(kWords), std::end(kWords), line) != std::end(kWords);
}

/// Whether a message with that in its id told of the incident: anybody can write an id of the right shape.
bool was_told(store::Connection& db, model::Incident const& incident, std::string const& unique) {
  auto const deliveries = store::deliveries_about(db, model::incident_type().noun,
                                                  store::place_of(db, store::incident_table(), incident.id));
  return std::any_of(deliveries.begin(), deliveries.end(), [&](model::Delivery const& delivery) {
    return delivery.id == unique || (!unique.empty() && delivery.parcel == unique);
  });
}

/// The incident whose message it answers.
std::string answered_incident(OpenDesk& desk, mail::Message const& message) {
  auto* const store = desk.reading();
  if (!store) return {};
  for (auto const& id : mail::answered_ids(message)) {
    auto const number = mail::ticket_in_message_id(id);
    if (!number) continue;
    try {
      auto const incident = find_incident(desk, store->connection(), *number);
      bool const told = was_told(store->connection(), incident, mail::unique_in_message_id(id));
      if (told && incident.incident_number == *number) return *number;
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::not_found && error.kind() != base::ErrorKind::conflict) throw;
    }
  }
  return {};
}

}  // namespace

std::optional<MailResult> acknowledged_by_mail(OpenDesk& desk, mail::Message const& message,
                                               MailOptions const& options) {
  if (!options.staff || !says_ack(message.body)) return std::nullopt;
  auto const author = mail::author_of(message, options.own_addresses);
  auto const staff = author ? options.staff(author->address) : std::string();
  if (staff.empty() || mail::judge_sender(message, options.own_addresses).sender != mail::Sender::person)
    return std::nullopt;
  auto const number = answered_incident(desk, message);
  if (number.empty()) return std::nullopt;
  auto const actor = desk.options().actor.name;
  desk.act_as(staff);
  ChangeOptions change;
  change.dry_run = options.dry_run;
  change.reason = "by mail";
  auto outcomes = IncidentDesk(desk).acknowledge({number}, change, Batch::each);
  desk.act_as(actor);
  MailResult result;
  result.outcome = MailOutcome::acknowledged;
  result.incident = number;
  result.why = staff;
  if (outcomes.front().failed) throw base::Error(*outcomes.front().failed);
  return result;
}

}  // namespace umsops::desk
