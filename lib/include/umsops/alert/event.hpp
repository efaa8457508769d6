// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/alert/resolve_policy.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/priority.hpp"

/// What other systems report, in our terms: alarms, and what clears them.
namespace umsops::alert {

/// Limits on one body, and on what is kept of it. Longer texts are cut, and a remark says so.
inline constexpr std::size_t kLargestBody = 16u << 20;  ///< bytes
inline constexpr int kDeepestBody = 64;                 ///< nested lists and objects
inline constexpr std::size_t kMostEvents = 10'000;      ///< of one body
inline constexpr std::size_t kLongestKey = 200;         ///< bytes; the end of a longer one becomes a digest
inline constexpr std::size_t kLongestTitle = 200;       ///< code points, as are the following
inline constexpr std::size_t kLongestText = 20'000;     ///< of a description
inline constexpr std::size_t kLongestWord = 500;        ///< of a source, a service, a link, a group
inline constexpr std::size_t kLongestLabelName = 100;
inline constexpr std::size_t kLongestLabel = 1000;
inline constexpr std::size_t kMostLabels = 64;  ///< as well as services and related alarms

enum class State { firing, resolved, acknowledged };
/// `firing`, `resolved`, `acknowledged`.
std::string_view to_string(State state);

/// One alarm, or its end, in one shape whatever sent it. All texts are sound, as `base::check_text` says.
struct Event {
  std::string key;  ///< equal for an alarm and what clears it
  State state = State::firing;
  std::string title;        ///< one line
  std::string description;  ///< may be empty, as may all that follow
  std::string source;       ///< what watches: a job, a monitor, a pipeline
  std::optional<model::Priority> severity;
  std::vector<std::string> services;                        ///< affected ones, each once
  std::vector<std::pair<std::string, std::string>> labels;  ///< names are unique, in the order of the body
  std::optional<base::TimePoint> starts_at, ends_at;        ///< nullopt: not said, or impossible
  std::string link, runbook;
  std::string group;                        ///< what the sender put it together with
  std::string fingerprint;                  ///< equal for what is sent twice; empty: cannot be told
  std::vector<std::string> related;         ///< the sender's own names of the alarms within
  std::vector<std::string> remarks;         ///< what was cut, cleaned or not understood, in English
  std::optional<ResolvePolicy> resolve_on;  ///< as the sender file says
};

enum class Outcome { open, resolve, acknowledge, ignore, refuse };
/// `open`, `resolve`, `acknowledge`, `ignore`, `refuse`.
std::string_view to_string(Outcome outcome);

/// What became of one event of a body, and why.
struct Item {
  Outcome outcome = Outcome::refuse;
  std::string place;                 ///< where in the body: `alerts[2]`; empty: all of it
  std::string sender;                ///< name of the sender file; empty: nothing recognised the body
  base::SourceSpot rule;             ///< the line of that file which decided
  std::string reason;                ///< why it is ignored or refused: a word of `reason_text`, or free text
  Event event;                       ///< what it says, where it is neither ignored nor refused
  std::optional<base::Error> error;  ///< why it is refused
};

/// All of one body, in its order; never empty.
struct Reading {
  std::vector<Item> items;
};

/// The words for reasons that sender files share, and what each means. Any other text stands for itself.
std::string reason_text(std::string_view reason, base::Language language);

}  // namespace umsops::alert
