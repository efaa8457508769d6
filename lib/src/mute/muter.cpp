// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/muter.hpp"

#include <set>
#include <unordered_map>
#include <utility>

#include "mute/matcher_index.hpp"

namespace umsops::mute {
namespace {

/// Values of labels as one text that no other values give.
std::string key_of(std::vector<std::string> const& names, Labels const& labels) {
  std::string key;
  for (auto const& name : names) {
    auto const value = label(labels, name);
    key.append(std::to_string(value.size())).append(":").append(value);
  }
  return key;
}

std::string key_of(Inhibition const& rule, Labels const& labels, std::string_view service) {
  std::string key = key_of(rule.equal, labels);
  return rule.along_services ? key.append("@").append(service) : key;
}

/// What fires on the source side of a rule with the same values in its equal labels: ids, sorted.
struct Sources {
  std::set<std::string> one_sided, two_sided;  ///< the latter match the target side, too
  bool empty() const { return one_sided.empty() && two_sided.empty(); }
};

using SourcesByKey = std::unordered_map<std::string, Sources>;

/// Where a firing one was written down.
struct Place {
  std::size_t rule = 0;
  std::string key;
};

}  // namespace

struct Muter::State {
  std::vector<Silence> silences;
  std::vector<Inhibition> rules;
  DependsOn depends_on;
  MatcherIndex silence_index, source_index, target_index;
  std::vector<SourcesByKey> sources;  ///< of each rule
  std::unordered_map<std::string, std::vector<Place>> firing;

  std::optional<InhibitedBy> inhibited(std::size_t rule, Labels const& labels, MatchCost* cost) const;
  std::string const* source_at(std::size_t rule, std::string const& key, bool two_sided) const;
};

Muter::Muter(std::vector<Silence> silences, std::vector<Inhibition> rules, DependsOn depends_on)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.silences = std::move(silences);
  state.rules = std::move(rules);
  state.depends_on = std::move(depends_on);
  state.sources.resize(state.rules.size());
  for (std::size_t i = 0; i < state.silences.size(); ++i) state.silence_index.add(state.silences[i].matchers, i);
  for (std::size_t i = 0; i < state.rules.size(); ++i) {
    state.source_index.add(state.rules[i].source, i);
    state.target_index.add(state.rules[i].target, i);
  }
}

Muter::~Muter() = default;
Muter::Muter(Muter&&) noexcept = default;
Muter& Muter::operator=(Muter&&) noexcept = default;

void Muter::fire(std::string const& id, Labels const& labels) {
  resolve(id);
  std::vector<Place> places;
  for (std::size_t const i : state_->source_index.candidates(labels)) {
    Inhibition const& rule = state_->rules[i];
    auto const service = label(labels, kServiceLabel);
    if ((rule.along_services && service.empty()) || !matches(rule.source, labels)) continue;
    std::string key = key_of(rule, labels, service);
    Sources& sources = state_->sources[i][key];
    (matches(rule.target, labels) ? sources.two_sided : sources.one_sided).insert(id);
    places.push_back({i, std::move(key)});
  }
  state_->firing[id] = std::move(places);
}

void Muter::resolve(std::string const& id) {
  auto const known = state_->firing.find(id);
  if (known == state_->firing.end()) return;
  for (auto const& [rule, key] : known->second) {
    auto& by_key = state_->sources[rule];
    Sources& sources = by_key[key];
    sources.one_sided.erase(id);
    sources.two_sided.erase(id);
    if (sources.empty()) by_key.erase(key);
  }
  state_->firing.erase(known);
}

/// One that inhibits, if any does: what is two-sided itself is inhibited by one-sided ones alone.
std::string const* Muter::State::source_at(std::size_t rule, std::string const& key, bool two_sided) const {
  auto const found = sources[rule].find(key);
  if (found == sources[rule].end()) return nullptr;
  if (!found->second.one_sided.empty()) return &*found->second.one_sided.begin();
  return two_sided || found->second.two_sided.empty() ? nullptr : &*found->second.two_sided.begin();
}

std::optional<InhibitedBy> Muter::State::inhibited(std::size_t i, Labels const& labels, MatchCost* cost) const {
  Inhibition const& rule = rules[i];
  if (sources[i].empty() || !matches(rule.target, labels, cost)) return std::nullopt;
  bool const two_sided = matches(rule.source, labels, cost);
  if (!rule.along_services) {
    auto const* const source = source_at(i, key_of(rule, labels, {}), two_sided);
    return source ? std::optional(InhibitedBy{&rule, *source, {}}) : std::nullopt;
  }
  auto const service = label(labels, kServiceLabel);
  if (service.empty() || !depends_on) return std::nullopt;
  for (auto& other : depends_on(service)) {
    // On the graph a cause is never its own effect, so what matches both sides is a link of the chain: it is
    // inhibited by what lies beneath it, and inhibits what stands on it.
    auto const* const source = source_at(i, key_of(rule, labels, other), false);
    if (source) return InhibitedBy{&rule, *source, std::move(other)};
  }
  return std::nullopt;
}

Muting Muter::reasons(Labels const& labels, base::TimePoint now, MatchCost* cost) const {
  Muting muting;
  for (std::size_t const i : state_->silence_index.candidates(labels)) {
    Silence const& silence = state_->silences[i];
    if (silence.mutes_at(now) && matches(silence.matchers, labels, cost)) muting.silences.push_back(&silence);
  }
  for (std::size_t const i : state_->target_index.candidates(labels)) {
    if (auto by = state_->inhibited(i, labels, cost)) muting.inhibited.push_back(std::move(*by));
  }
  return muting;
}

}  // namespace umsops::mute
