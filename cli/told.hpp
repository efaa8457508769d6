// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "umsops/base/error.hpp"

namespace umsops::cli {

/// What a run has made true, and how much of it its caller has heard: so that every error of every command can say what
/// is stored all the same.
class Told {
 public:
  Told();
  /// A commit has returned. `name` is told with the next flush: a number, a file. `changed`: false if it was so before.
  void stored(std::string name, bool changed = true);
  /// So many changes are stored by now, counted by somebody else.
  void count(std::int64_t stored);
  /// All names have been written out.
  void flushed() { untold_.clear(); }
  bool any() const { return stored_ > 0 || !untold_.empty(); }
  /// Lets the error say all this.
  void put_on(base::Error& error) const;

 private:
  std::int64_t stored_ = 0;
  std::vector<std::string> untold_;
};

}  // namespace umsops::cli
