// SPDX-License-Identifier: Apache-2.0
// What a message says, within the limits of our fields.
#pragma once

#include <optional>
#include <string>

#include "umsops/mail/message.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::desk {

struct MailText {
  std::string text;
  bool cut = false;  ///< the message has more than this
};
/// The body and further text parts. With a talk that it answers, only the new text of the body.
MailText text_of(mail::Message const& message, mail::Talk const* talk = nullptr);
/// All that people wrote, to be read: the fields that name people, Date and Subject, then all of the text.
std::string whole_text(mail::Message const& message);

/// The subject without marks of replies, or the first line of `text` that says something.
MailText title_of(mail::Message const& message, std::string const& text);
/// The address, or without one the name, at most as long as a person's name may be; empty: unknown.
std::string name_of(std::optional<mail::Address> const& address);

/// What it is known by when it comes again: its Message-ID, or `sha256:` and the digest of all it says.
std::string key_of(mail::Message const& message);
/// Tells apart messages of one Message-ID, which scanners, forms and parcel services repeat (model::Mail::identity): by
/// author, Date and the first line. Not by the whole text: lists add a footer.
std::string identity_of(mail::Message const& message, std::string const& author);

}  // namespace umsops::desk
