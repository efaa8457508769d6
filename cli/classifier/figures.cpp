// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "cli/classifier/report.hpp"

namespace umsops::cli::classifier {
namespace {

constexpr std::size_t kMostConfusions = 10, kExamples = 2, kMostDoubtful = 20;
constexpr double kDoubtful = 0.95;
constexpr double kThresholds[] = {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};
constexpr std::size_t kBins = 10;

std::string name_of(learn::Checked const& checked, std::int32_t label) {
  return label < 0 ? std::string() : checked.labels[static_cast<std::size_t>(label)];
}

void count_curve(TargetReport& out) {
  for (double const threshold : kThresholds) {
    CurvePoint point{threshold, 0, 0};
    for (auto const& text : out.checked.texts) {
      if (text.probability < threshold || text.coverage < out.checked.familiar) continue;
      ++point.answered;
      point.right += text.right();
    }
    out.curve.push_back(point);
  }
  out.bins.resize(kBins);
  for (auto const& text : out.checked.texts) {
    auto& bin = out.bins[std::min(kBins - 1, static_cast<std::size_t>(text.probability * kBins))];
    ++bin.texts;
    bin.right += text.right();
    bin.probability += text.probability;
  }
  for (auto& bin : out.bins) bin.probability /= static_cast<double>(std::max<std::uint64_t>(1, bin.texts));
}

void count_labels(TargetReport& out) {
  auto const& checked = out.checked;
  for (std::size_t i = 0; i < checked.labels.size(); ++i)
    out.labels.push_back({checked.labels[i], checked.examples[i], 0, 0, 0, 0});
  for (auto const& text : checked.texts) {
    auto& label = out.labels[static_cast<std::size_t>(text.label)];
    ++label.judged;
    label.right += text.right();
    label.answered += text.answered;
    if (text.given >= 0) ++out.labels[static_cast<std::size_t>(text.given)].given;
  }
}

void find_errors(TargetReport& out, desk::LearningTexts const& texts) {
  std::map<std::pair<std::int32_t, std::int32_t>, Confusion> errors;
  for (auto const& text : out.checked.texts) {
    if (text.right()) continue;
    auto const label = name_of(out.checked, text.label), given = name_of(out.checked, text.given);
    auto& confusion = errors[{text.label, text.given}];
    confusion.label = label;
    confusion.given = given;
    ++confusion.texts;
    if (confusion.examples.size() < kExamples) confusion.examples.push_back(texts.names[text.text]);
    if (text.probability >= kDoubtful) out.doubtful.push_back({texts.names[text.text], label, given, text.probability});
  }
  for (auto& [pair, confusion] : errors) out.confusions.push_back(std::move(confusion));
  std::stable_sort(out.confusions.begin(), out.confusions.end(),
                   [](auto const& a, auto const& b) { return a.texts > b.texts; });
  if (out.confusions.size() > kMostConfusions) out.confusions.resize(kMostConfusions);
  std::stable_sort(out.doubtful.begin(), out.doubtful.end(),
                   [](auto const& a, auto const& b) { return a.probability > b.probability; });
  if (out.doubtful.size() > kMostDoubtful) out.doubtful.resize(kMostDoubtful);
}

base::Value share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? base::Value() : base::Value(rounded(static_cast<double>(part) / static_cast<double>(whole)));
}

std::int64_t whole(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

TargetReport report_of(Env& env, desk::LearningTexts const& texts, learn::Lesson const& lesson, unsigned threads) {
  TargetReport out;
  out.target = lesson.target;
  out.checked = learn::cross_validate(texts.texts(), lesson, threads);
  auto const by_rules = env.desk().classifier().by_rules(texts, lesson.target);
  for (auto const& text : out.checked.texts) {
    out.by_rules += !by_rules[text.text].empty();
    out.by_rules_right += by_rules[text.text] == lesson.labels[text.text];
  }
  count_curve(out);
  count_labels(out);
  find_errors(out, texts);
  return out;
}

base::Value value_of(TargetReport const& report) {
  using base::Value;
  auto const judged = report.checked.quality.judged;
  Value::List curve, bins, labels, confusions, doubtful, drift;
  for (auto const& point : report.curve) {
    curve.emplace_back(Value::Object{{"threshold", point.threshold},
                                     {"coverage", share(point.answered, judged)},
                                     {"precision", share(point.right, point.answered)}});
  }
  for (auto const& bin : report.bins) {
    bins.emplace_back(Value::Object{{"texts", whole(bin.texts)},
                                    {"probability", rounded(bin.probability)},
                                    {"accuracy", share(bin.right, bin.texts)}});
  }
  for (auto const& label : report.labels) {
    labels.emplace_back(Value::Object{{"label", label.label},
                                      {"examples", whole(label.examples)},
                                      {"judged", whole(label.judged)},
                                      {"precision", share(label.right, label.given)},
                                      {"recall", share(label.right, label.judged)},
                                      {"answered", share(label.answered, label.judged)},
                                      {"too_few", label.examples < 10}});
  }
  for (auto const& one : report.confusions) {
    confusions.emplace_back(Value::Object{{"label", one.label},
                                          {"given", one.given},
                                          {"texts", whole(one.texts)},
                                          {"examples", Value::List(one.examples.begin(), one.examples.end())}});
  }
  for (auto const& one : report.doubtful) {
    doubtful.emplace_back(
        Value::Object{{"text", one.name}, {"label", one.label}, {"given", one.given}, {"p", rounded(one.probability)}});
  }
  for (auto const& week : report.drift) {
    drift.emplace_back(Value::Object{{"week", week.week},
                                     {"judged", whole(week.judged)},
                                     {"doubted", whole(week.doubted)},
                                     {"probability", rounded(week.probability)},
                                     {"confirmed", whole(week.confirmed)},
                                     {"corrected", whole(week.corrected)}});
  }
  return Value::Object{{"target", report.target},
                       {"quality", value_of(report.checked.quality)},
                       {"rules_coverage", share(report.by_rules, judged)},
                       {"rules_accuracy", share(report.by_rules_right, judged)},
                       {"blend", report.checked.blend},
                       {"cost", report.checked.cost},
                       {"curve", std::move(curve)},
                       {"calibration", std::move(bins)},
                       {"labels", std::move(labels)},
                       {"confusions", std::move(confusions)},
                       {"mislabelled", std::move(doubtful)},
                       {"drift", std::move(drift)}};
}

}  // namespace umsops::cli::classifier
