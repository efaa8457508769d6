// SPDX-License-Identifier: Apache-2.0
#include "umsops/learn/train.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "learn/model_writer.hpp"
#include "umsops/base/error.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::learn {
namespace {

constexpr std::size_t kStrongest = 12;  ///< words of a class that are kept to be shown

/// The texts of a lesson whose label is known.
struct Known {
  Labelled labelled;
  std::vector<std::string> names;  ///< in the order of bytes
  std::vector<std::uint64_t> examples;
};

Known known_of(Lesson const& lesson) {
  Known out;
  for (auto const& label : lesson.labels) {
    if (!label.empty()) out.names.push_back(label);
  }
  std::size_t const texts = out.names.size();
  std::sort(out.names.begin(), out.names.end());
  out.names.erase(std::unique(out.names.begin(), out.names.end()), out.names.end());
  auto const refuse = [&](std::string const& problem) {
    throw base::Error(base::errors::classifier_too_little, {{"target", lesson.target}, {"problem", problem}});
  };
  if (texts < kFewestTexts) refuse(std::to_string(texts) + " texts");
  if (out.names.size() < kFewestLabels) refuse(std::to_string(out.names.size()) + " label");
  if (out.names.size() > kMostLabels)
    refuse(std::to_string(out.names.size()) + " labels for " + std::to_string(texts) + " texts");
  out.examples.resize(out.names.size());
  out.labelled.classes = out.names.size();
  for (std::size_t i = 0; i < lesson.labels.size(); ++i) {
    if (lesson.labels[i].empty()) continue;
    auto const at = std::lower_bound(out.names.begin(), out.names.end(), lesson.labels[i]) - out.names.begin();
    out.labelled.documents.push_back(static_cast<std::uint32_t>(i));
    out.labelled.labels.push_back(static_cast<std::int32_t>(at));
    ++out.examples[static_cast<std::size_t>(at)];
  }
  return out;
}

std::vector<CheckedText> checked_texts(Tuned const& tuned, Manner const& manner) {
  std::vector<CheckedText> out;
  for (auto const& judged : tuned.judged) {
    CheckedText text{judged.document,
                     judged.label,
                     judged.signals.best,
                     judged.signals.second,
                     tuned.confidence.of(judged.signals),
                     judged.signals.coverage.singles,
                     false};
    text.answered = text.probability >= manner.threshold && text.coverage >= tuned.familiar;
    out.push_back(text);
  }
  return out;
}

/// Finds the texts of features by their keys.
class Wanted : public Observer {
 public:
  void want(std::uint64_t key) { texts_.try_emplace(key); }
  void occurs(std::uint64_t key, std::string_view shown) override {
    auto const found = texts_.find(key);
    if (found == texts_.end() || !found->second.empty()) return;
    found->second = shown;
    ++found_;
  }
  bool complete() const { return found_ == texts_.size(); }
  std::string const& text(std::uint64_t key) const { return texts_.at(key); }

 private:
  std::unordered_map<std::uint64_t, std::string> texts_;
  std::size_t found_ = 0;
};

bool is_worth_showing(Kind kind) {
  return kind == Kind::word || kind == Kind::word_pair || kind == Kind::han_pair || kind == Kind::han_triple;
}

/// Rows of the words that speak most for a class.
std::vector<std::uint32_t> strongest_rows(Corpus const& corpus, Linear const& model, std::size_t label) {
  std::vector<std::uint32_t> rows;
  auto const weight = [&](std::uint32_t row) { return model.weights[row * model.classes + label]; };
  for (std::uint32_t row = 0; row < corpus.rows(); ++row) {
    if (weight(row) > 0 && is_worth_showing(kind_of(corpus.key(row)))) rows.push_back(row);
  }
  auto const before = [&](std::uint32_t a, std::uint32_t b) {
    return weight(a) != weight(b) ? weight(a) > weight(b) : a < b;
  };
  std::size_t const most = std::min(kStrongest, rows.size());
  std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(most), rows.end(), before);
  rows.resize(most);
  return rows;
}

void find_strongest(std::vector<LearnedTarget>& targets, Corpus const& corpus, std::span<Text const> texts) {
  std::vector<std::vector<std::vector<std::uint32_t>>> rows(targets.size());
  Wanted wanted;
  for (std::size_t t = 0; t < targets.size(); ++t) {
    for (std::size_t label = 0; label < targets[t].labels.size(); ++label) {
      rows[t].push_back(strongest_rows(corpus, targets[t].model, label));
      for (auto const row : rows[t].back()) wanted.want(corpus.key(row));
    }
  }
  Extractor extractor;
  for (std::size_t i = 0; i < texts.size() && !wanted.complete(); ++i) extractor.extract(texts[i], &wanted);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    for (auto const& of_label : rows[t]) {
      std::string joined;
      for (auto const row : of_label) joined += (joined.empty() ? "" : "\n") + wanted.text(corpus.key(row));
      targets[t].strongest.push_back(std::move(joined));
    }
  }
}

