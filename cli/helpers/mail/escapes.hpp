// SPDX-License-Identifier: Apache-2.0
// Charsets of seven bits that switch between tables by signs of their own. iconv has HZ not at all, and of ISO-2022-JP
// less than mail programs write.
#pragma once

#include <string_view>

#include "cli/helpers/mail/charset.hpp"

namespace umsops::mail_helper {

/// HZ (RFC 1843): GB 2312 between `~{` and `~}`, at most to the end of the line.
Decoded decode_hz(std::string_view bytes);

/// ISO-2022-JP (RFC 1468) with what vendors add, as CP50221 reads it: the rows of NEC and IBM, half-width kana, JIS X
/// 0212 and 0213; each line begins in ASCII.
Decoded decode_iso_2022_jp(std::string_view bytes);

/// Whether the text switches to a Japanese table somewhere.
bool has_japanese_escape(std::string_view bytes);

}  // namespace umsops::mail_helper
