// SPDX-License-Identifier: Apache-2.0
// Which ticket a message is about, and whether its author has a part in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/mail/message.hpp"
#include "umsops/mail/thread.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

struct MailTarget {
  model::Ticket named;   ///< that the message names, by its number or by what it answers
  model::Ticket ticket;  ///< in which it goes on: the same, or the one that it was merged into
};

/// The ticket that the message is about: by a number in brackets in its subject, else by In-Reply-To and References; of
/// a bounce also by our ids in what it brings back. The first that is not CLOSED, or else goes on in one that is not.
/// `author` may have filed such a one.
std::optional<MailTarget> find_mail_target(OpenDesk& desk, store::Connection& db, mail::Message const& message,
                                           mail::Sender sender, std::string const& author);

/// Whether one of these addresses is that of the requester, of who works on it, of somebody who replied to it, or
/// stands in From, Reply-To, To or Cc of an earlier mail. A requester who is known by a plain name, `li.na`, is also
/// whoever has that name at a domain of the desk's own addresses.
bool has_part_in(store::Connection& db, MailTarget const& target, std::vector<std::string> const& authors,
                 std::vector<std::string> const& own_addresses);

/// What was said in the ticket so far, by which a quoted message is known.
std::vector<std::string> said_in(store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
