// SPDX-License-Identifier: Apache-2.0
// The one description of a review's fields: what each is, and how it is read and set.
// FROZEN: hashed. Fields enter a row's hash by name, and the texts of choices with them: never rename one.
#include <algorithm>
#include <array>

#include "model/choice.hpp"
#include "model/fields.hpp"
#include "model/review_text.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

namespace {

using namespace base;  // the trait names below

constexpr std::array<std::string_view, 4> kStatus{"DRAFT", "IN_REVIEW", "REVIEWED", "CLOSED"};
constexpr std::array<std::string_view, 4> kTarget{"task", "rule", "runbook", "article"};
constexpr std::array<std::string_view, 9> kSections{"overview",        "what_happened",    "contributing_factors",
                                                    "resolution",      "impact",           "went_well",
                                                    "did_not_go_well", "internal_message", "external_message"};

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;

using R = Review;

/// What was stored as JSON, as a value.
Value read_json(std::string_view name, Value const& value) {
  if (!value.get_if<std::string>()) return value;
  try {
    return base::parse_json(value.text(), name);
  } catch (base::Error const& error) {
    refuse(name, error.message());
  }
}

Value sections_of(R const& review) {
  Value::Object object;
  for (auto const& [name, text] : review.sections) object.emplace_back(name, text);
  return object.empty() ? Value() : Value(std::move(object));
}

void set_sections(R& review, std::string_view name, Value const& value) {
  review.sections.clear();
  Value const given = is_absent(value) ? Value() : read_json(name, value);
  if (given.is_null()) return;
  auto const* const object = given.get_if<Value::Object>();
  if (!object) refuse(name, "not an object of texts");
  for (auto const& [section, text] : *object) set_section(review, section, text_from(section, text));
}

ReviewAction action_from(Value const& value) {
  ReviewAction action;
  auto const text = [&](std::string_view member) {
    auto const* const found = value.find(member);
    return found ? std::string(found->text()) : std::string();
  };
  auto const time = [&](std::string_view member) {
    auto const* const found = value.find(member);
    return found ? time_from(member, *found) : std::nullopt;
  };
  action.ticket = text("ticket");
  action.title = text("title");
  auto const target = parse_action_target(text("target"));
  if (!target) refuse_choice("target", text("target"), kTarget);
  action.target = *target;
  action.name = text("name");
  action.before = text("before");
  action.after = text("after");
  action.finding = text("finding");
  action.due_at = time("due_at");
  action.created_at = time("created_at").value_or(TimePoint{});
  action.applied_at = time("applied_at");
  return action;
}

Value actions_of(R const& review) {
  Value::List list;
  for (auto const& action : review.actions) list.push_back(to_value(action));
  return list.empty() ? Value() : Value(std::move(list));
}

void set_actions(R& review, std::string_view name, Value const& value) {
  review.actions.clear();
  Value const given = is_absent(value) ? Value() : read_json(name, value);
  if (given.is_null()) return;
  auto const* const list = given.get_if<Value::List>();
  if (!list) refuse(name, "not a list");
  for (auto const& each : *list) review.actions.push_back(action_from(each));
}

constexpr Access<R> kRev{[](R const& r) { return Value(r.rev); },
                         [](R& r, std::string_view name, Value const& v) {
                           auto const rev = integer_from(name, v);
                           if (!rev || *rev < 1) refuse(name, "not a number from 1");
                           r.rev = *rev;
                         }};

Field text_field(std::string_view name, unsigned traits, std::size_t longest, std::string_view doc,
                 std::string_view doc_zh, std::string_view label_zh) {
  return limited({name, FieldType::text, name, traits, doc, doc_zh, label_zh}, longest);
}
Field person_field(std::string_view name, unsigned traits, std::string_view doc, std::string_view doc_zh,
                   std::string_view label_zh) {
  return text_field(name, traits | kPerson | kPersonal, kLongestPerson, doc, doc_zh, label_zh);
}

std::vector<Entry<R>> what_it_is() {
  return {
      {text_field("id", kUnlogged | kAlways | kOld, 26, "Internal id (ULID); never changes",
                  "内部编号（ULID），永不改变", "内部编号"),
       text<&R::id>},
      {text_field("review_number", kUnlogged | kAlways | kOld | kInTable | kInWide, 64, "The number that people use",
                  "供人使用的编号", "编号"),
       text<&R::review_number>},
      {text_field("incident", kAlways | kOld | kInTable | kInWide, 64, "The incident that it is about", "所复盘的事件",
                  "事件"),
       text<&R::incident>},
      {text_field("title", kAlways | kGiven | kInTable | kInWide | kPersonal, 200, "Title, one line", "标题，一行",
                  "标题"),
       text<&R::title>},
      {{"type", FieldType::choice, "type", kAlways | kOld | kInWide, "Type of the incident", "故障类型", "类型",
        incident_type_names()},
       choice<&R::type, parse_incident_type, incident_type_names>},
      {{"severity", FieldType::choice, "severity", kAlways | kOld | kInTable | kInWide, "Severity of the incident",
        "事件严重程度", "严重程度", priority_names()},
       choice<&R::severity, parse_priority, priority_names>},
      {{"status", FieldType::choice, "status", kAlways | kOld | kInTable | kInWide,
        "Where it stands; moved by verbs only", "状态，只能由命令改变", "状态", kStatus},
       choice<&R::status, parse_review_status, review_status_names>},
      {person_field("owner", kGiven | kInTable | kInWide, "Who sees to it", "负责人", "负责人"), person<&R::owner>},
      {{"due_at", FieldType::time, "due_at", kGiven | kAhead | kInTable | kInWide, "By when it is to be REVIEWED",
        "评审期限", "期限"},
       time<&R::due_at>},
      {{"sections", FieldType::object, "sections", kWritable | kDetail | kPersonal, "What people wrote, by section",
        "人工撰写的各部分内容", "内容"},
       {sections_of, set_sections}},
      {{"actions", FieldType::list, "actions", kUnlogged | kImport | kDetail | kPersonal, "What is to be done about it",
        "改进措施", "改进措施"},
       {actions_of, set_actions}},
  };
}

std::vector<Entry<R>> how_it_came_about() {
  return {
      {person_field("created_by", kUnlogged | kOld, "Who began it", "创建人", "创建人"), person<&R::created_by>},
      {person_field("updated_by", kUnlogged | kOld, "Who changed it last", "最后修改人", "修改人"),
       person<&R::updated_by>},
      {person_field("reviewed_by", kOld | kInWide, "Who said that it is right", "评审人", "评审人"),
       person<&R::reviewed_by>},
      {{"created_at", FieldType::time, "created_at", kUnlogged | kAlways | kOld, "When it was begun", "创建时间",
        "创建时间"},
       time<&R::created_at>},
      {{"updated_at", FieldType::time, "updated_at", kUnlogged | kAlways | kOld | kInWide, "When it last changed",
        "更新时间", "更新时间"},
       time<&R::updated_at>},
      {{"reviewed_at", FieldType::time, "reviewed_at", kOld | kInWide, "When it was REVIEWED", "评审完成时间",
        "评审时间"},
       time<&R::reviewed_at>},
      {{"closed_at", FieldType::time, "closed_at", kOld, "When it was CLOSED", "关闭时间", "关闭时间"},
       time<&R::closed_at>},
      {{"rev", FieldType::integer, "rev", kUnlogged | kAlways | kOld | kInWide, "Revision; grows with each change",
        "版本，每次修改加一", "版本"},
       kRev},
  };
}

Fields<R> const& fields() {
  static auto const kEntries = [] {
    auto entries = what_it_is();
    for (auto const& entry : how_it_came_about()) entries.push_back(entry);
    return entries;
  }();
  static Fields<R> const kFields({.noun = "review", .number_field = "review_number"}, kEntries);
  return kFields;
}

}  // namespace

