// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"

using namespace umsops;
namespace signals = umsops::cli::signals;

namespace {

/// Signals as the program has them, and as they were at the end.
class Handled {
 public:
  Handled() {
    sigaction(SIGTERM, nullptr, &term_);
    sigaction(SIGINT, nullptr, &interrupt_);
    static char* none[] = {nullptr};
    signals::install(none);
  }
  ~Handled() {
    alarm(0);
    base::interrupting_signal = 0;
    sigaction(SIGTERM, &term_, nullptr);
    sigaction(SIGINT, &interrupt_, nullptr);
  }
  Handled(Handled const&) = delete;

 private:
  struct sigaction term_, interrupt_;
};

}  // namespace

TEST_CASE("a held signal comes in although there is always input") {
  Handled const handled;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  REQUIRE(write(ends[1], "x", 1) == 1);
  signals::Held held;
  CHECK(held.wait_for_input(ends[0]) == signals::Held::Woken::input);
  raise(SIGTERM);
  CHECK(signals::received() == 0);
  CHECK(held.wait_for_input(ends[0]) == signals::Held::Woken::signal);
  CHECK(signals::received() == SIGTERM);
  CHECK_THROWS_AS(signals::check(), base::Error);
  close(ends[0]);
  close(ends[1]);
}

TEST_CASE("waiting for input ends with its time") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  signals::Held held;
  CHECK(held.wait_for_input(ends[0], 10) == signals::Held::Woken::time);
  close(ends[1]);
  CHECK(held.wait_for_input(ends[0], 10'000) == signals::Held::Woken::input);
  close(ends[0]);
}

TEST_CASE("in peace nothing is heard of a signal, afterwards it is") {
  Handled const handled;
  raise(SIGINT);
  {
    signals::Peace const peace;
    CHECK_NOTHROW(signals::check());
    CHECK(alarm(0) == 0);
  }
  CHECK(signals::received() == SIGINT);
}

TEST_CASE("what another process sends is not left to the program in the foreground") {
  Handled const handled;
  signals::LeftToChild const left;
  raise(SIGINT);
  CHECK(signals::received() == SIGINT);
}
