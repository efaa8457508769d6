// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/starter_files.hpp"

#include <string>

#include "base/embedded.hpp"
#include "umsops/base/error.hpp"

namespace umsops::config {

std::string_view starter_file(std::string_view name) {
  for (auto const& file : embedded::starter_files()) {
    if (file.name == name) return file.bytes;
  }
  throw base::Error(base::errors::internal, {{"problem", "no starter file " + std::string(name)}});
}

}  // namespace umsops::config
