// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/hash.hpp"

#include <sha256.h>

#include <cstdint>

#include "base/hex.hpp"

namespace umsops::base {

std::string sha256_hex(std::string_view bytes) {
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
  std::uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256_Final(digest, &context);
  return to_hex(digest, sizeof digest);
}

}  // namespace umsops::base
