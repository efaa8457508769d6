// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "format/csv_reader.hpp"
#include "format/line_buffer.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Error;
using base::Value;

/// Where in the file a piece of JSON text begins.
struct Place {
  std::int64_t line = 1, column = 1;
  std::size_t offset = 0;
};

Place place_of(ByteBuffer const& bytes) { return {bytes.line(), bytes.column(), bytes.offset()}; }

/// Parses a piece of the file; errors get its place, and bytes that are not UTF-8 their offset.
Value parse_piece(std::string const& text, Place const& place, std::string const& file) {
  try {
    return base::parse_json(text, file, {text.size(), 64});
  } catch (Error const& caught) {
    auto const problem = base::check_text(text, base::TextShape::block);
    if (problem && problem->what == "invalid UTF-8") {
      throw Error(base::errors::text_invalid, {{"what", "a record"},
                                               {"problem", problem->what},
                                               {"offset", std::to_string(place.offset + problem->offset)}})
          .at({file, place.line, 0});
    }
    Error error = caught;
    auto const& spot = caught.spot();
    std::int64_t const line = std::max<std::int64_t>(spot.line, 1);
    error.at(
        {file, place.line + line - 1, line == 1 && spot.column > 0 ? place.column + spot.column - 1 : spot.column});
    throw error;
  }
}

/// CR within a text is always an escape, of one form or the other.
bool may_hold_returns(std::string_view json) {
  return json.find("\\r") != std::string_view::npos || json.find("\\u000") != std::string_view::npos;
}

void join_line_ends_within(Value& value) {
  if (auto* const text = value.get_if<std::string>()) {
    join_line_ends(*text);
  } else if (auto* const list = value.get_if<Value::List>()) {
    for (auto& item : *list) join_line_ends_within(item);
  } else if (auto* const object = value.get_if<Value::Object>()) {
    for (auto& member : *object) join_line_ends_within(member.second);
  }
}

void make_sound_within(Value& value) {
  if (auto* const text = value.get_if<std::string>()) {
    *text = base::sound_text(*text, base::TextShape::block);
  } else if (auto* const list = value.get_if<Value::List>()) {
    for (auto& item : *list) make_sound_within(item);
  } else if (auto* const object = value.get_if<Value::Object>()) {
    for (auto& member : *object) make_sound_within(member.second);
  }
}

/// What a reader of JSON knows of its file.
struct Source {
  std::string file;
  bool clean = false;
};

InputRecord parse_record(std::string const& written, Place const& place, Source const& source) {
  InputRecord record;
  record.line = place.line;
  auto const& file = source.file;
  // First the bytes, which no reader of JSON would take, then what was written with escapes.
  std::string const text = source.clean ? base::sound_text(written, base::TextShape::block) : written;
  try {
    record.object = parse_piece(text, place, file);
    if (may_hold_returns(text)) join_line_ends_within(record.object);
    if (source.clean) make_sound_within(record.object);
    if (!record.object.get_if<Value::Object>()) {
      throw Error(base::errors::json_invalid, {{"problem", "a record is an object"}})
          .at({file, place.line, place.column});
    }
  } catch (Error const& error) {
    record.error = error;
    record.object = Value();
  }
  return record;
}

/// One object a line; blank lines are passed over.
class JsonLinesReader final : public RecordReader {
 public:
  JsonLinesReader(ByteBuffer bytes, ReadOptions const& options)
      : bytes_(std::move(bytes)), source_{bytes_.file(), options.clean} {}

  std::optional<InputRecord> next() override {
    for (std::int64_t blank = 0;; ++blank) {
      bytes_.pass_blank(blank);
      if (bytes_.peek() < 0) return std::nullopt;
      Place const place = place_of(bytes_);
      text_.clear();
      if (!read_line()) return InputRecord{place.line, {}, record_too_long(bytes_, place.line)};
      if (text_.find_first_not_of(" \t\r") != std::string::npos) return parse_record(text_, place, source_);
    }
  }

 private:
  /// False: the line was too long and was passed over.
  bool read_line() {
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) return true;
      std::size_t const stop = std::min(ready.find('\n'), ready.size());
      if (text_.size() + stop > bytes_.longest_record()) {
        bytes_.skip_line();
        return false;
      }
      text_ += ready.substr(0, stop);
      bytes_.skip_flat(stop);
      if (stop < ready.size()) {
        bytes_.get();
        return true;
      }
    }
  }

  ByteBuffer bytes_;
  Source source_;
  std::string text_;
};

/// Finds the end of one JSON value by its brackets and strings, piece by piece.
class ValueEnd {
 public:
  /// How many of these bytes still belong to the value.
  std::size_t scan(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      char const c = bytes[i];
      if (in_string_) {
        if (escaped_ || c == '\\') {
          escaped_ = !escaped_;
        } else if (c == '"') {
          in_string_ = false;
          if (depth_ == 0) return end(i + 1);
        }
        continue;
      }
      if (depth_ == 0 && ends_scalar(c)) return end(i);
      begun_ = true;
      if (c == '"') in_string_ = true;
      if (c == '{' || c == '[') ++depth_;
      if ((c == '}' || c == ']') && --depth_ == 0) return end(i + 1);
    }
    return bytes.size();
  }
  bool found() const { return found_; }

 private:
  bool ends_scalar(char c) const {
    switch (c) {
      case ',':
      case ':':
      case ']':
      case '}':
      case ' ':
      case '\t':
      case '\r':
      case '\n':
        return true;
      case '"':
      case '{':
      case '[':
        return begun_;
      default:
        return false;
    }
  }
  std::size_t end(std::size_t at) {
    found_ = true;
    return at;
  }

  int depth_ = 0;
  bool in_string_ = false, escaped_ = false, begun_ = false, found_ = false;
};

