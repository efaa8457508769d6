// SPDX-License-Identifier: Apache-2.0
#include "query/lexer.hpp"

#include <optional>

#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::query {
namespace {

constexpr std::size_t kLongestFilter = 4096, kLongestShown = 120;

struct OpName {
  std::string_view text;
  Op op;
};
// Longer ones first: `!=` before `!`, `<=` before `<`.
constexpr OpName kOps[] = {{"!=", Op::ne}, {"!~", Op::lacks}, {"<=", Op::le}, {">=", Op::ge}, {"==", Op::eq},
                           {"<", Op::lt},  {">", Op::gt},     {"=", Op::eq},  {"~", Op::contains}, {":", Op::eq}};

std::optional<OpName> op_at(std::string_view text, std::size_t at) {
  for (auto const& known : kOps) {
    if (text.substr(at, known.text.size()) == known.text) return known;
  }
  return std::nullopt;
}

bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '(' || c == ')' || c == ',' || c == '"' || c == '\'' || c == '=' ||
         c == '<' || c == '>' || c == '~';
}

/// A colon ends a word only as an operator: not inside a value such as 09:30.
std::size_t word_end(std::string_view text, std::size_t at, bool is_value) {
  while (at < text.size() && !ends_word(text[at])) {
    if (text[at] == ':' && !is_value) break;
    if (text[at] == '!' && at + 1 < text.size() && (text[at + 1] == '=' || text[at + 1] == '~')) break;
    ++at;
  }
  return at;
}

Token quoted_word(std::string_view text, std::size_t& at) {
  Token token{Token::Kind::word, {}, true, Op::eq, at, false};
  char const quote = text[at++];
  for (; at < text.size() && text[at] != quote; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    token.text += text[at];
  }
  if (at == text.size()) fail_at(text, token.begin, "this quote is not closed");
  ++at;
  return token;
}

}  // namespace

void fail_at(std::string_view text, std::size_t offset, std::string problem) {
  // A long text is shown from a little before the spot.
  std::size_t begin = 0;
  if (offset > kLongestShown / 2) {
    begin = offset - kLongestShown / 2;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  }
  std::size_t end = begin + kLongestShown;
  if (end >= text.size()) end = text.size();
  else while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  std::string const before = base::terminal_text(text.substr(begin, offset - begin), base::TextShape::line);
  std::string const shown = before + base::terminal_text(text.substr(offset, end - offset), base::TextShape::line);
  std::string const caret = std::string(base::cell_width(before), ' ') + "^";
  base::Value detail;
  detail.add("offset", static_cast<std::int64_t>(offset));
  throw base::Error(base::errors::filter_syntax, {{"problem", std::move(problem)}, {"text", shown}, {"caret", caret}})
      .detail(std::move(detail));
}

std::vector<Token> tokenize(std::string_view text) {
  if (text.size() > kLongestFilter) fail_at(text, kLongestFilter, "longer than 4 KiB");
  std::vector<Token> tokens;
  std::size_t at = 0, last_end = 0;
  while (at < text.size()) {
    char const c = text[at];
    if (c == ' ' || c == '\t' || c == '\n') {
      ++at;
      continue;
    }
    std::size_t const begin = at;
    Token token{Token::Kind::word, {}, false, Op::eq, begin, false};
    bool const after_op = !tokens.empty() && (tokens.back().kind == Token::Kind::op || tokens.back().kind == Token::Kind::comma);
    if (c == '(' || c == ')' || c == ',') {
      token.kind = c == '(' ? Token::Kind::open : c == ')' ? Token::Kind::close : Token::Kind::comma;
      ++at;
    } else if (c == '"' || c == '\'') {
      token = quoted_word(text, at);
    } else if (auto const op = after_op && c == ':' ? std::nullopt : op_at(text, at)) {
      token.kind = Token::Kind::op;
      token.op = op->op;
      token.text = std::string(op->text);
      at += op->text.size();
    } else {
      at = word_end(text, at + 1, after_op);
      token.text = std::string(text.substr(begin, at - begin));
    }
    token.glued = begin == last_end && begin > 0;
    last_end = at;
    tokens.push_back(std::move(token));
  }
  tokens.push_back({Token::Kind::end, {}, false, Op::eq, text.size(), false});
  return tokens;
}

}  // namespace umsops::query
