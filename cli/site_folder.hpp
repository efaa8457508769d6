// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "umsops/site/site.hpp"

namespace umsops::cli {

struct SiteChange {
  std::int64_t files = 0, added = 0, changed = 0, removed = 0;
};

/// Makes `folder` hold these files and no others, whole or not at all: they are written into a folder beside it, which
/// then takes its place. Where nothing has changed nothing is written. A folder with anything in it that an earlier
/// export did not put there is refused: `site.not_ours`; the names of what it put there stand in `.umsops-site`.
SiteChange write_site(std::string const& folder, std::vector<site::File> const& files);

/// The same without writing anything.
SiteChange compare_site(std::string const& folder, std::vector<site::File> const& files);

}  // namespace umsops::cli