/// `given`: this strength, and no cross-validation.
LearnedTarget learned(Corpus const& corpus, Weighting const& weighting, Lesson const& lesson, unsigned threads,
                      Strength const* given = nullptr) {
  auto known = known_of(lesson);
  LearnedTarget out;
  out.name = lesson.target;
  out.manner = lesson.manner;
  if (given) {
    out.tuned.strength = *given;
  } else {
    out.tuned = tune(corpus, known.labelled, threads);
  }
  out.quality = quality_of(checked_texts(out.tuned, out.manner), known.names.size());
  out.model = fit(matrix_of(corpus, weighting, known.labelled.documents), known.labelled.labels, known.labelled.classes,
                  out.tuned.strength, threads);
  out.labels = std::move(known.names);
  out.examples = std::move(known.examples);
  out.learned_from = known.labelled.size();
  return out;
}

std::vector<std::uint32_t> all_of(std::size_t texts) {
  std::vector<std::uint32_t> all(texts);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

}  // namespace

std::string train(std::span<Text const> texts, std::span<Lesson const> lessons, unsigned threads) {
  for (auto const& lesson : lessons) known_of(lesson);  // before any time is spent
  auto const corpus = Corpus::read(texts, threads);
  Weighting const weighting(corpus, all_of(texts.size()));
  std::vector<LearnedTarget> targets;
  for (auto const& lesson : lessons) targets.push_back(learned(corpus, weighting, lesson, threads));
  find_strongest(targets, corpus, texts);
  return write_model(corpus, weighting, targets);
}

std::string train_like(std::span<Text const> texts, std::span<Lesson const> lessons, Model const& like,
                       unsigned threads) {
  auto const corpus = Corpus::read(texts, threads);
  Weighting const weighting(corpus, all_of(texts.size()));
  std::vector<LearnedTarget> targets;
  for (auto const& lesson : lessons) {
    auto const index = like.find_target(lesson.target);
    Strength const strength = index == Model::npos ? Strength() : Strength{like.blend(index), like.cost(index)};
    targets.push_back(learned(corpus, weighting, lesson, threads, &strength));
    targets.back().strongest.resize(targets.back().labels.size());
  }
  return write_model(corpus, weighting, targets);
}

Checked cross_validate(std::span<Text const> texts, Lesson const& lesson, unsigned threads) {
  auto known = known_of(lesson);
  auto const corpus = Corpus::read(texts, threads);
  auto const tuned = tune(corpus, known.labelled, threads);
  Checked out;
  out.texts = checked_texts(tuned, lesson.manner);
  out.quality = quality_of(out.texts, known.names.size());
  out.labels = std::move(known.names);
  out.examples = std::move(known.examples);
  out.blend = tuned.strength.blend;
  out.cost = tuned.strength.cost;
  out.familiar = tuned.familiar;
  return out;
}

Quality quality_of(std::span<CheckedText const> texts, std::size_t labels) {
  constexpr std::size_t kBins = 10;
  Quality out;
  std::vector<std::uint64_t> truly(labels), given(labels), both(labels);
  std::array<double, kBins> off{};
  for (auto const& text : texts) {
    ++out.judged;
    out.right += text.right();
    out.answered += text.answered;
    out.right_answered += text.answered && text.right();
    ++truly[static_cast<std::size_t>(text.label)];
    if (text.given >= 0) ++given[static_cast<std::size_t>(text.given)];
    if (text.right()) ++both[static_cast<std::size_t>(text.label)];
    auto const bin = std::min(kBins - 1, static_cast<std::size_t>(text.probability * static_cast<double>(kBins)));
    off[bin] += text.probability - (text.right() ? 1 : 0);
  }
  std::size_t present = 0;
  double f1 = 0;
  for (std::size_t i = 0; i < labels; ++i) {
    out.majority = std::max(out.majority, truly[i]);
    if (truly[i] == 0) continue;
    ++present;
    f1 += 2 * static_cast<double>(both[i]) / static_cast<double>(truly[i] + given[i]);
  }
  if (present > 0) out.macro_f1 = f1 / static_cast<double>(present);
  for (auto const sum : off) out.calibration_error += std::abs(sum);
  if (out.judged > 0) out.calibration_error /= static_cast<double>(out.judged);
  return out;
}

}  // namespace umsops::learn
