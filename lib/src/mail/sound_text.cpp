// SPDX-License-Identifier: Apache-2.0
#include "umsops/mail/text.hpp"

namespace umsops::mail {

std::string sound_line(std::string_view text, std::size_t most) {
  std::string const sound = sound_text(text, base::TextShape::line);
  return std::string(trimmed(base::first_bytes(sound, most)));
}

}  // namespace umsops::mail
