// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <csignal>

#include "umsops/base/error.hpp"

namespace umsops::cli::signals {

namespace {

volatile std::sig_atomic_t noted = 0;

void note(int signal) { noted = signal; }

}  // namespace

void install() {
  struct sigaction action = {};
  action.sa_handler = note;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
}

int received() { return noted; }

void check() {
  if (noted == 0) return;
  throw base::Error(base::errors::interrupted, {{"signal", noted == SIGTERM ? "SIGTERM" : "SIGINT"}});
}

}  // namespace umsops::cli::signals
