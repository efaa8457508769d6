// SPDX-License-Identifier: Apache-2.0
// The one description of an incident's fields: what each is, and how it is read and set.
// FROZEN: hashed. Fields enter a row's hash by name, and the texts of choices with them: never rename one.
#include <array>

#include "model/attributes.hpp"
#include "model/choice.hpp"
#include "model/fields.hpp"
#include "model/incident_limits.hpp"
#include "model/incident_text.hpp"
#include "model/word_list.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

namespace {

using namespace base;  // the trait names below

constexpr std::array<std::string_view, 6> kStatus{"OPEN", "ASSIGNED", "IN_PROGRESS", "RECOVERED", "RESOLVED", "CLOSED"};
constexpr std::array<std::string_view, 5> kType{"AUTHENTICATION_FAILURE", "DATABASE_ISSUE", "NETWORK_PROBLEM",
                                                "PERFORMANCE_DEGRADATION", "OTHER"};
constexpr std::array<std::string_view, 4> kRole{"commander", "scribe", "communications", "deputy"};
constexpr std::array<std::string_view, 2> kUpdate{"DUE", "OVERDUE"};

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;
constexpr unsigned kMade = kDerived | kFilter;

constexpr Access<Incident> kAttributes{
    [](Incident const& i) { return to_value(i.attributes); },
    [](Incident& i, std::string_view, Value const& v) { i.attributes = attributes_from(v); }};
constexpr Access<Incident> kClassification{
    [](Incident const& i) { return to_value(i.classification); },
    [](Incident& i, std::string_view, Value const& v) { i.classification = classification_from(v); }};
constexpr Access<Incident> kRev{[](Incident const& i) { return Value(i.rev); },
                                [](Incident& i, std::string_view name, Value const& v) {
                                  auto const rev = integer_from(name, v);
                                  if (!rev || *rev < 1) refuse(name, "not a number from 1");
                                  i.rev = *rev;
                                }};
constexpr Access<Incident> kReopenCount{
    [](Incident const& i) { return i.reopen_count == 0 ? Value() : Value(i.reopen_count); },
    [](Incident& i, std::string_view name, Value const& v) {
      i.reopen_count = integer_from(name, v).value_or(0);
      if (i.reopen_count < 0) refuse(name, "negative");
    }};

constexpr Access<Incident> kMuted{[](Incident const& i) { return Value(is_muted(i)); },
                                  [](Incident&, std::string_view, Value const&) {}};

template <auto Member>
constexpr auto grade = choice<Member, parse_priority, priority_names>;

Field person_field(std::string_view name, unsigned traits, std::string_view doc, std::string_view doc_zh,
                   std::string_view label_zh) {
  return limited({name, FieldType::text, name, traits | kPerson, doc, doc_zh, label_zh}, kLongestPerson);
}
Field grade_field(std::string_view name, unsigned traits, std::string_view doc, std::string_view doc_zh,
                  std::string_view label_zh) {
  return {name, FieldType::choice, name, traits, doc, doc_zh, label_zh, priority_names()};
}
Field time_field(std::string_view name, unsigned traits, std::string_view doc, std::string_view doc_zh,
                 std::string_view label_zh) {
  return {name, FieldType::time, name, traits, doc, doc_zh, label_zh};
}

using I = Incident;

std::vector<Entry<Incident>> what_it_is() {
  return {
      {limited({"id", FieldType::text, "id", kUnlogged | kAlways | kOld, "Internal id (ULID); never changes",
                "内部编号（ULID），永不改变", "内部编号"},
               26),
       text<&I::id>},
      {limited({"incident_number", FieldType::text, "incident_number", kUnlogged | kAlways | kOld | kInTable | kInWide,
                "The number that people use", "供人使用的事件编号", "编号"},
               64),
       text<&I::incident_number>},
      {limited({"title", FieldType::text, "title", kAlways | kGiven | kInTable | kInWide | kPersonal,
                "What is wrong, one line", "一行概述", "标题"},
               200),
       text<&I::title>},
      {limited({"description", FieldType::block, "description", kGiven | kPersonal, "All that is known", "完整描述",
                "描述"},
               kLongestText),
       text<&I::description>},
      {{"type", FieldType::choice, "type", kAlways | kGiven | kInTable | kInWide, "Kind of disruption", "故障类型",
        "类型", incident_type_names()},
       choice<&I::type, parse_incident_type, incident_type_names>},
      {grade_field("severity", kAlways | kGiven | kInTable | kInWide, "How bad it is", "严重程度", "严重程度"),
       grade<&I::severity>},
      {grade_field("impact", kOptional | kGiven | kInWide, "How much it touches", "影响程度", "影响"),
       grade<&I::impact>},
      {grade_field("urgency", kOptional | kGiven | kInWide, "How soon it gets worse", "紧急程度", "紧急程度"),
       grade<&I::urgency>},
      {grade_field("priority", kAlways | kGiven | kInTable | kInWide, "Which comes first", "优先级", "优先级"),
       grade<&I::priority>},
      {limited({"category", FieldType::text, "category", kGiven | kInWide, "Category, e.g. authentication, network",
                "类别，例如 authentication、network", "类别"},
               64),
       text<&I::category>},
      {{"status", FieldType::choice, "status", kAlways | kOld | kInTable | kInWide,
        "Where it stands; moved by verbs only", "状态，只能由命令改变", "状态", incident_status_names()},
       choice<&I::status, parse_incident_status, incident_status_names>},
      {limited({"source", FieldType::text, "source", kGiven | kInWide | kPersonal, "What noticed it, in its own words",
                "发现来源", "来源"},
               kLongestWord),
       text<&I::source>},
      {person_field("reported_by", kGiven | kInWide | kPersonal, "Who reported it", "报告人", "报告人"),
       person<&I::reported_by>},
      {person_field("assigned_to", kOld | kInTable | kInWide, "Who works on it; changed by assign", "处理人", "处理人"),
       person<&I::assigned_to>},
  };
}

std::vector<Entry<Incident>> what_it_touches() {
  return {
      {{"affected_users", FieldType::integer, "affected_users", kGiven | kInWide, "How many people it touches",
        "受影响的用户数", "受影响用户"},
       integer<&I::affected_users>},
      {grade_field("business_impact", kOptional | kGiven | kInWide, "What it means for the business", "业务影响",
                   "业务影响"),
       grade<&I::business_impact>},
      {{"affected_services", FieldType::list, "affected_services", kGiven | kInWide, "Services that it touches",
        "受影响的服务", "受影响服务"},
       words<&I::affected_services>},
      {{"related_alerts", FieldType::list, "related_alerts", kGiven | kDetail, "Alerts that tell of it", "相关告警",
        "相关告警"},
       words<&I::related_alerts>},
      {time_field("impact_started_at", kGiven, "When the impact began", "影响开始时间", "影响开始"),
       time<&I::impact_started_at>},
      {time_field("detected_at", kAlways | kGiven | kInTable | kInWide, "When it was noticed", "发现时间", "发现时间"),
       time<&I::detected_at>},
      {time_field("created_at", kUnlogged | kAlways | kOld, "When it was filed", "创建时间", "创建时间"),
       time<&I::created_at>},
      {time_field("updated_at", kUnlogged | kAlways | kOld | kInWide, "When it last changed", "更新时间", "更新时间"),
       time<&I::updated_at>},
      {time_field("acknowledged_at", kOld | kInWide, "When somebody first acknowledged it", "首次确认时间", "确认时间"),
       time<&I::acknowledged_at>},
      {person_field("acknowledged_by", kOld, "Who did", "确认人", "确认人"), person<&I::acknowledged_by>},
      {time_field("recovered_at", kOld, "When service was back", "恢复时间", "恢复时间"), time<&I::recovered_at>},
      {time_field("resolved_at", kOld, "When it was last resolved", "解决时间", "解决时间"), time<&I::resolved_at>},
      {time_field("closed_at", kOld, "When it was closed", "关闭时间", "关闭时间"), time<&I::closed_at>},
  };
}

std::vector<Entry<Incident>> how_it_ends() {
  return {
      {limited({"resolution", FieldType::block, "resolution", kOld | kDetail | kPersonal, "What was done", "解决方案",
                "解决方案"},
               kLongestText),
       text<&I::resolution>},
      {limited({"root_cause", FieldType::block, "root_cause", kGiven | kDetail | kPersonal, "Why it happened",
                "根本原因", "根本原因"},
               kLongestText),
       text<&I::root_cause>},
      {person_field("commander", kOld, "Who leads", "指挥人", "指挥人"), person<&I::commander>},
      {person_field("scribe", kOld | kDetail, "Who writes down", "记录人", "记录人"), person<&I::scribe>},
      {person_field("communications", kOld | kDetail, "Who speaks to others", "对外沟通人", "沟通人"),
       person<&I::communications>},
      {person_field("deputy", kOld | kDetail, "Who stands in for the commander", "副指挥人", "副指挥"),
       person<&I::deputy>},
      {limited(
           {"key", FieldType::text, "key", kOld, "Idempotency key that it was filed with", "建单时的幂等键", "幂等键"},
           200),
       text<&I::key>},
      {limited({"dedup_key", FieldType::text, "dedup_key", kOld, "Key of the alarms that it stands for",
                "所代表告警的键", "告警键"},
               200),
       text<&I::dedup_key>},
      {{"attributes", FieldType::object, "attributes", kGiven | kPersonal, "Further named values", "附加属性", "属性"},
       kAttributes},
      {{"classification", FieldType::object, "classification", kUnlogged | kImport | kDetail,
        "How type, severity and the rest came about", "类型、严重程度等的由来", "分类依据"},
       kClassification},
      {{"reopen_count", FieldType::integer, "reopen_count", kOld, "How often it was reopened", "重新打开次数",
        "重开次数"},
       kReopenCount},
      {{"rev", FieldType::integer, "rev", kUnlogged | kAlways | kOld | kInWide, "Revision; grows with each change",
        "版本，每次修改加一", "版本"},
       kRev},
  };
}

/// What came with later schemas stands behind; the hash of a row takes it by name.
std::vector<Entry<Incident>> what_wakes_whom() {
  return {
      {{"firing_alerts", FieldType::list, "firing_alerts", kOld | kDetail, "Its alarms that have not ended",
        "尚未解除的告警", "触发中的告警"},
       words<&I::firing_alerts>},
      {{"silenced_by", FieldType::list, "silenced_by", kOld | kInWide, "Silences that mute it", "使其静默的静默编号",
        "静默"},
       words<&I::silenced_by>},
      {{"inhibited_by", FieldType::list, "inhibited_by", kOld | kInWide, "Incidents that mute it, each with the rule",
        "使其抑制的事件及规则", "抑制"},
       words<&I::inhibited_by>},
      {{"acknowledgers", FieldType::list, "acknowledgers", kOld | kDetail | kPersonal,
        "Who acknowledged it since escalation_from", "自 escalation_from 以来的确认人", "确认人列表"},
       words<&I::acknowledgers>},
      {time_field("escalation_from", kOld | kDetail, "Since when somebody is waited for; absent: nobody is",
                  "自何时起等待确认；为空表示不再等待", "等待起始"),
       time<&I::escalation_from>},
      {time_field("resolves_at", kOld | kAhead | kDetail, "When it is RESOLVED by itself unless an alarm comes before",
                  "若无新告警，自动解决的时间", "自动解决"),
       time<&I::resolves_at>},
      {{"alert_count", FieldType::integer, "alert_count", kMade | kInWide, "How often its alarms came", "告警次数",
        "告警次数"},
       integer<&I::alert_count>},
      {time_field("first_alert_at", kMade | kDetail, "When the first of them came", "首次告警时间", "首次告警"),
       time<&I::first_alert_at>},
      {time_field("last_alert_at", kMade, "When the last of them came", "最近告警时间", "最近告警"),
       time<&I::last_alert_at>},
      {time_field("last_update_at", kMade | kDetail, "When it was last told where it stands: a note, a move, an update",
                  "最近一次更新：记录、状态变化或通报", "最近更新"),
       time<&I::last_update_at>},
      {time_field("update_due_at", kMade | kAhead, "When that is due again; absent: no news are owed",
                  "下次更新的截止时间；为空表示无须更新", "更新截止"),
       time<&I::update_due_at>},
      {{"tags", FieldType::list, "tags", kGiven | kInWide, "Words that it is found by", "标签", "标签"},
       words<&I::tags>},
      {{"muted",
        FieldType::boolean,
        {},
        kComputed | kFilter,
        "Whether it wakes nobody: silenced or inhibited",
        "是否不通知任何人：已静默或被抑制",
        "不通知"},
       kMuted},
      {{"update",
        FieldType::choice,
        {},
        kComputed | kFilter | kInWide | kOptional,
        "Whether news are owed, or overdue",
        "更新是否到期",
        "更新状态",
        kUpdate},
       choice<&I::update, parse_update_state, update_state_names>},
  };
}

Fields<Incident> const& fields() {
  static std::vector<Entry<Incident>> const kEntries = [] {
    std::vector<Entry<Incident>> all;
    for (auto const& part : {what_it_is(), what_it_touches(), how_it_ends(), what_wakes_whom()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  static Fields<Incident> const kFields(
      {.noun = "incident", .fields = {}, .number_field = "incident_number", .searched = true}, kEntries);
  return kFields;
}

}  // namespace

std::span<std::string_view const> incident_status_names() { return kStatus; }
std::span<std::string_view const> incident_type_names() { return kType; }
std::span<std::string_view const> incident_role_names() { return kRole; }
std::span<std::string_view const> update_state_names() { return kUpdate; }
std::string_view to_string(UpdateState v) { return kUpdate[static_cast<std::size_t>(v)]; }
std::optional<UpdateState> parse_update_state(std::string_view text) {
  return parse_choice<UpdateState>(text, kUpdate);
}
std::string_view to_string(IncidentStatus v) { return kStatus[static_cast<std::size_t>(v)]; }
std::string_view to_string(IncidentType v) { return kType[static_cast<std::size_t>(v)]; }
std::string_view to_string(IncidentRole v) { return kRole[static_cast<std::size_t>(v)]; }
std::optional<IncidentStatus> parse_incident_status(std::string_view text) {
  return parse_choice<IncidentStatus>(text, kStatus);
}
std::optional<IncidentType> parse_incident_type(std::string_view text) {
  return parse_choice<IncidentType>(text, kType);
}
std::optional<IncidentRole> parse_incident_role(std::string_view text) {
  for (std::size_t i = 0; i < kRole.size(); ++i) {
    if (base::ascii_lower(text) == kRole[i]) return static_cast<IncidentRole>(i);
  }
  return std::nullopt;
}

bool is_active(IncidentStatus status) { return status < IncidentStatus::recovered; }
bool is_muted(Incident const& incident) { return !incident.silenced_by.empty() || !incident.inhibited_by.empty(); }
std::optional<UpdateState> update_state_at(Incident const& incident, TimePoint now) {
  if (!incident.update_due_at) return std::nullopt;
  return *incident.update_due_at <= now ? UpdateState::overdue : UpdateState::due;
}

bool is_open(IncidentStatus status) { return status != IncidentStatus::resolved && status != IncidentStatus::closed; }

std::string& holder(Incident& incident, IncidentRole role) {
  switch (role) {
    case IncidentRole::commander:
      return incident.commander;
    case IncidentRole::scribe:
      return incident.scribe;
    case IncidentRole::communications:
      return incident.communications;
    case IncidentRole::deputy:
      break;
  }
  return incident.deputy;
}

base::RecordType const& incident_type() { return fields().type(); }
Ref ref_of(Incident const& incident) { return {std::string(incident_type().noun), incident.id}; }
Value get(Incident const& incident, std::size_t field) { return fields().get(incident, field); }
std::string_view text_of(Incident const& incident, std::size_t field) { return fields().text(incident, field); }
void set(Incident& incident, std::size_t field, Value const& value) { fields().set(incident, field, value); }
base::Row to_row(Incident const& incident) { return fields().to_row(incident); }
Incident incident_from(base::Row const& row) {
  Incident incident;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row[i].is_null()) set(incident, i, row[i]);
  }
  return incident;
}

}  // namespace umsops::model
