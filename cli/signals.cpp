// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <poll.h>

#include <cerrno>
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

Held::Held() {
  sigset_t ours;
  sigemptyset(&ours);
  for (int const signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ours, signal);
  sigprocmask(SIG_BLOCK, &ours, &before_);
}

Held::~Held() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

bool Held::wait_for_input(int descriptor) {
  struct pollfd input = {descriptor, POLLIN, 0};
  return ppoll(&input, 1, nullptr, &before_) >= 0 || errno != EINTR;
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
