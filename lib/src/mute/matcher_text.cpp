// SPDX-License-Identifier: Apache-2.0
// How matchers are written. Alertmanager has two syntaxes: an older one for names of letters and digits, whose values
// need no quotes, and a newer one for names of any characters. It tries both, and so does this.
#include "mute/matcher_text.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mute/matcher.hpp"

namespace umsops::mute {
namespace {

constexpr std::size_t kLongestText = 16 << 10, kMostMatchers = 64, kLongestShown = 120;
constexpr std::string_view kBlanks = " \t\n\f\r";  // those that the older syntax passes over

/// A matcher as it is written, and where its value begins.
struct Raw {
  std::string name, value;
  MatchOp op = MatchOp::equal;
};

/// Unicode's White_Space.
bool is_blank(char32_t c) {
  return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_reserved(char32_t c) {
  return is_blank(c) || (c < 0x80 && std::string_view("{}!=~,\\\"'`").find(static_cast<char>(c)) != std::string::npos);
}

std::string_view trimmed(std::string_view text) {
  std::size_t const begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<MatchOp> op_at(std::string_view text, std::size_t at) {
  static constexpr std::pair<std::string_view, MatchOp> kOps[] = {
      {"=~", MatchOp::matches}, {"!~", MatchOp::not_matches}, {"!=", MatchOp::not_equal}, {"=", MatchOp::equal}};
  for (auto const& [word, op] : kOps) {
    if (text.substr(at).starts_with(word)) return op;
  }
  return std::nullopt;
}

// --- the older syntax

bool is_name_character(char c, bool first) {
  bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
  return letter || (!first && c >= '0' && c <= '9');
}

/// The value between its quotes, or bare. A backslash stands for itself unless `\`, `n` or `"` follows; a quote inside
/// must have one. Nullopt: it is none.
std::optional<std::string> older_value(std::string_view raw) {
  bool open = raw.starts_with('"');
  if (open) raw.remove_prefix(1);
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    bool const last = i + 1 == raw.size();
    if (raw[i] == '\\' && !last) {
      char const next = raw[++i];
      if (next != 'n' && next != '"' && next != '\\') out += '\\';
      out += next == 'n' ? '\n' : next;
    } else if (raw[i] == '"') {
      if (!open || !last) return std::nullopt;
      open = false;
    } else {
      out += raw[i];
    }
  }
  return open ? std::nullopt : std::optional(std::move(out));
}

std::optional<Raw> older_matcher(std::string_view text) {
  text = trimmed(text);
  std::size_t end = 0;
  while (end < text.size() && is_name_character(text[end], end == 0)) ++end;
  std::size_t const at = std::min(text.find_first_not_of(kBlanks, end), text.size());
  auto const op = op_at(text, at);
  if (end == 0 || !op) return std::nullopt;
  auto value = older_value(trimmed(text.substr(at + to_string(*op).size())));
  if (!value) return std::nullopt;
  return Raw{std::string(text.substr(0, end)), std::move(*value), *op};
}

/// Cut at the commas outside of quotes. A comma at the end is passed over.
std::vector<std::string_view> older_parts(std::string_view text) {
  std::vector<std::string_view> parts;
  bool quoted = false, escaped = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',' && !quoted) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    } else if (text[i] == '"' && !escaped) {
      quoted = !quoted;
    }
    escaped = text[i] == '\\' && !escaped;
  }
  if (!trimmed(text.substr(begin)).empty()) parts.push_back(text.substr(begin));
  return parts;
}

std::optional<std::vector<Raw>> older_list(std::string_view text) {
  if (text.starts_with('{')) text.remove_prefix(1);
  if (text.ends_with('}')) text.remove_suffix(1);
  std::vector<Raw> out;
  for (std::string_view const part : older_parts(text)) {
    auto matcher = older_matcher(part);
    if (!matcher) return std::nullopt;
    out.push_back(std::move(*matcher));
  }
  return out;
}

// --- the newer syntax

class NewerList {
 public:
  explicit NewerList(std::string_view text) : text_(text) {}

  std::vector<Raw> run() {
    bool const braced = take('{');
    std::vector<Raw> out;
    while (!at_end() && !ahead('}')) {
      out.push_back(matcher());
      if (!take(',')) break;
    }
    if (braced != take('}')) fail(braced ? "expected a comma or }" : "expected {, a comma or the end");
    if (!at_end()) fail("expected the end");
    return out;
  }

 private:
  [[noreturn]] void fail(std::string const& problem) const { refuse_matcher(text_, at_, problem); }

