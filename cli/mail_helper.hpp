// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "umsops/mail/message.hpp"

namespace umsops::cli {

/// What a message says, as the helper program `umsops-mail` reads it. Attachments over the limit come without content.
/// Of a message that ends the program come its fields alone, read crudely. Throws `mail.unreadable`, `input.too_large`,
/// and `mail.helper` when the program is not there or takes too long.
mail::Message read_mail(std::string bytes, std::int64_t attachment_limit);

}  // namespace umsops::cli
