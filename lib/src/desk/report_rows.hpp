// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "report/aggregate.hpp"
#include "store/report_walk.hpp"

namespace umsops::desk {

/// Whether no table of the store is that source: what it has is made here, and looked at here.
bool is_read_here(std::string_view source);

/// Gives the aggregator all records that its plan needs; with `past` as they stood at the plan's now, which the plan
/// looks up by id where they have one.
void read_rows(OpenDesk& desk, report::Aggregator& into, bool past);

/// What the store is asked for, in the order of the plan's inputs.
std::vector<store::Wanted> wanted_of(report::Plan const& plan);

/// Collects values of records into batches.
class BatchBuilder {
 public:
  explicit BatchBuilder(report::Aggregator& into);
  /// The next row has this value in that column; each column once a row.
  void put(std::size_t input, std::int64_t number) { columns_[input][rows_] = number; }
  void put_text(std::size_t input, std::string_view text) { put(input, code(input, text)); }
  /// Where the record of this row is.
  void put_place(std::int64_t place);
  void end_row();
  /// A text that stands in the place of what a row has for that input.
  struct Instead {
    std::size_t input;
    std::string text;
  };
  /// The whole of a row whose columns are the plan's inputs, from place `first` on.
  void put_row(store::Statement const& row, int first, std::optional<Instead> const& instead = {});
  /// Behind the last row.
  void flush();

 private:
  std::int64_t code(std::size_t input, std::string_view text);

  report::Aggregator& into_;
  std::vector<std::vector<std::int64_t>> columns_;
  std::vector<std::int64_t> places_;  ///< empty: nobody tells them
  std::size_t rows_ = 0;
};

}  // namespace umsops::desk
