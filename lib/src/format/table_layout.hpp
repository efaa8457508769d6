// SPDX-License-Identifier: Apache-2.0
// Which columns of a table find a place on a line, and how wide they are. No text but headings comes here.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace umsops::format {

/// A column that asks for a place. Those that tell less go first.
struct TableColumn {
  enum class Rank { less, text, time, number, word };  ///< word: one of ours, or a time by which something is due
  std::string heading;
  std::size_t needed = 0;  ///< cells of its widest value; 0: all are empty
  Rank rank = Rank::text;
  bool may_be_cut = false;
};

struct TableLayout {
  std::vector<std::size_t> shown;                  ///< columns by their index
  std::vector<std::size_t> widths;                 ///< of these, in cells
  std::vector<std::vector<std::string>> headings;  ///< of these, by lines; each has as many
  std::vector<std::size_t> left_out;               ///< columns with values that found no place
  bool fits = true;
};

/// Into lines of at most so many cells: empty columns go, then long text gives way, headings take several lines,
/// columns go by rank (never the first two: a record's number and title), and text gives way again. `all`: none goes.
TableLayout lay_out(std::vector<TableColumn> const& columns, std::size_t limit, bool all, int ambiguous);
/// As wide as everything is.
TableLayout lay_out_whole(std::vector<TableColumn> const& columns, int ambiguous);

}  // namespace umsops::format
