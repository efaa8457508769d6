// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/runbook_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/runbook_reader.hpp"
#include "umsops/config/trusted_file.hpp"
#include "umsops/config/yaml_folder.hpp"

namespace umsops::config {
namespace {

constexpr std::size_t kMostBytes = 256 << 10;

}  // namespace

runbook::Runbook read_runbook(std::string_view text, std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto out = read_runbook_text(text, file, problems);
  problems.raise();
  return out;
}

std::vector<runbook::Runbook> read_runbooks(std::vector<std::string> const& paths) {
  Problems problems(base::errors::config_invalid);
  std::vector<runbook::Runbook> out;
  for (auto const& path : paths) {
    for (auto const& file : yaml_files(path)) {
      problems.guard([&] {
        auto one = read_runbook_text(read_trusted_file(file, kMostBytes), file, problems);
        auto const same = std::find_if(out.begin(), out.end(), [&](auto const& other) { return other.id == one.id; });
        if (same != out.end() && !one.id.empty())
          throw invalid({file, 1, 1}, fmt::format("{} has the id {}, too", same->file, echo(one.id)),
                        "give each runbook its own id");
        out.push_back(std::move(one));
      });
    }
  }
  problems.raise();
  return out;
}

}  // namespace umsops::config
