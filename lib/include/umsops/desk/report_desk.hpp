// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "umsops/base/time_zone.hpp"
#include "umsops/query/query.hpp"
#include "umsops/report/table.hpp"

namespace umsops::desk {

class OpenDesk;

/// What a report looks at. Absent `since`: 30 days before `until`; absent `until`: now.
struct ReportOptions {
  std::optional<base::TimePoint> since, until;
  base::TimeZone zone;  ///< days are days of this zone
};

/// Figures over the store.
class ReportDesk {
 public:
  explicit ReportDesk(OpenDesk& desk) : desk_(desk) {}

  /// Throws `report.unknown`.
  report::Table run(std::string const& name, ReportOptions const& options);

 private:
  OpenDesk& desk_;
};

/// The reports that exist.
std::span<report::Description const> reports();

}  // namespace umsops::desk
