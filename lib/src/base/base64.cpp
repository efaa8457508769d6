// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/base64.hpp"

#include <nettle/base64.h>

#include <cstdint>

namespace umsops::base {

std::string base64_encode(std::string_view bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), reinterpret_cast<std::uint8_t const*>(bytes.data()));
  return text;
}

std::optional<std::string> base64_decode(std::string_view text) {
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  std::size_t size = bytes.size();
  bool const sound =
      base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(), text.data()) &&
      base64_decode_final(&context);
  if (!sound) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace umsops::base
