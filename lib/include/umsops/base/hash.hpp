// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace umsops::base {

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// A fast checksum against torn or damaged files (about eight bytes a nanosecond). Not cryptographic. Equal on all
/// machines of the same byte order.
std::uint64_t checksum(std::string_view bytes);

}  // namespace umsops::base
