// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/rules/target.hpp"

/// A kind of record that exists in tests only: no rule code may assume a ticket.
namespace umsops::rules {

inline Target const& probe_target() {
  using base::FieldType;
  static constexpr std::string_view kStates[] = {"COLD", "WARM", "HOT"};
  static constexpr base::Field kFields[] = {
      {"label", FieldType::text, "label", base::kWritable, "what it is", "名称", "名称", {}, 40},
      {"state", FieldType::choice, "state", base::kWritable, "how warm", "温度", "温度", kStates},
      {"category", FieldType::text, "category", base::kWritable, "of what kind", "类别", "类别", {}, 10},
  };
  static constexpr base::RecordType kType{"probe", kFields};
  static constexpr std::string_view kTexts[] = {"label"};
  static constexpr std::string_view kDecided[] = {"state", "category"};
  static constexpr Target kTarget{kType, kTexts, kDecided};
  return kTarget;
}

}  // namespace umsops::rules
