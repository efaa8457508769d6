// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/condition.hpp"
#include "query/lexer.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::query {
namespace {

constexpr int kDeepest = 64;

/// Recursive descent over the tokens:
///   group     := item { [and] item } | item { or item }      (never both without parentheses)
///   item      := [not] ( "(" group ")" | condition | bare word )
///   condition := field op value { "," value }
class Parser {
 public:
  Parser(std::string_view text, FilterContext const& context) : text_(text), context_(context), tokens_(tokenize(text)) {}

  Filter parse() {
    if (peek().kind == Token::Kind::end) return {};
    Filter filter = group();
    if (peek().kind == Token::Kind::close) fail("this parenthesis was never opened");
    if (peek().kind != Token::Kind::end) fail("not expected here");
    return filter;
  }

 private:
  Token const& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  [[noreturn]] void fail(std::string problem) const { fail_at(text_, peek().begin, std::move(problem)); }

  bool keyword(std::string_view word) const {
    Token const& token = peek();
    bool const operand = peek(1).kind == Token::Kind::op;  // `and=x`: then it is a field name
    return token.kind == Token::Kind::word && !token.quoted && !operand && base::edit_distance(token.text, word, 0) == 0;
  }

  Filter group() {
    if (++depth_ > kDeepest) fail("nested deeper than 64");
    std::vector<Filter> children{item()};
    Filter::Kind kind = Filter::Kind::everything;
    while (peek().kind != Token::Kind::end && peek().kind != Token::Kind::close) {
      bool const is_or = keyword("or");
      auto const wanted = is_or ? Filter::Kind::any : Filter::Kind::all;
      if (kind != Filter::Kind::everything && kind != wanted) fail("and beside or: use parentheses to say which is meant");
      kind = wanted;
      if (is_or || keyword("and")) ++at_;
      children.push_back(item());
    }
    --depth_;
    if (children.size() == 1) return std::move(children.front());
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
  }

  Filter item() {
    if (keyword("not")) {
      ++at_;
      return negated();
    }
    if (peek().kind == Token::Kind::open) return parenthesis();
    if (peek().kind != Token::Kind::word) fail("expected a condition such as status=OPEN");
    if (!peek().quoted && peek().text == "!" ) {
      ++at_;
      return negated();
    }
    if (!peek().quoted && peek(1).kind == Token::Kind::op) return condition();
    return bare_word();
  }

  Filter negated() {
    if (++depth_ > kDeepest) fail("nested deeper than 64");
    Filter filter;
    filter.kind = Filter::Kind::none;
    filter.children.push_back(item());
    --depth_;
    return filter;
  }

  Filter parenthesis() {
    std::size_t const begin = peek().begin;
    ++at_;
    Filter filter = group();
    if (peek().kind != Token::Kind::close) fail_at(text_, begin, "this parenthesis is not closed");
    ++at_;
    return filter;
  }

  Filter condition() {
    Token const name = peek();
    ConditionWords words;
    try {
      words.name = resolve_filter_field(name.text, *context_.type);
    } catch (base::Error const& error) {
      fail_at(text_, name.begin, error.message() + (error.hint().empty() ? "" : "; " + error.hint()));
    }
    ++at_;
    words.op = peek().op;
    std::size_t const op_at = peek().begin;
    ++at_;
    std::vector<std::size_t> places;
    for (;;) {
      if (peek().kind != Token::Kind::word) fail("expected a value");
      words.words.push_back(peek().text);
      places.push_back(peek().begin);
      ++at_;
      if (peek().kind != Token::Kind::comma) break;
      ++at_;
    }
    try {
      return build_condition(words, context_);
    } catch (WordProblem const& problem) {
      fail_at(text_, problem.word < places.size() ? places[problem.word] : op_at, problem.what);
    } catch (base::Error const& error) {
      fail_at(text_, places.front(), error.message());
    }
  }

  /// Title or description contains it.
  Filter bare_word() {
    Filter filter;
    filter.kind = Filter::Kind::any;
    for (std::string_view const name : {"title", "description"}) {
      auto const field = context_.type->find(name);
      if (!field) fail("expected a condition such as kind=created");
      Filter part;
      part.kind = Filter::Kind::condition;
      part.condition = {*field, {}, Op::contains, {base::Value(peek().text)}};
      filter.children.push_back(std::move(part));
    }
    ++at_;
    return filter;
  }

  std::string_view text_;
  FilterContext const& context_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Filter parse_filter(std::string_view text, FilterContext const& context) { return Parser(text, context).parse(); }

}  // namespace umsops::query
