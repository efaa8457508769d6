// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/calendar_reader.hpp"
#include "config/problems.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::config {

/// One SLA file, before the calendars of its policies are resolved.
struct SlaFile {
  std::vector<calendar::Calendar> calendars;
  std::vector<sla::Policy> policies;
  std::vector<sla::TeamCalendar> teams;
  bool uses_builtin = false;
  base::SourceSpot begin;  ///< of the file
};

/// Reads one file; all errors go to `problems`. `read` loads the holiday feeds that it names.
SlaFile read_sla_file(std::string_view text, std::string const& file, ReadFile const& read, Problems& problems);

/// The same, plus all checks of a single file: its policies against one another and against its calendars. A file
/// without calendars may use those of other files.
void lint_sla(std::string_view text, std::string const& file, ReadFile const& read, Problems& problems);

/// Reports policies that can never be chosen because earlier ones take all records that they match.
void check_overlaps(base::RecordType const& type, std::vector<sla::Policy> const& policies, Problems& problems);

/// One policy of the list; nullopt if its match is invalid. The ladder is read after the targets it depends on.
std::optional<sla::Policy> read_policy(Node const& node, Problems& problems);
/// `match:` and `when:`
sla::Match read_match(Node const& node, Problems& problems);
/// `li.na`, `team:iam`, `oncall:primary`. Whether they exist is checked with the roster.
std::string recipient_of(Node const& node);
std::vector<sla::Step> read_ladder(Node const& node, sla::Policy const& policy, Problems& problems);
/// A span of working time: `30m`, `8h`. Days and weeks are refused: a day may be 24 hours or a working day.
base::Milliseconds working_span(std::string_view text, base::SourceSpot const& spot);

}  // namespace umsops::config
