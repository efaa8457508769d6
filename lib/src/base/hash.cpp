// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/hash.hpp"

#include <nettle/sha2.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/hex.hpp"

namespace umsops::base {

std::string sha256_hex(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<std::uint8_t const*>(bytes.data()));
  std::uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_digest(&context, sizeof digest, digest);
  return to_hex(digest, sizeof digest);
}

std::uint64_t checksum(std::string_view bytes) {
  constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15u;
  std::uint64_t lanes[4] = {bytes.size(), kOdd, ~kOdd, kOdd << 1 | 1};
  auto const mix = [](std::uint64_t state, std::uint64_t word) {
    state = (state ^ word) * 0xFF51AFD7ED558CCDu;
    return state ^ (state >> 29);
  };
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::uint64_t words[4];
    std::memcpy(words, bytes.data() + at, 32);
    for (int i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], words[i]);
  }
  for (; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
    lanes[0] = mix(lanes[0], word);
  }
  return mix(mix(mix(lanes[0], lanes[1]), lanes[2]), lanes[3]);
}

}  // namespace umsops::base
