// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/standard_io.hpp"

#include <unistd.h>

#include <cerrno>

namespace umsops::helpers {

std::optional<std::string> read_input(std::size_t limit) {
  std::string bytes;
  char block[64 << 10];
  while (bytes.size() <= limit) {
    auto const got = read(0, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    bytes.append(block, static_cast<std::size_t>(got));
  }
  return bytes;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const put = write(1, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

int complain(std::string_view program, std::string_view what, int code) {
  std::string const text = std::string(program) + ": " + std::string(what) + "\n";
  (void)!write(2, text.data(), text.size());
  return code;
}

}  // namespace umsops::helpers
