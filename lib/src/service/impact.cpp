// SPDX-License-Identifier: Apache-2.0
#include "umsops/service/impact.hpp"

#include <algorithm>

namespace umsops::service {
namespace {

using Index = Catalogue::Index;

/// Marks all that one gets to from `start`.
template <class Next>
void reach(Index start, std::vector<char>& seen, Next const& next) {
  std::vector<Index> waiting{start};
  std::vector<char> here(seen.size());
  here[start] = 1;
  while (!waiting.empty()) {
    Index const service = waiting.back();
    waiting.pop_back();
    seen[service] = 1;
    for (Index const other : next(service)) {
      if (!here[other]) here[other] = 1, waiting.push_back(other);
    }
  }
}

}  // namespace

std::vector<Hit> hits_of(Catalogue const& catalogue, std::span<Index const> failed) {
  std::vector<Hit> out;
  std::vector<char> seen(catalogue.services().size());
  for (Index const service : failed) {
    if (!seen[service]) out.push_back({service, 0, std::nullopt});
    seen[service] = 1;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (Index const dependant : catalogue.dependants(out[i].service)) {
      if (!seen[dependant]) out.push_back({dependant, out[i].distance + 1, i});
      seen[dependant] = 1;
    }
  }
  return out;
}

std::vector<std::string> path_of(Catalogue const& catalogue, std::vector<Hit> const& hits, std::size_t hit) {
  std::vector<std::string> out;
  for (std::optional<std::size_t> at = hit; at; at = hits[*at].via) out.push_back(catalogue.at(hits[*at].service).name);
  std::reverse(out.begin(), out.end());
  return out;
}

std::string arrows(std::span<std::string const> names) {
  std::string out;
  for (auto const& name : names) out.append(out.empty() ? "" : " → ").append(name);
  return out;
}

std::vector<Index> neighbourhood(Catalogue const& catalogue, Index service) {
  std::vector<char> seen(catalogue.services().size());
  reach(service, seen, [&](Index at) { return catalogue.dependencies(at); });
  reach(service, seen, [&](Index at) { return catalogue.dependants(at); });
  std::vector<Index> out;
  for (Index i = 0; i < seen.size(); ++i) {
    if (seen[i]) out.push_back(i);
  }
  return out;
}

std::vector<std::string> needs_of(Catalogue const& catalogue, std::string_view service) {
  std::vector<std::string> names;
  auto const found = catalogue.find(service);
  if (!found) return names;
  std::vector<bool> seen(catalogue.services().size());
  std::vector<Catalogue::Index> walk{*found};
  seen[*found] = true;
  for (std::size_t i = 0; i < walk.size(); ++i) {
    for (auto const need : catalogue.dependencies(walk[i])) {
      if (seen[need]) continue;
      seen[need] = true;
      walk.push_back(need);
      names.push_back(catalogue.at(need).name);
    }
  }
  return names;
}

}  // namespace umsops::service
