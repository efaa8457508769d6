// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "cli/registry.hpp"

namespace umsops::cli {

// Topics that are prose; the others are made from tables.
extern Text const kTimeTopic, kFiltersTopic, kStabilityTopic, kScriptingTopic, kRulesTopic, kPeopleTopic, kHooksTopic,
    kHistoryTopic, kSendersTopic, kZhTopic, kFormattingTopic, kEnvironmentTopic;

/// What somebody types first, for the beginning of the help.
std::span<Example const> first_steps();

}  // namespace umsops::cli
