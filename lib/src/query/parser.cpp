// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "query/condition.hpp"
#include "query/lexer.hpp"
#include "umsops/base/error.hpp"

namespace umsops::query {
namespace {

// People nest two or three levels. The SQL parser may give up near 20 (SQLite's stack has 100 entries).
constexpr int kDeepest = 16;

/// Recursive descent over the tokens:
///   group     := item { [and] item } | item { or item }      (never both without parentheses)
///   item      := [not | !] ( "(" group ")" | condition | bare word )
///   condition := field op value { "," value }
class Parser {
 public:
  Parser(std::string_view text, FilterContext const& context)
      : text_(text), context_(context), tokens_(tokenize(text)) {}

  Filter parse() {
    if (at_end()) return {};
    Filter filter = group();
    if (!at_end()) fail("this parenthesis was never opened");  // nothing else ends a group
    return filter;
  }

 private:
  /// Counts the levels, so that no text can exhaust the stack.
  class Level {
   public:
    explicit Level(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kDeepest) parser_.fail("nested deeper than " + std::to_string(kDeepest) + " levels");
    }
    ~Level() { --parser_.depth_; }
    Level(Level const&) = delete;
    Level& operator=(Level const&) = delete;

   private:
    Parser& parser_;
  };

  Token const& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  bool at_end() const { return peek().kind == Token::Kind::end; }
  [[noreturn]] void fail(std::string problem) const { fail_at(text_, peek().begin, std::move(problem)); }

  /// Before an operator (`and=x`) it is the name of a field.
  bool keyword(std::string_view word) const {
    Token const& token = peek();
    return token.kind == Token::Kind::word && !token.quoted && peek(1).kind != Token::Kind::op &&
           same_word(token.text, word);
  }

  std::string expected() const {
    return std::string("expected a condition such as ") +
           (context_.type->find("status") ? "status=OPEN" : "kind=created");
  }

  Filter group() {
    Level const level(*this);
    std::vector<Filter> children;
    children.push_back(item());
    Filter::Kind kind = Filter::Kind::everything;
    while (!at_end() && peek().kind != Token::Kind::close) {
      bool const is_or = keyword("or");
      auto const wanted = is_or ? Filter::Kind::any : Filter::Kind::all;
      if (kind != Filter::Kind::everything && kind != wanted)
        fail("and beside or: use parentheses to say which is meant");
      kind = wanted;
      if (is_or || keyword("and")) ++at_;
      children.push_back(item());
    }
    if (children.size() == 1) return std::move(children.front());
    Filter filter;
    filter.kind = kind;
    filter.children = std::move(children);
    return filter;
  }

  Filter item() {
    if (peek().kind == Token::Kind::bang || keyword("not")) return negated();
    if (peek().kind == Token::Kind::open) return parenthesis();
    if (peek().kind != Token::Kind::word || keyword("and") || keyword("or")) fail(expected());
    if (peek().quoted) return bare_word();
    return peek(1).kind == Token::Kind::op ? condition() : bare_word();
  }

  Filter negated() {
    ++at_;
    Level const level(*this);
    Filter inside = item();
    if (inside.kind == Filter::Kind::none) return std::move(inside.children.front());  // not not
    Filter filter;
    filter.kind = Filter::Kind::none;
    filter.children.push_back(std::move(inside));
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

  /// Words of the whole text, where the record's kind is searched and has no field of that name.
  bool is_of_text() const {
    return context_.type->searched && !peek().quoted && peek().text == "text" && !context_.type->find("text");
  }

  Filter words_of_text() {
    ++at_;
    if (peek().op != Op::contains && peek().op != Op::lacks) fail("text goes with ~ or !~");
    bool const lacks = peek().op == Op::lacks;
    ++at_;
    Filter filter;
    filter.kind = Filter::Kind::text;
    for (;;) {
      if (peek().kind != Token::Kind::word) fail("expected a value");
      if (peek().text.empty()) fail("nothing to look for");
      filter.condition.values.emplace_back(peek().text);
      ++at_;
      if (peek().kind != Token::Kind::comma) break;
      ++at_;
    }
    if (!lacks) return filter;
    Filter others;
    others.kind = Filter::Kind::none;
    others.children.push_back(std::move(filter));
    return others;
  }

  Filter condition() {
    if (is_of_text()) return words_of_text();
    ConditionWords words;
    words.name = field_name();
    std::size_t const op_at = peek().begin;
    words.op = peek().op;
    ++at_;
    std::vector<std::size_t> places;
    for (;;) {
      if (peek().kind != Token::Kind::word) fail("expected a value");
      places.push_back(peek().begin);
      words.words.push_back({peek().text, peek().quoted});
      ++at_;
      if (peek().kind != Token::Kind::comma) break;
      ++at_;
    }
    if (peek().kind == Token::Kind::op) fail("a value with this in it stands in quotes");
    try {
      return build_condition(words, context_);
    } catch (WordProblem const& problem) {
      fail_at(text_, problem.about == WordProblem::About::op ? op_at : places[problem.word], problem.what,
              detail_of(problem, context_.type->fields[words.name.field]));
    } catch (base::Error const& error) {
      fail_at(text_, places.front(), with_hint(error), first_detail(error));
    }
  }

  FieldName field_name() {
    Token const& name = peek();
    try {
      FieldName found = resolve_filter_field(name.text, context_);
      ++at_;
      return found;
    } catch (base::Error const& error) {
      bool const colon = text_[peek(1).begin] == ':';
      fail_at(text_, name.begin, with_hint(error) + (colon ? "; to look for the text itself, put it in quotes" : ""),
              first_detail(error));
    }
  }

  static std::string with_hint(base::Error const& error) {
    return error.hint().empty() ? error.message() : error.message() + "; " + error.hint();
  }

  static base::Value first_detail(base::Error const& error) {
    return error.details().empty() ? base::Value() : error.details().front();
  }

  /// `title like x`, `priority in (A, B)`: words of other query languages behind the name of a field would be looked
  /// for as words, and nothing be found.
  void refuse_other_languages() const {
    Token const& next = peek(1);
    if (peek().quoted || next.kind != Token::Kind::word || next.quoted || !resolves(peek().text)) return;
    std::string const name = peek().text;
    for (std::string_view const word : {"like", "contains", "matches", "ilike"}) {
      if (same_word(next.text, word))
        fail_at(text_, next.begin, "write " + name + "~VALUE, or put the words in quotes");
    }
    for (std::string_view const word : {"in", "is", "equals"}) {
      if (!same_word(next.text, word)) continue;
      fail_at(text_, next.begin, "write " + name + (word == "in" ? "=A,B" : "=VALUE") + ", or put the words in quotes");
    }
  }

  bool resolves(std::string const& name) const {
    try {
      resolve_filter_field(name, context_);
      return true;
    } catch (base::Error const&) {
      return false;
    }
  }

  /// Title or description contains it.
  Filter bare_word() {
    auto const title = context_.type->find("title"), description = context_.type->find("description");
    if (!title || !description) fail(expected());
    Token const& word = peek();
    if (word.text.empty()) fail("nothing to look for");
    refuse_other_languages();
    if (!word.quoted && (word.text == "&&" || word.text == "||")) {
      fail(word.text == "&&" ? "write and, or nothing at all" : "write or");
    }
    Filter filter;
    filter.kind = Filter::Kind::any;
    for (std::size_t const field : {*title, *description}) {
      filter.children.push_back(condition_on(field, Op::contains, {base::Value(word.text)}));
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
