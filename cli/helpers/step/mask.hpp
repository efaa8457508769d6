// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::step_helper {

/// Takes secrets out of bytes that come in pieces: as they are, in base64, escaped for URLs and for JSON.
class Mask {
 public:
  explicit Mask(std::vector<std::string> const& secrets);
  /// What of the bytes so far can be told; the rest may be the beginning of a secret.
  std::string pass(std::string_view bytes);
  /// And all of the rest.
  std::string rest();

 private:
  std::string masked(bool last);

  std::vector<std::string> spellings_;  ///< the longest first
  std::size_t longest_ = 0;
  std::string held_;
};

}  // namespace umsops::step_helper
