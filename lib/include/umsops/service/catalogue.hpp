// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/model/priority.hpp"

namespace umsops::service {

/// How one finds out whether a service works, or whether people get in. Only what it is; running it is another matter.
struct Check {
  enum class Kind { command, http };
  std::string name;
  Kind kind = Kind::command;
  std::vector<std::string> command;  ///< program and arguments, never a line for a shell
  std::string url;
  std::int64_t expect = 200;  ///< the status of a good answer
  base::Milliseconds timeout{30'000}, every{60'000};
};
std::string_view to_string(Check::Kind kind);  ///< `command`, `http`

struct Link {
  std::string title, url;
};

/// What a service needs to work, by the name that its file uses.
struct Dependency {
  std::string name;
  base::SourceSpot spot;
};

struct Service {
  std::string name;
  std::string title;                 ///< what the business calls it
  std::vector<std::string> aliases;  ///< further names that reports and alerts use
  std::string description;
  std::string owner;  ///< a team of the roster
  int tier = 1;       ///< 1 is the most important
  std::vector<Dependency> depends_on;
  std::vector<Check> checks, access_checks;
  std::string failover;  ///< a runbook; empty: there is no fail-over
  bool is_public = false;
  std::vector<Link> links;
  std::vector<std::string> skills;
  base::SourceSpot spot;
};
inline constexpr int kLowestTier = 9;

/// How much it matters when a service of that tier fails: 1 CRITICAL, 2 HIGH, 3 MEDIUM, all others LOW.
model::Priority importance(int tier);

/// Services and who depends on whom. A plain value without invariants of its own: a name that is unknown leads nowhere,
/// a cycle is walked once. `faults` finds what a reader has to refuse.
class Catalogue {
 public:
  using Index = std::uint32_t;  ///< a service's place in `services()`

  Catalogue() = default;
  explicit Catalogue(std::vector<Service> services);

  std::span<Service const> services() const { return services_; }
  Service const& at(Index service) const { return services_[service]; }
  std::span<Index const> dependencies(Index service) const { return dependencies_[service]; }
  std::span<Index const> dependants(Index service) const { return dependants_[service]; }

  /// By name, title or alias, whatever its case and width.
  std::optional<Index> find(std::string_view name) const;
  /// Throws `service.unknown` with the nearest name.
  Index require(std::string_view name) const;

 private:
  std::vector<Service> services_;
  std::unordered_map<std::string, Index> names_;  // folded
  std::vector<std::vector<Index>> dependencies_, dependants_;
};

/// What is wrong with a graph: cycles, each from its first service to the one that closes it, the first few of them;
/// and how many services the longest chain has, when there is no cycle.
struct Faults {
  std::vector<std::vector<Catalogue::Index>> cycles;
  std::size_t longest_chain = 0;
  Catalogue::Index chain_end = 0;  ///< who stands on top of that chain
};
Faults faults(Catalogue const& catalogue);

}  // namespace umsops::service
