// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <iterator>

#include "umsops/base/interruption.hpp"

extern char** environ;

namespace umsops::cli::signals {

namespace {

constexpr suseconds_t kPatience = 400'000;  ///< microseconds

auto& noted = base::interrupting_signal;
std::atomic<int> hangup{0};
std::atomic<std::int64_t> stored{0};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);
char** own_arguments = nullptr;

/// Digits into a buffer of its own, without a library that may hold a lock just now.
struct Digits {
  char text[24] = {};
  explicit Digits(std::int64_t number) {
    char* at = std::end(text) - 1;
    do {
      *--at = static_cast<char>('0' + number % 10);
    } while ((number /= 10) > 0);
    std::copy(at, std::end(text), std::begin(text));
  }
};

/// Nobody has looked: a call that knows no signals, or a loop nobody thought of. Memory and locks of this image may be
/// in any state, so another one says what is to be said; what it must not leave behind is as after a power cut.
void give_up_waiting(int) {
  constexpr std::size_t kMostWords = 1000;  // enough to know command, language and format by
  static char const* words[kMostWords + 5] = {"umsops", "__stopped"};
  Digits signal(noted), count(stored);
  words[2] = signal.text;
  words[3] = count.text;
  for (std::size_t i = 0; i < kMostWords && own_arguments[i] != nullptr; ++i) words[i + 4] = own_arguments[i];
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execve("/proc/self/exe", const_cast<char**>(words), environ);
  _exit(128 + noted);
}

void note(int signal) {
  noted = signal;
  struct sigaction action = {};
  action.sa_handler = give_up_waiting;
  sigaction(SIGALRM, &action, nullptr);
  itimerval const once{{0, 0}, {0, kPatience}};
  setitimer(ITIMER_REAL, &once, nullptr);
}

void note_hup(int) { hangup = 1; }

void handle(int signal, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESETHAND;
  sigaction(signal, &action, nullptr);
}

/// Ctrl-C comes from the kernel; what another process sends is meant for us.
void note_sent(int signal, siginfo_t* info, void*) {
  if (info->si_code != SI_KERNEL) note(signal);
}

}  // namespace

void install(char** arguments) {
  own_arguments = arguments;
  sigset_t ours;  // whoever started us may have held them back
  sigemptyset(&ours);
  for (int const signal : {SIGINT, SIGTERM, SIGALRM}) sigaddset(&ours, signal);
  sigprocmask(SIG_UNBLOCK, &ours, nullptr);
  handle(SIGINT, note);
  handle(SIGTERM, note);
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
}

void note_stored(std::int64_t count) { stored = count; }

int received() { return noted; }

void check() { base::check_interruption(); }

Held::Held() {
  sigset_t ours;
  sigemptyset(&ours);
  for (int const signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ours, signal);
  sigprocmask(SIG_BLOCK, &ours, &before_);
}

Held::~Held() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

Held::Woken Held::wait_for_input(int descriptor, int milliseconds) {
  // Where input is always ready, the kernel would never let one in.
  sigset_t held;
  sigprocmask(SIG_SETMASK, &before_, &held);
  sigprocmask(SIG_SETMASK, &held, nullptr);
  if (noted != 0 || hangup != 0) return Woken::signal;
  struct pollfd input = {descriptor, POLLIN, 0};
  timespec const wait = {milliseconds / 1000, milliseconds % 1000 * 1'000'000L};
  int const ready = ppoll(&input, 1, milliseconds < 0 ? nullptr : &wait, &before_);
  if (ready == 0) return Woken::time;
  return ready < 0 && errno == EINTR ? Woken::signal : Woken::input;
}

Peace::Peace() : signal_(noted.exchange(0)) { alarm(0); }
Peace::~Peace() {
  if (signal_ != 0) noted = signal_;
}

LeftToChild::LeftToChild() {
  struct sigaction action = {};
  action.sa_sigaction = note_sent;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGINT, &action, &before_);
}

LeftToChild::~LeftToChild() { sigaction(SIGINT, &before_, nullptr); }

void note_hangup() {
  struct sigaction before = {};
  sigaction(SIGHUP, nullptr, &before);
  if (before.sa_handler != SIG_IGN) handle(SIGHUP, note_hup);
}

bool hung_up() { return hangup != 0; }

}  // namespace umsops::cli::signals
