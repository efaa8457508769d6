// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "umsops/alert/event.hpp"
#include "umsops/desk/incident_verbs.hpp"
#include "umsops/desk/record_desk.hpp"
#include "umsops/desk/suggestion.hpp"
#include "umsops/desk/ticket_verbs.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/timeline_entry.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

class OpenDesk;
struct ExportedIncident;  // umsops/desk/incident_export.hpp

/// What a caller says of a new incident; what is not said the rules and the desk decide.
struct NewIncident {
  Sets sets;                                    ///< by field index of `model::incident_type()`
  std::string assigned_to;                      ///< as in Receiver::target; empty: nobody
  std::string key;                              ///< the same key and content give the same incident
  base::Value beside = {};                      ///< what its content is besides
  std::optional<base::TimePoint> said_at = {};  ///< when it was said, if that was not now; no part of its content
};

struct IncidentResult {
  model::Incident incident;
  Result result = Result::created;
  bool dry_run = false;
  std::vector<std::string> warnings;
  std::vector<std::string> answered;         ///< tickets that got the reply of IncidentResolve::answer
  std::size_t waiting = 0;                   ///< tickets that a resolved incident caused and that are not CLOSED
  std::vector<Suggestion> suggestions = {};  ///< for a new incident, best first
};
using IncidentOutcome = Outcome<IncidentResult>;
struct AssessedIncident : IncidentResult {
  IncidentAssessment assessment;
};

/// What is written into the timeline.
struct Note {
  std::string text;
  std::optional<model::TimePoint> at;  ///< when it happened; none: now
  std::string corrects;                ///< id of an entry, or its place in the timeline, from 1
  bool pinned = false;
  std::string key;                               ///< the same note with the same key is stored once
  std::optional<model::TimePoint> said_at = {};  ///< when it was said, if that was not now; no part of its content
  std::vector<std::string> tell = {};            ///< audiences that are told it, as news
  bool published = false;                        ///< it stands on the status page, in these words
};

/// Somebody's word on whether service is back.
struct RecoveryWord {
  bool passed = false;
  std::string note;
};

struct IncidentResolve {
  std::string text, root_cause;
  bool force = false;          ///< without evidence of recovery, or while alarms fire; needs a reason
  std::string answer;          ///< a reply to all tickets that the incident caused; empty: none
  std::string knowledge = {};  ///< number of the article that helped; empty: none
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
  std::vector<model::TimelineEntry> timeline;  ///< by the time at which things happened, those of `merged` among them
  std::vector<model::Incident> merged;         ///< that go on in it
  std::vector<model::Escalation> escalations;
  std::vector<ShownLink> links;  ///< both ends, also of `merged`
  std::vector<model::Event> history;
  std::vector<std::pair<std::string, std::string>> labels;  ///< what matchers of silences and rules see
  std::optional<NextEscalation> next_escalation;
  std::string review;  ///< its number; empty: there is none
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
    bool suggest = false;  ///< look which articles may help
  };
  IncidentResult create(NewIncident const& wanted, CreateOptions const& options);
  /// Stores what alarms say, all of one call in one transaction: the first alarm of a key opens an incident, further
  /// ones widen it, their ends are evidence of recovery. The same alarm again is counted, and changes nothing else.
  std::vector<IngestResult> ingest(std::vector<alert::Event> const& events, IngestOptions const& options);
  ListEnd list(query::Query const& query, std::function<bool(model::Incident const&)> const& visit);
  std::int64_t count(query::Filter const& filter);
  /// Floods of tickets that suggest an incident, that of the most people first.
  std::vector<Flood> suggest(FloodRule const& rule);
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

  /// Adds or removes a link; each incident at one of its ends tells of it. `incident.link_cycle` where it would lead
  /// back to where it began, `incident.link_noun` for a ticket where only an incident can stand.
  Outcomes link(Ids const& ids, LinkTo const& link, ChangeOptions const& options, Batch batch);
  /// The incidents go on in `into`, or in what that one was merged into: their timelines are shown there, their alarms
  /// land there, and they are CLOSED. See `lifecycle::absorbed` for what it takes over.
  Outcomes merge(Ids const& ids, std::string const& into, ChangeOptions const& options, Batch batch);
  /// Makes a new incident of some of its alerts and entries, linked to it. `incident.alert_not_found`,
  /// `timeline.not_found` for what it has not.
  IncidentResult split(std::string const& id, IncidentSplit const& split, ChangeOptions const& options);
  /// Records an escalation, in its timeline too; with a new assignee it changes hands.
  Outcomes escalate(Ids const& ids, Escalate const& escalation, ChangeOptions const& options, Batch batch);
  /// Says how much it matters, who can help and how long it may take, and keeps that as an entry of the timeline. The
  /// greater number of users, and graver words where nobody has decided them, become its own.
  std::vector<Outcome<AssessedIncident>> assess(Ids const& ids, ChangeOptions const& options, Batch batch);
  /// Past incidents that resemble it, best first.
  SimilarIncidents similar(std::string const& id, std::size_t most);
  /// Takes records: fields of an incident by name, with `timeline`, `history` and whatever else an export gives. A link
  /// to a record that comes later in the same import is made at the end; one to what never came is refused with
  /// `import.rejected`.
  ImportSummary import(ImportSource const& source, ImportOptions const& options);
  /// Incidents with all that belongs to them, as `import` takes them back.
  ListEnd export_all(query::Query const& query, std::function<bool(ExportedIncident const&)> const& visit);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
