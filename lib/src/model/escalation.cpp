// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/escalation.hpp"

namespace umsops::model {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

Value or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

}  // namespace

base::RecordType const& escalation_type() {
  static Field const kFields[] = {
      {"id", FieldType::text, "id", 0, "Internal id", "内部编号", "内部编号", {}, 26},
      {"ticket_id", FieldType::text, "ticket_id", 0, "The ticket", "所属工单", "工单", {}, 26},
      {"escalated_by", FieldType::text, "escalated_by", 0, "Who escalated it", "升级人", "升级人", {}, 100},
      {"escalation_level", FieldType::choice, "escalation_level", 0, "To which level", "升级到的级别", "级别",
       level_names()},
      {"reason", FieldType::text, "reason", base::kPersonal, "Why", "原因", "原因", {}, 1000},
      {"previous_assignee", FieldType::text, "previous_assignee", 0, "Who had it", "原处理人", "原处理人", {}, 100},
      {"new_assignee", FieldType::text, "new_assignee", 0, "Who has it now", "新处理人", "新处理人", {}, 100},
      {"escalated_at", FieldType::time, "escalated_at", 0, "When", "升级时间", "时间"},
  };
  static base::RecordType const kType{"escalation", kFields};
  return kType;
}

base::Row to_row(Escalation const& e) {
  return {e.id,
          e.ticket_id,
          or_null(e.escalated_by),
          to_string(e.escalation_level),
          or_null(e.reason),
          or_null(e.previous_assignee),
          or_null(e.new_assignee),
          e.escalated_at};
}

}  // namespace umsops::model
