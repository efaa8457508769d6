// SPDX-License-Identifier: Apache-2.0
// The one description of a ticket's fields: what each is, and how it is read and set.
// FROZEN: hashed. Fields up to `rev` enter a row's hash by their place, later ones by name: add behind, never move or
// rename.
#include "model/attributes.hpp"
#include "model/fields.hpp"
#include "model/ticket_text.hpp"
#include "model/word_list.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/person.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

using base::FieldType;
using base::Value;

namespace {

using namespace base;  // the trait names below

constexpr unsigned kGiven = kWritable | kFilter;
constexpr unsigned kOld = kImport | kFilter;
constexpr unsigned kMade = kDerived | kFilter;

constexpr Access<Ticket> kAttributes{
    [](Ticket const& t) { return to_value(t.attributes); },
    [](Ticket& t, std::string_view, Value const& v) { t.attributes = attributes_from(v); }};

constexpr Access<Ticket> kClassification{
    [](Ticket const& t) { return to_value(t.classification); },
    [](Ticket& t, std::string_view, Value const& v) { t.classification = classification_from(v); }};

constexpr Access<Ticket> kRev{[](Ticket const& t) { return Value(t.rev); },
                              [](Ticket& t, std::string_view name, Value const& v) {
                                auto const rev = integer_from(name, v);
                                if (!rev || *rev < 1) refuse(name, "not a number from 1");
                                t.rev = *rev;
                              }};

constexpr Access<Ticket> kReopenCount{
    [](Ticket const& t) { return t.reopen_count == 0 ? Value() : Value(t.reopen_count); },
    [](Ticket& t, std::string_view name, Value const& v) {
      t.reopen_count = integer_from(name, v).value_or(0);
      if (t.reopen_count < 0) refuse(name, "negative");
    }};

Fields<Ticket> const& fields() {
  static Entry<Ticket> const kEntries[] = {
      {limited({"id", FieldType::text, "id", kUnlogged | kAlways | kOld, "Internal id (ULID); never changes",
                "内部编号（ULID），永不改变", "内部编号"},
               26),
       text<&Ticket::id>},
      {limited({"ticket_number", FieldType::text, "ticket_number", kUnlogged | kAlways | kOld | kInTable | kInWide,
                "The number that people use", "供人使用的工单编号", "编号"},
               64),
       text<&Ticket::ticket_number>},
      {limited({"title", FieldType::text, "title", kAlways | kGiven | kInTable | kInWide | kPersonal,
                "What it is about, one line", "一行概述", "标题"},
               200),
       text<&Ticket::title>},
      {limited(
           {"description", FieldType::block, "description", kGiven | kPersonal, "The whole report", "完整描述", "描述"},
           kLongestText),
       text<&Ticket::description>},
      {limited({"requester_id", FieldType::text, "requester_id", kGiven | kInWide | kPersonal | kPerson, "Who asks",
                "请求人", "请求人"},
               kLongestPerson),
       person<&Ticket::requester_id>},
      {limited({"assignee_id", FieldType::text, "assignee_id", kGiven | kInTable | kInWide | kPerson, "Who works on it",
                "处理人", "处理人"},
               kLongestPerson),
       person<&Ticket::assignee_id>},
      {limited({"category", FieldType::text, "category", kGiven | kInTable | kInWide,
                "Category, e.g. sign-in, mfa, permission", "类别，例如 sign-in、mfa、permission", "类别"},
               64),
       text<&Ticket::category>},
      {limited({"subcategory", FieldType::text, "subcategory", kGiven | kInWide, "Category within the category",
                "子类别", "子类别"},
               64),
       text<&Ticket::subcategory>},
      {{"priority", FieldType::choice, "priority", kAlways | kGiven | kInTable | kInWide, "How soon it matters",
        "优先级", "优先级", priority_names()},
       choice<&Ticket::priority, parse_priority, priority_names>},
      {{"status", FieldType::choice, "status", kAlways | kOld | kInTable | kInWide,
        "Where it stands; moved by verbs only", "状态，只能由命令改变", "状态", status_names()},
       choice<&Ticket::status, parse_status, status_names>},
      {{"source", FieldType::choice, "source", kAlways | kGiven | kInWide, "The channel it came by", "来源渠道", "来源",
        source_names()},
       choice<&Ticket::source, parse_source, source_names>},
      {{"created_at", FieldType::time, "created_at", kUnlogged | kAlways | kOld | kInTable | kInWide,
        "When it was filed", "创建时间", "创建时间"},
       time<&Ticket::created_at>},
      {{"updated_at", FieldType::time, "updated_at", kUnlogged | kAlways | kOld | kInWide, "When it last changed",
        "更新时间", "更新时间"},
       time<&Ticket::updated_at>},
      {{"resolved_at", FieldType::time, "resolved_at", kOld, "When it was last resolved", "解决时间", "解决时间"},
       time<&Ticket::resolved_at>},
      {{"closed_at", FieldType::time, "closed_at", kOld, "When it was closed", "关闭时间", "关闭时间"},
       time<&Ticket::closed_at>},
      {{"sla_deadline", FieldType::time, "sla_deadline", kOld | kDerived | kAhead,
        "The earliest due time of a clock that runs", "仍在计时的最早截止时间", "截止时间"},
       time<&Ticket::sla_deadline>},
      {{"response_time_minutes", FieldType::integer, "response_time_minutes", kOld, "Minutes to the first response",
        "首次响应用时（分钟）", "响应分钟"},
       integer<&Ticket::response_time_minutes>},
      {{"resolution_time_minutes", FieldType::integer, "resolution_time_minutes", kOld, "Minutes to the resolution",
        "解决用时（分钟）", "解决分钟"},
       integer<&Ticket::resolution_time_minutes>},
      {limited(
           {"key", FieldType::text, "key", kOld, "Idempotency key that it was filed with", "建单时的幂等键", "幂等键"},
           200),
       text<&Ticket::key>},
      {{"attributes", FieldType::object, "attributes", kGiven | kPersonal, "Further named values", "附加属性", "属性"},
       kAttributes},
      {{"classification", FieldType::object, "classification", kUnlogged | kImport | kDetail,
        "How priority and category came about", "优先级和类别的由来", "分类依据"},
       kClassification},
      {{"rev", FieldType::integer, "rev", kUnlogged | kAlways | kOld | kInWide, "Revision; grows with each change",
        "版本，每次修改加一", "版本"},
       kRev},
      // What came with later schemas stands behind; the hash of a row takes it by name.
      {{"first_response_at", FieldType::time, "first_response_at", kOld, "First external reply of staff",
        "首次对外回复时间", "首次响应"},
       time<&Ticket::first_response_at>},
      {{"response_working_minutes", FieldType::integer, "response_working_minutes", kOld | kDetail,
        "Working minutes to the first response", "首次响应用时（工作分钟）", "响应工作分钟"},
       integer<&Ticket::response_working_minutes>},
      {{"resolution_working_minutes", FieldType::integer, "resolution_working_minutes", kOld | kDetail,
        "Working minutes to the resolution, without pauses", "解决用时（工作分钟，不含暂停）", "解决工作分钟"},
       integer<&Ticket::resolution_working_minutes>},
      {limited({"resolution", FieldType::block, "resolution", kOld | kDetail | kPersonal, "What was done", "解决方案",
                "解决方案"},
               kLongestText),
       text<&Ticket::resolution>},
      {limited({"knowledge", FieldType::text, "knowledge", kOld | kDetail, "The article or solution that helped",
                "所用的知识条目", "知识条目"},
               100),
       text<&Ticket::knowledge>},
      {{"reopen_count", FieldType::integer, "reopen_count", kOld, "How often it was reopened", "重新打开次数",
        "重开次数"},
       kReopenCount},
      {{"pending_until", FieldType::time, "pending_until", kOld | kAhead, "When a PENDING ticket wakes up",
        "挂起到何时", "挂起至"},
       time<&Ticket::pending_until>},
      {{"pending_then", FieldType::choice, "pending_then", kOld | kDetail | kOptional, "What becomes of it then",
        "到时如何处理", "到时处理", wake_up_names()},
       choice<&Ticket::pending_then, parse_wake_up, wake_up_names>},
      {{"escalation_level", FieldType::choice, "escalation_level", kOld | kOptional, "Level of escalation", "升级级别",
        "升级级别", level_names()},
       choice<&Ticket::escalation_level, parse_level, level_names>},
      {limited({"service", FieldType::text, "service", kGiven | kInWide, "The service that it is about", "所涉及的服务",
                "服务"},
               64),
       text<&Ticket::service>},
      {limited({"team", FieldType::text, "team", kGiven | kInWide, "The team that it waits for (its queue)",
                "负责的团队（队列）", "团队"},
               64),
       text<&Ticket::team>},
      {{"tags", FieldType::list, "tags", kGiven | kInWide, "Words that it is found by", "标签", "标签"},
       words<&Ticket::tags>},
      {{"time_spent_minutes", FieldType::integer, "time_spent_minutes", kOld,
        "Minutes that were spent on it, as replies and notes say", "已花费的时间（分钟），以回复和备注所填为准",
        "耗时分钟"},
       integer<&Ticket::time_spent_minutes>},
      {{"rating", FieldType::integer, "rating", kOld, "What the requester says of it: 1 to 5, the best",
        "请求人的评分：1 到 5，5 为最满意", "评分"},
       integer<&Ticket::rating>},
      {{"approval", FieldType::choice, "approval", kOld | kOptional, "Whether somebody has to say yes first, and did",
        "是否需要审批及其结果", "审批", approval_names()},
       choice<&Ticket::approval, parse_approval, approval_names>},
      {limited({"approver", FieldType::text, "approver", kOld | kPersonal | kPerson,
                "Who is asked for approval, or has answered", "审批人", "审批人"},
               kLongestPerson),
       person<&Ticket::approver>},
      {limited({"approval_deputy", FieldType::text, "approval_deputy", kOld | kDetail | kPersonal | kPerson,
                "Who else may answer", "可代为审批的人", "代审批人"},
               kLongestPerson),
       person<&Ticket::approval_deputy>},
      {{"approval_due_at", FieldType::time, "approval_due_at", kOld | kAhead | kDetail,
        "Until when the approval is waited for", "等待审批到何时", "审批截止"},
       time<&Ticket::approval_due_at>},
      {limited({"sla_policy", FieldType::text, "sla_policy", kOld, "Policy that its due times follow",
                "所适用的 SLA 策略", "SLA 策略"},
               100),
       text<&Ticket::sla_policy>},
      {{"response_due_at", FieldType::time, "response_due_at", kMade | kAhead, "When the first response is or was due",
        "首次响应截止时间", "响应截止"},
       time<&Ticket::response_due_at>},
      {{"resolution_due_at", FieldType::time, "resolution_due_at", kMade | kAhead, "When the resolution is or was due",
        "解决截止时间", "解决截止"},
       time<&Ticket::resolution_due_at>},
      {{"sla_risk_at", FieldType::time, "sla_risk_at", kMade | kAhead, "From when on it is at risk", "何时起有超时风险",
        "风险起始"},
       time<&Ticket::sla_risk_at>},
      {{"sla_breach", FieldType::choice, "sla_breach", kMade | kOptional, "What was breached, for good", "已发生的违约",
        "违约", sla_status_names()},
       choice<&Ticket::sla_breach, parse_sla_status, sla_status_names>},
      {{"next_action_at", FieldType::time, "next_action_at", kMade | kAhead | kDetail, "When tick has to look at it",
        "tick 下次处理的时间", "下次处理"},
       time<&Ticket::next_action_at>},
      {{"sla",
        FieldType::choice,
        {},
        kComputed | kFilter | kInTable | kInWide | kOptional,
        "Where it stands with its due times, now",
        "当前 SLA 状态",
        "SLA",
        sla_status_names()},
       choice<&Ticket::sla, parse_sla_status, sla_status_names>},
  };
  static Fields<Ticket> const kFields(
      {.noun = "ticket", .fields = {}, .number_field = "ticket_number", .derived_by = "sla_policy", .searched = true},
      kEntries);
  return kFields;
}

}  // namespace

base::RecordType const& ticket_type() { return fields().type(); }
Ref ref_of(Ticket const& ticket) { return {std::string(ticket_type().noun), ticket.id}; }
Value get(Ticket const& ticket, std::size_t field) { return fields().get(ticket, field); }
std::string_view text_of(Ticket const& ticket, std::size_t field) { return fields().text(ticket, field); }
void set(Ticket& ticket, std::size_t field, Value const& value) { fields().set(ticket, field, value); }
base::Row to_row(Ticket const& ticket) { return fields().to_row(ticket); }
Ticket ticket_from(base::Row const& row) {
  Ticket ticket;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (!row[i].is_null()) set(ticket, i, row[i]);
  }
  return ticket;
}

}  // namespace umsops::model
