// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/model_training.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "umsops/base/hash.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kKept = 10;                ///< one in so many texts is kept from the comparison's model
constexpr std::uint64_t kEnoughNew = 30;         ///< texts that the model in use has not seen, to compare by
constexpr double kChance = 2;                    ///< standard errors that chance explains
constexpr double kFewPoints = 0.02, kClear = 3;  ///< a fall of accuracy in cross-validation that counts

double paired(std::uint64_t wins, std::uint64_t losses) {
  auto const w = static_cast<double>(wins), l = static_cast<double>(losses);
  return w + l > 0 ? (w - l) / std::sqrt(w + l) : 0;
}

/// `learned_until`: the texts from this place on were kept from `probe`, and count where the one in use has not seen
/// them.
std::vector<Comparison> compare_models(learn::Model const& in_use, learn::Model const& probe,
                                       LearningTexts const& texts, std::size_t learned_until) {
  std::vector<Comparison> out;
  auto const borrowed = [](learn::Model const& model) {
    return learn::Judge(std::shared_ptr<learn::Model const>(std::shared_ptr<void>(), &model));
  };
  auto before = borrowed(in_use), now = borrowed(probe);
  for (auto const& lesson : texts.lessons) {
    auto const old = in_use.find_target(lesson.target), fresh = probe.find_target(lesson.target);
    if (old == learn::Model::npos || fresh == learn::Model::npos) continue;
    Comparison one{lesson.target, 0, 0, 0, 0, 0};
    for (std::size_t i = learned_until; i < texts.titles.size(); ++i) {
      learn::Text const text{texts.titles[i], texts.bodies[i]};
      if (lesson.labels[i].empty() || in_use.has_seen(learn::text_digest(text))) continue;
      bool const was = in_use.label(old, before.judge(text)[old].label) == lesson.labels[i];
      bool const is = probe.label(fresh, now.judge(text)[fresh].label) == lesson.labels[i];
      ++one.texts;
      one.before += was;
      one.now += is;
      one.only_before += was && !is;
      one.only_now += is && !was;
    }
    out.push_back(std::move(one));
  }
  return out;
}

/// The same texts in another order: those that a comparison is made by stand last. Of the desk's tickets these are the
/// newest; files have no times, and mostly an order by label.
LearningTexts ordered(LearningTexts const& texts) {
  if (!texts.times.empty()) return texts;
  auto const all = texts.texts();
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t i) { return learn::text_digest(all[i]) % kKept != 0; });
  LearningTexts out;
  for (auto const& lesson : texts.lessons) out.lessons.push_back({lesson.target, {}, lesson.manner});
  for (auto const i : order) {
    out.names.push_back(texts.names[i]);
    out.titles.push_back(texts.titles[i]);
    out.bodies.push_back(texts.bodies[i]);
    for (std::size_t l = 0; l < out.lessons.size(); ++l) out.lessons[l].labels.push_back(texts.lessons[l].labels[i]);
  }
  return out;
}

/// Both models on texts that neither has learned from; nothing where there are too few.
std::vector<Comparison> compared(learn::Model const& in_use, learn::Model const& fresh, LearningTexts const& texts,
                                 unsigned threads) {
  std::uint64_t unseen = 0;
  for (auto const& text : texts.texts()) unseen += !in_use.has_seen(learn::text_digest(text));
  if (unseen < kEnoughNew) return {};
  auto const sorted = ordered(texts);
  auto const until = sorted.titles.size() - sorted.titles.size() / kKept;
  auto const all = sorted.texts();
  auto lessons = sorted.lessons;
  for (auto& lesson : lessons) lesson.labels.resize(until);
  try {
    auto const bytes =
        std::make_shared<std::string>(learn::train_like(std::span(all).first(until), lessons, fresh, threads));
    auto const probe = learn::Model::open(*bytes, bytes, fresh.path());
    auto out = compare_models(in_use, *probe, sorted, until);
    std::erase_if(out, [](auto const& one) { return one.texts < kEnoughNew; });
    return out;
  } catch (base::Error const& error) {
    // Without the newest part there may be too little to learn from.
    if (&error.code() != &base::errors::classifier_too_little) throw;
    return {};
  }
}

/// Whether cross-validation says that a target is judged worse than before, by more than chance explains.
bool fell(learn::Quality const& before, learn::Quality const& now) {
  if (before.judged == 0 || now.judged == 0) return false;
  auto const n = static_cast<double>(before.judged), m = static_cast<double>(now.judged);
  double const p = static_cast<double>(before.right) / n, q = static_cast<double>(now.right) / m;
  double const error = std::sqrt(p * (1 - p) / n + q * (1 - q) / m);
  return p - q > kFewPoints && p - q > kClear * error;
}

base::Error worse(std::string_view target, std::uint64_t count, std::uint64_t before, std::uint64_t now) {
  return base::Error(base::errors::classifier_worse, {{"target", std::string(target)},
                                                      {"count", std::to_string(count)},
                                                      {"before", std::to_string(before)},
                                                      {"now", std::to_string(now)}});
}

std::optional<base::Error> why_worse(learn::Model const& in_use, learn::Model const& fresh,
                                     std::vector<Comparison> const& comparisons) {
  for (auto const& one : comparisons) {
    if (one.worse()) return worse(one.target, one.texts, one.before, one.now);
  }
  for (std::size_t i = 0; i < fresh.targets(); ++i) {
    auto const old = in_use.find_target(fresh.name(i));
    bool const is_better = std::any_of(comparisons.begin(), comparisons.end(),
                                       [&](auto const& one) { return one.target == fresh.name(i) && one.better(); });
    if (old == learn::Model::npos || is_better) continue;
    auto const before = in_use.quality(old), now = fresh.quality(i);
    if (!fell(before, now)) continue;
    auto const scaled =
        static_cast<double>(before.right) * static_cast<double>(now.judged) / static_cast<double>(before.judged);
    return worse(fresh.name(i), now.judged, static_cast<std::uint64_t>(scaled + 0.5), now.right);
  }
  return std::nullopt;
}

}  // namespace

std::vector<learn::Text> LearningTexts::texts() const {
  std::vector<learn::Text> out;
  out.reserve(titles.size());
  for (std::size_t i = 0; i < titles.size(); ++i) out.push_back({titles[i], bodies[i]});
  return out;
}

bool Comparison::worse() const { return paired(only_before, only_now) > kChance; }
bool Comparison::better() const { return paired(only_now, only_before) > kChance; }

std::vector<PoorLesson> drop_poor_lessons(LearningTexts& texts) {
  std::vector<PoorLesson> poor;
  std::vector<learn::Lesson> kept;
  for (auto& lesson : texts.lessons) {
    auto labels = lesson.labels;
    std::erase(labels, std::string());
    auto const known = labels.size();
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    if (known >= learn::kFewestTexts && labels.size() >= learn::kFewestLabels) {
      kept.push_back(std::move(lesson));
    } else {
      poor.push_back({lesson.target, known});
    }
  }
  texts.lessons = std::move(kept);
  return poor;
}

TrainedModel train_model(LearningTexts const& texts, learn::Model const* in_use, std::string const& path,
                         unsigned threads) {
  TrainedModel out;
  auto const bytes = std::make_shared<std::string const>(learn::train(texts.texts(), texts.lessons, threads));
  out.bytes = bytes;
  out.model = learn::Model::open(*bytes, bytes, path);
  if (!in_use) return out;
  out.comparisons = compared(*in_use, *out.model, texts, threads);
  out.worse = why_worse(*in_use, *out.model, out.comparisons);
  return out;
}

}  // namespace umsops::desk
