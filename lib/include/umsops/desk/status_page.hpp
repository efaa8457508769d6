// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/service/catalogue.hpp"

namespace umsops::desk {

class Desk;

/// What anybody may know of an incident: which public services it touches, from when to when, and what was published of
/// it (`Note::published`), in the words of who published it.
struct PublicIncident {
  std::vector<service::Catalogue::Index> services;
  base::TimePoint began_at{};
  std::optional<base::TimePoint> ended_at;                       ///< none: it goes on
  std::vector<std::pair<base::TimePoint, std::string>> updates;  ///< oldest first
};

/// Incidents that go on or ended since then, newest first: those that touch a public service and of which something was
/// published, no others. What was corrected stands in its corrected form.
std::vector<PublicIncident> public_incidents(Desk& desk, service::Catalogue const& services, base::TimePoint since);

}  // namespace umsops::desk
