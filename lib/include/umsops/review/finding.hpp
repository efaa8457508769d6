// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/model/review.hpp"
#include "umsops/review/facts.hpp"

namespace umsops::review {

/// What the records suggest to do better, with what they say.
struct Finding {
  std::string code;  ///< `acknowledged_late`, `step_failed:restart`: the same as long as the records say the same
  std::string title, title_zh;                             ///< what could be done: the title of the action
  std::string evidence, evidence_zh;                       ///< what the records say
  model::ActionTarget target = model::ActionTarget::task;  ///< what would have to change
};

/// In the order of the events of an incident: was it noticed, answered, told, mended, and did it come before. Codes:
/// `acknowledged_late`, `never_acknowledged`, `undelivered`, `phase_forced:PHASE`, `no_runbook`, `step_failed:STEP`,
/// `step_assumed:STEP`, `no_article`, `recurred`, `severity_corrected`.
std::vector<Finding> findings(Facts const& facts);

}  // namespace umsops::review
