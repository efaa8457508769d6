// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// What an entry of a timeline tells: what somebody noted, what proves that service is back or is not, what was decided
/// (merged, silenced, grouped), who took a role, what a sender said, what others were told, how much it matters, how a
/// step of a runbook ended, that a phase of the response is over. Moves between states are not stored again: they are
/// read from the history.
enum class TimelineKind { note, evidence, decision, role, alert, update, state, assessment, step, phase };
std::span<std::string_view const> timeline_kind_names();
std::string_view to_string(TimelineKind v);
std::optional<TimelineKind> parse_timeline_kind(std::string_view text);

/// How it is known that service is back: the sender's resolve, somebody's word, a check.
enum class EvidenceKind { signal, manual, check };
std::span<std::string_view const> evidence_kind_names();
std::string_view to_string(EvidenceKind v);

/// One entry of a record's timeline: append-only. What was wrong is corrected by a further entry that points at it.
struct TimelineEntry {
  std::string id;          ///< empty for a move between states
  std::int64_t place = 0;  ///< among those that are stored, from 1
  Ref record;
  TimelineKind kind = TimelineKind::note;
  TimePoint at{};           ///< when it happened
  TimePoint recorded_at{};  ///< when it was written down
  std::string author;
  std::string text;
  base::Value data;      ///< what the kind has beside its text: {"evidence": "manual", "passed": true}; null: nothing
  std::string corrects;  ///< id of the entry in whose place this one stands; empty: none
  bool pinned = false;
};
/// Its fields but `record`.
base::RecordType const& timeline_entry_type();
base::Row to_row(TimelineEntry const& entry);
/// Its text is neither empty nor too long, and its characters are sound; so is the author.
std::vector<Problem> check(TimelineEntry const& entry);

}  // namespace umsops::model
