// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"

namespace umsops::format {
namespace {

/// Cells that a spreadsheet would run as a formula (OWASP, CSV injection), the full-width forms too.
bool is_formula(std::string_view text) {
  if (text.empty()) return false;
  for (std::string_view const start : {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

/// The same behind apostrophes: a formula that is disarmed, or was so when somebody typed it.
bool is_formula_behind_marks(std::string_view text) {
  auto const begin = text.find_first_not_of('\'');
  return begin != std::string_view::npos && is_formula(text.substr(begin));
}

std::string tsv_cell(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// A header and one line a record: CSV per RFC 4180 with CRLF, TSV with escapes and LF.
class DelimitedList final : public RecordWriter {
 public:
  explicit DelimitedList(ListParts parts) : parts_(std::move(parts)), csv_(parts_.style.format == Format::csv) {
    if (csv_ && parts_.style.csv_bom) line_ = "\xEF\xBB\xBF";
    if (parts_.style.header) {
      for (std::size_t i = 0; i < parts_.columns.size(); ++i) cell(i, std::string(parts_.columns[i].name));
      finish();
    }
  }

  void row(base::Row const& row) override {
    for (std::size_t i = 0; i < parts_.columns.size(); ++i) {
      base::Value const& value = cell_value(parts_.columns[i], row);
      std::string text = machine_text(value);
      if (value.get_if<std::string>() != nullptr && wants_mark(text)) text.insert(0, "'");
      cell(i, text);
    }
    finish();
  }

  void end(Closing const&) override {}

 private:
  /// An import takes one apostrophe off: one that was there already needs another.
  bool wants_mark(std::string_view text) const {
    if (parts_.style.csv_safe) return is_formula_behind_marks(text);
    return csv_ && parts_.style.csv_returns && is_marked_formula(text);
  }

  void cell(std::size_t index, std::string const& text) {
    if (index > 0) line_ += csv_ ? ',' : '\t';
    line_ += csv_ ? csv_cell(text) : tsv_cell(text);
  }

  void finish() {
    line_ += csv_ ? "\r\n" : "\n";
    parts_.sink.write(line_);
    line_.clear();
  }

  ListParts parts_;
  bool csv_;
  std::string line_;
};

}  // namespace

bool is_marked_formula(std::string_view cell) { return cell.starts_with('\'') && is_formula_behind_marks(cell); }

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' '))
    return std::string(text);
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::unique_ptr<RecordWriter> delimited_list(ListParts parts) {
  return std::make_unique<DelimitedList>(std::move(parts));
}

}  // namespace umsops::format
