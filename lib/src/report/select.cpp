// SPDX-License-Identifier: Apache-2.0
#include "report/select.hpp"

#include "report/aggregate.hpp"
#include "report/mask.hpp"
#include "report/plan.hpp"

namespace umsops::report {
void check(Definition const& definition) {
  Context context;
  Table table = Aggregator(make_plan(definition, context, Where::here)).finish();
  select_rows(table, definition);
}

std::vector<std::size_t> rows_where(Table const& table, std::string_view filter) {
  base::RecordType const type{"report", table.columns};
  auto const parsed = query::parse_filter(filter, {&type, {}, {}});
  std::vector<Input> inputs;
  std::vector<Words> words(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    inputs.push_back({i, {}, kind_of(table.columns[i].type), false});
  Mask mask(parsed, type, inputs, words);
  std::vector<std::size_t> found;
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::vector<std::int64_t> values(inputs.size());
    Batch batch{1, {}};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      values[i] = number_in(table.rows[row][i], table.columns[i], words[i]);
      batch.columns.push_back(&values[i]);
    }
    std::uint8_t passed = 0;
    mask.apply(batch, &passed);
    if (passed != 0) found.push_back(row);
  }
  return found;
}

void select_rows(Table& table, Definition const& definition) {
  if (!definition.having.empty()) {
    std::vector<base::Row> kept;
    for (auto const row : rows_where(table, definition.having)) kept.push_back(std::move(table.rows[row]));
    table.rows = std::move(kept);
  }
  if (!definition.limit || static_cast<std::size_t>(*definition.limit) >= table.rows.size()) return;
  table.rows.resize(static_cast<std::size_t>(*definition.limit));
  table.truncated = true;
}

}  // namespace umsops::report
