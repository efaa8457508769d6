// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace umsops::base {

/// SHA-256 (FIPS 180-4): 32 bytes.
std::string sha256(std::string_view bytes);
/// The same as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
/// HMAC-SHA-256 (RFC 2104): 32 bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// Two lower-case hexadecimal digits a byte.
std::string to_hex(std::string_view bytes);
/// And back; nothing when the text is not that.
std::optional<std::string> from_hex(std::string_view hex);

/// A fast checksum against torn or damaged files (about eight bytes a nanosecond). Not cryptographic. Equal on all
/// machines of the same byte order.
std::uint64_t checksum(std::string_view bytes);

}  // namespace umsops::base
