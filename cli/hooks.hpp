// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/desk/hooks.hpp"

namespace umsops::cli {

/// The hooks in a folder: its executable files whose names begin with the occasion, in the order of their names. Folder
/// and files must belong to the user or to root, and nobody else may be able to change them.
class HookFolder final : public desk::HookRunner {
 public:
  /// `environment` is that of every hook, `NAME=value`. One that passes hooks over names each as skipped, and gives
  /// back what it is shown: so the history tells of them.
  HookFolder(std::string folder, base::Milliseconds limit, std::vector<std::string> environment, bool passes_over)
      : folder_(std::move(folder)), limit_(limit), environment_(std::move(environment)), passes_over_(passes_over) {}

  std::vector<std::string> hooks(std::string_view occasion) override;
  desk::HookAnswer run(std::string const& hook, std::string_view noun, std::string const& input) override;

 private:
  std::string folder_;
  base::Milliseconds limit_;
  std::vector<std::string> environment_;
  bool passes_over_;
};

}  // namespace umsops::cli
