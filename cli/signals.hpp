// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace umsops::cli::signals {

/// SIGINT and SIGTERM are noted, the second one kills; SIGPIPE is an error of write(2).
void install();
/// The signal that asked to stop, 0: none.
int received();
/// Throws `process.interrupted` when one did.
void check();
/// Holds SIGINT, SIGTERM and SIGHUP back while it lives, but for the time in which it waits for input: none can fall
/// between a look at them and the waiting.
class Held {
 public:
  Held();
  ~Held();
  Held(Held const&) = delete;
  /// Until there is something to read, or its end; false: a signal came first.
  bool wait_for_input(int descriptor);

 private:
  sigset_t before_;
};

/// From here on a terminal that hangs up (SIGHUP, unless it is ignored) is noted and ends nothing by itself.
void note_hangup();
bool hung_up();

}  // namespace umsops::cli::signals
