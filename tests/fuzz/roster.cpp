// SPDX-License-Identifier: Apache-2.0
// A roster file: read, or refused with a line; whoever it names can be asked who is on call.
#include "config/roster_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  config::Problems problems(base::errors::config_invalid);
  problems.guard([&] {
    std::vector<config::RosterFile> files;
    files.push_back(config::read_roster_text(bytes, "roster.yaml", problems));
    auto const roster = config::join_rosters(std::move(files), true, problems);
    for (auto const& person : roster.people) require(!person.name.empty());
  });
  for (auto const& error : problems.all()) require(error.spot().line > 0 && !error.message().empty());
}

}  // namespace umsops::fuzz
