// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_spool_line.hpp"

#include "desk/import_values.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {
namespace {

using base::Value;

using model::kLongestText;
constexpr std::string_view kFiled[] = {"fields", "assigned_to"};
constexpr std::string_view kNoted[] = {"id", "text", "at", "corrects", "pinned"};

Value const* given(Value const& object, std::string_view name) {
  Value const* const member = object.find(name);
  return member && !member->is_null() ? member : nullptr;
}

NewIncident filed_from(Value const& object) {
  refuse_unknown_members(object, "incident", kFiled);
  NewIncident wanted;
  wanted.assigned_to = text_of(object, "assigned_to", kLongestText);
  Value const* const fields = given(object, "fields");
  auto const* const members = fields ? fields->get_if<Value::Object>() : nullptr;
  if (!members) refuse_member("fields", "not an object");
  auto const& type = model::incident_type();
  for (auto const& [name, value] : *members) {
    auto const field = type.find(name);
    if (!field || (type.fields[*field].traits & base::kWritable) == 0)
      refuse_member(name, "no field of a new incident");
    model::Incident trial;
    model::set(trial, *field, value);
    wanted.sets.emplace_back(*field, value);
  }
  return wanted;
}

void read_note(Value const& object, SpooledIncident& out) {
  refuse_unknown_members(object, "incident", kNoted);
  out.noted = text_of(object, "id", kLongestText);
  out.note.text = text_of(object, "text", kLongestText);
  out.note.corrects = text_of(object, "corrects", kLongestText);
  if (given(object, "at")) out.note.at = time_of(object, "at");
  if (Value const* const pinned = given(object, "pinned")) out.note.pinned = *pinned == Value(true);
}

}  // namespace

Value to_value(SpooledIncident const& incident) {
  if (!incident.noted.empty()) {
    auto const& note = incident.note;
    return Value::Object{{"id", incident.noted},
                         {"text", note.text},
                         {"at", note.at ? Value(*note.at) : Value()},
                         {"corrects", base::text_or_null(note.corrects)},
                         {"pinned", note.pinned}};
  }
  Value::Object fields;
  for (auto const& [field, value] : incident.filed.sets)
    fields.emplace_back(std::string(model::incident_type().fields[field].name), value);
  return Value::Object{{"fields", std::move(fields)}, {"assigned_to", base::text_or_null(incident.filed.assigned_to)}};
}

SpooledIncident incident_from_line(Value const& line) {
  SpooledIncident out;
  std::string const key = text_of(line, "key", kLongestText);
  if (key.empty()) refuse_member("key", "a report has one");
  out.at = time_of(line, "at");
  Value const* const incident = given(line, "incident");
  if (!incident) refuse_member("incident", "a report about one has it");
  if (incident->find("id")) {
    read_note(*incident, out);
    out.note.key = key;
    out.note.said_at = out.at;
  } else {
    out.filed = filed_from(*incident);
    out.filed.key = key;
    out.filed.said_at = out.at;
  }
  return out;
}

}  // namespace umsops::desk
