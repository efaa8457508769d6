// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/query.hpp"

#include <algorithm>
#include <optional>

#include "base/utf8.hpp"
#include "search/query_words.hpp"
#include "umsops/base/text.hpp"

namespace umsops::search {

namespace {

/// Makes terms and groups of tokens.
class QueryBuilder : public TokenSink {
 public:
  QueryBuilder(Query& query, Ranking const& ranking) : query_(query), ranking_(ranking) {}

  void token(Token const& token) override;
  void begin_phrase() {
    phrase_.emplace();
    last_pair_end_ = 0;
  }
  void end_phrase();
  void begin_text() {
    last_pair_end_ = 0;
    ++texts_;
  }
  void finish();

 private:
  std::optional<std::uint32_t> add(Token const& token, std::string_view term, double weight, bool reranked);
  void require(std::uint32_t term);
  void ask_for(std::vector<std::uint32_t> const& terms, bool prefix);
  void single_of(Token const& token, std::string_view character);
  void phrase_word(Token const& token, bool lone);
  void measure(Token const& token);

  Query& query_;
  Ranking const& ranking_;
  std::optional<Phrase> phrase_;
  std::optional<std::uint32_t> word_group_;   ///< of the word whose parts come next
  std::vector<std::uint32_t> lone_, quoted_;  ///< runs of one character
  std::vector<std::uint32_t> stopped_;        ///< stop words
  std::size_t last_pair_end_ = 0;
  std::size_t texts_ = 0, begin_ = std::string_view::npos, end_ = 0, longest_ = 0;  ///< the bytes that tokens came from
};

std::optional<std::uint32_t> QueryBuilder::add(Token const& token, std::string_view term, double weight,
                                               bool reranked) {
  auto const known = std::find_if(query_.terms.begin(), query_.terms.end(), [&](QueryTerm const& each) {
    return each.term == term && each.reranked == reranked;
  });
  if (known != query_.terms.end()) {
    known->weight += weight;
    return static_cast<std::uint32_t>(known - query_.terms.begin());
  }
  if (query_.terms.size() == kMostQueryTerms) return std::nullopt;
  query_.terms.push_back({std::string(term), token.kind, weight, false, reranked});
  return static_cast<std::uint32_t>(query_.terms.size() - 1);
}

void QueryBuilder::require(std::uint32_t term) {
  Query::Alternative const only{term};
  auto const known = std::find_if(query_.groups.begin(), query_.groups.end(),
                                  [&](auto const& group) { return group.front() == only; });
  word_group_ = static_cast<std::uint32_t>(known - query_.groups.begin());
  if (known == query_.groups.end()) query_.groups.push_back({only});
}

void QueryBuilder::single_of(Token const& token, std::string_view character) {
  Token single = token;
  single.kind = TokenKind::single;
  add(single, character, ranking_.single_weight, true);
}

void QueryBuilder::measure(Token const& token) {
  begin_ = std::min(begin_, token.begin);
  end_ = std::max(end_, token.end);
  longest_ = std::max(longest_, token.end - token.begin);
}

void QueryBuilder::token(Token const& token) {
  measure(token);
  bool const lone = token.kind == TokenKind::single && last_pair_end_ != token.end;
  if (phrase_) phrase_word(token, lone);
  if (token.kind == TokenKind::pair) {
    last_pair_end_ = token.end;
    single_of(token, token.term.substr(0, base::decode_utf8(token.term, 0).size));
  } else if (token.kind == TokenKind::single) {
    auto const term = add(token, token.term, ranking_.single_weight, true);
    if (term && lone) (phrase_ ? quoted_ : lone_).push_back(*term);
    return;
  }
  bool const stopped = token.kind == TokenKind::word && is_stop_word(token.term);
  auto const term = add(token, token.term, stopped ? ranking_.stop_weight : 1, false);
  if (!term) return;
  if (token.kind == TokenKind::part) {
    if (!word_group_) return;
    auto& group = query_.groups[*word_group_];
    if (group.size() == 1) group.emplace_back();
    auto& parts = group[1];
    if (std::find(parts.begin(), parts.end(), *term) == parts.end()) parts.push_back(*term);
    return;
  }
  word_group_ = std::nullopt;
  if (stopped) stopped_.push_back(*term);
  if (!stopped && token.kind != TokenKind::compound) require(*term);
}

void QueryBuilder::phrase_word(Token const& token, bool lone) {
  if (token.kind == TokenKind::part || token.kind == TokenKind::compound) return;
  if (token.kind == TokenKind::single && !lone) return;  // a run may go on in the text
  std::uint32_t const first = phrase_->words.empty() ? token.position : phrase_->words.front().offset;
  phrase_->words.push_back({phrase_->words.empty() ? token.position : token.position - first, std::string(token.term),
                            token.kind == TokenKind::single});
}

void QueryBuilder::end_phrase() {
  if (phrase_->words.size() > 1) {
    phrase_->words.front().offset = 0;
    query_.phrases.push_back(std::move(*phrase_));
  }
  phrase_ = std::nullopt;
}

void QueryBuilder::ask_for(std::vector<std::uint32_t> const& terms, bool prefix) {
  for (auto const term : terms) {
    query_.terms[term].prefix = prefix;
    query_.terms[term].reranked = false;
    query_.terms[term].weight = 1;
    require(term);
  }
}

/// A character in quotes is meant. Others, and stop words, are where nothing else was said.
void QueryBuilder::finish() {
  query_.one_word = texts_ == 1 && longest_ != 0 && longest_ == end_ - begin_;
  ask_for(quoted_, true);
  if (!query_.groups.empty()) return;
  ask_for(lone_, true);
  ask_for(stopped_, false);
}

struct Quote {
  std::string_view open, close;
};
constexpr Quote kQuotes[] = {{"\"", "\""}, {"\u201C", "\u201D"}, {"\u300C", "\u300D"}};

struct Part {
  std::string_view text;
  bool quoted = false;
};

/// What stands in quotes, and what around them. Looks for each closing mark once at most.
std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (auto const& quote : kQuotes) {
      if (!text.substr(at).starts_with(quote.open)) continue;
      std::size_t const inner = at + quote.open.size();
      std::size_t const close = text.find(quote.close, inner);
      if (close == std::string_view::npos) break;
      parts.push_back({text.substr(begin, at - begin), false});
      parts.push_back({text.substr(inner, close - inner), true});
      begin = close + quote.close.size();
      at = begin - 1;
      break;
    }
  }
  parts.push_back({text.substr(begin), false});
  return parts;
}

void read_parts(std::string_view text, bool without_questions, QueryBuilder& builder) {
  Tokeniser tokeniser;
  for (auto const& part : parts_of(text)) {
    builder.begin_text();
    if (part.quoted) {
      builder.begin_phrase();
      tokeniser.tokenise(part.text, builder);
      builder.end_phrase();
    } else {
      tokeniser.tokenise(without_questions ? without_question_words(part.text) : std::string(part.text), builder);
    }
  }
  builder.finish();
}

}  // namespace

Query parse_query(std::string_view text, Ranking const& ranking) {
  text = base::first_bytes(text, kLongestQuery);
  for (bool const without_questions : {true, false}) {
    Query query;
    QueryBuilder builder(query, ranking);
    read_parts(text, without_questions, builder);
    if (!query.empty()) return query;
  }
  return {};
}

}  // namespace umsops::search
