// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "umsops/mail/message.hpp"

namespace umsops::mail_helper {

/// What a message may cost.
struct Limits {
  std::size_t message = mail::kLargestMessage;  ///< bytes of the whole
  std::size_t attachment = 1u << 20;    ///< bytes of one attachment whose content is given; larger ones are listed
  std::size_t attachments = 10u << 20;  ///< bytes of all of them in one message
  std::size_t text = 1u << 20;          ///< bytes of text, as UTF-8; the rest is cut
};

/// Names, once, what was lost of the message, or is doubtful in it: then the message itself is to be kept.
void note_loss(mail::Message& message, std::string what);

/// Reads one message, however broken: what cannot be read is left out and named in `problems`.
mail::Message read_message(std::string_view bytes, Limits const& limits);

}  // namespace umsops::mail_helper
