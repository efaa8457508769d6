// SPDX-License-Identifier: Apache-2.0
// LDIF (RFC 2849), as ldapsearch and other exports write it: entries, and changes of them.
#include <algorithm>

#include "format/csv_reader.hpp"
#include "format/line_buffer.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {
namespace {

using base::Error;
using base::Value;

constexpr std::size_t kMostLines = 100'000;  ///< of an entry
constexpr std::string_view kDn = "dn", kChange = "changetype";

/// A line with those that continue it, and where it begins.
struct Line {
  std::int64_t number = 0;
  std::string text;
};

/// `name: value`, `name:: base64`.
struct Attribute {
  std::int64_t line = 0;
  std::string name;  ///< small letters, with its options: `cn;lang-zh`
  std::string value;
};

std::string_view without_blanks(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
    char const small = base::ascii_lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ';' || c == '.' || c == '_';
  });
}

class LdifReader final : public RecordReader {
 public:
  LdifReader(ByteBuffer bytes, ReadOptions const& options) : bytes_(std::move(bytes)), clean_(options.clean) {}

  std::optional<InputRecord> next() override {
    for (;;) {
      begin_ = 0;
      try {
        if (!read_lines()) return std::nullopt;
        if (auto object = to_object()) return InputRecord{begin_, *std::move(object), std::nullopt};
      } catch (Error const& error) {
        if (error.kind() != base::ErrorKind::invalid_input) throw;
        pass_entry();
        return InputRecord{std::max<std::int64_t>(begin_, 1), {}, error};
      }
    }
  }

 private:
  [[noreturn]] void refuse(std::int64_t line, std::string problem) const {
    throw Error(base::errors::ldif_invalid, {{"problem", std::move(problem)}}).at({bytes_.file(), line, 0});
  }

  /// The next line without its end; false at the end of the input.
  bool read_line(Line& line) {
    line = {bytes_.line(), {}};
    if (bytes_.peek() < 0) return false;
    for (;;) {
      std::string_view const ready = bytes_.ready();
      if (ready.empty()) break;
      std::size_t const stop = std::min(ready.find('\n'), ready.size());
      size_ += stop + 1;
      if (size_ > bytes_.longest_record()) throw record_too_long(bytes_, begin_ > 0 ? begin_ : line.number);
      line.text += ready.substr(0, stop);
      bytes_.skip_flat(stop);
      if (stop == ready.size()) continue;
      bytes_.get();
      break;
    }
    if (line.text.ends_with('\r')) line.text.pop_back();
    return true;
  }

  /// The lines of the next entry, joined, without comments; false at the end of the input.
  bool read_lines() {
    lines_.clear();
    size_ = 0;
    ended_ = false;
    bool comment = false;
    Line line;
    for (std::int64_t blank = 0; read_line(line);) {
      if (line.text.empty()) {
        comment = false;
        if (!lines_.empty()) return ended_ = true;
        bytes_.pass_blank(blank++);
        size_ = 0;
        continue;
      }
      if (line.text[0] == ' ') {
        if (comment) continue;
        if (lines_.empty()) {
          begin_ = line.number;
          refuse(line.number, "a line that continues nothing");
        }
        lines_.back().text.append(line.text, 1);
        continue;
      }
      comment = line.text[0] == '#';
      if (comment) continue;
      if (lines_.empty()) begin_ = line.number;
      if (lines_.size() == kMostLines) refuse(line.number, "an entry of more than 100,000 lines");
      lines_.push_back(std::move(line));
    }
    ended_ = true;
    return !lines_.empty();
  }

  /// To the next blank line.
  void pass_entry() {
    Line line;
    while (!ended_) {
      size_ = 0;
      try {
        ended_ = !read_line(line) || line.text.empty();
      } catch (Error const& error) {
        if (error.kind() != base::ErrorKind::invalid_input) throw;
        bytes_.skip_line();
      }
    }
  }

  std::string text_of(std::string const& value, std::int64_t line) const {
    if (clean_) return base::sound_text(value, base::TextShape::block);
    if (auto const problem = base::check_text(value, base::TextShape::block))
      throw Error(base::errors::text_invalid,
                  {{"what", "an entry"}, {"problem", problem->what}, {"offset", std::to_string(problem->offset)}})
          .at({bytes_.file(), line, 0});
    return value;
  }

  /// What is no text (a photo, a binary id) stays as it is written.
  std::string decoded(std::string_view base64, std::int64_t line) const {
    auto bytes = base::base64_decode(base64);
    if (!bytes) refuse(line, "a value that is no base64");
    join_line_ends(*bytes);
    return base::check_text(*bytes, base::TextShape::block) ? std::string(base64) : *std::move(bytes);
  }

