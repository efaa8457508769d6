// SPDX-License-Identifier: Apache-2.0
#include "umsops/rules/incident_target.hpp"

#include "umsops/model/incident.hpp"
#include "umsops/model/person.hpp"
#include "umsops/model/priority.hpp"

namespace umsops::rules {
namespace {

using namespace base;  // the trait names below

constexpr std::string_view kTexts[] = {"title", "description"};
constexpr std::string_view kDecided[] = {"type", "severity", "urgency", "category", "assigned_to"};

/// What rules may look at and set; how an incident is stored is no matter of theirs.
std::span<Field const> fields() {
  static Field const kFields[] = {
      limited({"title", FieldType::text, "title", kWritable, "What happened, one line", "一行概述", "标题"}, 200),
      limited({"description", FieldType::block, "description", kWritable, "The whole report", "完整描述", "描述"},
              65536),
      limited({"source", FieldType::text, "source", kWritable, "The job, service or monitor that reported it",
               "上报的任务、服务或监控", "来源"},
              200),
      {"type", FieldType::choice, "type", kWritable | kOptional, "What kind of failure", "故障类型", "类型",
       model::incident_type_names()},
      {"severity", FieldType::choice, "severity", kWritable | kOptional, "How bad it is", "严重程度", "严重程度",
       model::priority_names()},
      {"urgency", FieldType::choice, "urgency", kWritable | kOptional, "How soon it must be mended", "紧急程度",
       "紧急程度", model::priority_names()},
      limited({"category", FieldType::text, "category", kWritable, "Category, e.g. authentication",
               "类别，例如 authentication", "类别"},
              64),
      {"affected_users", FieldType::integer, "affected_users", kWritable, "Number of users affected", "受影响用户数",
       "受影响用户"},
      {"business_impact", FieldType::choice, "business_impact", kWritable | kOptional, "What it means for the business",
       "业务影响", "业务影响", model::priority_names()},
      limited({"affected_services", FieldType::text, "affected_services", kWritable,
               "Names of the affected services, with commas", "受影响的服务，以逗号分隔", "受影响服务"},
              4096),
      limited(
          {"reported_by", FieldType::text, "reported_by", kWritable | kPerson, "Who reported it", "上报人", "上报人"},
          model::kLongestPerson),
      limited(
          {"assigned_to", FieldType::text, "assigned_to", kWritable | kPerson, "Who works on it", "处理人", "处理人"},
          model::kLongestPerson),
      {"attributes", FieldType::object, "attributes", kWritable, "Further named values, e.g. labels of an alert",
       "附加属性，例如告警标签", "属性"},
  };
  return kFields;
}

}  // namespace

Target const& incident_target() {
  static base::RecordType const kType{"incident", fields()};
  static Target const kTarget{kType, kTexts, kDecided};
  return kTarget;
}

}  // namespace umsops::rules
