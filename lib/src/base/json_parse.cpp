// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iterator>

#include <nlohmann/json.hpp>

#include "base/json_plain.hpp"
#include "base/utf8.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::base {
namespace {

/// Walks over the text for the reader, and lets the builder see how far it is: the reader tells the place of its own
/// errors only, not of what the builder refuses.
struct Cursor {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  char const& operator*() const { return **at; }
  Cursor& operator++() {
    ++*at;
    return *this;
  }
  bool operator==(Cursor const& other) const { return *at == *other.at; }
  bool operator!=(Cursor const& other) const { return *at != *other.at; }

  char const** at;
};

struct Words {
  std::string_view theirs, ours;
  bool of_escape = false;  ///< the place is then the escape's beginning
};

/// The reader's words, cut to what helps. What it expected says more than what it met, but for broken texts and
/// numbers.
Words explain(std::string_view message) {
  static constexpr Words kWords[] = {
      {"- invalid string: missing closing quote", "a string is not closed"},
      {"- invalid string: control character", "a control character in a string; write it as an escape"},
      {"- invalid string: forbidden character after backslash", "unknown escape in a string", true},
      {"- invalid string: '\\u'", "\\u without four hex digits", true},
      {"- invalid string: surrogate", "half of a surrogate pair in a string", true},
      {"- invalid number", "a digit is missing in a number"},
      {"parsing object key", "Missing a name for object member"},
      {"parsing object separator", "Missing a colon after the name of an object member"},
      {"parsing object ", "Missing a comma or '}' after an object member"},
      {"parsing array ", "Missing a comma or ']' after an array element"},
  };
  // What was read last stands in the message, too, and may hold any of these words.
  std::string_view const theirs = message.substr(0, message.find("; last read"));
  for (auto const& words : kWords) {
    if (theirs.find(words.theirs) != std::string_view::npos) return words;
  }
  return {"", message.ends_with("; expected end of input") ? "text after the value" : "Invalid value"};
}

/// How long the token is that the reader did not expect; `last` ends with it.
std::size_t token_size(std::string_view message, std::string_view last) {
  auto const met = [&](std::string_view token) { return message.find(token) != std::string_view::npos; };
  if (met("unexpected string") || met("unexpected number")) return last.size();
  if (met("unexpected true") || met("unexpected null")) return 4;
  return met("unexpected false") ? 5 : 1;
}

/// Builds the value while the reader runs; refuses what the reader lets pass: depth, duplicate members, numbers that no
/// 64-bit integer holds. Its public members are called by the reader, under the names of its SAX interface.
class Builder {
 public:
  Builder(std::string_view text, JsonLimits const& limits)
      : text_(text), at_(text.data()), most_(static_cast<std::size_t>(limits.depth)), foreign_(limits.foreign) {}

  Cursor begin() { return {&at_}; }

  bool null() { return put(Value()); }
  bool boolean(bool v) { return put(Value(v)); }
  bool number_integer(std::int64_t v) { return put(Value(v)); }
  bool number_unsigned(std::uint64_t v) {
    if (v > std::uint64_t{INT64_MAX})
      return foreign_ ? put(Value(std::to_string(v))) : refuse_number("integer out of range");
    return put(Value(static_cast<std::int64_t>(v)));
  }
  /// Also integers that 64 bits do not hold, which only their text tells.
  bool number_float(double v, std::string const& text) {
    if (is_integer(text)) return foreign_ ? put(Value(text)) : refuse_number("integer out of range");
    return put(Value(v == 0 && !is_zero(text) ? 0.0 : v));
  }
  bool string(std::string& v) { return put(Value(std::string_view(v))); }
  bool binary(std::vector<std::uint8_t>&) { return refuse(offset(), "binary data"); }  // not in a text
  bool start_object(std::size_t) { return open(Value(Value::Object())); }
  bool key(std::string& name) {
    auto const& members = *stack_.back().get_if<Value::Object>();
    if (members.size() >= kMostMembers)
      return refuse(offset(), "more than " + std::to_string(kMostMembers) + " members");
    if (stack_.back().find(name)) {
      // Each look-up takes its time, so that there cannot be many for nothing.
      if (!foreign_ || ++twins_ > kMostTwins)
        return refuse(offset(), "duplicate member \"" + name.substr(0, 80) + "\"");
      keys_.emplace_back();
      return true;
    }
    keys_.emplace_back(name);
    return true;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Value(Value::List())); }
  bool end_array() { return close(); }
  /// The reader's own refusals; `past` counts the characters up to the one, or the token, that is wrong.
  bool parse_error(std::size_t past, std::string const& last, nlohmann::json::exception const& error) {
    if (error.id == kTooLarge) return refuse_number(is_integer(last) ? "integer out of range" : "number out of range");
    std::string_view const message = error.what();
    std::size_t const at = past - token_size(message, last);
    if (stack_.empty() && message.find("unexpected end of input") != std::string_view::npos)
      return refuse(at, "the text is empty");
    Words const words = explain(message);
    return refuse(words.of_escape ? text_.rfind('\\', at) : at, std::string(words.ours));
  }

