// SPDX-License-Identifier: Apache-2.0
#include "umsops/report/source.hpp"

#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/escalation.hpp"
#include "umsops/model/feedback.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::report {
namespace {

using base::Field;
using base::FieldType;
using base::RecordType;

constexpr unsigned kMade = base::kComputed | base::kFilter;

constexpr Field kTicketExtras[] = {
    {"ended_at", FieldType::time, {}, kMade, "When it was resolved, or else closed", "解决或关闭时间", "结束时间"},
    {"external_replies",
     FieldType::integer,
     {},
     kMade,
     "How many EXTERNAL replies it has",
     "对外回复次数",
     "对外回复"}};
/// No store can tell it: it is read from all that the incident has.
constexpr Field kIncidentExtras[] = {{"phase",
                                      FieldType::text,
                                      {},
                                      kMade,
                                      "The phase of the response that is not over; absent: all are",
                                      "尚未结束的响应阶段；全部结束时为空",
                                      "阶段"}};
constexpr Field kArticleExtras[] = {{"votes", FieldType::integer, {}, kMade, "How many votes it has", "票数", "票数"}};

/// The fields of a record, and behind them those that only reports know.
class Extended {
 public:
  Extended(RecordType const& type, std::span<Field const> extras) : fields_(type.fields.begin(), type.fields.end()) {
    fields_.insert(fields_.end(), extras.begin(), extras.end());
    type_ = {type.noun, fields_, type.number_field, type.derived_by};
  }
  RecordType const& type() const { return type_; }