  Attribute attribute_of(Line const& line) const {
    auto const colon = line.text.find(':');
    if (colon == std::string::npos) refuse(line.number, "a line without a colon");
    Attribute out{line.number, base::ascii_lower(without_blanks(std::string_view(line.text).substr(0, colon))), {}};
    if (!is_name(out.name)) refuse(line.number, "a line that begins with no attribute");
    std::string_view rest = std::string_view(line.text).substr(colon + 1);
    if (rest.starts_with('<')) refuse(line.number, "a value in another file: no file is read for an entry");
    if (rest.starts_with(':')) {
      out.value = decoded(without_blanks(rest.substr(1)), line.number);
    } else {
      while (rest.starts_with(' ')) rest.remove_prefix(1);
      out.value = text_of(std::string(rest), line.number);
    }
    return out;
  }

  static void add(Value& object, std::string const& name, std::string value) {
    auto* const members = object.get_if<Value::Object>();
    auto const there =
        std::find_if(members->begin(), members->end(), [&](auto const& member) { return member.first == name; });
    if (there == members->end()) {
      members->emplace_back(name, std::move(value));
    } else if (auto* const list = there->second.get_if<Value::List>()) {
      list->emplace_back(std::move(value));
    } else {
      there->second = Value::List{there->second, Value(std::move(value))};
    }
  }

  static void put(Value& object, std::string const& name, Value value) {
    auto* const members = object.get_if<Value::Object>();
    std::erase_if(*members, [&](auto const& member) { return member.first == name; });
    members->emplace_back(name, std::move(value));
  }

  /// The first part of the name says who it is: a change need not repeat it.
  static void add_own_name(Value& object, std::string const& dn) {
    auto const equals = dn.find('='), comma = std::min(dn.find(','), dn.size());
    if (equals == std::string::npos || equals > comma) return;
    std::string const name = base::ascii_lower(without_blanks(std::string_view(dn).substr(0, equals)));
    if (is_name(name) && !object.find(name)) add(object, name, dn.substr(equals + 1, comma - equals - 1));
  }

  /// `replace: mail`, its values, `-`: what it then has.
  void apply_changes(Value& object, std::size_t at) const {
    while (at < lines_.size()) {
      auto const verb = attribute_of(lines_[at++]);
      std::string const name = base::ascii_lower(verb.value);
      Value values = Value::Object();
      for (; at < lines_.size() && lines_[at].text != "-"; ++at) {
        auto attribute = attribute_of(lines_[at]);
        if (attribute.name != name) refuse(attribute.line, "a value of another attribute than " + name);
        add(values, name, std::move(attribute.value));
      }
      ++at;
      Value const* const found = values.find(name);
      bool const replaces = verb.name == "replace", takes_away = verb.name == "delete" && !found;
      if (!replaces && !takes_away)
        refuse(verb.line, "only 'replace' and 'delete' of a whole attribute can be followed; export the entry whole");
      put(object, name, found ? *found : Value(std::string()));
    }
  }

  /// Nothing where the lines are no entry: the version, and what ldapsearch says of its search.
  std::optional<Value> to_object() const {
    std::size_t at = 0;
    auto first = attribute_of(lines_[at]);
    if (first.name == "version" && lines_.size() > 1) first = attribute_of(lines_[++at]);
    if (first.name != kDn) {
      if (first.name == "version" || first.name == "search" || first.name == "ref" || first.name == "result")
        return std::nullopt;
      refuse(first.line, "an entry begins with dn:");
    }
    Value object = Value::Object();
    add(object, std::string(kDn), first.value);
    for (++at; at < lines_.size(); ++at) {
      auto attribute = attribute_of(lines_[at]);
      if (attribute.name == "control") continue;
      bool const change = attribute.name == kChange;
      if (change && attribute.value != "add") {
        add(object, attribute.name, attribute.value);
        change_entry(object, attribute, at + 1);
        return object;
      }
      if (!change) add(object, attribute.name, std::move(attribute.value));
    }
    return object;
  }

  void change_entry(Value& object, Attribute const& change, std::size_t at) const {
    if (change.value != "modify" && change.value != "delete")
      refuse(change.line,
             "a change that cannot be followed: " + change.value.substr(0, 40) + "; export the entry whole");
    if (change.value == "modify") apply_changes(object, at);
    add_own_name(object, std::string(object.find(kDn)->text()));
  }

  ByteBuffer bytes_;
  bool clean_;
  std::vector<Line> lines_;
  std::int64_t begin_ = 0;  ///< line of the entry
  std::size_t size_ = 0;    ///< of the entry so far
  bool ended_ = false;      ///< it was read to its end
};

}  // namespace

std::unique_ptr<RecordReader> ldif_reader(ByteBuffer bytes, ReadOptions const& options) {
  return std::make_unique<LdifReader>(std::move(bytes), options);
}

}  // namespace umsops::format
