// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace umsops::base {

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// Tells a torn or damaged file of our own from a whole one, eight bytes a nanosecond; no help against intent. The same
/// on every machine of one byte order.
std::uint64_t checksum(std::string_view bytes);

}  // namespace umsops::base
