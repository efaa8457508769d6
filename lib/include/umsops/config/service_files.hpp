// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/people/roster.hpp"
#include "umsops/service/catalogue.hpp"
#include "umsops/service/priority_matrix.hpp"

namespace umsops::config {

/// Whether services may say how they are checked. Files that a project file names may come with a foreign checkout.
enum class Checks { allowed, forbidden };

/// Reads service files into one catalogue, in the order given; each may refer to names of another. Refuses unknown
/// dependencies, names used twice, cycles and chains of more than 100 services; with a roster, owners that are none of
/// its teams. Throws `yaml.invalid`, `config.invalid` or `config.forbidden` with file and line (the first mistake; the
/// others are its details), `file.unreadable` for a file that is not there.
service::Catalogue read_services(std::vector<std::string> const& files, Checks checks = Checks::allowed,
                                 people::Roster const* roster = nullptr);

/// Everything wrong with these files taken together. Empty: sound.
std::vector<base::Error> lint_services(std::vector<std::string> const& files, Checks checks = Checks::allowed,
                                       people::Roster const* roster = nullptr);

/// A file of the kind `priority-matrix`; it must name a priority for each of the sixteen pairs. Throws `yaml.invalid`
/// or `config.invalid` with file and line.
service::PriorityMatrix read_priority_matrix(std::string const& file);

}  // namespace umsops::config
