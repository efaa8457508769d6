// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/search.hpp"

#include <algorithm>
#include <cmath>

#include "search/first_stage.hpp"
#include "search/second_stage.hpp"
#include "search/snippet.hpp"

namespace umsops::search {

namespace {

constexpr std::size_t kTextsAtOnce = 16;
constexpr std::size_t kPhraseCandidates = 200;  // words side by side show in the texts only

/// The second stage over candidates, best first, for as long as a later one can still matter.
class Reranking {
 public:
  Reranking(Texts& texts, Query const& query, FirstStage const& first, SearchOptions const& options)
      : texts_(texts), query_(query), first_(first), options_(options), second_(query, first, options.ranking) {}

  std::vector<Hit> run(std::vector<Candidate> const& candidates);

 private:
  bool can_matter(Candidate const& candidate) const;
  void read(Candidate const& candidate, FoundText const& text, std::uint32_t rank);
  void describe(Hit& hit, TextScore const& score, FoundText const& text) const;
  bool better(Hit const& a, Hit const& b) const;

  Texts& texts_;
  Query const& query_;
  FirstStage const& first_;
  SearchOptions const& options_;
  SecondStage second_;
  std::vector<Hit> hits_;  ///< the best so far, in order
};

bool Reranking::better(Hit const& a, Hit const& b) const {
  if ((options_.full_first || !query_.phrases.empty()) && a.partial != b.partial) return b.partial;
  return a.score != b.score ? a.score > b.score : a.document < b.document;
}

bool Reranking::can_matter(Candidate const& candidate) const {
  // Who asks for one word that is there wants nothing with a part of it: INC0054321 is no other incident.
  if (!candidate.full && query_.one_word && first_.full_matches() > 0) return false;
  if (hits_.empty()) return true;
  auto const& ranking = options_.ranking;
  double const most = first_.bound(candidate.score) * (1 + ranking.passage) * (1 + ranking.usefulness);
  if (!candidate.full && most < options_.partial_share * hits_.front().score) return false;
  if (hits_.size() < options_.limit || !query_.phrases.empty()) return true;
  if (options_.full_first && candidate.full && hits_.back().partial) return true;
  if (options_.full_first && !candidate.full && !hits_.back().partial) return false;
  return most >= hits_.back().score;
}

std::vector<Hit> Reranking::run(std::vector<Candidate> const& candidates) {
  for (std::size_t at = 0; at < candidates.size(); at += kTextsAtOnce) {
    std::vector<std::uint32_t> wanted;
    std::size_t const end = std::min(candidates.size(), at + kTextsAtOnce);
    for (std::size_t i = at; i < end && can_matter(candidates[i]); ++i) wanted.push_back(candidates[i].document);
    if (wanted.empty()) break;
    auto const texts = texts_.texts(wanted);
    for (std::size_t i = at; i < at + wanted.size(); ++i) {
      auto const text = std::find_if(texts.begin(), texts.end(),
                                     [&](FoundText const& each) { return each.document == candidates[i].document; });
      if (text != texts.end() && can_matter(candidates[i])) {
        read(candidates[i], *text, static_cast<std::uint32_t>(i + 1));
      }
    }
  }
  if (!hits_.empty()) {
    double const least = options_.partial_share * hits_.front().score;
    std::erase_if(hits_, [&](Hit const& hit) { return hit.partial && hit.score < least; });
  }
  return std::move(hits_);
}

void Reranking::read(Candidate const& candidate, FoundText const& text, std::uint32_t rank) {
  auto const& ranking = options_.ranking;
  TextScore const& score = second_.score(text);
  Hit hit;
  hit.document = candidate.document;
  hit.terms = score.terms;
  hit.passage = score.passage;
  hit.usefulness = std::clamp(text.usefulness, 0.0, 1.0);
  hit.score = hit.terms * (1 + ranking.passage * hit.passage) * (1 + ranking.usefulness * hit.usefulness);
  hit.partial = !candidate.full || !score.phrases;
  hit.first_rank = rank;
  auto const place =
      std::upper_bound(hits_.begin(), hits_.end(), hit, [&](Hit const& a, Hit const& b) { return better(a, b); });
  if (hits_.size() == options_.limit && place == hits_.end()) return;
  describe(hit, score, text);
  hits_.insert(place, std::move(hit));
  if (hits_.size() > options_.limit) hits_.pop_back();
}

void Reranking::describe(Hit& hit, TextScore const& score, FoundText const& text) const {
  auto const marks = [&](std::vector<TermHit> const& hits) {
    std::vector<TextSpan> spans;
    for (auto const& each : hits) {
      auto const& term = query_.terms[each.term];
      if (!term.reranked && term.weight >= 1) spans.push_back({each.begin, each.end});
    }
    return merged(std::move(spans));
  };
  hit.title_marks = marks(score.title_hits);
  auto snippet = make_snippet(text.body, score.best, marks(score.body_hits), options_.snippet_columns);
  hit.snippet = std::move(snippet.text);
  hit.snippet_marks = std::move(snippet.marks);
  if (!options_.explain) return;
  for (std::size_t i = 0; i < query_.terms.size(); ++i) {
    if (score.in_title[i] == 0 && score.in_body[i] == 0) continue;
    double const part = second_.part(score, i);
    hit.reasons.push_back({query_.terms[i].term, score.in_title[i], score.in_body[i], first_.idf(i),
                           query_.terms[i].weight, score.terms > 0 ? part / score.terms : 0});
  }
}

}  // namespace

std::vector<std::uint32_t> full_matches(IndexTables& tables, Query const& query, Ranking const& ranking) {
  return query.empty() ? std::vector<std::uint32_t>() : FirstStage(tables, query, ranking).full();
}

Found search(IndexTables& tables, Texts& texts, Query const& query, SearchOptions const& options) {
  Found found;
  if (query.empty() || options.limit == 0) return found;
  FirstStage const first(tables, query, options.ranking);
  bool const full_first = options.full_first || !query.phrases.empty();
  std::size_t most = std::max(options.limit, options.candidates);
  if (!query.phrases.empty()) most = std::max(most, kPhraseCandidates);
  found.full_matches = first.full_matches();
  found.counted = query.phrases.empty();
  for (std::size_t i = 0; i < query.terms.size(); ++i) {
    if (query.terms[i].reranked) continue;
    found.asked += query.terms[i].weight * std::pow(first.idf(i), options.ranking.idf_power);
  }
  found.hits = Reranking(texts, query, first, options).run(first.best(most, full_first));
  return found;
}

}  // namespace umsops::search
