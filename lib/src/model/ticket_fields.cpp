// SPDX-License-Identifier: Apache-2.0
// The one description of a ticket's fields: what each is, and how it is read and set.
#include <array>

#include "model/attributes.hpp"
#include "model/refusal.hpp"
#include "umsops/base/number.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

using base::Field;
using base::FieldType;
using base::Value;

namespace {

Value text_or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

template <class T>
Value or_null(std::optional<T> const& value) {
  return value ? Value(*value) : Value();
}

std::string text_of(std::string_view field, Value const& value) {
  if (value.is_null()) return {};
  if (auto const* text = value.get_if<std::string>()) return *text;
  refuse(field, "not a text");
}

std::optional<TimePoint> time_of(std::string_view field, Value const& value) {
  if (value.is_null()) return std::nullopt;
  if (auto const* at = value.get_if<TimePoint>()) return *at;
  if (value.get_if<std::string>() && value.text().empty()) return std::nullopt;
  if (auto const at = base::parse_rfc3339(value.text())) return at;
  refuse(field, "not a time such as 2026-11-23T09:30:00Z");
}

std::optional<std::int64_t> integer_of(std::string_view field, Value const& value) {
  if (value.is_null()) return std::nullopt;
  if (auto const* number = value.get_if<std::int64_t>()) return *number;
  if (value.get_if<std::string>() && value.text().empty()) return std::nullopt;
  if (value.get_if<std::string>()) {
    if (auto const number = base::parse_integer(value.text(), INT64_MIN, INT64_MAX)) return number;
  }
  refuse(field, "not a whole number");
}

template <class Enum>
Enum choice_of(std::string_view field, Value const& value, std::optional<Enum> (*parse)(std::string_view),
               std::span<std::string_view const> names) {
  if (auto const parsed = parse(value.text())) return *parsed;
  refuse_choice(field, value, names);
}

struct TicketField {
  Field field;
  Value (*get)(Ticket const&);
  void (*set)(Ticket&, std::string_view name, Value const&);
};

#define TEXT_MEMBER(member)                                       \
  [](Ticket const& t) { return text_or_null(t.member); },         \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = text_of(name, v); }
#define TIME_MEMBER(member)                              \
  [](Ticket const& t) { return or_null(t.member); },     \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = time_of(name, v); }
#define MINUTES_MEMBER(member)                           \
  [](Ticket const& t) { return or_null(t.member); },     \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = integer_of(name, v); }

void set_time(TimePoint& member, std::string_view name, Value const& value) {
  auto const at = time_of(name, value);
  if (!at) refuse(name, "cannot be empty");
  member = *at;
}

using namespace base;  // the trait names below

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;

