// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <csignal>

#include "umsops/base/error.hpp"

namespace umsops::cli::signals {

namespace {

volatile std::sig_atomic_t noted = 0;
volatile std::sig_atomic_t hangup = 0;

void note(int signal) { noted = signal; }
void note_hup(int) { hangup = 1; }

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

void note_hangup() {
  struct sigaction before = {};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler == SIG_IGN) return;
  struct sigaction action = {};
  action.sa_handler = note_hup;
  sigaction(SIGHUP, &action, nullptr);
}

bool hung_up() { return hangup != 0; }

}  // namespace umsops::cli::signals
