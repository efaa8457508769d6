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

namespace umsops::model {

using base::TimePoint;

enum class TicketStatus { open, assigned, in_progress, pending, escalated, resolved, closed };
enum class Priority { low, medium, high, critical };
enum class Source { email, web, phone, chat, cli, api, monitor };
/// How a ticket stands against its policy; computed from its history, never stored as a truth of its own.
enum class SlaStatus { on_track, at_risk, response_breached, resolution_breached, met, paused };

/// The names in the store, in JSON and on the command line: `OPEN`, `IN_PROGRESS`, ... Lowest first.
std::span<std::string_view const> status_names();
std::span<std::string_view const> priority_names();
std::span<std::string_view const> source_names();
std::span<std::string_view const> sla_status_names();
std::string_view to_string(TicketStatus v);
std::string_view to_string(Priority v);
std::string_view to_string(Source v);
std::string_view to_string(SlaStatus v);
/// Case does not matter; nullopt for any other word.
std::optional<TicketStatus> parse_status(std::string_view text);
std::optional<Priority> parse_priority(std::string_view text);
std::optional<Source> parse_source(std::string_view text);
std::optional<SlaStatus> parse_sla_status(std::string_view text);

/// How one classified field got its value.
struct FieldDecision {
  std::string field;                  ///< `priority`, `category`, `subcategory` or an attribute's name
  std::string value;                  ///< what the ticket carries
  std::string origin;                 ///< `caller`, `rule`, `default` or `import`
  std::string suggested;              ///< what the rules say, also where the caller's word won; empty: nothing
  std::string rule;                   ///< id of the rule behind `suggested`
  std::string file;                   ///< where that rule stands
  std::int64_t line = 0;
  std::vector<std::string> words;     ///< the words of the text that it matched
};

/// The record of one classification.
struct Classification {
  std::string rules_version;          ///< hash of the rule set
  std::vector<FieldDecision> decisions;
  FieldDecision const* find(std::string_view field) const;
};

base::Value to_value(Classification const& classification);
/// Throws `record.invalid` when the value has another shape.
Classification classification_from(base::Value const& value);

/// A user's request to the desk; names as in the table `support_tickets`. A plain value: see `check` for its invariants
/// and `allowed_transitions` for its states.
struct Ticket {
  std::string id;                       ///< ULID, never changes, never shown to be typed
  std::string ticket_number;            ///< what people use: T-000123
  std::string title;                    ///< 1 to 200 code points, one line
  std::string description;              ///< up to 65,536 code points
  std::string requester_id;
  std::string assignee_id;              ///< empty: nobody
  std::string category, subcategory;
  Priority priority = Priority::medium;
  TicketStatus status = TicketStatus::open;
  Source source = Source::cli;
  TimePoint created_at{}, updated_at{};
  std::optional<TimePoint> resolved_at, closed_at, sla_deadline;
  std::optional<std::int64_t> response_time_minutes, resolution_time_minutes;
  std::string key;                      ///< idempotency key given at create, empty: none
  std::vector<std::pair<std::string, std::string>> attributes;  ///< further named values, sorted by name
  Classification classification;
  std::int64_t rev = 1;                 ///< grows by one with each change
};

/// The one description of a ticket's fields.
base::RecordType const& ticket_type();
/// The field's value by its index in `ticket_type().fields`; absent values are null.
base::Value get(Ticket const& ticket, std::size_t field);
/// Sets the field from a value of its type, or from text as people and CSV files write it. Throws `record.invalid`.
void set(Ticket& ticket, std::size_t field, base::Value const& value);
base::Row to_row(Ticket const& ticket);

/// One thing wrong with a record.
struct Problem {
  std::string field;
  std::string what;
};
/// Lengths, shapes and characters of all text, and that the times fit the status. Empty: the ticket is sound.
std::vector<Problem> check(Ticket const& ticket);

/// Where a ticket may go from `from`: the transition table, as data.
std::span<TicketStatus const> allowed_transitions(TicketStatus from);
bool is_open(TicketStatus status);  ///< neither RESOLVED nor CLOSED

}  // namespace umsops::model