  Value take() { return std::move(root_); }
  std::string const& problem() const { return problem_; }
  std::size_t problem_offset() const { return problem_offset_; }

 private:
  static constexpr std::size_t kMostTwins = 1000;
  static constexpr int kTooLarge = 406;  ///< the reader's number for a number that no double holds

  static bool is_integer(std::string_view number) { return number.find_first_of(".eE") == std::string_view::npos; }
  /// Told from what is only too small, which has no sign.
  static bool is_zero(std::string_view number) {
    return number.substr(0, number.find_first_of("eE")).find_first_of("123456789") == std::string_view::npos;
  }
  std::size_t offset() const { return static_cast<std::size_t>(at_ - text_.data()); }

  bool refuse(std::size_t at, std::string why) {
    problem_offset_ = at;
    problem_ = std::move(why);
    return false;
  }
  /// At the beginning of a number that was read, and one character behind it unless the text is at its end.
  bool refuse_number(std::string why) {
    auto const belongs = [](char c) {
      return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    };
    std::size_t begin = offset();
    if (begin > 0 && !belongs(text_[begin - 1])) --begin;
    while (begin > 0 && belongs(text_[begin - 1])) --begin;
    return refuse(begin, std::move(why));
  }

  bool put(Value value) {
    if (stack_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = stack_.back().get_if<Value::List>()) {
      list->push_back(std::move(value));
    } else {
      auto& object = *stack_.back().get_if<Value::Object>();
      if (keys_.back()) object.emplace_back(std::move(*keys_.back()), std::move(value));
      keys_.pop_back();
    }
    return true;
  }

  bool open(Value container) {
    if (stack_.size() >= most_) return refuse(offset() - 1, "nested deeper than " + std::to_string(most_));
    stack_.push_back(std::move(container));
    return true;
  }

  bool close() {
    Value done = std::move(stack_.back());
    stack_.pop_back();
    return put(std::move(done));
  }

  std::string_view text_;
  char const* at_;
  std::size_t most_;
  bool foreign_;
  Value root_;
  std::vector<Value> stack_;
  std::vector<std::optional<std::string>> keys_;  ///< none: a twin, to be dropped
  std::size_t twins_ = 0;
  std::string problem_;
  std::size_t problem_offset_ = 0;
};

[[noreturn]] void refuse(std::string_view text, std::size_t offset, std::string problem, std::string_view source) {
  LineColumn const place = line_column(text, offset);
  throw Error(errors::json_invalid, {{"problem", std::move(problem)}})
      .at({std::string(source), static_cast<std::int64_t>(place.line), static_cast<std::int64_t>(place.column)});
}

}  // namespace

Value parse_json(std::string_view text, std::string_view source, JsonLimits limits) {
  if (text.size() > limits.bytes) {
    throw Error(errors::input_too_large, {{"what", "JSON text"}, {"limit", std::to_string(limits.bytes) + " bytes"}})
        .at({std::string(source), 0, 0});
  }
  if (auto plain = parse_plain_json(text, limits.depth)) return *std::move(plain);
  // The reader takes NUL for the end of the text, and would not look behind it.
  if (auto const nul = text.find('\0'); nul != std::string_view::npos) refuse(text, nul, "NUL", source);
  Builder builder(text, limits);
  char const* end = text.data() + text.size();
  if (nlohmann::json::sax_parse(builder.begin(), Cursor{&end}, &builder)) return builder.take();
  // The reader refuses what is no UTF-8, but as one broken text among others, and behind the byte that is wrong.
  if (auto const bad = find_invalid_utf8(text); bad != std::string_view::npos)
    refuse(text, bad, "invalid UTF-8", source);
  refuse(text, builder.problem_offset(), builder.problem(), source);
}

}  // namespace umsops::base
