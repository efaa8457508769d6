// SPDX-License-Identifier: Apache-2.0
#include "learn/tuning.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "learn/work.hpp"

namespace umsops::learn {
namespace {

/// Documents that a model is fitted on, and others that it judges.
struct Split {
  Labelled learned, held;
};

void put(Labelled& to, Labelled const& from, std::size_t i) {
  to.classes = from.classes;
  to.documents.push_back(from.documents[i]);
  to.labels.push_back(from.labels[i]);
}

/// Both sides of a split as vectors: what features weigh is found on the learned side alone.
struct Prepared {
  Matrix learned;
  std::vector<Vector> held;

  Prepared(Corpus const& corpus, Split const& split, unsigned threads) : held(split.held.size()) {
    Weighting const weighting(corpus, split.learned.documents);
    learned = matrix_of(corpus, weighting, split.learned.documents);
    share_work(threads, held.size(),
               [&](std::size_t i, unsigned) { held[i] = vector_of(corpus, weighting, split.held.documents[i]); });
  }
};

std::vector<Judged> judge_held(Prepared const& prepared, Split const& split, Strength const& strength,
                               std::vector<bool> const& hidden, unsigned threads) {
  auto const model = fit(prepared.learned, split.learned.labels, split.learned.classes, strength, threads);
  std::vector<Judged> out(split.held.size());
  share_work(threads, out.size(), [&](std::size_t i, unsigned) {
    std::int32_t const label = split.held.labels[i];
    out[i] = {split.held.documents[i], label, hidden[static_cast<std::size_t>(label)], judge(model, prepared.held[i])};
  });
  return out;
}

/// The best of the strengths by paired comparison with the first.
std::size_t best_of(std::array<std::vector<Judged>, kStrengths.size()> const& judged) {
  std::size_t best = 0;
  double largest = 1;  // standard errors
  for (std::size_t s = 1; s < judged.size(); ++s) {
    double wins = 0, losses = 0;
    for (std::size_t i = 0; i < judged[s].size(); ++i) {
      wins += judged[s][i].right() && !judged[0][i].right();
      losses += !judged[s][i].right() && judged[0][i].right();
    }
    double const gain = wins + losses > 0 ? (wins - losses) / std::sqrt(wins + losses) : 0;
    if (gain > largest) {
      largest = gain;
      best = s;
    }
  }
  return best;
}

/// Judges each text by a model that has not seen it, with all strengths, and keeps the best.
void find_strength(Tuned& out, Corpus const& corpus, Labelled const& all, std::vector<std::uint8_t> const& folds,
                   Strength const* fixed, unsigned threads) {
  std::array<std::vector<Judged>, kStrengths.size()> judged;
  std::vector<bool> const hidden(all.classes);
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    Split split;
    for (std::size_t i = 0; i < all.size(); ++i) put(folds[i] == fold ? split.held : split.learned, all, i);
    if (split.held.size() == 0 || split.learned.size() == 0) continue;
    Prepared const prepared(corpus, split, threads);
    for (std::size_t s = 0; s < (fixed ? 1 : kStrengths.size()); ++s) {
      auto more = judge_held(prepared, split, fixed ? *fixed : kStrengths[s], hidden, threads);
      judged[s].insert(judged[s].end(), more.begin(), more.end());
    }
  }
  std::size_t const best = fixed ? 0 : best_of(judged);
  out.strength = fixed ? *fixed : kStrengths[best];
  out.judged = std::move(judged[best]);
}

/// Texts judged where a fifth of them and a fifth of the classes were hidden.
std::vector<Judged> judge_with_hidden(Corpus const& corpus, Labelled const& all, std::vector<std::uint8_t> const& folds,
                                      Strength const& strength, unsigned threads) {
  std::vector<Judged> out;
  auto const hiding = hiding_folds(all.classes);
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    Split split;
    std::vector<bool> hidden(all.classes);
    for (std::size_t i = 0; i < hiding.size(); ++i) hidden[i] = hiding[i] == fold;
    for (std::size_t i = 0; i < all.size(); ++i) {
      bool const is_hidden = hidden[static_cast<std::size_t>(all.labels[i])];
      if (folds[i] == fold) {
        put(split.held, all, i);
      } else if (!is_hidden) {
        put(split.learned, all, i);
      }
    }
    if (split.held.size() == 0 || split.learned.size() == 0) continue;
    auto more = judge_held(Prepared(corpus, split, threads), split, strength, hidden, threads);
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

double lowest_hundredth(std::vector<Judged> const& judged) {
  std::vector<double> coverages;
  for (auto const& one : judged) coverages.push_back(one.signals.coverage.singles);
  constexpr double kAnything = 1e-6;  // a text of which no word is known is strange to any desk
  if (coverages.empty()) return kAnything;
  std::sort(coverages.begin(), coverages.end());
  return std::max(kAnything, coverages[coverages.size() / 100]);
}

}  // namespace

Tuned tune(Corpus const& corpus, Labelled const& all, unsigned threads, Strength const* fixed) {
  Tuned out;
  Labelled const sample = sample_of(corpus, all, kTunedOn);
  auto const folds = folds_of(corpus, sample);
  find_strength(out, corpus, sample, folds, fixed, threads);
  auto known = out.judged;
  if (all.classes >= kEnoughToHide) {
    // Of models that lack classes only their word on those: what is left to them is an easier question.
    auto const judged = judge_with_hidden(corpus, sample, folds, out.strength, threads);
    std::copy_if(judged.begin(), judged.end(), std::back_inserter(known), [](Judged const& one) { return one.hidden; });
  }
  out.confidence = calibrate(known);
  if (all.classes < kEnoughToKnow) out.familiar = lowest_hundredth(out.judged);
  return out;
}

}  // namespace umsops::learn
