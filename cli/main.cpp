// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <string_view>

#include "cli/output.hpp"
#include "cli/process.hpp"
#include "cli/run.hpp"
#include "cli/signals.hpp"

int main(int argc, char** argv) {
  using namespace umsops::cli;
  ensure_standard_descriptors();
  signals::install(argv + (argc > 0 ? 1 : 0));
  // Once everything is written and stored there is nothing to tidy up that the kernel does not do faster.
  auto const leave = [](int code) { _exit(code); };
  if (argc == 2 && (std::string_view(argv[1]) == "--version" || std::string_view(argv[1]) == "-V"))
    leave(print_version());
#ifdef UMSOPS_TWIN
  // Linked without a loader, this program cannot load what speaks to a server; its twin can.
  std::function<void()> const reach_server = [argv] { become(UMSOPS_TWIN, argv); };
#else
  std::function<void()> const reach_server;
#endif
  return run_program({argv + (argc > 0 ? 1 : 0), argv + argc}, process_variable, leave, reach_server);
}
