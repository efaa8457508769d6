// SPDX-License-Identifier: Apache-2.0
// A whole message through the mail helper's reader: whatever its header says, what comes out passes the desk's door.
#include <gmime/gmime.h>

#include "cli/helpers/mail/addresses.hpp"
#include "cli/helpers/mail/mend.hpp"
#include "cli/helpers/mail/reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/text.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  [[maybe_unused]] static bool const ready = (g_mime_init(), true);
  mail_helper::Limits const limits{.message = 1 << 20, .attachment = 1 << 16, .attachments = 1 << 18, .text = 1 << 16};
  auto const message = mail_helper::read_message(bytes, limits);
  auto const line = [](std::string const& text) { require(!base::check_text(text, base::TextShape::line)); };
  line(message.subject);
  line(message.message_id);
  for (auto const& id : message.references) line(id);
  if (message.from) {
    line(message.from->address);
    line(message.from->name);
  }
  require(!base::check_text(message.body, base::TextShape::block));
  for (auto const& one : mail_helper::read_addresses(std::string(bytes.substr(0, 4096)), 100)) {
    line(one.address);
    line(one.name);
  }
}

}  // namespace umsops::fuzz
