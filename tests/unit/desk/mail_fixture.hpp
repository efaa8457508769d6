// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/base/base64.hpp"
#include "umsops/base/hash.hpp"
#include "unit/desk/fixture.hpp"

namespace umsops::tests {

inline mail::Message message(std::string subject, std::string body, std::string id,
                             std::string from = "zhang.wei@example.com") {
  mail::Message made;
  made.subject = std::move(subject);
  made.body = std::move(body);
  made.body_type = "text/plain";
  made.message_id = std::move(id);
  made.from = mail::Address{"", std::move(from)};
  return made;
}

inline mail::Attachment attachment(std::string name, std::string bytes, bool stored = true) {
  return {std::move(name),
          "text/plain",
          static_cast<std::int64_t>(bytes.size()),
          base::sha256_hex(bytes),
          stored ? std::optional(base::base64_encode(bytes)) : std::nullopt,
          std::nullopt};
}

struct MailDesk : DeskFixture {
  desk::MailOptions options_;
  desk::MailResult take(mail::Message const& message) { return desk.intake().mail(message, options_); }
  std::int64_t outbox() { return desk.store().status().outbox_waiting; }
};

}  // namespace umsops::tests
