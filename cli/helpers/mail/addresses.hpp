// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/mail/message.hpp"

namespace umsops::mail_helper {

/// The mailboxes of a field, decoded (decode_address_header), each once, in order, at most `most`. What the standard
/// has no word for is read as people mean it: `Li, Na <a@b>`, `Li Na [IT] <a@b>`, `Li Na a@b`. A name without an
/// address is one, too; a group without members is none.
std::vector<mail::Address> read_addresses(std::string const& field, std::size_t most);

}  // namespace umsops::mail_helper
