// SPDX-License-Identifier: Apache-2.0
// umsops-step: runs one program of a runbook to its end, whatever becomes of who asked for it. It reads one JSON object
// from standard input and answers with a line; what the program prints goes to standard error. All that the program
// starts becomes its own when its parents die, so that at a time-out nothing is left; and the end of standard input
// means that nobody waits for the answer any more.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <utility>

#include "cli/helpers/standard_io.hpp"
#include "cli/helpers/step/output.hpp"
#include "cli/helpers/step/processes.hpp"
#include "umsops/base/error.hpp"

namespace {

using namespace umsops;
using step_helper::Answer;
using step_helper::Request;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kDone = 0, kNotWritten = 1, kUsage = 2;
constexpr std::size_t kLongestRequest = 16u << 20;
/// What goes on after the program's end may still hold its output: so long it is listened to, once that is quiet, and
/// altogether.
constexpr milliseconds kQuiet{100}, kMostDrained{1000}, kLongestKill{5000};

/// The program's run, from its start to the end of all that must end with it.
class Run {
 public:
  Run(Request const& request, step_helper::Output& output) : request_(request), output_(output) {}

  Answer operator()() {
    auto const begin = Clock::now();
    Answer out = perform();
    out.duration_ms = std::chrono::duration_cast<milliseconds>(Clock::now() - begin).count();
    if (from_ >= 0) close(from_);
    return out;
  }

 private:
  Answer perform() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {Answer::How::not_started, errno, {}, 0, {}, 0, 0};
    from_ = ends[0];
    fcntl(from_, F_SETFL, O_NONBLOCK);
    signals_ = signalfd(-1, &blocked(), SFD_CLOEXEC | SFD_NONBLOCK);
    child_ = step_helper::start(request_, ends[1]);
    close(ends[1]);
    if (child_ < 0) return {Answer::How::not_started, -child_, {}, 0, {}, 0, 0};
    auto const limit = Clock::now() + milliseconds(request_.timeout_ms);
    while (!status_ && !stopped_ && Clock::now() < limit) wait(limit);
    Answer out;
    if (status_) {
      drain();
      out.how = WIFEXITED(*status_) ? Answer::How::exited : Answer::How::killed;
      out.status = WIFEXITED(*status_) ? WEXITSTATUS(*status_) : WTERMSIG(*status_);
      out.left = static_cast<std::int64_t>(step_helper::descendants().size());
    } else {
      out.how = stopped_ ? Answer::How::interrupted : Answer::How::timed_out;
      end_all();
    }
    return out;
  }

  static sigset_t const& blocked() {
    static sigset_t const kSet = [] {
      sigset_t set;
      sigemptyset(&set);
      for (int const one : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, one);
      sigprocmask(SIG_BLOCK, &set, nullptr);
      return set;
    }();
    return kSet;
  }

  /// Until something happens, or that time.
  void wait(Clock::time_point until) {
    auto const left = std::chrono::duration_cast<milliseconds>(until - Clock::now()) + milliseconds(1);
    pollfd ends[] = {{from_, POLLIN, 0}, {signals_, POLLIN, 0}, {stopped_ ? -1 : 0, POLLIN, 0}};
    if (poll(ends, 3, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1000))) < 0) return;
    if (ends[0].revents != 0) read_some();
    if (ends[1].revents != 0) take_signals();
    if (ends[2].revents != 0) look_at_input();
  }

  /// False: there is nothing to read now.
  bool read_some() {
    char block[64 << 10];
    auto const got = read(from_, block, sizeof block);
    if (got > 0) output_.add({block, static_cast<std::size_t>(got)});
    if (got == 0) close(std::exchange(from_, -1));
    return got > 0;
  }

  void take_signals() {
    signalfd_siginfo info;
    while (read(signals_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
      if (info.ssi_signo != SIGCHLD) stopped_ = true;
    }
    reap();
  }

  void reap() {
    int status = 0;
    for (pid_t ended = 0; (ended = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (ended == child_) status_ = status;
    }
  }

  /// Whoever asked has nothing more to say: what can be read there is the end.
  void look_at_input() {
    char block[256];
    if (read(0, block, sizeof block) == 0) stopped_ = true;
  }

  void drain() {
    auto const end = Clock::now() + kMostDrained;
    for (auto quiet = Clock::now() + kQuiet; from_ >= 0 && Clock::now() < std::min(end, quiet);) {
      pollfd output{from_, POLLIN, 0};
      if (poll(&output, 1, 10) > 0 && read_some()) quiet = Clock::now() + kQuiet;
    }
  }

  /// It is asked to end, then made to, and all that it started with it.
  void end_all() {
    stopped_ = true;
    step_helper::signal_all(child_, SIGTERM);
    auto const gentle = Clock::now() + milliseconds(request_.grace_ms);
    while (Clock::now() < gentle && !step_helper::descendants().empty()) wait(Clock::now() + milliseconds(20));
    auto const last = Clock::now() + kLongestKill;
    // Who is stopped starts no further ones while the list of them is made.
    for (int signal = SIGSTOP; Clock::now() < last && !step_helper::descendants().empty(); signal = SIGKILL) {
      step_helper::signal_all(child_, signal);
      if (signal == SIGSTOP) step_helper::signal_all(child_, SIGKILL);
      wait(Clock::now() + milliseconds(20));
      reap();
    }
    drain();
  }

  Request const& request_;
  step_helper::Output& output_;
  int from_ = -1, signals_ = -1;
  pid_t child_ = 0;
  std::optional<int> status_;
  bool stopped_ = false;
};

/// The first line of standard input.
std::optional<std::string> read_line() {
  std::string line;
  char block[64 << 10];
  while (line.find('\n') == std::string::npos && line.size() <= kLongestRequest) {
    auto const got = read(0, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    line.append(block, static_cast<std::size_t>(got));
  }
  return line;
}

int run() {
  auto const line = read_line();
  if (!line) return kUsage;
  auto const request = step_helper::request_from(*line);
  step_helper::Output output(STDERR_FILENO, request.secrets, request.keep);
  Answer answer = Run(request, output)();
  output.end();
  answer.output = output.kept();
  answer.bytes = output.bytes();
  answer.sha256 = output.hash();
  return helpers::write_all(to_line(answer)) ? kDone : kNotWritten;
}

}  // namespace

int main() {
  prctl(PR_SET_DUMPABLE, 0);  // its memory holds secrets
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  try {
    return run();
  } catch (base::Error const& error) {
    return helpers::complain("umsops-step", error.message(), kUsage);
  }
}
