// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

enum class ReviewStatus { draft, in_review, reviewed, closed };
/// What an action changes: nothing that has a text of its own, or something whose text is compared before and after.
enum class ActionTarget { task, rule, runbook, article };

/// `DRAFT`, `IN_REVIEW`, ..., `task`, `rule`, ... in the order of the enumerators.
std::span<std::string_view const> review_status_names();
std::string_view to_string(ReviewStatus v);
std::string_view to_string(ActionTarget v);
/// Case does not matter; nullopt for any other word.
std::optional<ReviewStatus> parse_review_status(std::string_view text);
std::optional<ActionTarget> parse_action_target(std::string_view text);

/// The parts of a review that people write, in the order of the document; the rest of it is made from records. After
/// PagerDuty's template for post-mortems.
std::span<std::string_view const> review_sections();

/// What is to be done so that it does not happen again. The work itself is a ticket.
struct ReviewAction {
  std::string ticket;  ///< its number
  std::string title;
  ActionTarget target = ActionTarget::task;
  std::string name;           ///< path of the file, number of the article; empty for a task
  std::string before, after;  ///< SHA-256 (hex) of its text when the action was made, and once it was changed
  std::string finding;        ///< code of the proposal that it comes from; empty: somebody's own idea
  std::optional<TimePoint> due_at;
  TimePoint created_at{};
  std::optional<TimePoint> applied_at;
};

/// The review of an incident that is over: what people say of it. What the records say is not stored again but read
/// each time, so it cannot differ from them. One for each incident, with its number: REV-000003 is that of INC-000003.
struct Review {
  std::string id;             ///< ULID, never changes
  std::string review_number;  ///< what people use: REV-000123
  std::string incident;       ///< number of the incident
  std::string title;
  IncidentType type = IncidentType::other;  ///< of the incident when the review was made, as is its severity
  Priority severity = Priority::low;
  ReviewStatus status = ReviewStatus::draft;
  std::string owner;                                          ///< who sees to it; empty: nobody
  std::optional<TimePoint> due_at;                            ///< by when it is to be REVIEWED; none: no hurry
  std::vector<std::pair<std::string, std::string>> sections;  ///< Markdown by name, in the order of `review_sections()`
  std::vector<ReviewAction> actions;
  std::string created_by, updated_by, reviewed_by;
  TimePoint created_at{}, updated_at{};
  std::optional<TimePoint> reviewed_at, closed_at;
  std::int64_t rev = 1;  ///< grows by one with each change
};

/// The one description of a review's fields.
base::RecordType const& review_type();
Ref ref_of(Review const& review);
/// As for tickets. `set` throws `record.invalid`.
base::Value get(Review const& review, std::size_t field);
void set(Review& review, std::size_t field, base::Value const& value);
base::Row to_row(Review const& review);
base::Value to_value(ReviewAction const& action);

/// Lengths, shapes and characters of all text, and that the times fit the status. Empty: it is sound.
std::vector<Problem> check(Review const& review);

/// Puts the text in the place of what the section says; empty: it says nothing. Throws `record.invalid` for a name
/// that is no section.
void set_section(Review& review, std::string_view name, std::string text);

}  // namespace umsops::model
