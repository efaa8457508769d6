// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/utf8.hpp"
#include "umsops/base/json.hpp"

namespace umsops::base {
namespace {

void append_escape(std::string& out, char32_t c) {
  static char const kDigits[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[(c >> shift) & 15];
}

void append_short_escape(std::string& out, unsigned char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      append_escape(out, c);
  }
}

/// Controls beyond ASCII that a reader of JSON text must never meet raw: C1, line separators, bidi controls.
bool escaped_in_json(char32_t c) {
  return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || is_bidi_control(c);
}

void append_double(std::string& out, double value) {
  char buffer[40];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string_view const text(buffer, static_cast<std::size_t>(end - buffer));
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void append_integer(std::string& out, std::int64_t value) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

/// `indent` < 0: one line; else the current depth, two blanks a level.
class Writer {
 public:
  explicit Writer(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

  void write(Value const& value) {
    if (auto const* text = value.get_if<std::string>()) return append_json_string(out_, *text);
    if (auto const* number = value.get_if<std::int64_t>()) return append_integer(out_, *number);
    if (auto const* object = value.get_if<Value::Object>()) return write_object(*object);
    if (auto const* list = value.get_if<Value::List>()) return write_list(*list);
    if (auto const* truth = value.get_if<bool>()) {
      out_ += *truth ? "true" : "false";
    } else if (auto const* time = value.get_if<TimePoint>()) {
      out_ += '"';
      out_ += format_rfc3339(*time);
      out_ += '"';
    } else if (auto const* real = value.get_if<double>()) {
      append_double(out_, *real);
    } else {
      out_ += "null";
    }
  }

 private:
  void write_object(Value::Object const& object) {
    out_ += '{';
    ++depth_;
    bool first = true;
    for (auto const& [name, member] : object) {
      separate(first);
      append_json_string(out_, name);
      out_ += pretty_ ? ": " : ":";
      write(member);
    }
    close(first, '}');
  }

  void write_list(Value::List const& list) {
    out_ += '[';
    ++depth_;
    bool first = true;
    for (auto const& item : list) {
      separate(first);
      write(item);
    }
    close(first, ']');
  }

  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
    new_line();
  }

  void close(bool empty, char bracket) {
    --depth_;
    if (!empty) new_line();
    out_ += bracket;
  }

  void new_line() {
    if (!pretty_) return;
    out_ += '\n';
    out_.append(2 * depth_, ' ');
  }

  std::string& out_;
  bool pretty_;
  std::size_t depth_ = 0;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t done = 0;
  for (std::size_t at = skip_plain_ascii(text, 0); at < text.size();) {
    auto const c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
      at = skip_plain_ascii(text, at + 1);
      continue;
    }
    if (is_plain_han(text, at)) {
      at += 3;
      continue;
    }
    if (c < 0x80) {
      out.append(text, done, at - done);
      c == 0x7F ? append_escape(out, c) : append_short_escape(out, c);
      done = ++at;
      continue;
    }
    Decoded const decoded = decode_utf8(text, at);
    if (!decoded.valid || escaped_in_json(decoded.code_point)) {
      out.append(text, done, at - done);
      append_escape(out, decoded.valid ? decoded.code_point : 0xFFFD);
      done = at + decoded.size;
    }
    at += decoded.size;
  }
  out.append(text, done);
  out += '"';
}

void append_json(std::string& out, Value const& value) { Writer(out, false).write(value); }

std::string to_json(Value const& value) {
  std::string out;
  append_json(out, value);
  return out;
}

std::string to_pretty_json(Value const& value) {
  std::string out;
  Writer(out, true).write(value);
  return out;
}

}  // namespace umsops::base
