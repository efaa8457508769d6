// SPDX-License-Identifier: Apache-2.0
#include "umsops/rules/incident_target.hpp"

#include <vector>

#include "umsops/model/incident.hpp"

namespace umsops::rules {
namespace {

using base::Field;

constexpr std::string_view kTexts[] = {"title", "description"};
constexpr std::string_view kDecided[] = {"type", "severity", "urgency", "category", "assigned_to"};
/// What rules may look at and set: not how an incident stands, which changes after they have decided.
constexpr std::string_view kSeen[] = {"title",           "description",       "source",      "type",
                                      "severity",        "urgency",           "category",    "affected_users",
                                      "business_impact", "affected_services", "reported_by", "assigned_to",
                                      "attributes"};
constexpr std::size_t kLongestList = 4096;

std::vector<Field> fields() {
  std::vector<Field> seen;
  for (auto const name : kSeen) {
    Field field = model::incident_type().fields[model::incident_type().require(name)];
    // Rules see a list as its words with commas between them.
    if (field.type == base::FieldType::list) {
      field.type = base::FieldType::text;
      field.max_length = kLongestList;
    }
    seen.push_back(field);
  }
  return seen;
}

}  // namespace

Target const& incident_target() {
  static std::vector<Field> const kFields = fields();
  static base::RecordType const kType{"incident", kFields};
  static Target const kTarget{kType, kTexts, kDecided};
  return kTarget;
}

}  // namespace umsops::rules
