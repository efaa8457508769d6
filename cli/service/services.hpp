// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/registry.hpp"
#include "umsops/service/incident_assessment.hpp"

/// What the commands about services share.
namespace umsops::cli::services {

using service::Catalogue;

/// The services of --services, else of the settings. Throws `service.none`.
Catalogue catalogue_of(Env& env, Call const& call);
/// Names of the services, for completion.
void offer_names(Candidates& out);

/// Names in a list: `a, b` for people.
base::Value names_value(Env& env, std::vector<std::string> const& names);
std::vector<std::string> names_of(Catalogue const& catalogue, std::span<Catalogue::Index const> services);

/// The graph of these services, for the programs that draw: each with its tier, an arrow to what it needs.
std::string mermaid(Catalogue const& catalogue, std::vector<Catalogue::Index> const& shown);
std::string dot(Catalogue const& catalogue, std::vector<Catalogue::Index> const& shown);

/// `impact HIGH: database has tier 2`, a line each for impact, overall impact, urgency and priority, then what the
/// catalogue does not know. Names are as people wrote them: make the lines safe for the terminal.
std::vector<std::string> reasons(service::Assessment const& assessment, base::Language language);

}  // namespace umsops::cli::services