std::span<std::string_view const> review_status_names() { return kStatus; }
std::string_view to_string(ReviewStatus v) { return kStatus[static_cast<std::size_t>(v)]; }
std::string_view to_string(ActionTarget v) { return kTarget[static_cast<std::size_t>(v)]; }
std::optional<ReviewStatus> parse_review_status(std::string_view text) {
  return parse_choice<ReviewStatus>(text, kStatus);
}
std::optional<ActionTarget> parse_action_target(std::string_view text) {
  return parse_choice<ActionTarget>(text, kTarget);
}
std::span<std::string_view const> review_sections() { return kSections; }

base::RecordType const& review_type() { return fields().type(); }
Ref ref_of(Review const& review) { return {std::string(review_type().noun), review.id}; }
Value get(Review const& review, std::size_t field) { return fields().get(review, field); }
std::string_view text_of(Review const& review, std::size_t field) { return fields().text(review, field); }
void set(Review& review, std::size_t field, Value const& value) { fields().set(review, field, value); }
base::Row to_row(Review const& review) { return fields().to_row(review); }

Value to_value(ReviewAction const& action) {
  auto const text_of_time = [](std::optional<TimePoint> const& at) {
    return at ? Value(base::format_rfc3339(*at)) : Value();
  };
  return Value::Object{{"ticket", base::text_or_null(action.ticket)},
                       {"title", action.title},
                       {"target", to_string(action.target)},
                       {"name", base::text_or_null(action.name)},
                       {"before", base::text_or_null(action.before)},
                       {"after", base::text_or_null(action.after)},
                       {"finding", base::text_or_null(action.finding)},
                       {"due_at", text_of_time(action.due_at)},
                       {"created_at", text_of_time(action.created_at)},
                       {"applied_at", text_of_time(action.applied_at)}};
}

void set_section(Review& review, std::string_view name, std::string text) {
  auto const place = std::find(kSections.begin(), kSections.end(), name);
  if (place == kSections.end()) refuse_choice("sections", name, kSections);
  auto const before = [&](auto const& section) {
    return std::find(kSections.begin(), kSections.end(), section.first) < place;
  };
  auto const at = std::find_if_not(review.sections.begin(), review.sections.end(), before);
  bool const there = at != review.sections.end() && at->first == name;
  if (there && text.empty()) {
    review.sections.erase(at);
  } else if (there) {
    at->second = std::move(text);
  } else if (!text.empty()) {
    review.sections.emplace(at, std::string(name), std::move(text));
  }
}

}  // namespace umsops::model
