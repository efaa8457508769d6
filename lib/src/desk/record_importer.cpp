// SPDX-License-Identifier: Apache-2.0
#include "desk/record_importer.hpp"

namespace umsops::desk {

std::string end_of_path(std::string_view path) {
  constexpr std::size_t kLongest = 200;
  if (path.size() > kLongest) path.remove_prefix(path.size() - kLongest);
  while (!path.empty() && (static_cast<unsigned char>(path[0]) & 0xC0) == 0x80) path.remove_prefix(1);
  return std::string(path);
}

}  // namespace umsops::desk
