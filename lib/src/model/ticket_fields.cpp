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

bool says_nothing(Value const& value) {
  return value.is_null() || (value.get_if<std::string>() && value.text().empty());
}

struct TicketField {
  Field field;
  Value (*get)(Ticket const&);
  void (*set)(Ticket&, std::string_view name, Value const&);
};

#define TEXT_MEMBER(member)                               \
  [](Ticket const& t) { return text_or_null(t.member); }, \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = text_of(name, v); }
#define TIME_MEMBER(member)                          \
  [](Ticket const& t) { return or_null(t.member); }, \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = time_of(name, v); }
#define CHOICE_MEMBER(member, parse, names)                                         \
  [](Ticket const& t) { return t.member ? Value(to_string(*t.member)) : Value(); }, \
      [](Ticket& t, std::string_view name, Value const& v) {                        \
        t.member.reset();                                                           \
        if (!says_nothing(v)) t.member = choice_of(name, v, parse, names());        \
      }
#define MINUTES_MEMBER(member)                       \
  [](Ticket const& t) { return or_null(t.member); }, \
      [](Ticket& t, std::string_view name, Value const& v) { t.member = integer_of(name, v); }

void set_time(TimePoint& member, std::string_view name, Value const& value) {
  auto const at = time_of(name, value);
  if (!at) refuse(name, "cannot be empty");
  member = *at;
}

using namespace base;  // the trait names below

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;
constexpr unsigned kMade = kDerived | kFilter;

