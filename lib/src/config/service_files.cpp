// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/service_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include "config/service_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/trusted_file.hpp"
#include "umsops/service/impact.hpp"

namespace umsops::config {
namespace {

using service::Catalogue;

constexpr std::size_t kLongestChain = 100;  // services; paths are told of each of them
constexpr std::size_t kMostShown = 12;      // of a cycle
constexpr std::size_t kMostLookedUp = 100;  // wrong names that are told with what may have been meant

/// A name means one service, whatever its case and width.
void refuse_shared_names(std::vector<ServiceName> const& names, Problems& problems) {
  std::unordered_map<std::string, ServiceName const*> seen;
  for (auto const& one : names) {
    auto const [first, fresh] = seen.emplace(base::fold(one.name), &one);
    if (fresh || first->second->service == one.service) continue;
    auto const& spot = first->second->spot;
    problems.add(one.spot, fmt::format("{} names two services, first at {}:{}", echo(one.name), spot.file, spot.line),
                 "a name, title or alias belongs to one service");
  }
}

void refuse_unknown(Catalogue const& catalogue, Problems& problems) {
  std::vector<std::string_view> names;
  for (auto const& service : catalogue.services()) names.push_back(service.name);
  for (auto const& service : catalogue.services()) {
    for (auto const& need : service.depends_on) {
      if (catalogue.find(need.name)) continue;
      problems.add(need.spot, fmt::format("unknown service {}", echo(need.name)), suggest(need.name, names));
      if (problems.all().size() >= kMostLookedUp) return;
    }
  }
}

/// Where `service` says that it needs `other`.
base::SourceSpot const& spot_of(Catalogue const& catalogue, Catalogue::Index service, Catalogue::Index other) {
  auto const& one = catalogue.at(service);
  for (auto const& need : one.depends_on) {
    if (catalogue.find(need.name) == other) return need.spot;
  }
  return one.spot;
}

std::string cycle_text(Catalogue const& catalogue, std::vector<Catalogue::Index> const& cycle) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    bool const shown = cycle.size() <= kMostShown || i < kMostShown / 2 || i + kMostShown / 2 >= cycle.size();
    if (shown) names.push_back(catalogue.at(cycle[i]).name);
    if (!shown && names.back() != "…") names.emplace_back("…");
  }
  names.push_back(catalogue.at(cycle.front()).name);
  return service::arrows(names);
}

void refuse_cycles(Catalogue const& catalogue, Problems& problems) {
  auto const faults = service::faults(catalogue);
  for (auto const& cycle : faults.cycles) {
    problems.add(spot_of(catalogue, cycle.back(), cycle.front()),
                 "services depend on each other in a circle: " + cycle_text(catalogue, cycle),
                 "take one of these dependencies out");
  }
  if (!faults.cycles.empty() || faults.longest_chain <= kLongestChain) return;
  auto const& top = catalogue.at(faults.chain_end);
  problems.add(top.spot,
               fmt::format("{} stands on a chain of {} services that depend on each other", echo(top.name),
                           faults.longest_chain),
               fmt::format("at most {}", kLongestChain));
}

void refuse_owners(Catalogue const& catalogue, std::vector<base::SourceSpot> const& spots, people::Roster const& roster,
                   Problems& problems) {
  std::vector<std::string_view> teams;
  for (auto const& team : roster.teams) teams.push_back(team.name);
  std::unordered_set<std::string_view> const known(teams.begin(), teams.end());
  for (std::size_t i = 0; i < spots.size(); ++i) {
    auto const& owner = catalogue.services()[i].owner;
    if (owner.empty() || known.contains(owner)) continue;
    problems.add(spots[i], fmt::format("the roster has no team {}", echo(owner)), suggest(owner, teams));
    if (problems.all().size() >= kMostLookedUp) return;
  }
}

/// A file that holds programs must be one that nobody else can change.
ServiceFile read_one(std::string const& file, Checks checks, Problems& problems) {
  TrustedFile const opened(file, TrustedFile::For::reading, TrustedFile::bear_untrusted);
  auto out = read_service_text(opened.read(kServiceLimits.bytes), file, checks, problems);
  bool const runs = std::any_of(out.services.begin(), out.services.end(), [](auto const& service) {
    return !service.checks.empty() || !service.access_checks.empty();
  });
  if (runs && opened.distrusted()) TrustedFile::refuse_untrusted(file, *opened.distrusted());
  return out;
}

Catalogue read_all(std::vector<std::string> const& files, Checks checks, people::Roster const* roster,
                   Problems& problems) {
  std::vector<ServiceFile> read;
  for (auto const& file : files) {
    problems.guard([&] { read.push_back(read_one(file, checks, problems)); });
  }
  return join_services(std::move(read), roster, problems);
}

}  // namespace

Catalogue join_services(std::vector<ServiceFile> files, people::Roster const* roster, Problems& problems) {
  std::vector<service::Service> services;
  std::vector<ServiceName> names;
  std::vector<base::SourceSpot> owners;
  for (auto& file : files) {
    for (auto& name : file.names) name.service += services.size();
    std::move(file.services.begin(), file.services.end(), std::back_inserter(services));
    std::move(file.names.begin(), file.names.end(), std::back_inserter(names));
    std::move(file.owners.begin(), file.owners.end(), std::back_inserter(owners));
  }
  refuse_shared_names(names, problems);
  Catalogue catalogue(std::move(services));
  refuse_unknown(catalogue, problems);
  refuse_cycles(catalogue, problems);
  if (roster) refuse_owners(catalogue, owners, *roster, problems);
  return catalogue;
}

Catalogue read_services(std::vector<std::string> const& files, Checks checks, people::Roster const* roster) {
  Problems problems(base::errors::config_invalid);
  auto catalogue = read_all(files, checks, roster, problems);
  problems.raise();
  return catalogue;
}

std::vector<base::Error> lint_services(std::vector<std::string> const& files, Checks checks,
                                       people::Roster const* roster) {
  Problems problems(base::errors::config_invalid);
  read_all(files, checks, roster, problems);
  return problems.all();
}

}  // namespace umsops::config
