// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/mute/silence.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

inline constexpr base::Milliseconds kUsualSilence{3'600'000};

/// What is to be muted, and when. One with an incident ends when that is resolved. Otherwise it ends at `ends_at`, else
/// after `duration`, else after `kUsualSilence`; one that recurs, and says neither, ends by hand.
struct NewSilence {
  mute::Matchers matchers;
  std::optional<base::TimePoint> starts_at;  ///< none, or in the past: now
  std::optional<base::TimePoint> ends_at;
  std::optional<base::Milliseconds> duration;
  std::string incident;
  std::vector<mute::TimeInterval> intervals;
  std::string comment;
};

struct SilenceResult {
  mute::Silence silence;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings = {};
};

/// Silences. Each change is one transaction with one event of the history: `created` with the comment, `expired` with
/// the reason; the silence stands in its changes. Errors: `silence.not_found`, `silence.key_content`, `record.invalid`,
/// `store.*`.
class SilenceDesk {
 public:
  explicit SilenceDesk(OpenDesk& desk) : desk_(desk) {}

  /// A key that was used for the same silence, its times aside, gives that one: existing.
  SilenceResult add(NewSilence const& wanted, std::string const& key, bool dry_run);
  /// They end now; one that has not begun never does. One that has ended stays as it is: unchanged.
  std::vector<Outcome<SilenceResult>> expire(std::vector<std::string> const& ids, ChangeOptions const& options,
                                             Batch how);
  mute::Silence find(std::string const& id);
  ListEnd list(query::Query const& query, std::function<bool(mute::Silence const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  /// Those that have not ended at `now`, for a `mute::Muter`: some of them may begin later.
  std::vector<mute::Silence> active(base::TimePoint now);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
