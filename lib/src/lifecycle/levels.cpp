// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/levels.hpp"

namespace umsops::lifecycle {

using model::Level;

Level raised_level(std::optional<Level> current, std::optional<Level> wanted, bool down, base::ErrorCode const& code,
                   std::string const& number) {
  auto const refuse = [&](std::string problem) {
    throw base::Error(code, {{"id", number}, {"problem", std::move(problem)}});
  };
  if (!wanted) {
    if (current == Level::level_3) refuse("it is at LEVEL_3 already, the highest");
    wanted = current ? static_cast<Level>(static_cast<int>(*current) + 1) : Level::level_1;
  }
  if (current && *wanted < *current && !down)
    refuse("it is at " + std::string(model::to_string(*current)) + ", and going down has to be said");
  return *wanted;
}

}  // namespace umsops::lifecycle
