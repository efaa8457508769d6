// SPDX-License-Identifier: Apache-2.0
#include "format/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "format/line_buffer.hpp"
#include "umsops/base/csv_head.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Value;

constexpr std::size_t kMostColumns = 2048;

/// Which bytes end a run of a plain cell.
using Stops = std::array<bool, 256>;
constexpr Stops stops_at(std::string_view bytes) {
  Stops stops{};
  for (char const c : bytes) stops[static_cast<unsigned char>(c)] = true;
  return stops;
}
constexpr Stops kTsvStops = stops_at("\t\n\\");

std::size_t find_stop(std::string_view bytes, Stops const& stops) {
  std::size_t at = 0;
  while (at < bytes.size() && !stops[static_cast<unsigned char>(bytes[at])]) ++at;
  return at;
}

/// What a text from outside must not hold, at its raw place: a line end may be CRLF here.
std::optional<base::TextProblem> check_cell(std::string_view text) {
  for (std::size_t from = 0;;) {
    auto problem = base::check_text(text.substr(from), base::TextShape::block);
    if (!problem) return std::nullopt;
    problem->offset += from;
    if (text.substr(problem->offset, 2) != "\r\n") return problem;
    from = problem->offset + 2;
  }
}

/// RFC 4180 over a byte buffer; TSV is the same without quotes, with \t \n \r \\ escapes.
class CsvReader final : public RecordReader {
 public:
  CsvReader(ByteBuffer bytes, bool tabs, ReadOptions const& options)
      : bytes_(std::move(bytes)), tabs_(tabs), given_(options.delimiter), clean_(options.clean), stops_(kTsvStops) {}

  std::optional<InputRecord> next() override {
    if (names_.empty() && !read_names()) return std::nullopt;
    for (std::int64_t blank = 0;; ++blank) {
      bytes_.pass_blank(blank);
      try {
        if (!read_cells()) return std::nullopt;
        // A line without a text is no record.
        if (names_.size() == 1 || !is_empty()) return InputRecord{line_, to_object(), std::nullopt};
      } catch (base::Error const& error) {
        if (error.kind() != base::ErrorKind::invalid_input) throw;
        if (!ended_line_) bytes_.skip_line();
        return InputRecord{line_, {}, error};
      }
    }
  }

 private:
  bool is_empty() const {
    return std::all_of(cells_.begin(), cells_.end(), [](std::string const& cell) { return cell.empty(); });
  }

  void see_delimiter() {
    if (tabs_) return;
    bytes_.await_line();
    auto const head = base::csv_head(bytes_.ready());
    if (head.skip > 0) bytes_.skip(head.skip);
    delimiter_ = given_.value_or(head.delimiter);
    char const stops[] = {delimiter_, '\n', '"'};
    stops_ = stops_at({stops, sizeof stops});
  }

