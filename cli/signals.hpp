// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>
#include <cstdint>

namespace umsops::cli::signals {

/// SIGINT and SIGTERM are noted, for `check` and whoever else looks; the second one kills. SIGPIPE is an error of
/// write(2). Where nobody has looked within two seconds, the program at `arguments` becomes its own last word: it
/// starts anew as `__stopped SIGNAL STORED ARGUMENTS...` and says there how it ended.
void install(char** arguments);
/// How many changes are stored, for that last word.
void note_stored(std::int64_t count);
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
  enum class Woken { input, signal, time };
  /// Until there is something to read, or its end, or a signal comes, or so many milliseconds have passed (-1: never).
  Woken wait_for_input(int descriptor, int milliseconds = -1);

 private:
  sigset_t before_;
};

/// While it lives it is as if there had been no signal yet: what is left to do is done in peace. A second one kills.
class Peace {
 public:
  Peace();
  ~Peace();
  Peace(Peace const&) = delete;

 private:
  int signal_;
};

/// While it lives, Ctrl-C at the terminal is for the program in the foreground that was started there, as an editor.
class LeftToChild {
 public:
  LeftToChild();
  ~LeftToChild();
  LeftToChild(LeftToChild const&) = delete;

 private:
  struct sigaction before_;
};

/// From here on a terminal that hangs up (SIGHUP, unless it is ignored) is noted and ends nothing by itself.
void note_hangup();
bool hung_up();

}  // namespace umsops::cli::signals
