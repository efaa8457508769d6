// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "umsops/base/error.hpp"

namespace umsops::config {

base::Error unreadable(std::string const& path, std::string problem);
/// The whole of an opened regular file of that name; see `read_file`.
std::string read_descriptor(int descriptor, std::string const& path, std::size_t limit);

}  // namespace umsops::config
