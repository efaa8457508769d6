// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/writers.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

constexpr std::size_t kGap = 2, kReadable = 24, kNarrowest = 12;

bool is_number(Column const& column) {
  return column.field->type == base::FieldType::integer || column.field->type == base::FieldType::decimal;
}

/// Only free text is cut: a cut number, time or keyword would be a different one.
bool may_be_cut(Column const& column) {
  switch (column.field->type) {
    case base::FieldType::text:
    case base::FieldType::block:
    case base::FieldType::object:
    case base::FieldType::list:
      return true;
    case base::FieldType::integer:
    case base::FieldType::decimal:
    case base::FieldType::boolean:
    case base::FieldType::time:
    case base::FieldType::choice:
      break;
  }
  return false;
}

/// Colours repeat what the words say.
std::string_view colour_of(std::string_view word) {
  if (word == "CRITICAL" || word == "ESCALATED") return "\x1b[1;31m";
  if (word == "HIGH") return "\x1b[31m";
  if (word == "MEDIUM" || word == "PENDING") return "\x1b[33m";
  if (word == "RESOLVED" || word == "CLOSED") return "\x1b[32m";
  if (word == "IN_PROGRESS" || word == "ASSIGNED") return "\x1b[36m";
  return {};
}

/// Keeps all rows: widths are known only at the end.
class TableList final : public RecordWriter {
 public:
  explicit TableList(ListParts parts) : parts_(std::move(parts)) {}

  void row(base::Row const& row) override {
    std::vector<std::string> cells;
    cells.reserve(parts_.columns.size());
    for (auto const& column : parts_.columns) {
      cells.push_back(base::terminal_text(people_text(cell_value(column, row), parts_.style), base::TextShape::line));
    }
    rows_.push_back(std::move(cells));
  }

  void end(Closing const&) override {
    if (rows_.empty()) return;
    measure();
    if (parts_.style.terminal) fit();
    if (parts_.style.header) write_header();
    for (auto const& cells : rows_) write_line(cells, false);
  }

 private:
  std::size_t width_of(std::string_view text) const { return base::cell_width(text, parts_.style.ambiguous_width); }

  void measure() {
    for (auto const& column : parts_.columns) {
      headings_.push_back(base::terminal_text(heading(column, parts_.style), base::TextShape::line));
    }
    needed_.assign(headings_.size(), 0);
    for (auto const& cells : rows_) {
      for (std::size_t i = 0; i < cells.size(); ++i) needed_[i] = std::max(needed_[i], width_of(cells[i]));
    }
    widths_ = needed_;
    for (std::size_t i = 0; parts_.style.header && i < widths_.size(); ++i) {
      widths_[i] = std::max(widths_[i], width_of(headings_[i]));
    }
  }

  /// On a terminal long text gives way, then headings, then text again.
  void fit() {
    narrow_text(kReadable);
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      if (!may_be_cut(parts_.columns[i]))
        widths_[i] -= std::min(excess(), widths_[i] - std::min(widths_[i], std::max(needed_[i], kGap)));
    }
    narrow_text(kNarrowest);
  }

  std::size_t excess() const {
    std::size_t total = kGap * (widths_.size() - 1);
    for (std::size_t const width : widths_) total += width;
    auto const limit = static_cast<std::size_t>(std::max(parts_.style.width, 20));
    return total > limit ? total - limit : 0;
  }

  /// The widest text shrinks to the next widest, and so on, none below `floor`.
  void narrow_text(std::size_t floor) {
    while (std::size_t const much = excess()) {
      std::size_t widest = widths_.size(), second = floor;
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (!may_be_cut(parts_.columns[i]) || widths_[i] <= floor) continue;
        if (widest == widths_.size() || widths_[i] > widths_[widest]) {
          if (widest < widths_.size()) second = std::max(second, widths_[widest]);
          widest = i;
        } else {
          second = std::max(second, widths_[i]);
        }
      }
      if (widest == widths_.size()) return;
      std::size_t const step = std::max<std::size_t>(widths_[widest] - second, 1);
      widths_[widest] -= std::min(much, step);
    }
  }

  void write_header() { write_line(headings_, true); }

  void write_line(std::vector<std::string> const& cells, bool is_header) {
    line_.clear();
    std::size_t pending = 0;  // blanks are written only before more text: no line ends in blanks
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string cut;
      std::string_view text = cells[i];
      std::size_t used = width_of(text);
      if (used > widths_[i]) {
        cut = base::cut_cells(text, widths_[i], parts_.style.ambiguous_width);
        text = cut;
        used = width_of(text);
      }
      std::size_t const space = widths_[i] - std::min(widths_[i], used);
      bool const right = is_number(parts_.columns[i]);
      pending += right ? space : 0;
      if (!text.empty()) {
        line_.append(pending, ' ');
        pending = 0;
        std::string_view const colour = colour_at(i, cells[i], is_header);
        line_.append(colour).append(text).append(colour.empty() ? "" : "\x1b[0m");
      }
      pending += (right ? 0 : space) + kGap;
    }
    line_ += '\n';
    parts_.sink.write(line_);
  }

  std::string_view colour_at(std::size_t column, std::string_view word, bool is_header) const {
    if (!parts_.style.color) return {};
    if (is_header) return "\x1b[1m";
    bool const ours = parts_.columns[column].field->type == base::FieldType::choice;
    return ours ? colour_of(word) : std::string_view();
  }

  ListParts parts_;
  std::vector<std::string> headings_;
  std::vector<std::size_t> needed_, widths_;  ///< cells of the values alone, and of the column
  std::vector<std::vector<std::string>> rows_;
  std::string line_;
};

}  // namespace

std::unique_ptr<RecordWriter> table_list(ListParts parts) { return std::make_unique<TableList>(std::move(parts)); }

}  // namespace umsops::format
