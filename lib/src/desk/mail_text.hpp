// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "umsops/desk/ticket_desk.hpp"
#include "umsops/mail/message.hpp"

namespace umsops::desk {

/// What of a message goes into the fields of a ticket or a response, within their limits.
struct MailText {
  std::string text;
  std::optional<std::string> whole;  ///< all of it, where `text` had to be cut
};

/// The message's text with the further ones that were to be read in their places; `reply`: without the quoted message.
MailText text_of(mail::Message const& message, bool reply);
/// Its bare subject; without one the first line of its text.
std::string title_of(mail::Message const& message, std::string const& text);
/// The sender as the desk names people: the address, else the name. Empty: nobody knows.
std::string sender_of(mail::Message const& message);
/// What the message is known again by: its Message-ID, or a hash of all that it says.
std::string key_of(mail::Message const& message);

}  // namespace umsops::desk
