// SPDX-License-Identifier: Apache-2.0
#include "desk/export_record.hpp"
#include "desk/incident_judgement.hpp"
#include "desk/incident_steps.hpp"
#include "desk/links.hpp"
#include "desk/record_importer.hpp"
#include "desk/record_search.hpp"
#include "store/attachments.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/desk/incident_export.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using model::Incident;

/// See `RecordImporter`.
class IncidentKind {
 public:
  using Record = Incident;
  static constexpr std::string_view keys = model::kIncidentKeys;
  static Subject const& subject() { return incidents(); }
  static base::RecordType const& type() { return model::incident_type(); }
  static ImportedIncident read(base::Value const& object) { return read_incident_import(object); }
  static Incident from(store::Columns const& columns) { return store::to_incident(columns); }
  static store::Columns columns(Incident const& incident) {
    return store::to_columns(store::incident_table(), to_row(incident));
  }

  IncidentKind(OpenDesk& desk, ImportOptions const& options) : desk_(desk), judges_(options.classify) {
    // Read before the thread that reads ahead asks for them.
    desk.escalation();
    if (!judges_) return;
    desk.incident_rules();
    desk.services();
    desk.matrix();
  }

  void complete(ImportedIncident& in) const {
    Incident& incident = in.record;
    auto const gives = [&](std::string_view field) { return in.gives(type(), field); };
    if (!gives("created_at")) incident.created_at = gives("detected_at") ? incident.detected_at : desk_.now();
    if (!gives("detected_at")) incident.detected_at = incident.created_at;
    if (!gives("updated_at")) incident.updated_at = incident.created_at;
    if (!gives("status") && !incident.assigned_to.empty()) incident.status = model::IncidentStatus::assigned;
    // A history says already what was decided, and by whom.
    if (!judges_ || gives("classification") || in.has_history) return;
    std::vector<std::string> said;
    for (std::size_t const field : in.given) said.emplace_back(type().fields[field].name);
    judge_by_rules(desk_, incident, said);
  }

  /// What its alarms counted comes along; when news are due follows from that.
  void derive(ImportedIncident const& in, Incident& incident) const {
    incident.alert_count = in.record.alert_count;
    incident.first_alert_at = in.record.first_alert_at;
    incident.last_alert_at = in.record.last_alert_at;
    incident.last_update_at = in.record.last_update_at;
    incident.update_due_at = ladder::update_due(desk_.escalation(), incident);
  }

  std::string next_number(store::WriteTx& tx, Incident const& incident) const {
    return desk_.incident_numbers().render(store::next_number(tx, store::incident_table()), incident.created_at);
  }

  void store_changed(store::WriteTx& tx, Incident const& before, Incident after, std::string const& place) const {
    after.rev = before.rev + 1;
    after.updated_at = std::max(desk_.now(), after.created_at);
    refuse_unsound(after);
    store_record(desk_, tx, store::incident_table(), to_row(before), to_row(after), {"imported", place});
  }

 private:
  OpenDesk& desk_;
  bool judges_;
};

ExportedIncident exported(store::Connection& db, Incident incident) {
  auto const record = model::ref_of(incident);
  ExportedIncident out;
  out.timeline = store::timeline_of(db, record);
  out.history = store::events_of(db, record.noun, record.id);
  out.escalations = store::escalations_of(db, record);
  out.links = desk::links_from(db, record);
  out.attachments = stored_attachments(db, record);
  out.ladder_steps = ladder_steps_of(db, record);
  out.keys = change_keys_of(db, record);
  out.incident = std::move(incident);
  return out;
}

}  // namespace

ImportSummary IncidentDesk::import(ImportSource const& source, ImportOptions const& options) {
  return import_records<IncidentKind>(desk_, source, options);
}

ListEnd IncidentDesk::export_all(query::Query const& query, std::function<bool(ExportedIncident const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  store::ReadTx const view(*store);
  auto& db = store->connection();
  auto const found = with_found(db, model::incident_type(), query, &end.unsearched);
  auto const rest = store::list_incidents(db, found, [&](Incident& incident) {
    desk_.check_interrupted();
    ++end.count;
    return visit(exported(db, std::move(incident)));
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

}  // namespace umsops::desk
