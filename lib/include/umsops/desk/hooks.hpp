// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umsops::desk {

/// What a hook gave back.
struct HookAnswer {
  int status = 0;      ///< its exit status; anything but 0 refuses the change
  std::string output;  ///< its standard output
  std::string errors;  ///< its standard error
};

/// Starts the programs that look at a change before it is stored; the library itself starts none. A hook reads records
/// as lines of JSON and prints one: `umsops help hooks` tells the whole of it.
class HookRunner {
 public:
  virtual ~HookRunner() = default;
  /// The hooks for an occasion, `on-add` or `on-modify`, in the order in which they run. Throws `hook.invalid`.
  virtual std::vector<std::string> hooks(std::string_view occasion) = 0;
  /// Runs one to its end; `noun` is the kind of record it looks at, `ticket`. Throws `hook.invalid`, `hook.timeout`,
  /// `process.interrupted`.
  virtual HookAnswer run(std::string const& hook, std::string_view noun, std::string const& input) = 0;
};

}  // namespace umsops::desk
