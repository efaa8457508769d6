// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/mute/matcher.hpp"

namespace umsops::mute {

/// Alerts that match the source side, as long as they fire, mute those that match the target side and have the same
/// values in the labels of `equal`.
struct Inhibition {
  std::string name;  ///< unique among the rules
  Matchers source, target;
  std::vector<std::string> equal;
  /// Only where the target's service (label `service`) depends on the source's, directly or through others.
  bool along_services = false;
};

/// The services that one depends on, directly or through others, itself left out.
using DependsOn = std::function<std::vector<std::string>(std::string_view service)>;

/// The label that names the service, for rules along the graph.
inline constexpr std::string_view kServiceLabel = "service";

}  // namespace umsops::mute
