// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"

namespace umsops::prepared {
struct Recurring;
}

namespace umsops::desk {

class ModelFile;
class OpenDesk;

/// The one entry for the clock: whatever time itself has to do at a desk. Safe every minute, in parallel and after a
/// standstill: what was missed is done in the order in which it came due, each once.
struct TickOptions {
  bool dry_run = false;
  std::optional<base::TimePoint> until;   ///< of a dry run: shows what would come until then, each at its time
  bool rebuild = false;                   ///< makes all due times anew, also where policies did not change
  std::string spool_folder;               ///< reports that wait here are filed; empty: none are looked for
  ModelFile const* classifier = nullptr;  ///< the learned model that is kept up to date; null: none is
  base::Milliseconds retrain_after{};     ///< it is looked at no sooner after the last look
  /// Tickets that are filed again and again; called at most once. None: there are none.
  std::function<std::vector<prepared::Recurring>()> load_recurring = {};
};

/// Something that was done, or would be.
struct TickItem {
  std::string job;  ///< `wake`, `ladder`, `close`, `sla`, `spool`, `outbox`; of incidents `mute`, `unmute`, `escalate`,
                    ///< `remind`, `resolve`; `review`; `train`; `approval`; `recurring`
  std::string ticket_number;
  std::string what;  ///< of a ladder the step: `resolution:+2h`
  base::TimePoint due_at{}, at{};
  bool late = false;    ///< more than two minutes after it came due
  std::string outcome;  ///< in a few words: `LEVEL_2, wang.fang`
  std::optional<base::Error> failed;
  /// A hook did not allow it, the spool's report was refused before, or a model would be worse: it is tried again
  /// later, and harms nothing else. `known`: as it was told before.
  bool held = false, known = false;
  std::string incident_number = {};
  std::optional<base::Error> unreached = {};  ///< it was done, and one of those to be told is nobody
};

struct TickJobEnd {
  std::string job;
  std::int64_t done = 0, failed = 0, held = 0;
};

struct TickEnd {
  base::TimePoint now{};
  std::vector<TickJobEnd> jobs;        ///< in the order in which they ran
  std::optional<base::Error> stopped;  ///< what ended a job: out of reach, and the others ran; else it ended the run
};

/// What is due for a ticket, and a hook did not allow.
struct HeldAct {
  std::string number;         ///< the ticket's
  std::string code, problem;  ///< of the error; the problem in English
  std::int64_t tries = 0;
  base::TimePoint again_at{};  ///< it is tried again then, or when the ticket changes
};

class TickDesk {
 public:
  explicit TickDesk(OpenDesk& desk) : desk_(desk) {}

  /// Runs the jobs one after the other; each ticket's acts are a transaction with their events. `visit` is told of what
  /// is stored by then. What it throws ends the run.
  TickEnd run(TickOptions const& options, std::function<void(TickItem const&)> const& visit);
  /// What hooks hold back now.
  std::vector<HeldAct> held();

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
