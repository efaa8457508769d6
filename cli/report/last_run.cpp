// SPDX-License-Identifier: Apache-2.0
#include "cli/report/last_run.hpp"

#include <filesystem>

#include "cli/files.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::cli::last_run {

namespace {

/// Each desk has its own: the name of the report alone would let a test desk move the one that mails come from.
std::string path_of(Env& env, std::string const& report) {
  auto const desk = base::sha256_hex(env.spool_target()).substr(0, 12);
  return env.spool_folder() + "/report-" + report + "-" + desk + ".last";
}

}  // namespace

std::optional<base::TimePoint> read(Env& env, std::string const& report) {
  auto const path = path_of(env, report);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  constexpr std::size_t kLongest = 64;
  auto const text = config::read_file(path, kLongest);
  if (auto const at = base::parse_rfc3339(base::trimmed(text))) return at;
  throw base::Error(base::errors::file_unreadable, {{"path", path}, {"problem", "it holds no time"}});
}

void write(Env& env, std::string const& report, base::TimePoint until) {
  std::filesystem::create_directories(env.spool_folder());
  FileOutput file(path_of(env, report));
  file.write(base::format_rfc3339(until) + "\n");
  file.commit();
}

}  // namespace umsops::cli::last_run
