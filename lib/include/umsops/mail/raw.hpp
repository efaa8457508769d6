// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/mail/message.hpp"

/// Messages as bytes: what can be told of them without a parser. All take time in proportion to the bytes.
namespace umsops::mail {

/// The line at the beginning of `bytes`, without its end; `bytes` goes behind it.
std::string_view take_line(std::string_view& bytes);

/// The name of the header field that the line begins, `Subject`; empty: it begins none.
std::string_view field_name(std::string_view line);
/// Whether mail has a field of that name: From, Received, Content-Type, X-anything.
bool is_known_field(std::string_view name);

/// The messages of a mbox, each with the line before it, `From li.na@example.com Mon Nov 23 09:30:00 2026`. Such a line
/// divides before fields that mail has alone, and not within what Content-Length says is the message.
std::vector<std::string_view> split_mbox(std::string_view bytes);
/// A message of a mbox as it was sent: there, lines of its text that begin with `From ` have a `>` more.
std::string out_of_mbox(std::string_view message);

/// From, Subject, ids, and the fields that tell of automatic mail, read without decoding, for a message that nothing
/// else can read. Its text is left out. Nullopt: it names no sender and no subject.
std::optional<Message> crude_message(std::string_view bytes);

}  // namespace umsops::mail
