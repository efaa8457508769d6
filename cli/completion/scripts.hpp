// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace umsops::cli {

/// The small adaptor that a shell loads; everything else is asked of `umsops __complete`.
struct CompletionScript {
  std::string_view shell, file, text;
};
std::span<CompletionScript const> completion_scripts();

}  // namespace umsops::cli
