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
#include "umsops/model/priority.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::model {

using base::TimePoint;

enum class TicketStatus { open, assigned, in_progress, pending, escalated, resolved, closed, spam };
enum class Source { email, web, phone, chat, cli, api, monitor };
/// Where a ticket stands with its promised times; worse ones last.
enum class SlaStatus { on_track, at_risk, paused, met, response_breached, resolution_breached };
enum class Level { level_1, level_2, level_3 };  ///< of escalation
/// What becomes of a PENDING ticket when its time has come: back to the state before, or resolved and closed.
enum class WakeUp { open, close };
/// Where the question stands whether a ticket may be worked on; nobody answered an EXPIRED one in time.
enum class Approval { waiting, approved, declined, expired };

/// The names in the store, in JSON and on the command line: `OPEN`, `IN_PROGRESS`, ... Lowest first.
std::span<std::string_view const> status_names();
std::span<std::string_view const> source_names();
std::span<std::string_view const> sla_status_names();
std::span<std::string_view const> level_names();
std::span<std::string_view const> wake_up_names();
std::span<std::string_view const> approval_names();
std::string_view to_string(TicketStatus v);
std::string_view to_string(Source v);
std::string_view to_string(SlaStatus v);
std::string_view to_string(Level v);
std::string_view to_string(WakeUp v);
std::string_view to_string(Approval v);
/// Case does not matter; nullopt for any other word.
std::optional<TicketStatus> parse_status(std::string_view text);
std::optional<Source> parse_source(std::string_view text);
std::optional<SlaStatus> parse_sla_status(std::string_view text);
std::optional<Level> parse_level(std::string_view text);
std::optional<WakeUp> parse_wake_up(std::string_view text);
std::optional<Approval> parse_approval(std::string_view text);

/// How one classified field got its value.
struct FieldDecision {
  std::string field;      ///< `priority`, `category`, `subcategory` or an attribute's name
  std::string value;      ///< what the ticket carries
  std::string origin;     ///< `caller`, `rule`, `model`, `default`, `import` or `hook`
  std::string suggested;  ///< what the rules say, also where the caller's word won; empty: nothing
  std::string rule;       ///< id of the rule behind `suggested`
  std::string file;       ///< where that rule stands
  std::int64_t line = 0;
  std::vector<std::string> words;  ///< the words of the text that it matched
  std::string model;               ///< what the learned model says, whoever decided; empty: it was not asked
  double probability = 0;          ///< how likely the model takes its word to be right
  std::string doubt;  ///< why its word was not taken where nobody else spoke: `low-probability`, `unfamiliar-text`,
                      ///< `suggest-only`
};

/// The record of one classification.
struct Classification {
  std::string rules_version;  ///< hash of the rule set
  std::string model_version;  ///< of the learned model; empty: none was asked
  std::vector<FieldDecision> decisions;
  FieldDecision const* find(std::string_view field) const;
};

base::Value to_value(Classification const& classification);
/// Throws `record.invalid` when the value has another shape.
Classification classification_from(base::Value const& value);

/// A user's request to the desk; names as in the table `support_tickets`. A plain value: see `check` for its
/// invariants, and `umsops/lifecycle/transitions.hpp` for how it moves.
struct Ticket {
  std::string id;             ///< ULID, never changes, never shown to be typed
  std::string ticket_number;  ///< what people use: T-000123
  std::string title;          ///< 1 to 200 code points, one line
  std::string description;    ///< up to 65,536 code points
  std::string requester_id;
  std::string assignee_id;  ///< empty: nobody
  std::string category, subcategory;
  Priority priority = Priority::medium;
  TicketStatus status = TicketStatus::open;
  Source source = Source::cli;
  TimePoint created_at{}, updated_at{};
  std::optional<TimePoint> resolved_at, closed_at, sla_deadline;
  std::optional<std::int64_t> response_time_minutes, resolution_time_minutes;
  std::string key;                                              ///< idempotency key given at create, empty: none
  std::vector<std::pair<std::string, std::string>> attributes;  ///< further named values, sorted by name
  Classification classification;
  std::int64_t rev = 1;  ///< grows by one with each change

  std::optional<TimePoint> first_response_at;  ///< first EXTERNAL reply of staff; set once
  std::optional<std::int64_t> response_working_minutes, resolution_working_minutes;  ///< by the calendar of its policy
  std::string resolution;  ///< what was done; a RESOLVED ticket has one
  std::string knowledge;   ///< id of the article or solution that helped
  std::int64_t reopen_count = 0;
  std::optional<TimePoint> pending_until;  ///< when a PENDING ticket wakes up
  std::optional<WakeUp> pending_then;
  std::optional<Level> escalation_level;           ///< highest so far; the records say by whom and why
  std::string service;                             ///< of the catalogue, or any name: what it is about; empty: not said
  std::string team;                                ///< the queue it lies in, beside its assignee; empty: nobody's
  std::vector<std::string> tags;                   ///< words that it is found by
  std::optional<std::int64_t> time_spent_minutes;  ///< of all its replies and notes
  std::optional<std::int64_t> rating;              ///< what the requester says of it: 1 to 5, the best
  std::optional<Approval> approval;                ///< absent: nobody has to say yes
  std::string approver, approval_deputy;           ///< who is asked, then who answered; who else may answer
  std::optional<TimePoint> approval_due_at;        ///< until when a WAITING one is to be answered
  std::string sla_policy;                          ///< chosen when it was filed or what the choice goes by changed

  // Derived from the history by its policy, and made anew whenever either changes: no part of the history itself.
  std::optional<TimePoint> response_due_at;    ///< of the clock that runs, or the one that applied
  std::optional<TimePoint> resolution_due_at;  ///< none while PENDING, unless it had passed before
  std::optional<TimePoint> sla_risk_at;        ///< from when on it is AT_RISK
  std::optional<SlaStatus> sla_breach;         ///< what was breached for good, whatever comes
  std::optional<TimePoint> next_action_at;     ///< when `tick` has to look at it
  std::optional<SlaStatus> sla;                ///< at the time of reading; not stored

  /// What the directory says of who asks, by name and sorted, where somebody has looked: for rules and policies. Never
  /// stored: it is true of now.
  std::vector<std::pair<std::string, std::string>> requester_facts;
};

/// Where it stands at `now`, by what is stored; none without a policy. The store's filters say the same in SQL.
std::optional<SlaStatus> sla_status_at(Ticket const& ticket, TimePoint now);

/// The one description of a ticket's fields.
base::RecordType const& ticket_type();
Ref ref_of(Ticket const& ticket);
/// The field's value by its index in `ticket_type().fields`; absent values are null.
base::Value get(Ticket const& ticket, std::size_t field);
/// Sets the field from a value of its type, or from text as people and CSV files write it. Throws `record.invalid`.
void set(Ticket& ticket, std::size_t field, base::Value const& value);
base::Row to_row(Ticket const& ticket);
/// The other way round; absent values leave what a new ticket has. Throws `record.invalid`.
Ticket ticket_from(base::Row const& row);

/// One thing wrong with a record.
struct Problem {
  std::string field;
  std::string what;
};
/// Lengths, shapes and characters of all text, and that the times fit the status. Empty: the ticket is sound.
std::vector<Problem> check(Ticket const& ticket);

bool is_open(TicketStatus status);  ///< neither RESOLVED nor CLOSED

}  // namespace umsops::model
