// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"

/// A mail message as values: UTF-8, LF line ends, no control characters. A helper program (`umsops-mail`) parses the
/// bytes and returns these values as JSON.
namespace umsops::mail {

/// Bytes of a message; what is larger is refused.
inline constexpr std::size_t kLargestMessage = 25u << 20;

struct Address {
  std::string name;     ///< display name; empty: unknown
  std::string address;  ///< local@domain, as base::person_name writes it
};

/// An attachment.
struct Attachment {
  std::string file_name;               ///< never a path; empty: none given
  std::string media_type;              ///< `image/png`
  std::int64_t bytes = 0;              ///< its size, decoded
  std::string sha256;                  ///< of its bytes
  std::optional<std::string> content;  ///< base64; nullopt: over the limit, only listed
  std::optional<std::string> text;     ///< of an inline text part: to be read, not saved
};

/// Header fields as RFC 5322, 3834 and 2919 name them. Absent ones are empty.
struct Message {
  std::string subject;
  std::optional<Address> from;
  /// Who else may have written it: further mailboxes of From, then X-Original-From, X-Original-Sender and Sender.
  std::vector<Address> senders;
  std::vector<Address> reply_to, to, cc;
  std::optional<base::TimePoint> date;
  std::string message_id;  ///< without the angle brackets, as are the following
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;  ///< oldest first
  std::string auto_submitted, precedence, auto_response_suppress, list_id;
  std::string list_post;      ///< the address of List-Post (RFC 2369)
  std::string autoresponder;  ///< the first of the fields by which programs say that they answer, `X-Autoreply: yes`
  std::string spam;  ///< the field by which a filter on the way calls it spam, `X-Spam-Flag: YES`; empty: none does
  std::optional<std::string> return_path;  ///< empty: `<>`, which asks for no answer; nullopt: no such field
  std::string content_type;                ///< of the whole, `multipart/mixed`
  std::string body_type;                   ///< of the part that the text comes from; empty: there is no text
  std::string body;
  std::vector<Attachment> attachments;
  std::vector<std::string> problems;  ///< defects of the message and how they were handled, in English
  bool incomplete = false;  ///< something that somebody may have written is not, or not as it was, in these values
  std::string bytes;        ///< the message itself; empty: not at hand. No member of the JSON
};

base::Value to_value(Message const& message);
/// The reverse. Throws `record.invalid` when the value has another shape.
Message message_from(base::Value const& value);

}  // namespace umsops::mail
