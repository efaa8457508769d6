// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/site/site.hpp"

namespace umsops::site {

/// What was published of a disruption, in somebody's words.
struct StatusUpdate {
  base::TimePoint at;
  std::string text;
};

/// A disruption as anybody may see it: no number, title or name of those who work on it.
struct Disruption {
  std::vector<std::string> services;  ///< names, as in `Status::services`
  base::TimePoint began_at;
  std::optional<base::TimePoint> ended_at;  ///< none: it goes on
  std::vector<StatusUpdate> updates;        ///< oldest first
};

struct Status {
  base::TimePoint at;
  std::vector<std::string> services;    ///< what the business calls them
  std::vector<Disruption> disruptions;  ///< those that go on, and those of the last 90 days
};
inline constexpr int kStatusDays = 90;

/// A page of the services, what is disrupted now and the last 90 days, in the language of the options and in the other
/// one, and the same as `status.json` (`umsops.status.page/v1`). Equal values give equal bytes. Needs no server, no
/// network and no script.
std::vector<File> make_status(Status const& status, Options const& options);

}  // namespace umsops::site
