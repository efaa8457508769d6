// SPDX-License-Identifier: Apache-2.0
#include "model/refusal.hpp"

#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::model {

using base::Value;

namespace {

constexpr std::size_t kEchoCells = 80;

[[noreturn]] void throw_invalid(Value detail, std::string_view field, std::string problem) {
  throw base::Error(base::errors::record_invalid, {{"field", std::string(field)}, {"problem", std::move(problem)}})
      .detail(std::move(detail));
}

}  // namespace

void refuse(std::string_view field, std::string problem) {
  Value detail;
  detail.add("field", field);
  detail.add("problem", problem);
  throw_invalid(std::move(detail), field, std::move(problem));
}

void refuse_choice(std::string_view field, Value const& value, std::span<std::string_view const> names) {
  bool const is_text = value.get_if<std::string>() != nullptr;
  if (value.is_null() || (is_text && value.text().empty())) refuse(field, "cannot be empty");
  std::string const word = is_text ? std::string(value.text()) : base::to_json(value);
  std::string problem = echo(word) + " is not one of";
  Value::List allowed;
  for (auto const name : names) {
    problem.append(" ").append(name);
    allowed.emplace_back(name);
  }
  Value detail;
  detail.add("field", field);
  std::string const best = base::nearest(word, names);
  if (!best.empty()) {
    problem += "; did you mean " + best + "?";
    detail.add("suggestion", best);
  }
  detail.add("problem", problem);
  detail.add("allowed", std::move(allowed));
  throw_invalid(std::move(detail), field, std::move(problem));
}

std::string echo(std::string_view text) { return base::cut_cells(text, kEchoCells); }

}  // namespace umsops::model
