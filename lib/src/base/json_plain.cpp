// SPDX-License-Identifier: Apache-2.0
#include "base/json_plain.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/utf8.hpp"

namespace umsops::base {
namespace {

/// Room for so many members is made at once: of a record, and of what lies in one.
constexpr std::size_t kUsualMembers = 12, kFewMembers = 4;
constexpr std::size_t kMostDigits = 18;  ///< so many fit into 64 bits

/// Each member reads one thing from where it stands. False: the text is not plain, and where it stands means nothing.
class PlainReader {
 public:
  PlainReader(std::string_view text, int depth) : text_(text), depth_(depth) {}

  /// `depth`: how many lists and objects may still open.
  bool read_value(Value& out, int depth) {
    switch (peek()) {
      case '{':
        return depth > 0 && read_object(out, depth - 1);
      case '[':
        return depth > 0 && read_list(out, depth - 1);
      case '"': {
        std::string text;
        if (!read_string(text)) return false;
        out = Value(std::move(text));
        return true;
      }
      case 't':
        out = Value(true);
        return pass("true");
      case 'f':
        out = Value(false);
        return pass("false");
      case 'n':
        return pass("null");
      default:
        return read_integer(out);
    }
  }

  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r') ++at_;
  }

 private:
  /// NUL at the end, which is plain nowhere.
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool pass(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  /// The mark, with blanks on both sides.
  bool pass_mark(char mark) {
    skip_blanks();
    if (peek() != mark) return false;
    ++at_;
    skip_blanks();
    return true;
  }

  bool read_object(Value& out, int depth) {
    Value::Object members;
    pass_mark('{');
    if (peek() != '}') {
      members.reserve(depth == depth_ - 1 ? kUsualMembers : kFewMembers);
      do {
        std::string name;
        if (members.size() == kMostMembers || peek() != '"' || !read_string(name) || !pass_mark(':')) return false;
        bool const twice = std::any_of(members.begin(), members.end(), [&](auto const& m) { return m.first == name; });
        if (twice || !read_value(members.emplace_back(std::move(name), Value()).second, depth)) return false;
      } while (pass_mark(','));
    }
    out = Value(std::move(members));
    return pass("}");
  }

  bool read_list(Value& out, int depth) {
    Value::List items;
    pass_mark('[');
    if (peek() != ']') {
      do {
        if (!read_value(items.emplace_back(), depth)) return false;
      } while (pass_mark(','));
    }
    out = Value(std::move(items));
    return pass("]");
  }

  bool read_integer(Value& out) {
    bool const negative = pass("-");
    std::size_t const begin = at_;
    std::int64_t number = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_) {
      if (at_ - begin == kMostDigits) return false;
      number = number * 10 + (peek() - '0');
    }
    bool const sound = at_ > begin && (text_[begin] != '0' || at_ == begin + 1);
    out = Value(negative ? -number : number);
    return sound && peek() != '.' && peek() != 'e' && peek() != 'E';
  }

  bool read_string(std::string& out) {
    std::size_t done = ++at_;
    while ((at_ = skip_plain_ascii(text_, at_)) < text_.size()) {
      auto const c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') {
        out.append(text_, done, at_++ - done);
        return true;
      }
      if (c == '\\') {
        out.append(text_, done, at_ - done);
        if (!read_escape(out)) return false;
        done = at_;
      } else if (!pass_character(c)) {
        return false;
      }
    }
    return false;
  }

  bool pass_character(unsigned char c) {
    if (c < 0x80) {
      ++at_;
      return c >= 0x20;
    }
    if (is_plain_han(text_, at_)) {
      at_ += 3;
      return true;
    }
    Decoded const decoded = decode_utf8(text_, at_);
    at_ += decoded.size;
    return decoded.valid;
  }

  bool read_escape(std::string& out) {
    static constexpr std::string_view kShort = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    if (at_ + 1 >= text_.size()) return false;
    if (auto const known = kShort.find(text_[at_ + 1]); known != std::string_view::npos) {
      out += kMeant[known];
      at_ += 2;
      return true;
    }
    char32_t c = 0;
    if (!read_code(c)) return false;
    if (c >= 0xD800 && c < 0xE000) {
      char32_t low = 0;
      if (c >= 0xDC00 || !read_code(low) || low < 0xDC00 || low >= 0xE000) return false;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, c);
    return true;
  }

  /// \u and four digits.
  bool read_code(char32_t& code) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    if (!pass("\\u") || at_ + 4 > text_.size()) return false;
    for (std::size_t const end = at_ + 4; at_ < end; ++at_) {
      char const c = text_[at_];
      std::size_t const digit = kDigits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
      if (digit == std::string_view::npos) return false;
      code = code << 4 | static_cast<char32_t>(digit);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_;  ///< of the whole
};

}  // namespace

std::optional<Value> parse_plain_json(std::string_view text, int depth) {
  PlainReader reader(text, depth);
  std::optional<Value> value(std::in_place);
  reader.skip_blanks();
  if (!reader.read_value(*value, depth) || !reader.at_end()) value.reset();
  return value;
}

}  // namespace umsops::base
