// SPDX-License-Identifier: Apache-2.0
#include "config/csv_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/problems.hpp"
#include "umsops/base/csv_head.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

/// One pass over the text; knows the line it is on.
class CsvScanner {
 public:
  CsvScanner(std::string_view text, std::string_view file) : text_(text), file_(file) {
    auto const head = base::csv_head(text);
    delimiter_ = head.delimiter;
    at_ = head.skip;
    if (head.skip > 0) ++line_;
  }

  bool at_end() const { return at_ >= text_.size(); }

  /// The next record; an empty line is a record of one empty cell.
  CsvTable::Row record() {
    CsvTable::Row row;
    row.line = line_;
    while (true) {
      row.cells.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted_cell() : plain_cell());
      if (at_ >= text_.size()) return row;
      if (text_[at_] == delimiter_) {
        ++at_;
        continue;
      }
      end_of_line();
      return row;
    }
  }

  base::Error error(std::int64_t line, std::string problem) const {
    return invalid({std::string(file_), line, 0}, std::move(problem));
  }

 private:
  std::string plain_cell() {
    std::size_t const begin = at_;
    while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n' && text_[at_] != '"') ++at_;
    if (at_ < text_.size() && text_[at_] == '"') throw error(line_, "a quote inside a cell that is not quoted");
    std::string cell(text_.substr(begin, at_ - begin));
    if (cell.ends_with('\r') && (at_ >= text_.size() || text_[at_] == '\n')) cell.pop_back();
    return cell;
  }

  std::string quoted_cell() {
    std::int64_t const opened = line_;
    std::string cell;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '"')) {
        ++at_;
        if (at_ < text_.size() && text_[at_] == '\r') ++at_;
        if (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') {
          throw error(line_, "text after a closing quote");
        }
        return cell;
      }
      if (text_[at_] == '"') ++at_;
      if (text_[at_] == '\n') ++line_;
      cell += text_[at_];
    }
    throw error(opened, "a quote is never closed");
  }

  void end_of_line() {
    ++at_;
    ++line_;
  }

  std::string_view text_, file_;
  char delimiter_ = ',';
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

void check_cells(CsvTable::Row const& row, CsvScanner const& scanner) {
  for (auto const& cell : row.cells) {
    if (auto const problem = base::check_text(cell, base::TextShape::line))
      throw scanner.error(row.line, problem->what);
  }
}

}  // namespace

CsvTable read_csv_table(std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvScanner scanner(text, file);
  CsvTable table;
  while (!scanner.at_end()) {
    CsvTable::Row row = scanner.record();
    if (std::all_of(row.cells.begin(), row.cells.end(), [](auto const& cell) { return cell.empty(); })) continue;
    check_cells(row, scanner);
    if (table.header.empty()) {
      table.header = std::move(row.cells);
    } else if (row.cells.size() != table.header.size()) {
      throw scanner.error(row.line,
                          fmt::format("{} cells, but the header has {}", row.cells.size(), table.header.size()));
    } else {
      table.rows.push_back(std::move(row));
    }
  }
  if (table.header.size() < 2) throw scanner.error(1, "the table needs a key column and at least one more");
  return table;
}

}  // namespace umsops::config