  bool read_names() {
    see_delimiter();
    if (!read_cells()) return false;
    if (cells_.size() > kMostColumns)
      throw csv_error(bytes_, 1, 0, "more than " + std::to_string(kMostColumns) + " columns");
    if (problem_) throw_problem("the header");
    for (; cells_.size() > 1 && cells_.back().empty(); ++unnamed_) cells_.pop_back();
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (cells_[i].empty()) throw csv_error(bytes_, 1, 0, "column " + std::to_string(i + 1) + " has no name");
      if (!known.insert(cells_[i]).second) {
        throw csv_error(bytes_, 1, 0, "column " + cells_[i].substr(0, 80) + " occurs twice in the header");
      }
    }
    if (clean_) {
      for (auto& cell : cells_) cell = base::sound_text(cell, base::TextShape::line);
    }
    names_ = std::move(cells_);
    return true;
  }

  /// One record's cells; false at the end of the input.
  bool read_cells() {
    cells_.clear();
    problem_.reset();
    ended_line_ = false;
    line_ = bytes_.line();
    if (bytes_.peek() < 0) return false;
    size_ = 0;
    for (bool more = true; more; ++size_) {
      cells_.emplace_back();
      more = !tabs_ && bytes_.peek() == '"' ? read_quoted(cells_.back()) : read_plain(cells_.back());
    }
    ended_line_ = true;
    return true;
  }

  void grow(std::string& cell, std::string_view bytes) {
    size_ += bytes.size();
    if (size_ > bytes_.longest_record()) throw record_too_long(bytes_, line_);
    cell += bytes;
  }

  /// Reads to the end of the cell; true: another cell follows.
  bool read_plain(std::string& cell) {
    std::size_t const begin = bytes_.offset();
    bool more = false;
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) break;
      std::size_t const stop = find_stop(ready, stops_);
      grow(cell, ready.substr(0, stop));
      bytes_.skip_flat(stop);
      if (stop == ready.size()) continue;
      char const c = ready[stop];
      if (c == '"') throw csv_error(bytes_, bytes_.line(), bytes_.column(), "a quote inside a cell that is not quoted");
      bytes_.get();
      if (c == '\\') {
        grow(cell, std::string_view(&kUnescaped[unescaped()], 1));
        continue;
      }
      more = c != '\n';
      break;
    }
    if (!more && cell.ends_with('\r')) cell.pop_back();
    note_problem(cell, begin, tabs_ ? "\t\n\r\\" : "");
    return more;
  }

  static constexpr char kUnescaped[] = {'\t', '\n', '\r', '\\'};
  std::size_t unescaped() {
    switch (bytes_.peek()) {
      case 't':
        bytes_.get();
        return 0;
      case 'n':
        bytes_.get();
        return 1;
      case 'r':
        bytes_.get();
        return 2;
      case '\\':
        bytes_.get();
        return 3;
      default:
        throw csv_error(bytes_, bytes_.line(), bytes_.column(), "after a backslash comes t, n, r or another backslash");
    }
  }

  bool read_quoted(std::string& cell) {
    std::size_t const begin = bytes_.offset() + 1;
    std::int64_t const line = bytes_.line(), column = bytes_.column();
    bytes_.get();
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) throw csv_error(bytes_, line, column, "a quoted cell is not closed");
      std::size_t const stop = std::min(ready.find('"'), ready.size());
      bool const cut = stop == ready.size();
      grow(cell, ready.substr(0, stop));
      bytes_.skip(cut ? stop : stop + 1);
      if (cut) continue;
      if (bytes_.peek() != '"') break;
      grow(cell, "\"");
      bytes_.get();
    }
    note_problem(cell, begin, "\"");
    join_line_ends(cell);
    if (bytes_.peek() == '\r') bytes_.get();
    int const c = bytes_.peek();
    if (c != delimiter_ && c != '\n' && c >= 0)
      throw csv_error(bytes_, bytes_.line(), bytes_.column(), "text behind a closing quote");
    bytes_.get();
    return c == delimiter_;
  }

  /// Remembers the first fault of the record's text: the record is read to its end before it is refused.
  /// `doubled` are the characters that take two bytes in the file.
  void note_problem(std::string_view cell, std::size_t begin, std::string_view doubled) {
    if (problem_ || clean_) return;
    problem_ = check_cell(cell);
    if (!problem_) return;
    problem_cell_ = cells_.size();
    for (char const c : cell.substr(0, problem_->offset)) begin += doubled.find(c) != std::string_view::npos;
    problem_->offset += begin;
  }

  [[noreturn]] void throw_problem(std::string const& what) {
    throw base::Error(base::errors::text_invalid,
                      {{"what", what}, {"problem", problem_->what}, {"offset", std::to_string(problem_->offset)}})
        .at({bytes_.file(), line_, 0});
  }

  /// Takes away the cells of the columns without a name.
  void drop_unnamed() {
    for (std::size_t i = unnamed_; i > 0 && cells_.size() > names_.size(); --i) {
      if (!cells_.back().empty()) {
        throw csv_error(bytes_, line_, 0, "a text in column " + std::to_string(cells_.size()) + ", which has no name");
      }
      cells_.pop_back();
    }
  }

  Value to_object() {
    drop_unnamed();
    if (cells_.size() != names_.size()) {
      throw csv_error(bytes_, line_, 0,
                      std::to_string(cells_.size()) + " cells where the header has " + std::to_string(names_.size()));
    }
    if (problem_) throw_problem("column " + names_[problem_cell_ - 1].substr(0, 40));
    Value::Object object;
    object.reserve(cells_.size());
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (clean_) cells_[i] = base::sound_text(cells_[i], base::TextShape::block);
      object.emplace_back(names_[i], std::move(cells_[i]));
    }
    return object;
  }

  ByteBuffer bytes_;
  bool tabs_;
  std::optional<char> given_;
  bool clean_ = false;
  char delimiter_ = ',';
  Stops stops_;
  std::vector<std::string> names_, cells_;
  std::int64_t line_ = 1;    ///< where the record begins
  std::size_t size_ = 0;     ///< of the record so far
  std::size_t unnamed_ = 0;  ///< columns at the end of the header
  bool ended_line_ = false;  ///< the record was read to its line's end
  std::optional<base::TextProblem> problem_;
  std::size_t problem_cell_ = 0;  ///< its cell, from 1
};

}  // namespace

std::unique_ptr<RecordReader> csv_reader(ByteBuffer bytes, ReadOptions const& options) {
  return std::make_unique<CsvReader>(std::move(bytes), false, options);
}
std::unique_ptr<RecordReader> tsv_reader(ByteBuffer bytes, ReadOptions const& options) {
  return std::make_unique<CsvReader>(std::move(bytes), true, options);
}

}  // namespace umsops::format
