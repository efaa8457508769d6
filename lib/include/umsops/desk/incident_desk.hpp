// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "umsops/alert/event.hpp"
#include "umsops/alert/resolve_policy.hpp"
#include "umsops/desk/record_desk.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/timeline_entry.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a caller says of a new incident; what is not said the rules and the desk decide.
struct NewIncident {
  Sets sets;                ///< by field index of `model::incident_type()`
  std::string assigned_to;  ///< as in Receiver::target; empty: nobody
  std::string key;          ///< the same key and content give the same incident
};

struct IncidentResult {
  model::Incident incident;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings;
};
using IncidentOutcome = Outcome<IncidentResult>;

/// What is written into the timeline.
struct Note {
  std::string text;
  std::optional<model::TimePoint> at;  ///< when it happened; none: now
  std::string corrects;                ///< id of an entry, or its place in the timeline, from 1
  bool pinned = false;
  std::string key;  ///< the same note with the same key is stored once
};

/// Somebody's word on whether service is back.
struct RecoveryWord {
  bool passed = false;
  std::string note;
};

struct IncidentResolve {
  std::string text, root_cause;
  bool force = false;  ///< without evidence of recovery, or while alarms fire; needs a reason
};

struct IngestOptions {
  std::optional<alert::ResolvePolicy> resolve_on;  ///< whatever the senders say; none: what they say, or else `usual`
  alert::ResolvePolicy usual;
  base::Milliseconds reopen_window{
      std::chrono::hours{1}};  ///< how long after RESOLVED an alarm is of the same incident
  bool dry_run = false;
};

/// What became of one alarm.
struct IngestResult {
  enum class Kind { created, updated, unchanged, recovered, reopened, ignored };
  Kind kind = Kind::ignored;
  model::Incident incident;  ///< none when it was ignored
  std::string reason;        ///< why it was: `never_fired`
};
std::string_view to_string(IngestResult::Kind kind);

/// The step of its escalation that comes next, unless somebody acknowledges it before.
struct NextEscalation {
  std::string policy, step;  ///< `critical`, `1.2`
  model::TimePoint at{};
  std::vector<std::string> notify;
};

/// An incident with what `show` tells of it.
struct WholeIncident {
  model::Incident incident;
  std::vector<model::TimelineEntry> timeline;  ///< by the time at which things happened
  std::vector<ShownLink> links;                ///< both ends
  std::vector<model::Event> history;
  std::vector<std::pair<std::string, std::string>> labels;  ///< what matchers of silences and rules see
  std::optional<NextEscalation> next_escalation;
};

/// The use cases of incidents: one method is one transaction, or with Batch::each one for each incident. Errors:
/// `incident.*`, `record.invalid`, `people.*`, `store.*`; an absent incident is `incident.not_found`.
class IncidentDesk {
 public:
  explicit IncidentDesk(OpenDesk& desk) : desk_(desk) {}

  struct CreateOptions {
    bool dry_run = false;
    OnDuplicate on_duplicate = OnDuplicate::give_back;
    std::string reason;
  };
  IncidentResult create(NewIncident const& wanted, CreateOptions const& options);
  /// Stores what alarms say, all of one call in one transaction: the first alarm of a key opens an incident, further
  /// ones widen it, their ends are evidence of recovery. The same alarm again is counted, and changes nothing else.
  std::vector<IngestResult> ingest(std::vector<alert::Event> const& events, IngestOptions const& options);
  ListEnd list(query::Query const& query, std::function<bool(model::Incident const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  WholeIncident show(std::string const& id);
  std::vector<model::Event> history(std::string const& id);
  /// Numbers and titles that begin with `prefix`, newest first: for completion.
  std::vector<std::pair<std::string, std::string>> complete(std::string const& prefix, std::size_t most);

  using Ids = std::vector<std::string>;
  using Outcomes = std::vector<IncidentOutcome>;
  Outcomes update(Ids const& ids, Sets const& sets, ChangeOptions const& options, Batch batch);
  /// `to` counts for Hand::give; see Receiver::target, where `auto` is not for incidents.
  Outcomes assign(Ids const& ids, Hand hand, std::string const& to, ChangeOptions const& options, Batch batch);
  /// Gives the role to somebody, or takes it away (empty); the timeline tells of the hand-over.
  Outcomes give_role(Ids const& ids, model::IncidentRole role, std::string const& to, ChangeOptions const& options,
                     Batch batch);
  Outcomes acknowledge(Ids const& ids, ChangeOptions const& options, Batch batch);
  Outcomes start(Ids const& ids, ChangeOptions const& options, Batch batch);
  /// Throws `timeline.not_found` where it corrects an entry that is not there.
  Outcomes note(Ids const& ids, Note const& note, ChangeOptions const& options, Batch batch);
  Outcomes verify(Ids const& ids, RecoveryWord const& word, ChangeOptions const& options, Batch batch);
  Outcomes resolve(Ids const& ids, IncidentResolve const& resolution, ChangeOptions const& options, Batch batch);
  /// With a resolution text it is resolved first, where it is not yet.
  Outcomes close(Ids const& ids, IncidentResolve const& resolution, ChangeOptions const& options, Batch batch);
  Outcomes reopen(Ids const& ids, ChangeOptions const& options, Batch batch);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
