// SPDX-License-Identifier: Apache-2.0
#include "umsops/service/catalogue.hpp"

#include <algorithm>

#include "umsops/base/text.hpp"

namespace umsops::service {
namespace {

using Index = Catalogue::Index;

constexpr std::size_t kMostCycles = 10;  // told of one graph

/// Depth first without recursion: chains may be as long as the catalogue.
class Walk {
 public:
  explicit Walk(Catalogue const& catalogue)
      : catalogue_(catalogue), state_(catalogue.services().size()), chain_(catalogue.services().size(), 1) {}

  Faults run() {
    for (Index start = 0; start < state_.size(); ++start) {
      if (state_[start] == State::fresh) walk_from(start);
    }
    for (Index service = 0; service < chain_.size(); ++service) {
      if (chain_[service] > out_.longest_chain) out_.longest_chain = chain_[service], out_.chain_end = service;
    }
    return std::move(out_);
  }

 private:
  enum class State : char { fresh, open, done };
  struct Open {
    Index service;
    std::size_t next = 0;  // of its dependencies
  };

  void walk_from(Index start) {
    open(start);
    while (!stack_.empty()) {
      Open& top = stack_.back();
      auto const needs = catalogue_.dependencies(top.service);
      if (top.next == needs.size()) {
        close();
      } else if (Index const need = needs[top.next++]; state_[need] == State::fresh) {
        open(need);
      } else if (state_[need] == State::open) {
        note_cycle(need);
      } else {
        chain_[top.service] = std::max(chain_[top.service], chain_[need] + 1);
      }
    }
  }

  void open(Index service) {
    state_[service] = State::open;
    stack_.push_back({service});
  }

  void close() {
    Index const service = stack_.back().service;
    state_[service] = State::done;
    stack_.pop_back();
    if (stack_.empty()) return;
    auto& above = chain_[stack_.back().service];
    above = std::max(above, chain_[service] + 1);
  }

  void note_cycle(Index first) {
    if (out_.cycles.size() >= kMostCycles) return;
    auto const begin =
        std::find_if(stack_.begin(), stack_.end(), [&](Open const& one) { return one.service == first; });
    auto& cycle = out_.cycles.emplace_back();
    for (auto one = begin; one != stack_.end(); ++one) cycle.push_back(one->service);
  }

  Catalogue const& catalogue_;
  std::vector<State> state_;
  std::vector<std::size_t> chain_;  // services in the longest chain from each down
  std::vector<Open> stack_;
  Faults out_;
};

}  // namespace

std::string_view to_string(Check::Kind kind) { return kind == Check::Kind::command ? "command" : "http"; }

model::Priority importance(int tier) {
  using enum model::Priority;
  return tier <= 1 ? critical : tier == 2 ? high : tier == 3 ? medium : low;
}

Catalogue::Catalogue(std::vector<Service> services)
    : services_(std::move(services)), dependencies_(services_.size()), dependants_(services_.size()) {
  // A service's own name comes before what others are called besides.
  for (Index i = 0; i < services_.size(); ++i) names_.emplace(base::fold(services_[i].name), i);
  for (Index i = 0; i < services_.size(); ++i) {
    if (!services_[i].title.empty()) names_.emplace(base::fold(services_[i].title), i);
    for (auto const& alias : services_[i].aliases) names_.emplace(base::fold(alias), i);
  }
  for (Index i = 0; i < services_.size(); ++i) {
    for (auto const& need : services_[i].depends_on) {
      auto const index = find(need.name);
      if (!index || (!dependants_[*index].empty() && dependants_[*index].back() == i)) continue;
      dependencies_[i].push_back(*index);
      dependants_[*index].push_back(i);
    }
  }
}

std::optional<Index> Catalogue::find(std::string_view name) const {
  auto const found = names_.find(base::fold(name));
  return found == names_.end() ? std::nullopt : std::optional(found->second);
}

Index Catalogue::require(std::string_view name) const {
  if (auto const index = find(name)) return *index;
  std::vector<std::string_view> names;
  for (auto const& service : services_) {
    names.push_back(service.name);
    names.insert(names.end(), service.aliases.begin(), service.aliases.end());
  }
  std::string const shown(base::first_code_points(name, 80));
  std::string const best = base::nearest(shown, names);
  base::Value detail;
  detail.add("service", shown);
  if (!best.empty()) detail.add("suggestion", best);
  throw base::Error(
      base::errors::service_unknown,
      {{"name", shown}, {"suggestion", best.empty() ? "umsops service list" : "did you mean " + best + "?"}})
      .detail(std::move(detail));
}

Faults faults(Catalogue const& catalogue) { return Walk(catalogue).run(); }

}  // namespace umsops::service
