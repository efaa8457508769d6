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
      for (std::size_t i = 0; i < parts_.columns.size(); ++i) cell(i, parts_.columns[i].name, false);
      finish();
    }
  }

  void row(base::Row const& row) override {
    for (std::size_t i = 0; i < parts_.columns.size(); ++i) {
      base::Value const& value = cell_value(parts_.columns[i], row);
      bool const text = value.get_if<std::string>() != nullptr;
      cell(i, machine_text(value), text && parts_.style.csv_safe);
    }
    finish();
  }

  void end(Closing const&) override {}

 private:
  void cell(std::size_t index, std::string const& text, bool safe) {
    if (index > 0) line_ += csv_ ? ',' : '\t';
    line_ += csv_ ? csv_cell(text, safe) : tsv_cell(text);
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

std::string csv_cell(std::string_view text, bool safe) {
  std::string marked = safe && is_formula(text) ? "'" + std::string(text) : std::string(text);
  if (marked.find_first_of(",\"\r\n") == std::string::npos && !marked.starts_with(' ') && !marked.ends_with(' '))
    return marked;
  std::string out = "\"";
  for (char const c : marked) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::unique_ptr<RecordWriter> delimited_list(ListParts parts) {
  return std::make_unique<DelimitedList>(std::move(parts));
}

}  // namespace umsops::format
