// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/record_block.hpp"
#include "format/table_layout.hpp"
#include "format/writers.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

constexpr std::size_t kGap = 2, kIndent = 4;
constexpr std::size_t kLongestName = 16;
constexpr std::size_t kFewestCells = 20;  ///< of a terminal: a smaller one is not looked at
/// Marks a cut. One cell in every font, which an ellipsis is not.
constexpr std::string_view kCut = "~";

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

TableColumn::Rank rank_of(Column const& column) {
  if ((column.field->traits & base::kLess) != 0) return TableColumn::Rank::less;
  bool const ahead = (column.field->traits & base::kAhead) != 0;
  if (column.field->type == base::FieldType::time && !ahead) return TableColumn::Rank::time;
  if (is_number(column)) return TableColumn::Rank::number;
  return may_be_cut(column) ? TableColumn::Rank::text : TableColumn::Rank::word;
}

/// Colours repeat what the words say. The eye is to go to what needs somebody.
std::string_view colour_of(std::string_view word) {
  if (word == "CRITICAL" || word == "ESCALATED" || word.ends_with("BREACHED")) return "\x1b[1;31m";
  if (word == "HIGH") return "\x1b[31m";
  if (word == "MEDIUM" || word == "PENDING" || word == "AT_RISK") return "\x1b[33m";
  if (word == "RESOLVED" || word == "CLOSED" || word == "MET") return "\x1b[32m";
  return {};
}

std::string cut_to(std::string_view text, std::size_t cells, int ambiguous) {
  if (base::cell_width(text, ambiguous) <= cells) return std::string(text);
  return std::string(base::fitting_cells(text, cells - std::min(cells, kCut.size()), ambiguous)) + std::string(kCut);
}

/// Keeps all rows: widths are known only at the end. On a terminal no line is wider than that: see `lay_out`; long text
/// stands below its row, and where the columns that were asked for have no place side by side, below each other. `wide`
/// is as wide as it is.
class TableList final : public RecordWriter {
 public:
  explicit TableList(ListParts parts) : parts_(std::move(parts)) {
    auto const is_below = [&](Column const& column) {
      return parts_.style.terminal && column.field->type == base::FieldType::block;
    };
    std::copy_if(parts_.columns.begin(), parts_.columns.end(), std::back_inserter(below_), is_below);
    std::erase_if(parts_.columns, is_below);
  }

  void row(base::Row const& row) override {
    std::vector<std::string> cells;
    cells.reserve(parts_.columns.size() + below_.size());
    for (auto const* const columns : {&parts_.columns, &below_}) {
      for (auto const& column : *columns) {
        auto const text = people_text(cell_value(column, row), parts_.style);
        cells.push_back(base::terminal_text(text, base::TextShape::line));
      }
    }
    rows_.push_back(std::move(cells));
  }

  void end(Closing const&) override {
    if (rows_.empty()) return;
    auto const columns = measured();
    auto const& style = parts_.style;
    bool const fitted = style.terminal && style.format == Format::table;
    bool const all = !style.fields.empty();
    layout_ =
        fitted ? lay_out(columns, limit(), all, style.ambiguous_width) : lay_out_whole(columns, style.ambiguous_width);
    if (fitted && !layout_.fits) return write_blocks(columns);
    if (style.header) write_header();
    for (auto const& cells : rows_) {
      write_line(cells);
      write_below(cells);
    }
    if (style.header && style.terminal) write_footer(columns);
  }

 private:
  std::size_t limit() const {
    return std::max(static_cast<std::size_t>(std::max(parts_.style.width, 0)), kFewestCells);
  }

  std::vector<TableColumn> measured() const {
    std::vector<TableColumn> out;
    for (std::size_t i = 0; i < parts_.columns.size(); ++i) {
      auto const& column = parts_.columns[i];
      TableColumn one;
      one.heading = parts_.style.header
                        ? base::terminal_text(heading(column, parts_.style, parts_.noun), base::TextShape::line)
                        : std::string();
      for (auto const& cells : rows_)
        one.needed = std::max(one.needed, base::cell_width(cells[i], parts_.style.ambiguous_width));
      one.rank = rank_of(column);
      // What a record is called by comes first, and is never cut.
      one.may_be_cut = may_be_cut(column) && (i > 0 || one.needed > kLongestName);
      out.push_back(std::move(one));
    }
    // A text at the end says what the row is about.
    if (!out.empty() && out.back().rank == TableColumn::Rank::text) out.back().rank = TableColumn::Rank::word;
    return out;
  }

