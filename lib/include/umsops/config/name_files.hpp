// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/dialogue/flow.hpp"
#include "umsops/ladder/incident_escalation.hpp"
#include "umsops/notify/channel.hpp"
#include "umsops/people/roster.hpp"
#include "umsops/rules/rule_set.hpp"
#include "umsops/sla/policy.hpp"

/// Names of people, teams and schedules that one file says and the roster's files define. A wrong one is found by no
/// reader of a single file, and would be told to nobody when it counts.
namespace umsops::config {

struct SaidName {
  std::string target;  ///< a person, `team:NAME`, `oncall:SCHEDULE`; anything else names nobody of the roster
  base::SourceSpot spot;
};

/// Whom the steps of ladders assign to and tell.
std::vector<SaidName> names_in(sla::Book const& book);
/// Whom the steps tell of incidents.
std::vector<SaidName> names_in(ladder::Escalation const& escalation);
/// To whom rules and mapping tables assign.
std::vector<SaidName> names_in(rules::RuleSource const& rules);
/// Who belongs to audiences.
std::vector<SaidName> names_in(notify::Setup const& setup);

/// To whom nodes transfer and assign.
std::vector<SaidName> names_in(dialogue::Flow const& flow);

/// `config.invalid`, each at its place, for what the roster does not know.
std::vector<base::Error> lint_names(people::Roster const& roster, std::vector<SaidName> const& names);

}  // namespace umsops::config
