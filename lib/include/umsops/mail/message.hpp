// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"

/// What a message says, as values: UTF-8, lines ended by LF, no control characters. Reading one from its bytes is the
/// work of a program of its own (`umsops-mail`), which hands these values over as JSON.
namespace umsops::mail {

struct Address {
  std::string name;     ///< as its owner writes it; empty: only the address is known
  std::string address;  ///< local@domain, the domain in small letters
};

/// A part of a message that is not its text.
struct Attachment {
  std::string file_name;               ///< never a path; empty: the sender gave none
  std::string media_type;              ///< `image/png`
  std::int64_t bytes = 0;              ///< its size, decoded
  std::string sha256;                  ///< of its bytes
  std::optional<std::string> content;  ///< base64; nullopt: over the limit, only listed
  std::optional<std::string> text;     ///< of a further text that was to be read in its place, not to be saved
};

/// Header fields as RFC 5322, 3834 and 2919 name them. Absent ones are empty.
struct Message {
  std::string subject;
  std::optional<Address> from, reply_to;
  std::vector<Address> to, cc;
  std::optional<base::TimePoint> date;
  std::string message_id;  ///< without the angle brackets, as are the following
  std::vector<std::string> in_reply_to;
  std::vector<std::string> references;  ///< oldest first
  std::string auto_submitted, precedence, auto_response_suppress, list_id;
  std::optional<std::string> return_path;  ///< empty: `<>`, which asks for no answer; nullopt: no such field
  std::string content_type;                ///< of the whole, `multipart/mixed`
  std::string body_type;                   ///< of the part that the text comes from; empty: there is no text
  std::string body;
  std::vector<Attachment> attachments;
  std::vector<std::string> problems;  ///< what was wrong with the message and how it was read all the same, in English
};

base::Value to_value(Message const& message);
/// The reverse. Throws `record.invalid` when the value has another shape.
Message message_from(base::Value const& value);

}  // namespace umsops::mail
