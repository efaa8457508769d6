// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/query/query.hpp"
#include "umsops/runbook/execution.hpp"

namespace umsops::desk {

class OpenDesk;

/// Which incident a runbook is for, and what it may know of that.
struct RunbookIncident {
  std::string id, number;  ///< empty: none
  std::string type;
  runbook::Pairs facts;  ///< by their names in rules: title, severity, ...
};

/// What a stored change of an execution is about.
struct ExecutionNews {
  std::string kind;               ///< of the event: `begun`, `step`, `waiting`, `approved`, `finished`, ...
  std::string step;               ///< its id; empty: the execution as a whole
  std::string text;               ///< for the timeline of the incident; empty: nothing for it
  base::Value::Object data = {};  ///< beside the text
};

/// The use cases of executions of runbooks. Errors: `runbook.*`, `incident.*`, `store.*`.
class RunbookDesk {
 public:
  explicit RunbookDesk(OpenDesk& desk) : desk_(desk) {}

  /// Throws `incident.not_found`.
  RunbookIncident incident(std::string const& typed);
  /// Stores a new one, which is its worker's from then on. Throws `runbook.busy` when another one of that runbook is
  /// under way for that incident: on whatever host it is, one at a time.
  runbook::Execution begin(runbook::Execution execution, ExecutionNews const& news);
  /// Stores what it has become. `worker` is who does so, and must still be the one who has it: `runbook.lost`.
  runbook::Execution store(runbook::Execution execution, runbook::Worker const& worker, ExecutionNews const& news);
  /// Makes it this worker's. `may_take` decides, within the transaction, by what is stored, and throws where not.
  runbook::Execution take(std::string const& id, runbook::Worker const& worker, base::TimePoint lease_until,
                          std::function<void(runbook::Execution const&)> const& may_take);

  /// Throws `runbook.no_execution`.
  runbook::Execution find(std::string const& id);
  ListEnd list(query::Query const& query, std::function<bool(runbook::Execution const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  /// Of that incident, in the order in which they began.
  std::vector<runbook::Execution> of_incident(std::string const& typed);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