/// A list of objects, an object with such a list inside, or one object alone: the list is cut item by item, so that
/// memory does not grow.
class JsonArrayReader final : public RecordReader {
 public:
  JsonArrayReader(ByteBuffer bytes, ReadOptions const& options)
      : bytes_(std::move(bytes)), source_{bytes_.file(), options.clean}, may_be_single_(options.list.empty()) {
    std::string_view rest = options.list.empty() ? std::string_view("items") : std::string_view(options.list);
    for (std::size_t dot = 0; dot != std::string_view::npos; rest.remove_prefix(std::min(dot + 1, rest.size()))) {
      dot = rest.find('.');
      path_.emplace_back(rest.substr(0, dot));
    }
  }

  std::optional<InputRecord> next() override {
    if (ended_) return std::nullopt;
    try {
      if (!started_ && !find_list()) return single();
      return next_item();
    } catch (Error const& error) {  // where the list itself is broken nothing after it can be trusted
      if (error.kind() != base::ErrorKind::invalid_input) throw;
      ended_ = true;
      return InputRecord{bytes_.line(), {}, error};
    }
  }

 private:
  [[noreturn]] void fail(std::string problem) {
    throw Error(base::errors::json_invalid, {{"problem", std::move(problem)}})
        .at({bytes_.file(), bytes_.line(), bytes_.column()});
  }

  int skip_blanks() {
    int c = bytes_.peek();
    for (std::int64_t blank = 0; c == ' ' || c == '\t' || c == '\n' || c == '\r'; ++blank) {
      bytes_.pass_blank(blank);
      bytes_.get();
      c = bytes_.peek();
    }
    return c;
  }

  void expect(char wanted, char const* problem) {
    if (skip_blanks() != wanted) fail(problem);
    bytes_.get();
  }

  /// False: there is none, and the object that was passed over is a record itself.
  bool find_list() {
    started_ = true;
    begin_ = place_of(bytes_);
    for (; skip_blanks() == '{' && depth_ < path_.size(); ++depth_) {
      bytes_.get();
      if (may_be_single_ && skip_blanks() == '}') return false;
      for (;;) {
        if (pass_member()) break;
        if (may_be_single_ && skip_blanks() == '}') return false;
        expect(',', ("the object has no " + path_[depth_]).c_str());
      }
    }
    expect('[', "expected a list of objects, or an object with one");
    return true;
  }

  std::optional<InputRecord> single() {
    bytes_.get();
    if (skip_blanks() >= 0) fail("text behind the end");
    ended_ = true;
    return parse_record("{" + members_ + "}", begin_, source_);
  }

  /// Passes over one member of the object at hand; true: it is the one on the way to the list, and its value comes
  /// next.
  bool pass_member() {
    if (skip_blanks() != '"') fail("expected a member's name");
    auto const name = cut_and_parse();
    std::string const written = text_;
    expect(':', "expected : after a member's name");
    skip_blanks();
    if (name.text() == path_[depth_]) return true;
    cut_and_parse();
    if (may_be_single_) remember(written);
    return false;
  }

  void remember(std::string const& name) {
    members_ += (members_.empty() ? "" : ",") + name + ":" + text_;
    if (members_.size() > bytes_.longest_record()) throw record_too_long(bytes_, begin_.line);
  }

  Value cut_and_parse() {
    Place const place = place_of(bytes_);
    cut_value();
    return parse_piece(text_, place, bytes_.file());
  }

  std::optional<InputRecord> next_item() {
    int const c = skip_blanks();
    if (c == ']' && comma_) fail("a comma before ]");
    if (c == ']') return finish();
    if (c < 0) fail("the list is not closed");
    Place const place = place_of(bytes_);
    cut_value();
    auto record = parse_record(text_, place, source_);
    comma_ = skip_blanks() == ',';
    if (comma_) {
      bytes_.get();
    } else if (bytes_.peek() != ']') {
      fail(bytes_.peek() < 0 ? "the list is not closed" : "expected , or ] after an item");
    }
    return record;
  }

  /// The text of the value that begins here.
  void cut_value() {
    text_.clear();
    for (ValueEnd end; !end.found();) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) fail("the text ends inside a value");
      std::size_t const size = end.scan(ready);
      if (text_.size() + size > bytes_.longest_record()) throw record_too_long(bytes_, bytes_.line());
      text_ += ready.substr(0, size);
      bytes_.skip(size);
    }
  }

  /// The rest after the list is checked too: a truncated file must not pass as complete.
  std::optional<InputRecord> finish() {
    bytes_.get();
    may_be_single_ = false;
    while (depth_ > 0) {
      --depth_;
      while (skip_blanks() == ',') {
        bytes_.get();
        if (pass_member()) fail(path_[depth_] + " occurs twice");
      }
      expect('}', "expected , or } after a member");
    }
    if (skip_blanks() >= 0) fail("text behind the end");
    ended_ = true;
    return std::nullopt;
  }

  ByteBuffer bytes_;
  Source source_;
  std::vector<std::string> path_;  ///< the members that lead to the list
  std::size_t depth_ = 0;          ///< so many of them were entered
  bool may_be_single_;
  std::string text_, members_;  ///< of an object that may be a record itself
  Place begin_;
  bool started_ = false, ended_ = false, comma_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> jsonl_reader(ByteBuffer bytes, ReadOptions const& options) {
  return std::make_unique<JsonLinesReader>(std::move(bytes), options);
}

std::unique_ptr<RecordReader> json_array_reader(ByteBuffer bytes, ReadOptions const& options) {
  return std::make_unique<JsonArrayReader>(std::move(bytes), options);
}

}  // namespace umsops::format
