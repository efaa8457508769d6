// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/yaml_folder.hpp"

#include <algorithm>
#include <filesystem>

#include "umsops/base/error.hpp"

namespace umsops::config {

std::vector<std::string> yaml_files(std::string const& path) {
  std::error_code problem;
  if (!std::filesystem::is_directory(path, problem)) return {path};
  std::vector<std::string> out;
  for (auto entry = std::filesystem::directory_iterator(path, problem);
       !problem && entry != std::filesystem::directory_iterator(); entry.increment(problem)) {
    auto const ending = entry->path().extension();
    if (ending == ".yaml" || ending == ".yml") out.push_back(entry->path().string());
  }
  if (problem) throw base::Error(base::errors::file_unreadable, {{"file", path}, {"problem", problem.message()}});
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace umsops::config
