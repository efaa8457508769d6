// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/value.hpp"
#include "umsops/runbook/definition.hpp"

namespace umsops::runbook {

/// Gives what fills a hole; nullopt: it has no value.
using Fill = std::function<std::optional<std::string>(std::string_view name)>;
/// Makes one word of a text for a POSIX shell.
using Quote = std::string (*)(std::string_view);

/// The text without its holes. Throws `runbook.input` for one that nothing fills.
std::string filled(Runbook const& runbook, std::string_view text, Fill const& fill);

/// An action as it is performed: no holes, the host's prefix before its words, the runbook's environment before its
/// own. Throws `runbook.input`.
Action resolved(Runbook const& runbook, Action const& action, Fill const& fill, Quote quote);

/// What an execution would do, before anything is done. Secrets are `***`, and what earlier steps will have printed is
/// left as a hole.
struct Plan {
  base::Value::List steps;
  std::string hash;  ///< SHA-256 of these, of the runbook's text, the inputs and the incident: 64 hexadecimal digits
};
/// `facts`: of the incident, without `incident.`; `incident` its number, empty: none.
Plan plan_of(Runbook const& runbook, Pairs const& inputs, std::string const& incident, Pairs const& facts, Quote quote);

/// What of an incident the runbook speaks of, in its holes and its conditions, without `incident.`.
Words mentioned_facts(Runbook const& runbook);

}  // namespace umsops::runbook
