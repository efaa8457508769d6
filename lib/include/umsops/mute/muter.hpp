// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "umsops/mute/inhibition.hpp"
#include "umsops/mute/silence.hpp"

namespace umsops::mute {

/// A rule that holds, and what of the firing ones makes it hold.
struct InhibitedBy {
  Inhibition const* rule = nullptr;
  std::string source;   ///< its id
  std::string service;  ///< of the source, where the rule goes along the services
};

/// Why something is muted. Nothing in it: it is not.
struct Muting {
  std::vector<Silence const*> silences;  ///< in the order in which they were given
  std::vector<InhibitedBy> inhibited;    ///< in the order of the rules, one source each
  bool muted() const { return !silences.empty() || !inhibited.empty(); }
};

/// Silences, inhibition rules and what fires, kept so that the check of one set of labels looks at few of them: at
/// those whose matchers ask for a label that it has.
///
/// What matches both sides of a rule is not inhibited by another that also does. Not for several threads at once.
class Muter {
 public:
  /// `depends_on` may be empty: then nothing depends on anything.
  Muter(std::vector<Silence> silences, std::vector<Inhibition> rules, DependsOn depends_on = {});
  ~Muter();
  Muter(Muter&&) noexcept;
  Muter& operator=(Muter&&) noexcept;

  /// From now on this fires; known again, it has these labels.
  void fire(std::string const& id, Labels const& labels);
  /// It does not any more.
  void resolve(std::string const& id);

  /// The reasons stay valid as long as this lives.
  Muting reasons(Labels const& labels, base::TimePoint now, MatchCost* cost = nullptr) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace umsops::mute
