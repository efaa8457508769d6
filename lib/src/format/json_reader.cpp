// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/csv_reader.hpp"
#include "format/line_buffer.hpp"
#include "umsops/base/json.hpp"

namespace umsops::format {
namespace {

using base::Error;
using base::Value;

/// Parses one record's text; errors get the line of the file.
InputRecord parse_record(std::string const& text, std::int64_t line, std::string const& file) {
  InputRecord record;
  record.line = line;
  try {
    record.object = base::parse_json(text, file, {kLongestRecord, 64});
    if (!record.object.get_if<Value::Object>()) {
      throw Error(base::errors::json_invalid, {{"problem", "a record is an object"}});
    }
  } catch (Error const& caught) {
    Error error = caught;
    auto const spot = caught.spot();
    error.at({file, line + std::max<std::int64_t>(spot.line, 1) - 1, spot.column});
    record.error = error;
    record.object = Value();
  }
  return record;
}

/// One object a line; blank lines are passed over.
class JsonLinesReader final : public RecordReader {
 public:
  JsonLinesReader(ByteSource source, std::string file) : bytes_(std::move(source), std::move(file)) {}

  std::optional<InputRecord> next() override {
    for (;;) {
      std::int64_t const line = bytes_.line();
      if (bytes_.peek() < 0) return std::nullopt;
      text_.clear();
      if (!read_line()) return InputRecord{line, {}, record_too_long(bytes_, line)};
      if (text_.find_first_not_of(" \t\r") != std::string::npos) return parse_record(text_, line, bytes_.file());
    }
  }

 private:
  /// False: the line was too long and was passed over.
  bool read_line() {
    bool fits = true;
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) return fits;
      std::size_t const stop = std::min(ready.find('\n'), ready.size());
      fits = fits && text_.size() + stop <= kLongestRecord;
      if (fits) text_ += ready.substr(0, stop);
      bool const cut = stop == ready.size();
      bytes_.skip(cut ? stop : stop + 1);
      if (!cut) return fits;
    }
  }

  ByteBuffer bytes_;
  std::string text_;
};

/// A list of objects, or an object with such a list as `items`: cut item by item, so that memory does not grow.
class JsonArrayReader final : public RecordReader {
 public:
  JsonArrayReader(ByteSource source, std::string file) : bytes_(std::move(source), std::move(file)) {}

  std::optional<InputRecord> next() override {
    if (ended_) return std::nullopt;
    try {
      if (!started_) find_list();
      return next_item();
    } catch (Error const& error) {  // where the list itself is broken nothing after it can be trusted
      ended_ = true;
      return InputRecord{bytes_.line(), {}, error};
    }
  }

 private:
  [[noreturn]] void fail(std::string problem) {
    throw Error(base::errors::json_invalid, {{"problem", std::move(problem)}}).at({bytes_.file(), bytes_.line(), 0});
  }

  int skip_blanks() {
    int c = bytes_.peek();
    while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      bytes_.get();
      c = bytes_.peek();
    }
    return c;
  }

  void find_list() {
    started_ = true;
    int const c = skip_blanks();
    if (c == '{') {
      bytes_.get();
      find_items();
    }
    if (skip_blanks() != '[') fail("expected a list of objects, or an object with items");
    bytes_.get();
  }

  /// Stands behind `{`: passes over members until `"items":`.
  void find_items() {
    for (;;) {
      if (skip_blanks() != '"') fail("the object has no items");
      std::string const name = cut_value();
      if (skip_blanks() != ':') fail("expected :");
      bytes_.get();
      skip_blanks();
      if (name == "\"items\"") {
        inside_object_ = true;
        return;
      }
      cut_value();
      if (skip_blanks() != ',') fail("the object has no items");
      bytes_.get();
    }
  }

  std::optional<InputRecord> next_item() {
    int c = skip_blanks();
    if (c == ']' && (first_ || !comma_)) {
      bytes_.get();
      finish();
      return std::nullopt;
    }
    if (c < 0) fail("the list is not closed");
    std::int64_t const line = bytes_.line();
    auto record = parse_record(cut_value(), line, bytes_.file());
    first_ = false;
    comma_ = skip_blanks() == ',';
    if (comma_) {
      bytes_.get();
    } else if (bytes_.peek() != ']') {
      fail("expected , or ] after an item");
    }
    return record;
  }

  /// The text of the value that begins here, by its brackets and strings.
  std::string cut_value() {
    std::string text;
    int depth = 0;
    bool in_string = false;
    for (;;) {
      int const c = bytes_.peek();
      if (c < 0) fail("cut off");
      bool const ends = !in_string && depth == 0 && !text.empty() &&
                        (c == ',' || c == ']' || c == '}' || c == ':' || c == ' ' || c == '\n' || c == '\r' || c == '\t');
      if (ends) return text;
      text += static_cast<char>(bytes_.get());
      if (text.size() > kLongestRecord) throw record_too_long(bytes_, bytes_.line());
      if (in_string) {
        if (c == '\\' && bytes_.peek() >= 0) text += static_cast<char>(bytes_.get());
        if (c == '"') in_string = false;
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        --depth;
      }
      if (!in_string && depth == 0 && (c == '"' || c == '}' || c == ']')) return text;
    }
  }

  void finish() {
    ended_ = true;
    // The members behind the items tell nothing that an import needs; a list of its own must be all.
    if (!inside_object_ && skip_blanks() >= 0) fail("text behind the list");
  }

  ByteBuffer bytes_;
  bool started_ = false, ended_ = false, first_ = true, comma_ = false, inside_object_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> jsonl_reader(ByteSource source, std::string file) {
  return std::make_unique<JsonLinesReader>(std::move(source), std::move(file));
}

std::unique_ptr<RecordReader> json_array_reader(ByteSource source, std::string file) {
  return std::make_unique<JsonArrayReader>(std::move(source), std::move(file));
}

}  // namespace umsops::format
