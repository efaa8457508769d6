// SPDX-License-Identifier: Apache-2.0
// Build step: reads YAML files into the trees that the program carries.
//   umsops_pack_yaml FOLDER FILE.yaml...   makes FOLDER/FILE.tree of each
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "config/yaml_tree.hpp"

namespace {

using namespace umsops;

void pack(std::filesystem::path const& file, std::filesystem::path const& folder) {
  auto const bytes = config::pack_tree(config::parse_yaml(config::read_file(file), file.filename().string()));
  std::ofstream out(folder / file.filename().replace_extension("tree"), std::ios::binary);
  if (!(out << bytes).flush()) throw base::Error(base::errors::internal, {{"problem", "a tree cannot be written"}});
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 2; i < argc; ++i) {
    try {
      pack(argv[i], argv[1]);
    } catch (base::Error const& error) {
      std::fprintf(stderr, "%s:%lld: %s\n", argv[i], static_cast<long long>(error.spot().line),
                   error.message().c_str());
      return 1;
    }
  }
  return 0;
}
