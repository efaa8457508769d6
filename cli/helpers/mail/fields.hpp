// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmime/gmime.h>

#include <string>

#include "umsops/mail/message.hpp"

namespace umsops::mail_helper {

/// How GMime is to read: as forgiving as it can. It lives as long as the program.
GMimeParserOptions* parser_options();

/// Everything that header fields say. `envelope_sender` stands in where no field names a sender; `charset` is the one
/// that bytes without a name may be in.
void read_fields(mail::Message& message, GMimeMessage* parsed, std::string const& envelope_sender,
                 std::string const& charset);

/// The charset that the message names for its first text, or else for words in its header; empty: none.
std::string named_charset(GMimeMessage* parsed);

}  // namespace umsops::mail_helper
