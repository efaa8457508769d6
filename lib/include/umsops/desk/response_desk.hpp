// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/incident.hpp"

namespace umsops::desk {

class OpenDesk;

/// The phases of the response, in their order.
enum class Phase { assess, notify, activate, handle, verify, review };
std::span<std::string_view const> phase_names();
std::string_view to_string(Phase phase);

/// Where a phase stands. DONE and FORCED have a record in the timeline; CURRENT is the first that has none.
enum class PhaseState { done, forced, current, ahead };
std::string_view to_string(PhaseState state);

struct PhaseStanding {
  Phase phase = Phase::assess;
  PhaseState state = PhaseState::ahead;
  std::optional<base::TimePoint> at;  ///< of its record
  std::string by, reason;
  std::vector<std::string> missing;  ///< what keeps it from being over, in words; empty: nothing
};

struct Response {
  model::Incident incident;
  std::vector<PhaseStanding> phases;
  std::optional<Phase> current;                  ///< none: all are over
  std::optional<base::TimePoint> earlier_until;  ///< what was begun by then was done before the incident was reopened
};

/// Evidence that a series of checks gave.
struct CheckEvidence {
  bool access = false;  ///< whether people get in; otherwise whether services work
  bool passed = false;
  std::int64_t passes = 0;  ///< in a row
  base::TimePoint from{}, to{};
  std::vector<std::string> checks;  ///< `sso/1`
  std::string problem;              ///< of the check that failed
};

/// The response to an incident by its phases: what each of them needs is read from what is stored, so whatever was done
/// by other commands counts. Errors: `incident.*`, `store.*`.
class ResponseDesk {
 public:
  explicit ResponseDesk(OpenDesk& desk) : desk_(desk) {}

  Response look(std::string const& id);
  /// Writes down that the phase is over. Throws `incident.phase` when something is missing, unless it is forced, with a
  /// reason, or when an earlier one is not over.
  Response close(std::string const& id, Phase phase, bool force, std::string const& reason);

  /// NOTIFY: puts the message to the audiences into the outbox, where it is not there yet.
  void notify(std::string const& id);
  /// ACTIVATE: calls those who are on call and fit, and gives the incident to the first of them where nobody has it.
  /// Gives their names.
  std::vector<std::string> call_out(std::string const& id);
  /// ACTIVATE: names the place where people talk about it.
  void open_channel(std::string const& id, std::string const& address);
  /// HANDLE: it is being worked on.
  void start(std::string const& id);
  /// VERIFY: stores the evidence. Where both kinds have passed it is RECOVERED; a failure takes it back.
  void verify(std::string const& id, std::vector<CheckEvidence> const& evidence);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
