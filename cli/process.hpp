// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::cli {

/// A command line in a variable, divided at blanks. No shell ever sees it.
std::vector<std::string> split_command(std::string const& line);

/// What a program prints, up to 64 KiB, within 30 seconds; nothing when it could not be started or failed. It gets our
/// environment, and nothing to read.
std::optional<std::string> output_of(std::vector<std::string> const& command);

/// A program to be run to its end, within limits.
struct Task {
  std::vector<std::string> command;      ///< the path, and arguments
  std::vector<std::string> environment;  ///< the whole of it, `NAME=value`
  std::string input;                     ///< its standard input; it need not read it
  base::Milliseconds limit{};            ///< then it is killed, with all it started
  std::size_t most = 1 << 20;            ///< bytes of output, and of errors
  int program = -1;                      ///< the opened file to run, whatever lies at the path by then; -1: that path
};

struct TaskEnd {
  enum class How { exited, killed, not_started, timed_out, too_long, interrupted } how = How::exited;
  int status = 0;  ///< of its exit; the signal of `killed`, errno of `not_started`
  std::string output, errors;
};

/// The environment of this program, for a task that is to have it.
std::vector<std::string> own_environment();

/// Runs it and waits, until it has ended and both its outputs are closed. A signal to this program ends it, too.
TaskEnd run_task(Task const& task);

/// A program that goes on beside this one: it is told lines, and tells some. Ended with this object.
class Companion {
 public:
  /// `errors`: its standard error; -1: ours. Throws `outbox.helper` when it cannot be started.
  explicit Companion(std::vector<std::string> command, int errors = -1);
  ~Companion();
  Companion(Companion const&) = delete;
  /// Hands over all of it, while what it says is kept. Throws `outbox.helper` when it has ended, `process.interrupted`.
  void say(std::string_view text);
  /// The next line, without its end; nullopt: it said none within `most`. Throws the same.
  std::optional<std::string> hear(base::Milliseconds most);

 private:
  /// Waits for it, and takes what it says; with `wants_room` also until it takes more.
  void wait(bool wants_room, base::Milliseconds most);

  int to_ = -1, from_ = -1, child_ = 0;
  std::string heard_;
  std::size_t begin_ = 0;
};

/// Asks a helper program that ends what it has begun when its input ends. A signal to this one closes that input, and
/// the answer is still waited for: the signal stands afterwards. `errors`: its standard error; -1: ours. Gives what it
/// prints. Throws `runbook.helper`.
std::string ask_helper(std::vector<std::string> const& command, std::string const& request, int errors);

/// The path of one of our helper programs, which stand in libexec: beside this program's twin, or below its folder's
/// parent.
std::string helper_path(std::string const& name);

/// Goes on as the program at `relative` (to this program's own folder), with these arguments and this environment.
/// Throws `store.library` when there is none.
[[noreturn]] void become(std::string const& relative, char** arguments);

/// Shows `text` in the pager and waits for it; a `restricted` one starts nothing itself. False: it could not be
/// started, nothing was shown.
bool show_in_pager(std::vector<std::string> const& command, std::string const& text, bool restricted);

/// Lets the user edit `text` in a temporary file and gives what was saved. Throws `file.unreadable` when the editor
/// fails.
std::string edit_text(std::vector<std::string> const& command, std::string const& text);

}  // namespace umsops::cli
