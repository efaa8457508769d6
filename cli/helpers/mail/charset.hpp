// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace umsops::mail_helper {

/// Text as UTF-8, and what makes it uncertain.
struct Decoded {
  std::string text;
  std::string_view doubt;  ///< "bytes that are not of its charset"; empty: it says what the sender saw
};

/// Bytes in a charset, by its name in a message, as UTF-8. What the charset does not have becomes U+FFFD. A name that
/// nobody knows, none at all, and plain bytes that are called ASCII are decided by how the bytes look; so are bytes
/// that cannot be what their name says. `hint` is the charset that the message names elsewhere: it is tried before
/// guessing.
Decoded to_utf8(std::string_view bytes, std::string_view charset, std::string_view hint = {});

/// Bytes whose charset nobody names: UTF-8 when they are; else of `hint` when they can be; else as they look.
Decoded guessed_to_utf8(std::string_view bytes, std::string_view hint = {});

bool is_known_charset(std::string_view charset);
/// Whether it is the name of one that tells what bytes over 127 are.
bool says_charset(std::string_view charset);
bool is_latin_1(std::string_view charset);

/// The value of a header field as it stood, folded: encoded words (RFC 2047) decoded, also those cut inside a
/// character, bytes that should not be there guessed. Lines unfolded; not yet made sound.
Decoded decode_header(std::string_view raw, std::string_view hint = {});

/// The same for a field of addresses: a decoded word that stands outside quotes comes back in quotes, so that what it
/// says is never taken for another address.
Decoded decode_address_header(std::string_view raw, std::string_view hint = {});

/// The charset of the first encoded word; empty: there is none.
std::string charset_of_words(std::string_view raw);

}  // namespace umsops::mail_helper
