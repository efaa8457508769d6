// SPDX-License-Identifier: Apache-2.0
// mute: what it takes to ask 1,000 silences and 100 inhibition rules, with 1,000 alerts firing, whether they mute an
// alert. Prints microseconds a question, and how many matchers and expressions it looked at.
#include <chrono>
#include <cstdio>
#include <string>

#include "umsops/mute/muter.hpp"

using namespace umsops;
using namespace umsops::mute;

namespace {

constexpr int kSilences = 1000, kRules = 100, kFiring = 1000, kQuestions = 20'000;

Muter filled(base::TimePoint now) {
  std::vector<Silence> silences;
  for (int i = 0; i < kSilences; ++i) {
    auto const n = std::to_string(i);
    Silence silence;
    silence.id = silence_id(i + 1);
    silence.starts_at = now;
    // A third by name, a third by an expression on a label that all alerts have, a third by alternatives.
    silence.matchers = parse_matchers(i % 3 == 0   ? "alertname=Alert" + n + ",instance=~\"web.*\""
                                      : i % 3 == 1 ? "instance=~\"host" + n + "\\\\..*\",severity!=critical"
                                                   : "team=~\"team" + n + "|other" + n + "\",severity=~\"warn.*\"");
    silences.push_back(std::move(silence));
  }
  std::vector<Inhibition> rules;
  for (int i = 0; i < kRules; ++i) {
    auto const n = std::to_string(i);
    rules.push_back({"rule" + n,
                     parse_matchers("severity=critical,job=~\"job" + n + ".*\""),
                     parse_matchers("severity=~\"warning|info\",job=~\"job" + n + ".*\""),
                     {"cluster"}});
  }
  Muter muter(std::move(silences), std::move(rules));
  for (int i = 0; i < kFiring; ++i) {
    auto const n = std::to_string(i);
    muter.fire(n, {{"alertname", "Alert" + n}, {"severity", "critical"}, {"job", "job" + n}, {"cluster", "c" + n}});
  }
  return muter;
}

}  // namespace

int main() {
  base::TimePoint const now{base::Milliseconds{1'790'000'000'000}};
  Muter const muter = filled(now);
  MatchCost cost;
  long muted = 0;
  auto const ask = [&](int i) {
    auto const n = std::to_string(i % 1500);
    Labels const labels{{"alertname", "Alert" + n},
                        {"severity", "warning"},
                        {"job", "job" + n},
                        {"cluster", "c" + n},
                        {"instance", "host" + n + ".example"},
                        {"team", "team" + n}};
    muted += muter.reasons(labels, now, &cost).muted() ? 1 : 0;
  };
  for (int i = 0; i < 1500; ++i) ask(i);  // expressions are compiled when first needed
  cost = {};
  auto const begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kQuestions; ++i) ask(i);
  std::chrono::duration<double, std::micro> const spent = std::chrono::steady_clock::now() - begin;
  std::printf("%.1f us, %.1f matchers, %.1f expressions each; %ld muted\n", spent.count() / kQuestions,
              static_cast<double>(cost.matchers) / kQuestions, static_cast<double>(cost.expressions) / kQuestions,
              muted);
}
