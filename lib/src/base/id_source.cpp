// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/id_source.hpp"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/hex.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::base {
namespace {

void fill(std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    ssize_t const got = getrandom(bytes, size, 0);
    if (got < 0 && errno != EINTR) throw Error(errors::internal, {{"problem", "no random numbers"}});
    if (got <= 0) continue;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
}

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";  ///< Crockford's base 32
constexpr std::size_t kIdLength = 26, kTimeLength = 10;

/// 48 bits of time, then the last 80 of the random bits, five bits a character.
std::string ulid(TimePoint at, Random const& random) {
  auto const ms = static_cast<std::uint64_t>(at.time_since_epoch().count());
  std::string out(kIdLength, '0');
  for (int i = 9; i >= 0; --i) out[static_cast<std::size_t>(9 - i)] = kAlphabet[(ms >> (5 * i)) & 31];
  unsigned bits = 0, held = 0;
  std::size_t to = kTimeLength;
  for (std::size_t i = 6; i < random.size(); ++i) {
    bits = (bits << 8) | random[i];
    for (held += 8; held >= 5; held -= 5) out[to++] = kAlphabet[(bits >> (held - 5)) & 31];
  }
  return out;
}

/// Spread over all bits, so that prefixes of counted ids differ as those of random ones do.
Random counted_bytes(std::uint64_t count) {
  std::string const digest = sha256_hex("umsops counted id " + std::to_string(count));
  Random bytes{};
  std::memcpy(bytes.data(), digest.data(), bytes.size());
  return bytes;
}

}  // namespace

std::optional<TimePoint> time_of_id(std::string_view id) {
  if (id.size() != kIdLength) return std::nullopt;
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < kTimeLength; ++i) {
    std::size_t const digit = kAlphabet.find(id[i]);
    if (digit == std::string_view::npos) return std::nullopt;
    ms = ms << 5 | static_cast<std::int64_t>(digit);
  }
  return TimePoint{Milliseconds{ms}};
}

Random RandomIds::next() {
  if (left_ == 0) {
    fill(pool_.data()->data(), sizeof pool_);
    left_ = pool_.size();
  }
  return pool_[--left_];
}

std::string RandomIds::next_id(TimePoint at) { return ulid(at, next()); }

std::string RandomIds::next_salt() {
  Random const bytes = next();
  return to_hex(bytes.data(), bytes.size());
}

std::string CountedIds::next_id(TimePoint at) { return ulid(at, counted_bytes(next_++)); }

std::string CountedIds::next_salt() {
  Random const bytes = counted_bytes(next_++);
  return to_hex(bytes.data(), bytes.size());
}

}  // namespace umsops::base
