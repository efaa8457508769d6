// SPDX-License-Identifier: Apache-2.0
#include "format/csv_reader.hpp"

#include <algorithm>

#include "format/line_buffer.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Value;

/// RFC 4180 over a byte buffer; TSV is the same without quotes, with \t \n \\ escapes.
class CsvReader final : public RecordReader {
 public:
  CsvReader(ByteSource source, bool tabs, std::string file) : bytes_(std::move(source), std::move(file)), tabs_(tabs) {}

  std::optional<InputRecord> next() override {
    if (names_.empty() && !read_names()) return std::nullopt;
    std::vector<std::string> cells;
    std::int64_t line = bytes_.line();
    try {
      do {  // an empty line is no record
        line = bytes_.line();
        if (!read_cells(cells, line)) return std::nullopt;
      } while (cells.size() == 1 && cells[0].empty() && names_.size() > 1);
      return InputRecord{line, to_object(cells, line), std::nullopt};
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::invalid_input) throw;
      if (!ended_line_) skip_line();
      return InputRecord{line, {}, error};
    }
  }

 private:
  bool read_names() {
    if (!read_cells(names_, 1)) return false;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      check_text(names_[i], 1, "the header");
      if (names_[i].empty()) throw csv_error(bytes_, 1, 0, "column " + std::to_string(i + 1) + " has no name");
      if (std::find(names_.begin(), names_.begin() + static_cast<std::ptrdiff_t>(i), names_[i]) !=
          names_.begin() + static_cast<std::ptrdiff_t>(i)) {
        throw csv_error(bytes_, 1, 0, "column " + names_[i].substr(0, 80) + " stands twice in the header");
      }
    }
    return true;
  }

  /// One record's cells; false at the end of the input.
  bool read_cells(std::vector<std::string>& cells, std::int64_t line) {
    cells.clear();
    ended_line_ = false;
    if (bytes_.peek() < 0) return false;
    std::size_t size = 0;
    for (;;) {
      std::string cell;
      bool const more = !tabs_ && bytes_.peek() == '"' ? read_quoted(cell, line) : read_plain(cell, line);
      size += cell.size();
      if (size > kLongestRecord) throw record_too_long(bytes_, line);
      cells.push_back(std::move(cell));
      if (!more) break;
    }
    ended_line_ = true;
    return true;
  }

  /// Reads to the end of the cell; true: another cell follows.
  bool read_plain(std::string& cell, std::int64_t line) {
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) return false;
      std::size_t const stop = std::min(ready.find_first_of(tabs_ ? "\t\n\\" : ",\n\""), ready.size());
      cell += ready.substr(0, stop);
      bool const cut = stop == ready.size();
      char const c = cut ? '\0' : ready[stop];
      bytes_.skip(cut ? stop : stop + 1);
      if (cell.size() > kLongestRecord) throw record_too_long(bytes_, line);
      if (cut) continue;
      if (c == '"') throw csv_error(bytes_, line, 0, "a quote inside a cell that is not quoted");
      if (c == '\\') {
        cell += unescape();
        continue;
      }
      if (c == '\n' && cell.ends_with('\r')) cell.pop_back();
      ended_line_ = c == '\n';
      return c != '\n';
    }
  }

  char unescape() {
    int const c = bytes_.get();
    return c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c < 0 ? '\\' : static_cast<char>(c);
  }

  bool read_quoted(std::string& cell, std::int64_t line) {
    bytes_.get();
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) throw csv_error(bytes_, line, 0, "a quoted cell is not closed");
      std::size_t const stop = std::min(ready.find('"'), ready.size());
      cell += ready.substr(0, stop);
      bool const cut = stop == ready.size();
      bytes_.skip(cut ? stop : stop + 1);
      if (cell.size() > kLongestRecord) throw record_too_long(bytes_, line);
      if (cut) continue;
      if (bytes_.peek() != '"') break;
      cell += static_cast<char>(bytes_.get());
    }
    std::size_t at = 0;  // line ends inside a cell are one character
    while ((at = cell.find("\r\n", at)) != std::string::npos) cell.erase(at, 1);
    int c = bytes_.get();
    if (c == '\r') c = bytes_.get();
    if (c != ',' && c != '\n' && c >= 0) throw csv_error(bytes_, line, 0, "text behind a closing quote");
    ended_line_ = c != ',';
    return c == ',';
  }

  void skip_line() {
    for (int c = bytes_.get(); c >= 0 && c != '\n';) c = bytes_.get();
  }

  void check_text(std::string const& text, std::int64_t line, std::string const& what) {
    if (auto const problem = base::check_text(text, base::TextShape::block)) {
      throw base::Error(base::errors::text_invalid, {{"what", what},
                                                     {"problem", problem->what},
                                                     {"offset", std::to_string(problem->offset)}})
          .at({bytes_.file(), line, 0});
    }
  }

  Value to_object(std::vector<std::string>& cells, std::int64_t line) {
    if (cells.size() != names_.size()) {
      throw csv_error(bytes_, line, 0, std::to_string(cells.size()) + " cells where the header has " + std::to_string(names_.size()));
    }
    Value::Object object;
    object.reserve(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      check_text(cells[i], line, "column " + names_[i].substr(0, 40));
      object.emplace_back(names_[i], std::move(cells[i]));
    }
    return object;
  }

  ByteBuffer bytes_;
  bool tabs_;
  bool ended_line_ = false;  ///< the last record was read to its line's end
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<RecordReader> csv_reader(ByteSource source, bool tabs, std::string file) {
  return std::make_unique<CsvReader>(std::move(source), tabs, std::move(file));
}

std::unique_ptr<RecordReader> record_reader(ByteSource source, InputFormat format, std::string file) {
  switch (format) {
    case InputFormat::csv: return csv_reader(std::move(source), false, std::move(file));
    case InputFormat::tsv: return csv_reader(std::move(source), true, std::move(file));
    case InputFormat::jsonl: return jsonl_reader(std::move(source), std::move(file));
    case InputFormat::json: return json_array_reader(std::move(source), std::move(file));
  }
  return nullptr;
}

}  // namespace umsops::format
