// SPDX-License-Identifier: Apache-2.0
// The words before the cursor, a line each: completion says something or nothing, and never complains.
#include <fcntl.h>

#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/env.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace umsops::fuzz {

void one_input(std::string_view bytes) {
  static int const nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  cli::Call call;
  call.command = &cli::kComplete;
  while (!bytes.empty() && call.words.size() < 50) {
    auto const end = std::min(bytes.find('\n'), bytes.size());
    std::string word(bytes.substr(0, end));
    call.words.push_back(word.substr(0, word.find('\0')));  // no argument holds a NUL
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  auto const none = [](std::string const& name) {
    return name == "UMSOPS_NO_SYSTEM_CONFIG" ? std::optional<std::string>("1") : std::nullopt;
  };
  cli::Output out(nowhere, "nowhere");
  cli::Env env(call, cli::Manner{}, none, out);
  require(cli::kComplete.run(env, call) == 0);
  out.flush();
}

}  // namespace umsops::fuzz
