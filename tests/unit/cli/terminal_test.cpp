// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "cli/process.hpp"

using namespace umsops::cli;

namespace {

bool colored(std::string const& when, bool terminal, std::map<std::string, std::string> const& variables) {
  return wants_color(when, terminal, [&](std::string const& name) {
    auto const found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

}  // namespace

TEST_CASE("who decides about colour") {
  CHECK(colored("auto", true, {}));
  CHECK_FALSE(colored("auto", false, {}));
  CHECK(colored("always", false, {{"NO_COLOR", "1"}}));
  CHECK_FALSE(colored("never", true, {{"CLICOLOR_FORCE", "1"}}));
  CHECK_FALSE(colored("auto", true, {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}));
  CHECK(colored("auto", true, {{"NO_COLOR", ""}}));
  CHECK(colored("auto", false, {{"CLICOLOR_FORCE", "1"}}));
  CHECK_FALSE(colored("auto", false, {{"CLICOLOR_FORCE", "0"}}));
  CHECK_FALSE(colored("auto", true, {{"CLICOLOR", "0"}}));
  CHECK_FALSE(colored("auto", true, {{"TERM", "dumb"}}));
}

TEST_CASE("a command line is divided at blanks and nothing else happens to it") {
  CHECK(split_command("less -FRX") == std::vector<std::string>{"less", "-FRX"});
  CHECK(split_command("  a\tb  ") == std::vector<std::string>{"a", "b"});
  CHECK(split_command("a;b $(c)") == std::vector<std::string>{"a;b", "$(c)"});
  CHECK(split_command("").empty());
}
