// SPDX-License-Identifier: Apache-2.0
#include "cli/progress.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <system_error>

#include "cli/progress_line.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBefore = std::chrono::seconds(1);
constexpr auto kBetween = std::chrono::milliseconds(250);

std::atomic<bool> drawn{false};

/// `42s`, `3m05s`, `2h10m`: the same in all languages.
std::string span(double seconds) {
  auto const whole = static_cast<std::int64_t>(seconds + 0.5);
  auto const two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  if (whole < 60) return std::to_string(whole) + "s";
  if (whole < 3600) return std::to_string(whole / 60) + "m" + two(whole % 60) + "s";
  return std::to_string(whole / 3600) + "h" + two(whole / 60 % 60) + "m";
}

/// Signals are for the thread that works: it is the one that waits somewhere, and can end.
class SignalsElsewhere {
 public:
  SignalsElsewhere() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsElsewhere() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsElsewhere(SignalsElsewhere const&) = delete;
  SignalsElsewhere& operator=(SignalsElsewhere const&) = delete;

 private:
  sigset_t before_ = {};
};

void put(std::string const& text) { (void)!::write(2, text.data(), text.size()); }

}  // namespace

void draw_progress_line(std::string const& line) {
  drawn = true;
  put("\r\x1b[K" + line);
}

void clear_progress_line() {
  if (drawn.exchange(false)) put("\r\x1b[K");
}

Progress::Progress(Env const& env) : env_(env) {
  base::progress.done = base::progress.total = 0;
  auto const& terminal = env.terminal();
  if (!terminal.errors || terminal.dumb || env.quiet()) return;
  SignalsElsewhere const masked;
  try {
    thread_ = std::thread([this] { show(); });
  } catch (std::system_error const&) {  // the work is done without being shown
  }
}

Progress::~Progress() {
  {
    std::lock_guard const lock(guard_);
    ended_ = true;
  }
  over_.notify_one();
  if (thread_.joinable()) thread_.join();
  clear_progress_line();
}

void Progress::show() {
  auto const begin = Clock::now();
  std::unique_lock lock(guard_);
  auto next = begin + kBefore;
  while (!over_.wait_until(lock, next, [this] { return ended_; })) {
    auto const now = Clock::now();
    auto const room = static_cast<std::size_t>(std::max(env_.terminal().width - 1, 20));
    draw_progress_line(base::cut_cells(line(std::chrono::duration<double>(now - begin).count()), room));
    next = now + kBetween;
  }
}

std::string Progress::line(double seconds) const {
  auto const done = base::progress.done.load(), total = base::progress.total.load();
  auto const number = [](std::int64_t n) { return std::to_string(n); };
  auto const rate = number(static_cast<std::int64_t>(static_cast<double>(done) / seconds));
  std::string const what = env_.call().line;
  if (done == 0) return env_.phrase(Phrase::progress_time, {{"what", what}, {"time", span(seconds)}});
  if (total <= 0 || done > total) {
    return env_.phrase(Phrase::progress,
                       {{"what", what}, {"done", number(done)}, {"rate", rate}, {"time", span(seconds)}});
  }
  double const left = seconds / static_cast<double>(done) * static_cast<double>(total - done);
  return env_.phrase(Phrase::progress_of, {{"what", what},
                                           {"done", number(done)},
                                           {"total", number(total)},
                                           {"percent", number(done * 100 / total)},
                                           {"rate", rate},
                                           {"left", span(left)}});
}

}  // namespace umsops::cli
