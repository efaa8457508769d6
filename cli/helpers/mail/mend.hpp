// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/mail/message.hpp"

namespace umsops::mail_helper {

/// The message as GMime reads what its sender meant: an empty line between fields and text where it is missing, one
/// field where only one may be, the boundary that really divides the parts. And without what would cost more than it
/// can be worth: fields of addresses longer than any reader takes, the ten thousandth field and what follows it, what
/// follows after a hundred thousand lines that may be boundaries. All that was changed is noted in `message`.
std::string mended(std::string_view bytes, mail::Message& message);

}  // namespace umsops::mail_helper
