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
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

enum class IncidentStatus { open, assigned, in_progress, recovered, resolved, closed };
enum class IncidentType { authentication_failure, database_issue, network_problem, performance_degradation, other };
/// Who leads, writes down, speaks to others, and stands in for the commander.
enum class IncidentRole { commander, scribe, communications, deputy };
/// Whether those outside wait for news: not yet, or longer than was promised.
enum class UpdateState { due, overdue };

/// `OPEN`, `AUTHENTICATION_FAILURE`, `OVERDUE`, ... in the order of the enumerators; roles in lower case, as their
/// fields are called.
std::span<std::string_view const> incident_status_names();
std::span<std::string_view const> incident_type_names();
std::span<std::string_view const> incident_role_names();
std::span<std::string_view const> update_state_names();
std::string_view to_string(IncidentStatus v);
std::string_view to_string(IncidentType v);
std::string_view to_string(IncidentRole v);
std::string_view to_string(UpdateState v);
/// Case does not matter; nullopt for any other word.
std::optional<IncidentStatus> parse_incident_status(std::string_view text);
std::optional<IncidentType> parse_incident_type(std::string_view text);
std::optional<IncidentRole> parse_incident_role(std::string_view text);
std::optional<UpdateState> parse_update_state(std::string_view text);

/// A disruption of service; names as in the table `incidents`. Severity, impact, urgency and business impact have the
/// same four words as `Priority`. A plain value: see `check` for its invariants, and
/// `umsops/lifecycle/incident_acts.hpp` for how it moves.
struct Incident {
  std::string id;               ///< ULID, never changes, never shown to be typed
  std::string incident_number;  ///< what people use: INC-000123
  std::string title;            ///< 1 to 200 code points, one line
  std::string description;      ///< up to 65,536 code points
  IncidentType type = IncidentType::other;
  Priority severity = Priority::low;
  std::optional<Priority> impact, urgency;  ///< none: not assessed
  Priority priority = Priority::low;
  std::string category;
  IncidentStatus status = IncidentStatus::open;
  std::string source;  ///< what noticed it, in its own words: `auth-service`, `prometheus`
  std::string reported_by;
  std::string assigned_to;                     ///< empty: nobody
  std::optional<std::int64_t> affected_users;  ///< none: not known
  std::optional<Priority> business_impact;     ///< none: not known
  std::vector<std::string> affected_services, related_alerts;
  std::vector<std::string> tags;               ///< words that it is found by
  std::optional<TimePoint> impact_started_at;  ///< none until somebody says it
  TimePoint detected_at{}, created_at{}, updated_at{};
  std::optional<TimePoint> acknowledged_at, recovered_at, resolved_at, closed_at;
  std::string acknowledged_by;
  std::string resolution, root_cause;
  std::string commander, scribe, communications, deputy;        ///< empty: nobody
  std::string key;                                              ///< idempotency key given at create, empty: none
  std::string dedup_key;                                        ///< of the alarms that it stands for, empty: none
  std::vector<std::pair<std::string, std::string>> attributes;  ///< further named values, sorted by name
  Classification classification;
  std::int64_t reopen_count = 0;
  std::int64_t rev = 1;                    ///< grows by one with each change
  std::vector<std::string> firing_alerts;  ///< its alarms that have not ended, in the order in which they came
  std::vector<std::string> silenced_by;    ///< `S-3`, or the name of a standing silence
  std::vector<std::string> inhibited_by;   ///< `INC-000004 database-down`: the incident and the rule
  std::vector<std::string> acknowledgers;  ///< since escalation_from, each once
  /// Since when somebody is waited for: it was opened, or an alarm reopened it, or it is muted no more. None: somebody
  /// works on it, or it is over.
  std::optional<TimePoint> escalation_from;
  std::optional<TimePoint> resolves_at;  ///< without another alarm until then it is RESOLVED by itself
  // Not hashed, and not in the history: a thousand repeats of an alarm are no thousand changes.
  std::optional<std::int64_t> alert_count;  ///< how often its alarms came
  std::optional<TimePoint> first_alert_at, last_alert_at;
  std::optional<TimePoint> last_update_at;  ///< when something was last told
  std::optional<TimePoint> update_due_at;   ///< and when it has to be again
  std::optional<UpdateState> update;        ///< computed from that at each reading
};

/// The one description of an incident's fields.
base::RecordType const& incident_type();
Ref ref_of(Incident const& incident);
/// As for tickets. `set` throws `record.invalid`.
base::Value get(Incident const& incident, std::size_t field);
void set(Incident& incident, std::size_t field, base::Value const& value);
base::Row to_row(Incident const& incident);
Incident incident_from(base::Row const& row);

/// Lengths, shapes and characters of all text, and that the times fit each other and the status. Empty: it is sound.
std::vector<Problem> check(Incident const& incident);

bool is_open(IncidentStatus status);    ///< neither RESOLVED nor CLOSED
bool is_active(IncidentStatus status);  ///< open, and not RECOVERED
/// It wakes nobody.
bool is_muted(Incident const& incident);
std::optional<UpdateState> update_state_at(Incident const& incident, TimePoint now);
/// The person in that role.
std::string& holder(Incident& incident, IncidentRole role);

}  // namespace umsops::model