  void skip_blanks() {
    while (at_ < text_.size()) {
      auto const c = base::decode_utf8(text_, at_);
      if (!is_blank(c.code_point)) return;
      at_ += c.size;
    }
  }
  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }
  bool ahead(char c) { return !at_end() && text_[at_] == c; }
  bool take(char c) {
    if (!ahead(c)) return false;
    ++at_;
    return true;
  }

  Raw matcher() {
    Raw out;
    out.name = word("expected the name of a label");
    auto const op = at_end() ? std::nullopt : op_at(text_, at_);
    if (!op) fail("expected =, !=, =~ or !~");
    out.op = *op;
    at_ += to_string(*op).size();
    out.value = word("expected a value; an empty one is \"\"");
    return out;
  }

  std::string word(char const* expected) {
    if (ahead('"')) return quoted();
    std::size_t const begin = at_;
    while (at_ < text_.size()) {
      auto const c = base::decode_utf8(text_, at_);
      if (is_reserved(c.code_point)) break;
      at_ += c.size;
    }
    if (at_ == begin) fail(expected);
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string quoted() {
    std::size_t const begin = at_++;
    std::string out;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\n') fail("a line break between quotes is written \\n");
      if (text_[at_] != '\\') {
        out += text_[at_++];
      } else {
        escape(out);
      }
    }
    if (at_ == text_.size()) {
      at_ = begin;
      fail("this quote is not closed");
    }
    ++at_;
    if (base::find_invalid_utf8(out) != std::string_view::npos) {
      at_ = begin;
      fail("this is no UTF-8");
    }
    return out;
  }

  /// As in a text of the language Go.
  void escape(std::string& out) {
    static constexpr std::string_view kPlain = "abfnrtv\\\"", kMeant = "\a\b\f\n\r\t\v\\\"";
    char const c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (auto const plain = kPlain.find(c); c != '\0' && plain != std::string_view::npos) {
      out += kMeant[plain];
      at_ += 2;
      return;
    }
    if (c >= '0' && c <= '7') return number(out, 1, 3, 8);
    if (c == 'x') return number(out, 2, 2, 16);
    if (c == 'u') return number(out, 2, 4, 16);
    if (c == 'U') return number(out, 2, 8, 16);
    fail("no such escape; a backslash is written \\\\");
  }

  void number(std::string& out, std::size_t skip, std::size_t digits, int base) {
    std::string_view const text = text_.substr(std::min(at_ + skip, text_.size()), digits);
    char32_t value = 0;
    for (char const c : text) {
      int const digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : 99;
      if (digit >= base) fail("no such escape; a backslash is written \\\\");
      value = value * static_cast<char32_t>(base) + static_cast<char32_t>(digit);
    }
    bool const byte = digits < 4;
    if (text.size() != digits || value > (byte ? 0xFF : 0x10FFFF) || (!byte && value >= 0xD800 && value < 0xE000))
      fail("no such escape; a backslash is written \\\\");
    byte ? static_cast<void>(out += static_cast<char>(value)) : base::append_utf8(out, value);
    at_ += skip + digits;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// --- both

Matchers checked(std::vector<Raw> raws, std::string_view text) {
  if (raws.size() > kMostMatchers) refuse_matcher(text, 0, "more than 64 matchers");
  Matchers out;
  for (Raw& raw : raws) out.emplace_back(std::move(raw.name), raw.op, std::move(raw.value));
  return out;
}

void refuse_unsound(std::string_view text) {
  if (text.size() > kLongestText) refuse_matcher(text, kLongestText, "longer than 16 KiB");
  if (auto const problem = base::check_text(text, base::TextShape::block))
    refuse_matcher(text, problem->offset, problem->what);
}

/// What the older syntax makes of it, else the newer one. Of two errors the one that tells more.
Matchers read(std::string_view text, std::optional<std::vector<Raw>> older) {
  if (!older) return checked(NewerList(text).run(), text);
  try {
    return checked(std::move(*older), text);
  } catch (base::Error const& error) {
    try {
      return checked(NewerList(text).run(), text);
    } catch (base::Error const&) {
      throw error;
    }
  }
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (char const c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

void refuse_matcher(std::string_view text, std::size_t at, std::string const& problem) {
  at = std::min(at, text.size());
  auto const place = base::code_points(base::first_bytes(text, at)) + 1;
  throw base::Error(
      base::errors::matcher_invalid,
      {{"text",
        base::shortened(base::terminal_text(text.substr(0, 4 * kLongestShown), base::TextShape::line), kLongestShown)},
       {"problem", problem},
       {"place", std::to_string(place)}})
      .detail(base::Value::Object{{"offset", static_cast<std::int64_t>(at)}});
}

Matcher parse_matcher(std::string_view text) {
  refuse_unsound(text);
  if (text.starts_with('{') || text.ends_with('}'))
    refuse_matcher(text, text.starts_with('{') ? 0 : text.size() - 1, "a brace needs quotes around the value");
  auto older = older_matcher(text);
  std::optional<std::vector<Raw>> one;
  if (older) one.emplace().push_back(std::move(*older));
  auto matchers = read(text, std::move(one));
  if (matchers.size() != 1) refuse_matcher(text, 0, matchers.empty() ? "no matcher" : "more than one matcher");
  return std::move(matchers.front());
}

Matchers parse_matchers(std::string_view text) {
  refuse_unsound(text);
  // Alertmanager drops this brace, and with it the end of an expression such as x{2}.
  if (text.ends_with('}') && !trimmed(text).starts_with('{'))
    refuse_matcher(text, text.size() - 1, "a brace needs quotes around the value, or its opening one");
  return read(text, older_list(text));
}

std::string Matcher::text() const {
  std::string out;
  bool plain = true;
  for (std::size_t at = 0; at < name_.size();) {
    auto const c = base::decode_utf8(name_, at);
    plain = plain && !is_reserved(c.code_point);
    at += c.size;
  }
  plain ? static_cast<void>(out += name_) : append_quoted(out, name_);
  out += to_string(op_);
  append_quoted(out, value_);
  return out;
}

std::string text_of(Matchers const& matchers) {
  std::string out = "{";
  for (Matcher const& matcher : matchers) out.append(out.size() == 1 ? "" : ",").append(matcher.text());
  return out += '}';
}

}  // namespace umsops::mute
