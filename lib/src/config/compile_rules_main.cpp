// SPDX-License-Identifier: Apache-2.0
// Build step: compiles a rule file into the image that the program carries.
//   umsops_compile_rules FILE.yaml IMAGE
#include <cstdio>
#include <filesystem>

#include "config/rule_reader.hpp"

namespace {

using namespace umsops;

/// The rules of the file, for the kind of record that it names.
config::RuleFile read(std::string const& file, config::Problems& problems) {
  auto const read = [](std::string const& path, std::size_t limit) { return config::read_file(path, limit); };
  std::string const name = std::filesystem::path(file).filename().string();
  std::string const text = config::read_file(file, config::kRuleLimits.bytes);
  config::RuleFile rules;
  for (auto const* target : rules::targets()) {
    rules = config::read_rule_text(*target, text, name, read, problems);
    if (rules.ours) break;
  }
  return rules;
}

std::string compile(std::string const& file) {
  config::Problems problems(base::errors::rules_invalid);
  auto const rules = read(file, problems);
  if (rules.uses_builtin) problems.add(rules.use, "the built-in rules cannot use themselves");
  problems.raise();
  return std::string(rules::RuleSet::compile(rules.source).image());
}

bool write(char const* path, std::string const& bytes) {
  std::FILE* const out = std::fopen(path, "wb");
  if (!out) return false;
  bool const written = std::fwrite(bytes.data(), 1, bytes.size(), out) == bytes.size();
  return std::fclose(out) == 0 && written;
}

int fail(std::string const& message) {
  std::fputs((message + "\n").c_str(), stderr);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return fail("usage: umsops_compile_rules FILE.yaml IMAGE");
  try {
    if (!write(argv[2], compile(argv[1]))) return fail(std::string("cannot write ") + argv[2]);
  } catch (base::Error const& error) {
    auto const& spot = error.spot();
    return fail(spot.file + ":" + std::to_string(spot.line) + ":" + std::to_string(spot.column) + ": " +
                error.message() + (error.hint().empty() ? "" : " (" + error.hint() + ")"));
  }
  return 0;
}
