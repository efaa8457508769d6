// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/escalation.hpp"
#include "umsops/model/person.hpp"

namespace umsops::model {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

}  // namespace

base::RecordType const& escalation_type() {
  static Field const kFields[] = {
      base::limited({"id", FieldType::text, "id", 0, "Internal id", "内部编号", "内部编号"}, 26),
      base::limited({"ticket_id", FieldType::text, "ticket_id", 0, "The ticket", "所属工单", "工单"}, 26),
      base::limited(
          {"escalated_by", FieldType::text, "escalated_by", base::kPerson, "Who escalated it", "升级人", "升级人"},
          kLongestPerson),
      {"escalation_level", FieldType::choice, "escalation_level", 0, "To which level", "升级到的级别", "级别",
       level_names()},
      base::limited({"reason", FieldType::text, "reason", base::kPersonal, "Why", "原因", "原因"}, 1000),
      base::limited({"previous_assignee", FieldType::text, "previous_assignee", base::kPerson, "Who had it", "原处理人",
                     "原处理人"},
                    kLongestPerson),
      base::limited(
          {"new_assignee", FieldType::text, "new_assignee", base::kPerson, "Who has it now", "新处理人", "新处理人"},
          kLongestPerson),
      {"escalated_at", FieldType::time, "escalated_at", 0, "When", "升级时间", "时间"},
  };
  static base::RecordType const kType{"escalation", kFields};
  return kType;
}

base::Row to_row(Escalation const& e) {
  return {e.id,
          e.record.id,
          base::text_or_null(e.escalated_by),
          to_string(e.escalation_level),
          base::text_or_null(e.reason),
          base::text_or_null(e.previous_assignee),
          base::text_or_null(e.new_assignee),
          e.escalated_at};
}

}  // namespace umsops::model
