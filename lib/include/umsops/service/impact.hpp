// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/service/catalogue.hpp"

namespace umsops::service {

/// A service that a failure reaches.
struct Hit {
  Catalogue::Index service = 0;
  std::size_t distance = 0;        ///< 0: it is one of those that failed
  std::optional<std::size_t> via;  ///< the hit that it depends on, by its place in the list
};

/// Those that failed, and all that depend on them: nearest first, each once and by a shortest way. Always in the same
/// order.
std::vector<Hit> hits_of(Catalogue const& catalogue, std::span<Catalogue::Index const> failed);

/// The names from what failed to this hit.
std::vector<std::string> path_of(Catalogue const& catalogue, std::vector<Hit> const& hits, std::size_t hit);

/// `database → directory → sso`
std::string arrows(std::span<std::string const> names);

/// The names of all services that this one needs, directly or through others, the nearest first. Nothing for a name
/// that is unknown.
std::vector<std::string> needs_of(Catalogue const& catalogue, std::string_view service);

/// All services that this one needs or that need it, and itself, in the order of the catalogue.
std::vector<Catalogue::Index> neighbourhood(Catalogue const& catalogue, Catalogue::Index service);

}  // namespace umsops::service