std::span<TicketField const> table() {
  static TicketField const kTable[] = {
      {{"id", FieldType::text, "id", kOld, "Internal id (ULID); never changes", "内部编号（ULID），永不改变", "内部编号", {}, 26},
       TEXT_MEMBER(id)},
      {{"ticket_number", FieldType::text, "ticket_number", kOld | kInTable | kInWide, "The number that people use",
        "供人使用的工单编号", "编号", {}, 64},
       TEXT_MEMBER(ticket_number)},
      {{"title", FieldType::text, "title", kGiven | kInTable | kInWide | kPersonal, "What it is about, one line",
        "一行概述", "标题", {}, 200},
       TEXT_MEMBER(title)},
      {{"description", FieldType::block, "description", kGiven | kPersonal, "The whole report", "完整描述", "描述", {}, 65536},
       TEXT_MEMBER(description)},
      {{"requester_id", FieldType::text, "requester_id", kGiven | kInWide | kPersonal, "Who asks", "请求人", "请求人", {}, 100},
       TEXT_MEMBER(requester_id)},
      {{"assignee_id", FieldType::text, "assignee_id", kGiven | kInTable | kInWide, "Who works on it", "处理人", "处理人", {}, 100},
       TEXT_MEMBER(assignee_id)},
      {{"category", FieldType::text, "category", kGiven | kInTable | kInWide, "Category, e.g. sign-in, mfa, permission",
        "类别，例如 sign-in、mfa、permission", "类别", {}, 64},
       TEXT_MEMBER(category)},
      {{"subcategory", FieldType::text, "subcategory", kGiven | kInWide, "Category within the category", "子类别", "子类别", {}, 64},
       TEXT_MEMBER(subcategory)},
      {{"priority", FieldType::choice, "priority", kGiven | kInTable | kInWide, "How soon it matters", "优先级", "优先级",
        priority_names()},
       [](Ticket const& t) { return Value(to_string(t.priority)); },
       [](Ticket& t, std::string_view name, Value const& v) {
         t.priority = choice_of(name, v, &parse_priority, priority_names());
       }},
      {{"status", FieldType::choice, "status", kOld | kInTable | kInWide, "Where it stands; moved by verbs only",
        "状态，只能由命令改变", "状态", status_names()},
       [](Ticket const& t) { return Value(to_string(t.status)); },
       [](Ticket& t, std::string_view name, Value const& v) {
         t.status = choice_of(name, v, &parse_status, status_names());
       }},
      {{"source", FieldType::choice, "source", kGiven | kInWide, "The channel it came by", "来源渠道", "来源", source_names()},
       [](Ticket const& t) { return Value(to_string(t.source)); },
       [](Ticket& t, std::string_view name, Value const& v) {
         t.source = choice_of(name, v, &parse_source, source_names());
       }},
      {{"created_at", FieldType::time, "created_at", kOld | kInTable | kInWide, "When it was filed", "创建时间", "创建时间"},
       [](Ticket const& t) { return Value(t.created_at); },
       [](Ticket& t, std::string_view name, Value const& v) { set_time(t.created_at, name, v); }},
      {{"updated_at", FieldType::time, "updated_at", kOld | kInWide, "When it last changed", "更新时间", "更新时间"},
       [](Ticket const& t) { return Value(t.updated_at); },
       [](Ticket& t, std::string_view name, Value const& v) { set_time(t.updated_at, name, v); }},
      {{"resolved_at", FieldType::time, "resolved_at", kOld, "When it was last resolved", "解决时间", "解决时间"},
       TIME_MEMBER(resolved_at)},
      {{"closed_at", FieldType::time, "closed_at", kOld, "When it was closed", "关闭时间", "关闭时间"}, TIME_MEMBER(closed_at)},
      {{"sla_deadline", FieldType::time, "sla_deadline", kOld, "The earlier of its due times", "SLA 截止时间", "截止时间"},
       TIME_MEMBER(sla_deadline)},
      {{"response_time_minutes", FieldType::integer, "response_time_minutes", kOld, "Minutes to the first response",
        "首次响应用时（分钟）", "响应分钟"},
       MINUTES_MEMBER(response_time_minutes)},
      {{"resolution_time_minutes", FieldType::integer, "resolution_time_minutes", kOld, "Minutes to the resolution",
        "解决用时（分钟）", "解决分钟"},
       MINUTES_MEMBER(resolution_time_minutes)},
      {{"key", FieldType::text, "key", kOld, "Idempotency key that it was filed with", "建单时的幂等键", "幂等键", {}, 200},
       TEXT_MEMBER(key)},
      {{"attributes", FieldType::object, "attributes", kGiven | kPersonal, "Further named values", "附加属性", "属性"},
       [](Ticket const& t) { return to_value(t.attributes); },
       [](Ticket& t, std::string_view, Value const& v) { t.attributes = attributes_from(v); }},
      {{"classification", FieldType::object, "classification", kImport | kDetail, "How priority and category came about",
        "优先级和类别的由来", "分类依据"},
       [](Ticket const& t) { return to_value(t.classification); },
       [](Ticket& t, std::string_view, Value const& v) { t.classification = classification_from(v); }},
      {{"rev", FieldType::integer, "rev", kOld | kInWide, "Revision; grows with each change", "版本，每次修改加一", "版本"},
       [](Ticket const& t) { return Value(t.rev); },
       [](Ticket& t, std::string_view name, Value const& v) {
         auto const rev = integer_of(name, v);
         if (!rev || *rev < 1) refuse(name, "not a number from 1");
         t.rev = *rev;
       }},
  };
  return kTable;
}

}  // namespace

base::RecordType const& ticket_type() {
  static auto const kFields = [] {
    std::vector<Field> fields;
    for (auto const& entry : table()) fields.push_back(entry.field);
    return fields;
  }();
  static base::RecordType const kType{"ticket", kFields};
  return kType;
}

Value get(Ticket const& ticket, std::size_t field) { return table()[field].get(ticket); }

void set(Ticket& ticket, std::size_t field, Value const& value) {
  auto const& entry = table()[field];
  entry.set(ticket, entry.field.name, value);
}

base::Row to_row(Ticket const& ticket) {
  base::Row row;
  row.reserve(table().size());
  for (auto const& entry : table()) row.push_back(entry.get(ticket));
  return row;
}

}  // namespace umsops::model
