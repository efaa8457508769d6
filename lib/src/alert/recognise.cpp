// SPDX-License-Identifier: Apache-2.0
#include "alert/recognise.hpp"

#include <algorithm>

namespace umsops::alert {
namespace {

using base::Value;

bool may_recognise(Sender const& sender, Input input) { return sender.automatic && sender.input == input; }

bool alike(Condition const& a, Condition const& b) {
  return a.test == b.test && a.path.text == b.path.text && a.values == b.values && a.pattern == b.pattern &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), alike);
}

std::string words_of(Condition const& condition) {
  if (condition.test == Condition::Test::any) return "any of several conditions";
  if (condition.test == Condition::Test::absent) return "no " + condition.path.text;
  return condition.path.text;
}

}  // namespace

Sender const* recognise(std::vector<Sender> const& senders, Patterns const& patterns, Value const& body, Input input) {
  Scope const scope{&body, &body, nullptr};
  Sender const* best = nullptr;
  for (auto const& sender : senders) {
    if (!may_recognise(sender, input) || (best != nullptr && sender.recognise.size() <= best->recognise.size()))
      continue;
    if (all_hold(sender.recognise, scope, patterns)) best = &sender;
  }
  return best;
}

base::Error unrecognised(std::vector<Sender> const& senders, Patterns const& patterns, Value const& body, Input input) {
  Scope const scope{&body, &body, nullptr};
  Sender const* best = nullptr;
  std::size_t most = 0;
  std::string lacks;
  for (auto const& sender : senders) {
    if (!may_recognise(sender, input)) continue;
    std::size_t met = 0;
    std::string first;
    for (auto const& condition : sender.recognise) {
      if (holds(condition, scope, patterns)) {
        ++met;
      } else if (first.empty()) {
        first = words_of(condition);
      }
    }
    if (best != nullptr && met * best->recognise.size() <= most * sender.recognise.size()) continue;
    if (met == 0) continue;
    best = &sender;
    most = met;
    lacks = first;
  }
  if (best == nullptr) return base::Error(base::errors::alert_unrecognised, {{"nearest", ""}, {"nearest_zh", ""}});
  return base::Error(base::errors::alert_unrecognised,
                     {{"nearest", " (nearest: " + best->name + ", but for " + lacks + ")"},
                      {"nearest_zh", "（最接近：" + best->name + "，但不满足 " + lacks + "）"}});
}

bool recognise_alike(Sender const& a, Sender const& b) {
  return a.input == b.input &&
         std::is_permutation(a.recognise.begin(), a.recognise.end(), b.recognise.begin(), b.recognise.end(), alike);
}

}  // namespace umsops::alert
