// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/incident_steps.hpp"
#include "umsops/mute/muter.hpp"

namespace umsops::desk {

/// What mutes an incident, as its fields say it.
struct MutedBy {
  std::vector<std::string> silences, inhibitions;
  bool operator==(MutedBy const&) const = default;
};

/// The stored silences, those of the files, the inhibition rules, and the incidents that are active: what mutes
/// incidents, as it stood when this was made.
class Mutings {
 public:
  Mutings(OpenDesk& desk, store::Connection& db);

  /// Nothing mutes anything.
  bool idle() const { return silences_ == 0 && !inhibits_; }
  MutedBy reasons(model::Incident const& incident, base::TimePoint now) const;
  /// The incident as it is from now on: whether it mutes others.
  void note(model::Incident const& incident);

  /// The silences, for whoever has to know when they begin and end.
  std::vector<mute::Silence> const& silences() const { return all_; }

 private:
  void forget(std::string const& number);

  std::vector<mute::Silence> all_;
  std::size_t silences_ = 0;
  bool inhibits_ = false;
  service::Catalogue const* services_ = nullptr;
  mute::Muter muter_;
  std::map<std::string, std::size_t> sources_;  ///< incidents that fire, and under how many services each
};

/// Makes the incident muted or not, as `by` says, and gives the entry of its timeline that tells of it; none: nothing
/// changes. One that is muted no more is waited for from now on.
std::optional<model::TimelineEntry> mute_as(OpenDesk& desk, model::Incident& incident, MutedBy const& by);

/// Stores the same for a stored one, as an event `muted` or `unmuted`. No hooks: nobody asked for it.
IncidentStep store_muting(OpenDesk& desk, store::WriteTx& tx, model::Incident const& before, MutedBy const& by);

/// Lets go of those whose cause is gone, in the transaction of what ended it: a silence, or an incident that has
/// recovered. A few hundred at most; tick does the rest.
void release_muted(OpenDesk& desk, store::WriteTx& tx);

}  // namespace umsops::desk
