// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "search/first_stage.hpp"
#include "umsops/search/search.hpp"

namespace umsops::search {

/// A term of the query in a text.
struct TermHit {
  std::uint32_t term = 0, position = 0;
  std::size_t begin = 0, end = 0;
};

/// What one text has of the query.
struct TextScore {
  double terms = 0;    ///< S
  double passage = 0;  ///< P
  std::vector<std::uint32_t> in_title, in_body;
  std::vector<TermHit> title_hits, body_hits;
  TextSpan best;        ///< of the body: where most of the query stands together
  bool phrases = true;  ///< all of them are there
};

/// Reads texts and scores them exactly. One for a query: it keeps the table of its terms.
class SecondStage : private TokenSink {
 public:
  SecondStage(Query const& query, FirstStage const& first, Ranking const& ranking);

  TextScore const& score(FoundText const& text);
  /// P is 1 for all that match.
  bool one_term() const { return weighted_ <= 1; }
  double part(TextScore const& score, std::size_t term) const;

 private:
  void token(Token const& token) override;
  void hit(std::uint32_t term, Token const& token, std::size_t end);
  void add_slot(std::uint32_t term, std::string_view bytes);
  std::uint32_t find(std::string_view bytes) const;
  double title_share();
  double best_window();
  bool has_phrase(Phrase const& phrase, std::vector<TermHit> const& hits) const;

  Query const& query_;
  FirstStage const& first_;
  Ranking const& ranking_;
  Tokeniser tokeniser_;
  std::vector<double> weights_;  ///< of each term, for passages: 0 for single characters
  double all_weights_ = 0;
  std::size_t weighted_ = 0;
  std::array<std::uint16_t, 512> slots_{};     ///< index of a term + 1, by hash
  std::array<std::uint32_t, 512> hashes_{};    ///< of the terms in them
  bool singles_ = false;                       ///< single characters count
  std::array<std::uint64_t, 8> characters_{};  ///< low bits of the characters asked for
  std::vector<std::uint32_t> counts_;          ///< of the window
  TextScore score_;
  Lengths lengths_;
  std::string_view text_;
  bool title_ = false;
};

}  // namespace umsops::search
