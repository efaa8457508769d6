// SPDX-License-Identifier: Apache-2.0
// An argument list, a line each: understood, or refused as usage. Nothing is run.
#include <string>
#include <vector>

#include "cli/manner.hpp"
#include "cli/parser.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  std::vector<std::string> words;
  while (!bytes.empty()) {
    auto const end = std::min(bytes.find('\n'), bytes.size());
    std::string word(bytes.substr(0, end));
    words.push_back(word.substr(0, word.find('\0')));  // no argument holds a NUL
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  auto const none = [](std::string const&) { return std::optional<std::string>(); };
  auto const manner = cli::read_manner(words, none);
  try {
    auto const call = cli::parse_call(words, manner.language);
    require(call.command != nullptr || call.help != cli::HelpWanted::none);
  } catch (base::Error const& error) {
    require(error.kind() == base::ErrorKind::usage && !error.message(manner.language).empty());
  }
}

}  // namespace umsops::fuzz
