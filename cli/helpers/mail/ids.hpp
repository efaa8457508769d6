// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umsops::mail_helper {

/// The message ids of a field, without brackets: what stands in `<>`, and words with an @ outside. Commas between them
/// and blanks inside them are forgiven. Ids that are longer than any may be end in a digest, so that two of them stay
/// two.
std::vector<std::string> read_ids(std::string_view field);

/// The same for a field of one id, which may also be any word: `Message-ID: 1`. Empty: there is none.
std::string read_id(std::string_view field);

}  // namespace umsops::mail_helper
