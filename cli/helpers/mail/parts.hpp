// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmime/gmime.h>

#include "cli/helpers/mail/reader.hpp"

namespace umsops::mail_helper {

/// The text of a message and its attachments. The text is the first part that is meant to be read: of alternatives the
/// plain one, unless it says nothing or only points to the page beside it; without a plain one HTML, made plain; where
/// no part is text, what stands outside of the parts.
/// `charset` is the one that bytes without a name may be in.
void read_parts(mail::Message& message, GMimeMessage* parsed, Limits const& limits, std::string const& charset);

}  // namespace umsops::mail_helper
