// SPDX-License-Identifier: Apache-2.0
#include "desk/intake_ack.hpp"

#include <algorithm>

#include "desk/incident_steps.hpp"
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

/// The incident whose message it answers. Our ids cannot be guessed: who has one was told.
std::string answered_incident(OpenDesk& desk, mail::Message const& message) {
  auto* const store = desk.reading();
  if (!store) return {};
  for (auto const& id : mail::answered_ids(message)) {
    auto const number = mail::ticket_in_message_id(id);
    if (!number || id.find("+thread@") != std::string::npos) continue;
    try {
      auto const incident = find_incident(desk, store->connection(), *number);
      if (incident.incident_number == *number) return *number;
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