std::span<TicketField const> table() {
  static TicketField const kTable[] = {
      {{"id",
        FieldType::text,
        "id",
        kOld,
        "Internal id (ULID); never changes",
        "内部编号（ULID），永不改变",
        "内部编号",
        {},
        26},
       TEXT_MEMBER(id)},
      {{"ticket_number",
        FieldType::text,
        "ticket_number",
        kOld | kInTable | kInWide,
        "The number that people use",
        "供人使用的工单编号",
        "编号",
        {},
        64},
       TEXT_MEMBER(ticket_number)},
      {{"title",
        FieldType::text,
        "title",
        kGiven | kInTable | kInWide | kPersonal,
        "What it is about, one line",
        "一行概述",
        "标题",
        {},
        200},
       TEXT_MEMBER(title)},
      {{"description",
        FieldType::block,
        "description",
        kGiven | kPersonal,
        "The whole report",
        "完整描述",
        "描述",
        {},
        65536},
       TEXT_MEMBER(description)},
      {{"requester_id",
        FieldType::text,
        "requester_id",
        kGiven | kInWide | kPersonal,
        "Who asks",
        "请求人",
        "请求人",
        {},
        100},
       TEXT_MEMBER(requester_id)},
      {{"assignee_id",
        FieldType::text,
        "assignee_id",
        kGiven | kInTable | kInWide,
        "Who works on it",
        "处理人",
        "处理人",
        {},
        100},
       TEXT_MEMBER(assignee_id)},
      {{"category",
        FieldType::text,
        "category",
        kGiven | kInTable | kInWide,
        "Category, e.g. sign-in, mfa, permission",
        "类别，例如 sign-in、mfa、permission",
        "类别",
        {},
        64},
       TEXT_MEMBER(category)},
      {{"subcategory",
        FieldType::text,
        "subcategory",
        kGiven | kInWide,
        "Category within the category",
        "子类别",
        "子类别",
        {},
        64},
       TEXT_MEMBER(subcategory)},
      {{"priority", FieldType::choice, "priority", kGiven | kInTable | kInWide, "How soon it matters", "优先级",
        "优先级", priority_names()},
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
      {{"source", FieldType::choice, "source", kGiven | kInWide, "The channel it came by", "来源渠道", "来源",
        source_names()},
       [](Ticket const& t) { return Value(to_string(t.source)); },
       [](Ticket& t, std::string_view name, Value const& v) {
         t.source = choice_of(name, v, &parse_source, source_names());
       }},
      {{"created_at", FieldType::time, "created_at", kOld | kInTable | kInWide, "When it was filed", "创建时间",
        "创建时间"},
       [](Ticket const& t) { return Value(t.created_at); },
       [](Ticket& t, std::string_view name, Value const& v) { set_time(t.created_at, name, v); }},
      {{"updated_at", FieldType::time, "updated_at", kOld | kInWide, "When it last changed", "更新时间", "更新时间"},
       [](Ticket const& t) { return Value(t.updated_at); },
       [](Ticket& t, std::string_view name, Value const& v) { set_time(t.updated_at, name, v); }},
      {{"resolved_at", FieldType::time, "resolved_at", kOld, "When it was last resolved", "解决时间", "解决时间"},
       TIME_MEMBER(resolved_at)},
      {{"closed_at", FieldType::time, "closed_at", kOld, "When it was closed", "关闭时间", "关闭时间"},
       TIME_MEMBER(closed_at)},
      {{"sla_deadline", FieldType::time, "sla_deadline", kOld | kDerived | kAhead,
        "The earliest due time of a clock that runs", "仍在计时的最早截止时间", "截止时间"},
       TIME_MEMBER(sla_deadline)},
      {{"response_time_minutes", FieldType::integer, "response_time_minutes", kOld, "Minutes to the first response",
        "首次响应用时（分钟）", "响应分钟"},
       MINUTES_MEMBER(response_time_minutes)},
      {{"resolution_time_minutes", FieldType::integer, "resolution_time_minutes", kOld, "Minutes to the resolution",
        "解决用时（分钟）", "解决分钟"},
       MINUTES_MEMBER(resolution_time_minutes)},
      {{"key",
        FieldType::text,
        "key",
        kOld,
        "Idempotency key that it was filed with",
        "建单时的幂等键",
        "幂等键",
        {},
        200},
       TEXT_MEMBER(key)},
      {{"attributes", FieldType::object, "attributes", kGiven | kPersonal, "Further named values", "附加属性", "属性"},
       [](Ticket const& t) { return to_value(t.attributes); },
       [](Ticket& t, std::string_view, Value const& v) { t.attributes = attributes_from(v); }},
      {{"classification", FieldType::object, "classification", kImport | kDetail,
        "How priority and category came about", "优先级和类别的由来", "分类依据"},
       [](Ticket const& t) { return to_value(t.classification); },
       [](Ticket& t, std::string_view, Value const& v) { t.classification = classification_from(v); }},
      {{"rev", FieldType::integer, "rev", kOld | kInWide, "Revision; grows with each change", "版本，每次修改加一",
        "版本"},
       [](Ticket const& t) { return Value(t.rev); },
       [](Ticket& t, std::string_view name, Value const& v) {
         auto const rev = integer_of(name, v);
         if (!rev || *rev < 1) refuse(name, "not a number from 1");
         t.rev = *rev;
       }},
      // What came with later schemas stands behind; the hash of a row takes it by name (store/ticket_row.cpp).
      {{"first_response_at", FieldType::time, "first_response_at", kOld, "First external reply of staff",
        "首次对外回复时间", "首次响应"},
       TIME_MEMBER(first_response_at)},
      {{"response_working_minutes", FieldType::integer, "response_working_minutes", kOld | kDetail,
        "Working minutes to the first response", "首次响应用时（工作分钟）", "响应工作分钟"},
       MINUTES_MEMBER(response_working_minutes)},
      {{"resolution_working_minutes", FieldType::integer, "resolution_working_minutes", kOld | kDetail,
        "Working minutes to the resolution, without pauses", "解决用时（工作分钟，不含暂停）", "解决工作分钟"},
       MINUTES_MEMBER(resolution_working_minutes)},
      {{"resolution",
        FieldType::block,
        "resolution",
        kOld | kDetail | kPersonal,
        "What was done",
        "解决方案",
        "解决方案",
        {},
        65536},
       TEXT_MEMBER(resolution)},
      {{"knowledge",
        FieldType::text,
        "knowledge",
        kOld | kDetail,
        "The article or solution that helped",
        "所用的知识条目",
        "知识条目",
        {},
        100},
       TEXT_MEMBER(knowledge)},
      {{"reopen_count", FieldType::integer, "reopen_count", kOld, "How often it was reopened", "重新打开次数",
        "重开次数"},
       [](Ticket const& t) { return t.reopen_count == 0 ? Value() : Value(t.reopen_count); },
       [](Ticket& t, std::string_view name, Value const& v) {
         t.reopen_count = integer_of(name, v).value_or(0);
         if (t.reopen_count < 0) refuse(name, "negative");
       }},
      {{"pending_until", FieldType::time, "pending_until", kOld | kAhead, "When a PENDING ticket wakes up",
        "挂起到何时", "挂起至"},
       TIME_MEMBER(pending_until)},
      {{"pending_then", FieldType::choice, "pending_then", kOld | kDetail | kOptional, "What becomes of it then",
        "到时如何处理", "到时处理", wake_up_names()},
       CHOICE_MEMBER(pending_then, &parse_wake_up, wake_up_names)},
      {{"escalation_level", FieldType::choice, "escalation_level", kOld | kOptional, "Level of escalation", "升级级别",
        "升级级别", level_names()},
       CHOICE_MEMBER(escalation_level, &parse_level, level_names)},
      {{"sla_policy",
        FieldType::text,
        "sla_policy",
        kOld,
        "Policy that its due times follow",
        "所适用的 SLA 策略",
        "SLA 策略",
        {},
        100},
       TEXT_MEMBER(sla_policy)},
      {{"response_due_at", FieldType::time, "response_due_at", kMade | kAhead, "When the first response is or was due",
        "首次响应截止时间", "响应截止"},
       TIME_MEMBER(response_due_at)},
      {{"resolution_due_at", FieldType::time, "resolution_due_at", kMade | kAhead, "When the resolution is or was due",
        "解决截止时间", "解决截止"},
       TIME_MEMBER(resolution_due_at)},
      {{"sla_risk_at", FieldType::time, "sla_risk_at", kMade | kAhead, "From when on it is at risk", "何时起有超时风险",
        "风险起始"},
       TIME_MEMBER(sla_risk_at)},
      {{"sla_breach", FieldType::choice, "sla_breach", kMade | kOptional, "What was breached, for good", "已发生的违约",
        "违约", sla_status_names()},
       CHOICE_MEMBER(sla_breach, &parse_sla_status, sla_status_names)},
      {{"next_action_at", FieldType::time, "next_action_at", kMade | kAhead | kDetail, "When tick has to look at it",
        "tick 下次处理的时间", "下次处理"},
       TIME_MEMBER(next_action_at)},
      {{"sla",
        FieldType::choice,
        {},
        kComputed | kFilter | kInTable | kInWide | kOptional,
        "Where it stands with its due times, now",
        "当前 SLA 状态",
        "SLA",
        sla_status_names()},
       CHOICE_MEMBER(sla, &parse_sla_status, sla_status_names)},
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
