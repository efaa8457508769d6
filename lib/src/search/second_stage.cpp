// SPDX-License-Identifier: Apache-2.0
#include "search/second_stage.hpp"

#include <algorithm>
#include <cmath>

#include "base/utf8.hpp"
#include "search/document_terms.hpp"

namespace umsops::search {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;
constexpr std::size_t kMostHits = 20'000;  // of a text; all count, so many have a place
static_assert(kMostQueryTerms * 4 <= 512);

std::uint32_t code_point(std::string_view term) { return base::decode_utf8(term, 0).code_point; }

}  // namespace

SecondStage::SecondStage(Query const& query, FirstStage const& first, Ranking const& ranking)
    : query_(query), first_(first), ranking_(ranking) {
  for (std::uint32_t i = 0; i < query.terms.size(); ++i) {
    auto const& term = query.terms[i];
    add_slot(i, term.term);
    double const weight = term.reranked ? 0 : term.weight * std::pow(first.idf(i), ranking.idf_power);
    weights_.push_back(weight);
    all_weights_ += weight;
    weighted_ += weight > 0 ? 1 : 0;
    if (term.kind != TokenKind::single) continue;
    singles_ = true;
    characters_[code_point(term.term) >> 6 & 7] |= 1ull << (code_point(term.term) & 63);
  }
}

void SecondStage::add_slot(std::uint32_t term, std::string_view bytes) {
  std::uint32_t const hash = term_hash(bytes);
  std::size_t slot = hash % slots_.size();
  while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
  slots_[slot] = static_cast<std::uint16_t>(term + 1);
  hashes_[slot] = hash;
}

std::uint32_t SecondStage::find(std::string_view bytes) const {
  std::uint32_t const hash = term_hash(bytes);
  for (std::size_t slot = hash % slots_.size(); slots_[slot] != 0; slot = (slot + 1) % slots_.size()) {
    if (hashes_[slot] == hash && query_.terms[slots_[slot] - 1u].term == bytes) return slots_[slot] - 1u;
  }
  return kNone;
}

void SecondStage::hit(std::uint32_t term, Token const& token, std::size_t end) {
  ++(title_ ? score_.in_title : score_.in_body)[term];
  auto& hits = title_ ? score_.title_hits : score_.body_hits;
  if (hits.size() < kMostHits) hits.push_back({term, token.position, token.begin, end});
}

void SecondStage::token(Token const& token) {
  if (token.kind != TokenKind::single) {
    if (auto const term = find(token.term); term != kNone) hit(term, token, token.end);
  }
  if (!singles_ || (token.kind != TokenKind::pair && token.kind != TokenKind::single)) return;
  auto const first = base::decode_utf8(token.term, 0);
  if ((characters_[first.code_point >> 6 & 7] >> (first.code_point & 63) & 1) == 0) return;
  if (auto const term = find(token.term.substr(0, first.size)); term != kNone) {
    hit(term, token, token.begin + base::decode_utf8(text_, token.begin).size);
  }
}

/// What a term adds to S.
double SecondStage::part(TextScore const& score, std::size_t term) const {
  if (score.in_title[term] == 0 && score.in_body[term] == 0) return 0;
  double const f = strength(ranking_, first_.meta(), score.in_title[term], score.in_body[term], lengths_);
  double const idf = std::pow(first_.idf(term), ranking_.idf_power);
  return query_.terms[term].weight * idf * f / (ranking_.saturation + f);
}

TextScore const& SecondStage::score(FoundText const& text) {
  score_.in_title.assign(query_.terms.size(), 0);
  score_.in_body.assign(query_.terms.size(), 0);
  score_.title_hits.clear();
  score_.body_hits.clear();
  title_ = true;
  text_ = text.title;
  lengths_.title = tokeniser_.tokenise(text.title, *this);
  title_ = false;
  text_ = text.body;
  lengths_.body = tokeniser_.tokenise(text.body, *this);
  score_.terms = 0;
  for (std::size_t i = 0; i < query_.terms.size(); ++i) score_.terms += part(score_, i);
  score_.passage = std::max(best_window(), title_share());
  score_.phrases = std::all_of(query_.phrases.begin(), query_.phrases.end(), [&](Phrase const& phrase) {
    return has_phrase(phrase, score_.title_hits) || has_phrase(phrase, score_.body_hits);
  });
  return score_;
}

double SecondStage::title_share() {
  double sum = 0;
  for (std::size_t i = 0; i < weights_.size(); ++i) sum += score_.in_title[i] != 0 ? weights_[i] : 0;
  return all_weights_ > 0 ? sum / all_weights_ : 0;
}

/// Of all windows that end at a hit, the first that holds most.
double SecondStage::best_window() {
  auto const& hits = score_.body_hits;
  counts_.assign(weights_.size(), 0);
  score_.best = {};
  double sum = 0, best = 0;
  std::size_t first = 0;
  for (std::size_t last = 0; last < hits.size(); ++last) {
    if (counts_[hits[last].term]++ == 0) sum += weights_[hits[last].term];
    while (hits[last].position - hits[first].position >= ranking_.window ||
           (first < last && (weights_[hits[first].term] == 0 || counts_[hits[first].term] > 1))) {
      if (--counts_[hits[first].term] == 0) sum -= weights_[hits[first].term];
      ++first;
    }
    if (sum > best * (1 + 1e-9)) {
      best = sum;
      score_.best = {hits[first].begin, hits[last].end};
    }
  }
  return all_weights_ > 0 ? std::min(1.0, best / all_weights_) : 0;
}

bool SecondStage::has_phrase(Phrase const& phrase, std::vector<TermHit> const& hits) const {
  std::vector<std::uint32_t> terms;
  for (auto const& word : phrase.words) terms.push_back(find(word.term));
  auto const stands = [&](std::uint32_t term, std::uint32_t position) {
    auto at = std::lower_bound(hits.begin(), hits.end(), position,
                               [](TermHit const& hit, std::uint32_t where) { return hit.position < where; });
    for (; at != hits.end() && at->position == position; ++at) {
      if (at->term == term) return true;
    }
    return false;
  };
  for (auto const& hit : hits) {
    if (hit.term != terms[0]) continue;
    bool all = true;
    for (std::size_t i = 1; all && i < terms.size(); ++i) {
      all = stands(terms[i], hit.position + phrase.words[i].offset);
    }
    if (all) return true;
  }
  return false;
}

}  // namespace umsops::search