 private:
  std::vector<Field> fields_;
  RecordType type_;
};

RecordType const& ticket_source() {
  static Extended const kType(model::ticket_type(), kTicketExtras);
  return kType.type();
}

RecordType const& incident_source() {
  static Extended const kType(model::incident_type(), kIncidentExtras);
  return kType.type();
}

RecordType const& article_source() {
  static Extended const kType(model::article_type(), kArticleExtras);
  return kType.type();
}

/// One escalation of any record; what the record is stands beside it.
RecordType const& escalation_source() {
  constexpr unsigned kAlways = base::kFilter | base::kAlways;
  constexpr unsigned kPerson = base::kFilter | base::kPerson;
  static Field const kFields[] = {
      {"noun", FieldType::text, "noun", kAlways, "Kind of the record", "记录种类", "种类"},
      {"escalation_level", FieldType::choice, "escalation_level", kAlways, "To which level", "升级到的级别", "级别",
       model::level_names()},
      {"escalated_by", FieldType::text, "escalated_by", kPerson, "Who escalated it", "升级人", "升级人"},
      {"previous_assignee", FieldType::text, "previous_assignee", kPerson, "Who had it", "原处理人", "原处理人"},
      {"new_assignee", FieldType::text, "new_assignee", kPerson, "Who has it now", "新处理人", "新处理人"},
      {"escalated_at", FieldType::time, "escalated_at", kAlways, "When", "升级时间", "时间"},
      {"category", FieldType::text, {}, kMade, "Category of the record", "记录的类别", "类别"},
      {"priority", FieldType::choice, {}, kMade, "Its priority", "记录的优先级", "优先级", model::priority_names()},
      {"service", FieldType::text, {}, kMade, "Of a ticket: its service", "工单所涉及的服务", "服务"},
      {"team", FieldType::text, {}, kMade, "Of a ticket: its team", "工单所属的团队", "团队"},
  };
  static RecordType const kType{"escalation", kFields};
  return kType;
}

constexpr std::string_view kReplyTypes[] = {"INTERNAL", "EXTERNAL"};

/// What somebody said in a ticket; what the ticket is stands beside it.
RecordType const& reply_source() {
  constexpr unsigned kAlways = base::kFilter | base::kAlways;
  static Field const kFields[] = {
      {"responder_id", FieldType::text, "responder_id", base::kFilter | base::kPerson, "Who wrote it", "回复人",
       "回复人"},
      {"response_type", FieldType::choice, "response_type", kAlways, "A note, or a reply", "内部备注或对外回复", "类型",
       kReplyTypes},
      {"created_at", FieldType::time, "created_at", kAlways, "When it was written", "时间", "时间"},
      {"time_spent_minutes", FieldType::integer, "time_spent_minutes", base::kFilter, "Minutes that it took",
       "花费的时间（分钟）", "耗时分钟"},
      {"ticket_number", FieldType::text, {}, kMade, "Number of the ticket", "工单编号", "工单"},
      {"category", FieldType::text, {}, kMade, "Its category", "工单类别", "类别"},
      {"priority", FieldType::choice, {}, kMade, "Its priority", "工单优先级", "优先级", model::priority_names()},
      {"service", FieldType::text, {}, kMade, "Its service", "工单所涉及的服务", "服务"},
      {"team", FieldType::text, {}, kMade, "Its team", "工单所属的团队", "团队"},
  };
  static RecordType const kType{"response", kFields};
  return kType;
}

constexpr std::string_view kChannels[] = {"DESK", "CHAT", "PHONE"}, kOutcomes[] = {"NO", "YES"};

/// What became of one use of an article: for a ticket or an incident, or in a conversation that ended without one.
RecordType const& use_source() {
  constexpr unsigned kAlways = base::kFilter | base::kAlways;
  static Field const kFields[] = {
      {"kind", FieldType::choice, "kind", kAlways, "USE", "USE", "种类", model::feedback_kind_names()},
      {"subject", FieldType::text, "subject", kAlways, "The ticket, incident or conversation", "工单、事件或会话",
       "用于"},
      {"created_at", FieldType::time, "created_at", kAlways, "When its outcome was told", "得知结果的时间", "时间"},
      {"kb_number", FieldType::text, {}, kMade, "The article", "条目编号", "条目"},
      {"category", FieldType::text, {}, kMade, "Category of the article", "条目的类别", "类别"},
      {"worked", FieldType::choice, {}, kMade, "Whether it worked", "是否有效", "有效", kOutcomes},
      {"filed",
       FieldType::choice,
       {},
       kMade,
       "Whether there is a ticket or an incident",
       "是否有工单或事件",
       "已提单",
       kOutcomes},
      {"channel",
       FieldType::choice,
       {},
       kMade,
       "Where it was offered: by staff, or in a conversation that filed nothing",
       "提供条目的途径：人员，或未提单的会话",
       "途径",
       kChannels},
  };
  static RecordType const kType{"use", kFields};
  return kType;
}

constexpr std::string_view kWorkStates[] = {"OPEN", "DONE"};

/// What a review wants to be done.
RecordType const& action_source() {
  constexpr unsigned kGiven = base::kFilter | base::kAlways;
  static Field const kFields[] = {
      {"review", FieldType::text, {}, kGiven, "The review", "复盘编号", "复盘"},
      {"incident", FieldType::text, {}, kGiven, "Its incident", "事件编号", "事件"},
      {"type", FieldType::choice, {}, kGiven, "Type of the incident", "事件类型", "类型", model::incident_type_names()},
      {"severity", FieldType::choice, {}, kGiven, "Its severity", "严重程度", "严重程度", model::priority_names()},
      {"ticket", FieldType::text, {}, kGiven, "The ticket that is the work", "对应工单", "工单"},
      {"title", FieldType::text, {}, kGiven, "What is to be done", "措施内容", "措施"},
      {"target",
       FieldType::text,
       {},
       kGiven,
       "What it changes: task, rule, runbook, article",
       "修改对象：task、rule、runbook、article",
       "对象"},
      {"owner", FieldType::text, {}, kGiven | base::kPerson, "Who has the ticket", "工单处理人", "负责人"},
      {"state",
       FieldType::choice,
       {},
       kGiven,
       "DONE once its ticket is RESOLVED or CLOSED",
       "工单解决或关闭后为 DONE",
       "状态",
       kWorkStates},
      {"created_at", FieldType::time, {}, kGiven, "When it was made", "提出时间", "提出时间"},
      {"due_at", FieldType::time, {}, kGiven, "By when it is to be done", "截止时间", "截止时间"},
      {"applied_at",
       FieldType::time,
       {},
       kGiven,
       "When the rule, runbook or article was changed",
       "规则、手册或条目修改的时间",
       "生效时间"},
      {"done_at", FieldType::time, {}, kGiven, "When it was done", "完成时间", "完成时间"},
  };
  static RecordType const kType{"action", kFields};
  return kType;
}

constexpr std::string_view kTurns[] = {"NOW", "NEXT"};

/// A time on call, from the roster.
RecordType const& shift_source() {
  constexpr unsigned kGiven = base::kFilter | base::kAlways;
  static Field const kFields[] = {
      {"schedule", FieldType::text, {}, kGiven, "The schedule", "值班表", "值班表"},
      {"turn", FieldType::choice, {}, kGiven, "Whether it is now, or comes next", "当前或下一班", "班次", kTurns},
      {"person", FieldType::text, {}, kGiven | base::kPerson, "Who is on call", "值班人", "值班人"},
      {"begins_at", FieldType::time, {}, kGiven, "From when on", "开始时间", "开始"},
      {"ends_at", FieldType::time, {}, kGiven, "Until when", "结束时间", "结束"},
  };
  static RecordType const kType{"shift", kFields};
  return kType;
}

constexpr Source kSources[] = {
    {"tickets", "Tickets", "工单", ticket_source, "created_at", "ticket_number", "status", 3, "status!=SPAM"},
    {"incidents", "Incidents", "事件", incident_source, "detected_at", "incident_number", "status", 2},
    {"articles", "Entries of the knowledge base", "知识条目", article_source, "created_at", "kb_number", {}, 0},
    {"escalations",
     "Escalations of tickets and incidents",
     "工单与事件的升级",
     escalation_source,
     "escalated_at",
     {},
     {},
     0},
    {"replies", "Replies and notes of tickets", "工单的回复与备注", reply_source, "created_at", {}, {}, 0},
    {"shifts",
     "Who is on call now and next, of each schedule",
     "各值班表的当前与下一班",
     shift_source,
     "begins_at",
     {},
     {},
     0},
    {"uses",
     "Uses of articles, and what became of them",
     "知识条目的使用及结果",
     use_source,
     "created_at",
     {},
     {},
     0,
     "kind=use",
     false},
    {"actions",
     "What reviews want to be done",
     "复盘的改进措施",
     action_source,
     "created_at",
     "ticket",
     "state",
     1,
     {},
     false},
};

}  // namespace

std::span<Source const> sources() { return kSources; }

Source const& require_source(std::string_view name) {
  std::vector<std::string_view> names;
  std::string all;
  for (auto const& source : kSources) {
    if (source.name == name) return source;
    names.push_back(source.name);
    all.append(all.empty() ? "" : ", ").append(source.name);
  }
  std::string const best = base::nearest(name, names);
  throw base::Error(base::errors::usage_bad_value, {{"flag", "from"},
                                                    {"value", "'" + base::shortened(name, 60) + "'"},
                                                    {"expected", "one of " + all},
                                                    {"suggestion", best.empty() ? "" : "did you mean " + best + "?"}});
}

}  // namespace umsops::report