  void write_header() {
    for (std::size_t line = 0; line < layout_.headings.front().size(); ++line) {
      begin_line();
      for (std::size_t place = 0; place < layout_.shown.size(); ++place)
        append_cell(place, layout_.headings[place][line], parts_.style.color ? "\x1b[1m" : "");
      end_line();
    }
  }

  void write_line(std::vector<std::string> const& cells) {
    begin_line();
    for (std::size_t place = 0; place < layout_.shown.size(); ++place) {
      auto const& column = parts_.columns[layout_.shown[place]];
      auto const& text = cells[layout_.shown[place]];
      bool const ours = parts_.style.color && column.field->type == base::FieldType::choice;
      append_cell(place, text, ours ? colour_of(text) : std::string_view());
    }
    end_line();
  }

  void begin_line() {
    line_.clear();
    pending_ = 0;
  }

  /// Blanks are written only before more text: no line ends in blanks.
  void append_cell(std::size_t place, std::string_view whole, std::string_view colour) {
    auto const width = layout_.widths[place];
    auto const text = cut_to(whole, width, parts_.style.ambiguous_width);
    auto const space = width - std::min(width, base::cell_width(text, parts_.style.ambiguous_width));
    bool const right = is_number(parts_.columns[layout_.shown[place]]);
    pending_ += right ? space : 0;
    if (!text.empty()) {
      line_.append(pending_, ' ');
      pending_ = 0;
      line_.append(colour).append(text).append(colour.empty() ? "" : "\x1b[0m");
    }
    pending_ += (right ? 0 : space) + kGap;
  }

  void end_line() { parts_.sink.write(line_ + "\n"); }

  void write_below(std::vector<std::string> const& cells) {
    for (std::size_t i = parts_.columns.size(); i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      for (auto const& part : wrap_cells(cells[i], limit() - kIndent, parts_.style.ambiguous_width))
        parts_.sink.write(std::string(kIndent, ' ') + part + "\n");
    }
  }

  void write_blocks(std::vector<TableColumn> const& columns) {
    for (auto const& cells : rows_) {
      RecordBlock block(parts_.style);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!cells[i].empty()) block.add(columns[i].heading, cells[i]);
      }
      parts_.sink.write(block.text());
      write_below(cells);
      if (&cells != &rows_.back()) parts_.sink.write("\n");
    }
  }

  /// What all rows have in common, and what found no place.
  void write_footer(std::vector<TableColumn> const& columns) {
    bool const zh = parts_.style.language == base::Language::zh;
    auto const is_time = [&](std::size_t i) { return parts_.columns[i].field->type == base::FieldType::time; };
    std::string text;
    if (std::any_of(layout_.shown.begin(), layout_.shown.end(), is_time))
      text = (zh ? "时间：" : "times: ") + parts_.style.zone.name();
    std::string names;
    for (auto const i : layout_.left_out) names += (names.empty() ? "" : zh ? "、" : ", ") + columns[i].heading;
    if (!names.empty()) {
      text += text.empty() ? "" : zh ? "；" : "; ";
      text += zh ? "未显示：" + names + "（-o wide）" : "not shown: " + names + " (-o wide)";
    }
    if (text.empty()) return;
    for (auto const& part :
         wrap_cells(base::terminal_text(text, base::TextShape::line), limit(), parts_.style.ambiguous_width))
      parts_.sink.write(parts_.style.color ? "\x1b[2m" + part + "\x1b[0m\n" : part + "\n");
  }

  ListParts parts_;
  std::vector<Column> below_;  ///< long texts, whose cells come last
  TableLayout layout_;
  std::vector<std::vector<std::string>> rows_;
  std::string line_;
  std::size_t pending_ = 0;  ///< blanks before the next text
};

}  // namespace

std::unique_ptr<RecordWriter> table_list(ListParts parts) { return std::make_unique<TableList>(std::move(parts)); }

}  // namespace umsops::format
