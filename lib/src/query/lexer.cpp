// SPDX-License-Identifier: Apache-2.0
#include "query/lexer.hpp"

#include <algorithm>
#include <optional>

#include "base/utf8.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::query {
namespace {

constexpr std::size_t kLongestFilter = 4096, kLongestShown = 100;

struct OpName {
  std::string_view text;
  Op op;
};
// Longer ones first: `<=` before `<`.
constexpr OpName kOps[] = {{"!=", Op::ne}, {"!~", Op::lacks}, {"<=", Op::le}, {">=", Op::ge},      {"==", Op::eq},
                           {"<", Op::lt},  {">", Op::gt},     {"=", Op::eq},  {"~", Op::contains}, {":", Op::eq}};

OpName const* op_at(std::string_view text, std::size_t at) {
  auto const* const found = std::find_if(std::begin(kOps), std::end(kOps),
                                         [&](OpName const& op) { return text.substr(at).starts_with(op.text); });
  return found == std::end(kOps) ? nullptr : found;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// A filter with full-width signs, letters and digits as the ASCII ones that they look like, and 「“」 as quotes. Knows
/// where each byte comes from.
struct Narrowed {
  std::string text;
  std::vector<std::size_t> origin;  // one more than there are bytes

  explicit Narrowed(std::string_view from) {
    for (std::size_t at = 0; at < from.size();) {
      std::size_t const size = base::decode_utf8(from, at).size;
      std::string_view const character = from.substr(at, size);
      std::string const narrow = character == "\u201C" || character == "\u201D" ? "\"" : base::narrow(character);
      text += narrow;
      origin.insert(origin.end(), narrow.size(), at);
      at += size;
    }
    origin.push_back(from.size());
  }
};

bool ends_word(char c) { return c == '(' || c == ')' || c == ',' || c == '=' || c == '<' || c == '>' || c == '~'; }

/// A colon ends a word only as an operator: not inside a value such as 09:30.
std::size_t word_end(std::string_view text, std::size_t at, bool is_value) {
  for (; at < text.size() && !ends_word(text[at]) && !is_blank(text[at]); ++at) {
    if (text[at] == ':' && !is_value) break;
    if (text[at] == '!' && op_at(text, at)) break;
  }
  return at;
}

/// The beginning of the character at `at`; in broken text `at` itself.
std::size_t character_start(std::string_view text, std::size_t at) {
  for (std::size_t back = 0; back <= std::min<std::size_t>(at, 3); ++back) {
    if (at - back == text.size() || (static_cast<unsigned char>(text[at - back]) & 0xC0) != 0x80) return at - back;
  }
  return at;
}

class Lexer {
 public:
  explicit Lexer(std::string_view original) : original_(original), narrowed_(original), text_(narrowed_.text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      if (is_blank(text_[at_])) {
        ++at_;
        continue;
      }
      bool const glued = !tokens_.empty() && at_ == last_end_;
      Token token = next();
      if (glued) refuse_glued(token);
      last_end_ = at_;
      tokens_.push_back(std::move(token));
    }
    tokens_.push_back({Token::Kind::end, {}, false, Op::eq, text_.size()});
    for (auto& token : tokens_) token.begin = narrowed_.origin[token.begin];
    return std::move(tokens_);
  }

 private:
  Token next() {
    bool const value =
        !tokens_.empty() && (tokens_.back().kind == Token::Kind::op || tokens_.back().kind == Token::Kind::comma);
    char const c = text_[at_];
    Token token{Token::Kind::word, {}, false, Op::eq, at_};
    if (c == '(' || c == ')' || c == ',') {
      token.kind = c == '(' ? Token::Kind::open : c == ')' ? Token::Kind::close : Token::Kind::comma;
      ++at_;
    } else if (c == '"' || c == '\'') {
      token.text = quoted();
      token.quoted = true;
    } else if (auto const* op = value && c == ':' ? nullptr : op_at(text_, at_)) {
      token.kind = Token::Kind::op;
      token.op = op->op;
      at_ += op->text.size();
    } else if (c == '!' && !value) {
      token.kind = Token::Kind::bang;
      ++at_;
    } else {
      at_ = word_end(text_, at_ + 1, value);
      token.text = std::string(text_.substr(token.begin, at_ - token.begin));
    }
    return token;
  }

  /// As it was written: in quotes nothing is narrowed.
  std::string quoted() {
    std::size_t const begin = at_;
    char const quote = text_[at_++];
    std::string out;
    for (; at_ < text_.size() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      std::size_t const from = narrowed_.origin[at_];
      while (at_ + 1 < text_.size() && narrowed_.origin[at_ + 1] == from) ++at_;
      out.append(original_.substr(from, narrowed_.origin[at_ + 1] - from));
    }
    if (at_ == text_.size()) fail_at(original_, narrowed_.origin[begin], "this quote is not closed");
    ++at_;
    return out;
  }

  /// Users mean `login(VPN)` and `"a"b` as one word; they must not silently become two conditions.
  void refuse_glued(Token const& token) const {
    Token const& before = tokens_.back();
    if (before.kind != Token::Kind::word) return;
    bool const keyword = !before.quoted && (same_word(before.text, "and") || same_word(before.text, "or") ||
                                            same_word(before.text, "not"));
    bool const opens = token.kind == Token::Kind::open && !keyword;
    if (opens || token.kind == Token::Kind::word || token.kind == Token::Kind::bang) {
      fail_at(original_, narrowed_.origin[token.begin], "a blank is missing here, or quotes around the whole");
    }
  }

  std::string_view original_;
  Narrowed narrowed_;
  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0, last_end_ = 0;
};

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  auto const lower = [](char c) { return base::ascii_lower(c); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

void fail_at(std::string_view text, std::size_t offset, std::string problem, base::Value detail) {
  // Of a long text, what stands around the spot.
  std::size_t const begin = offset > kLongestShown / 2 ? character_start(text, offset - kLongestShown / 2) : 0;
  std::size_t const end = character_start(text, std::min(begin + kLongestShown, text.size()));
  auto const shown = [&](std::size_t from, std::size_t to) {
    return base::terminal_text(text.substr(from, to - from), base::TextShape::line);
  };
  std::string const before = (begin > 0 ? "…" : "") + shown(begin, offset);
  std::string const after = shown(offset, std::max(offset, end)) + (end < text.size() ? "…" : "");
  detail.add("offset", static_cast<std::int64_t>(offset));
  throw base::Error(base::errors::filter_syntax, {{"problem", std::move(problem)},
                                                  {"text", before + after},
                                                  {"caret", std::string(base::cell_width(before), ' ') + "^"}})
      .detail(std::move(detail));
}

std::vector<Token> tokenize(std::string_view text) {
  if (text.size() > kLongestFilter) fail_at(text, kLongestFilter, "longer than 4 KiB");
  if (auto const problem = base::check_text(text, base::TextShape::block))
    fail_at(text, problem->offset, problem->what);
  return Lexer(text).run();
}

}  // namespace umsops::query
