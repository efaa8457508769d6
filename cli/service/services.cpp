// SPDX-License-Identifier: Apache-2.0
#include "cli/service/services.hpp"

#include "cli/completion/candidates.hpp"
#include "cli/configured.hpp"

namespace umsops::cli::services {

Catalogue catalogue_of(Env& env, Call const& call) {
  auto catalogue = configured_services(env, call.all("services"));
  if (!catalogue) throw base::Error(base::errors::service_none);
  return std::move(*catalogue);
}

void offer_names(Candidates& out) {
  auto const catalogue = configured_services(out.env());
  if (!catalogue) return;
  for (auto const& service : catalogue->services()) out.add(service.name, service.title);
}

base::Value names_value(Env& env, std::vector<std::string> const& names) {
  base::Value::List list;
  std::string line;
  for (auto const& name : names) {
    line += (line.empty() ? "" : ", ") + name;
    list.emplace_back(name);
  }
  return env.human() ? base::text_or_null(line) : base::Value(std::move(list));
}

std::vector<std::string> names_of(Catalogue const& catalogue, std::span<Catalogue::Index const> services) {
  std::vector<std::string> out;
  for (auto const service : services) out.push_back(catalogue.at(service).name);
  return out;
}

}  // namespace umsops::cli::services
