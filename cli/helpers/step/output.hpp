// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/helpers/step/mask.hpp"
#include "umsops/base/hash_stream.hpp"

namespace umsops::step_helper {

/// What a program prints: masked, hashed, added to a file, and its beginning and end kept.
class Output {
 public:
  /// `log`: a descriptor that takes all of it, up to a limit; -1: none.
  Output(int log, std::vector<std::string> const& secrets, std::int64_t keep);
  void add(std::string_view bytes);
  /// After the last byte.
  void end();

  std::int64_t bytes() const { return bytes_; }
  std::string hash() { return hash_.hex(); }
  std::string kept() const;

 private:
  void take(std::string_view bytes);

  Mask mask_;
  base::HashStream hash_;
  std::size_t half_;
  std::string head_, tail_;
  std::int64_t bytes_ = 0, taken_ = 0, logged_ = 0;
  int log_;
};

}  // namespace umsops::step_helper
