// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/format/reader.hpp"

namespace umsops::cli {

/// The bytes of a file, or of standard input for `-`. Throws `file.unreadable`; a signal ends the reading.
format::ByteSource open_source(std::string const& path);

/// Standard input, copied to an unlinked temporary file first: a slow writer holds no lock of the store. `look` sees
/// each piece before, and may throw. At most 1 GiB, and no more than the disk has room for: `input.too_large`,
/// `output.failed`.
format::ByteSource spool_input(std::function<void(std::string_view piece)> const& look);

/// The whole of it; more than `limit` bytes are `input.too_large`.
std::string read_whole(std::string const& path, std::size_t limit);

/// The last `most` bytes of it, from the beginning of a line on if it is longer and has lines.
struct LastBytes {
  std::string text;
  bool cut = false;               ///< there was more before
  std::int64_t lines_before = 0;  ///< line ends in it
};
/// At most 1 GiB is read: `input.too_large`.
LastBytes read_end(std::string const& path, std::size_t most);

/// One id a line, or one JSON record a line with its number or `id`.
std::vector<std::string> read_ids(format::ByteSource source, std::string_view number_field);

}  // namespace umsops::cli
