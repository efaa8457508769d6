// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_mail_target.hpp"

#include <algorithm>

#include "desk/requester_lookup.hpp"
#include "desk/ticket_links.hpp"
#include "store/links.hpp"
#include "store/mails.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using model::Ticket;
using model::TicketStatus;

/// By the number as the desk wrote it when the ticket was filed, whatever format holds now.
std::optional<Ticket> by_number(OpenDesk& desk, store::Connection& db, std::string const& word) {
  if (auto found = store::find_ticket_by_number(db, word)) return found;
  auto const number = desk.numbers().normalise(word);
  bool const whole = number && base::ascii_upper(*number) == base::ascii_upper(word);
  return whole ? store::find_ticket_by_number(db, *number) : std::nullopt;
}

std::optional<Ticket> by_message_id(store::Connection& db, std::string const& id) {
  if (auto const number = mail::ticket_in_message_id(id)) return store::find_ticket_by_number(db, *number);
  auto const mails = store::mails_called(db, id);
  return mails.empty() ? std::nullopt : store::find_ticket_by_id(db, mails.front().record.id);
}

/// Our own ids in the message that a bounce brings back.
std::vector<std::string> returned_ids(mail::Message const& message) {
  auto ids = mail::own_ids_in(message.body);
  for (auto const& attachment : message.attachments) {
    auto const bytes = attachment.content ? base::base64_decode(*attachment.content) : std::nullopt;
    for (auto& id : mail::own_ids_in(bytes ? *bytes : attachment.text.value_or(""))) ids.push_back(std::move(id));
  }
  return ids;
}

/// The author's open ticket that an earlier message on the closed one made.
std::optional<Ticket> going_on(store::Connection& db, Ticket const& closed, std::string const& author) {
  for (auto const& link : store::links_to(db, model::ref_of(closed))) {
    if (link.kind != model::LinkKind::relates_to) continue;
    auto found = store::find_ticket_by_id(db, link.from.id);
    if (found && found->status != TicketStatus::closed && is_same_requester(db, found->requester_id, author))
      return found;
  }
  return std::nullopt;
}

bool is_at_own_domain(std::string_view name, std::string_view address, std::vector<std::string> const& own) {
  auto const at = address.rfind('@');
  if (at == std::string_view::npos || name != address.substr(0, at)) return false;
  return std::any_of(own.begin(), own.end(), [&](std::string_view ours) {
    auto const domain = ours.rfind('@');
    return domain != std::string_view::npos && base::same_person(ours.substr(domain), address.substr(at));
  });
}

}  // namespace

std::optional<MailTarget> find_mail_target(OpenDesk& desk, store::Connection& db, mail::Message const& message,
                                           mail::Sender sender, std::string const& author) {
  std::optional<MailTarget> closed;
  auto const take = [&](std::optional<Ticket> named) -> std::optional<MailTarget> {
    if (!named) return std::nullopt;
    MailTarget target{*named, behind_merges(db, *named)};
    if (target.ticket.status != TicketStatus::closed) return target;
    if (!closed) closed = std::move(target);
    return std::nullopt;
  };
  for (auto const& word : mail::bracketed_words(message.subject)) {
    if (auto found = take(by_number(desk, db, word))) return found;
  }
  auto ids = mail::answered_ids(message);
  if (sender == mail::Sender::bounce) {
    for (auto& id : returned_ids(message)) ids.push_back(std::move(id));
  }
  for (auto const& id : ids) {
    if (auto found = take(by_message_id(db, id))) return found;
  }
  if (!closed) return std::nullopt;
  if (auto next = going_on(db, closed->ticket, author)) closed->ticket = *std::move(next);
  return closed;
}

bool has_part_in(store::Connection& db, MailTarget const& target, std::vector<std::string> const& authors,
                 std::vector<std::string> const& own_addresses) {
  std::vector<std::string> names;
  for (auto const& author : authors) {
    for (auto& name : all_names(db, author)) names.push_back(std::move(name));
  }
  auto const is_author = [&](std::string const& person) { return mail::is_one_of(names, person); };
  auto const has_part = [&](Ticket const& ticket) {
    if (is_author(ticket.requester_id) || is_author(ticket.assignee_id)) return true;
    for (auto const& author : authors) {
      if (is_at_own_domain(ticket.requester_id, author, own_addresses)) return true;
    }
    for (auto const& response : store::responses_of(db, ticket.id)) {
      if (!response.is_private && is_author(response.responder_id)) return true;
    }
    for (auto const& mail : store::mails_of(db, model::ref_of(ticket))) {
      if (std::any_of(mail.participants.begin(), mail.participants.end(), is_author)) return true;
    }
    return false;
  };
  if (has_part(target.ticket) || (target.named.id != target.ticket.id && has_part(target.named))) return true;
  auto const merged = merged_into(db, target.ticket);
  return std::any_of(merged.begin(), merged.end(), has_part);
}

std::vector<std::string> said_in(store::Connection& db, Ticket const& ticket) {
  std::vector<std::string> said{ticket.description};
  for (auto& response : store::responses_of(db, ticket.id)) {
    if (!response.is_private) said.push_back(std::move(response.content));
  }
  return said;
}

}  // namespace umsops::desk
