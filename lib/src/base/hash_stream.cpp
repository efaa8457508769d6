// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/hash_stream.hpp"

#include <nettle/sha2.h>

#include <cstdint>

#include "umsops/base/hash.hpp"

namespace umsops::base {

struct HashStream::State {
  sha256_ctx context;
};

HashStream::HashStream() : state_(std::make_unique<State>()) { sha256_init(&state_->context); }
HashStream::~HashStream() = default;

void HashStream::add(std::string_view bytes) {
  sha256_update(&state_->context, bytes.size(), reinterpret_cast<std::uint8_t const*>(bytes.data()));
}

std::string HashStream::hex() {
  std::string digest(SHA256_DIGEST_SIZE, '\0');
  sha256_digest(&state_->context, digest.size(), reinterpret_cast<std::uint8_t*>(digest.data()));
  return to_hex(digest);
}

}  // namespace umsops::base
