// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::mail_helper {

/// Bytes in a charset, by its name in a message, as UTF-8. What the charset does not have becomes U+FFFD. A name that
/// nobody knows, none at all, and plain bytes that are called ASCII are decided by how the bytes look.
std::string to_utf8(std::string_view bytes, std::string_view charset);

/// Bytes whose charset nobody names: UTF-8 when they are; GB18030 when they go in pairs as Chinese does; else
/// Windows-1252.
std::string guessed_to_utf8(std::string_view bytes);

bool is_known_charset(std::string_view charset);

/// The value of a header field as it stood, folded: encoded words (RFC 2047) decoded, also those cut inside a
/// character, bytes that should not be there guessed. Lines unfolded; not yet made sound.
std::string decode_header(std::string_view raw);

/// The same for a field of addresses: a decoded word that stands outside quotes comes back in quotes, so that what it
/// says is never taken for another address.
std::string decode_address_header(std::string_view raw);

}  // namespace umsops::mail_helper
