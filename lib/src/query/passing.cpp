// SPDX-License-Identifier: Apache-2.0
#include "query/passing.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::query {

bool contains_folded(std::string_view text, std::string_view part) {
  return base::holds_folded(text, base::fold(part));
}

bool passes(Op op, std::ptrdiff_t order) {
  switch (op) {
    case Op::lt:
      return order < 0;
    case Op::le:
      return order <= 0;
    case Op::gt:
      return order > 0;
    case Op::ge:
      return order >= 0;
    case Op::eq:
    case Op::ne:
      return order == 0;
    case Op::contains:
    case Op::lacks:
      return false;
  }
  return false;
}

bool names_absence(Condition const& condition) {
  bool const ordered =
      condition.op == Op::lt || condition.op == Op::le || condition.op == Op::gt || condition.op == Op::ge;
  return !ordered &&
         std::any_of(condition.values.begin(), condition.values.end(), [](auto const& v) { return v.is_null(); });
}

std::vector<std::string_view> passing_choices(base::Field const& field, Condition const& condition) {
  bool const by_text = condition.op == Op::contains || condition.op == Op::lacks;
  std::vector<std::string_view> passing;
  for (std::string_view const choice : field.choices) {
    bool found = false;
    auto const rank = std::find(field.choices.begin(), field.choices.end(), choice) - field.choices.begin();
    for (base::Value const& value : condition.values) {
      if (value.is_null()) continue;
      auto const wanted = std::find(field.choices.begin(), field.choices.end(), value.text());
      found |= by_text ? contains_folded(choice, value.text())
                       : wanted != field.choices.end() && passes(condition.op, rank - (wanted - field.choices.begin()));
    }
    if (found != is_negative(condition.op)) passing.push_back(choice);
  }
  return passing;
}

}  // namespace umsops::query
