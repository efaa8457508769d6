// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::model {

/// Which record: its kind and its internal id.
struct Ref {
  std::string noun, id;
  bool operator==(Ref const&) const = default;
};

}  // namespace umsops::model
