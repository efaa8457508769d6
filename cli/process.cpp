// SPDX-License-Identifier: Apache-2.0
// The only place that starts other programs: argv lists, never a shell.
#include "cli/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"

extern char** environ;

namespace umsops::cli {

namespace {

constexpr std::size_t kLongestBody = 1 << 20;

constexpr std::size_t kLongestAnswer = 64 << 10;
constexpr int kSpell = 20, kMostGrace = 300;                           ///< milliseconds
constexpr base::Milliseconds kLongestWait = std::chrono::seconds(30);  ///< for what a program prints

/// What a program starts with.
struct Start {
  int input = -1, output = -1, errors = -1;               ///< descriptors for its standard ones, -1: ours
  std::vector<std::string> const* environment = nullptr;  ///< null: ours
  bool own_group = false;                                 ///< it leads a process group, which can be killed as a whole
  int program = -1;                                       ///< the opened file to run, -1: what the command's path names
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (auto& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// nullopt: it could not be started, and errno says why.
std::optional<pid_t> start(std::vector<std::string> command, Start const& how) {
  auto argv = pointers(command);
  auto environment = how.environment ? *how.environment : std::vector<std::string>();
  auto envp = pointers(environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (auto const& [ours, theirs] : {std::pair(how.input, 0), {how.output, 1}, {how.errors, 2}}) {
    if (ours >= 0) posix_spawn_file_actions_adddup2(&actions, ours, theirs);
  }
  // As a script it is read by its interpreter, which gets the descriptor, too.
  std::string const opened = "/proc/self/fd/" + std::to_string(how.program);
  if (how.program >= 0) posix_spawn_file_actions_adddup2(&actions, how.program, how.program);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  int const group = how.own_group ? POSIX_SPAWN_SETPGROUP : 0;
  posix_spawnattr_setflags(&attributes, static_cast<short>(POSIX_SPAWN_SETSIGDEF | group));
  pid_t child = 0;
  int const failed = posix_spawnp(&child, how.program >= 0 ? opened.c_str() : argv[0], &actions, &attributes,
                                  argv.data(), how.environment ? envp.data() : environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  errno = failed;
  return failed == 0 ? std::optional(child) : std::nullopt;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/// The same for a program that may take its time. A signal to this one ends it, too: `process.interrupted`.
int wait_for_end(pid_t child) {
  int status = 0;
  for (int spells = 0; waitpid(child, &status, WNOHANG) == 0; poll(nullptr, 0, kSpell)) {
    if (signals::received() == 0) continue;
    // First it is asked: what works on a terminal puts that in order.
    kill(child, ++spells * kSpell < kMostGrace ? SIGTERM : SIGKILL);
  }
  signals::check();
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

[[noreturn]] void editor_failed(std::string const& program, std::string const& problem) {
  throw base::Error(base::errors::file_unreadable, {{"file", program}, {"problem", problem}});
}

}  // namespace

std::vector<std::string> split_command(std::string const& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    auto const end = std::min(line.find_first_of(" \t", at), line.size());
    if (end > at) words.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

namespace {

/// Both ends of a pipe; closed when they go.
struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    shut(read);
    shut(write);
  }
  Pipe(Pipe const&) = delete;
  static void shut(int& end) {
    if (end >= 0) close(std::exchange(end, -1));
  }
};

}  // namespace

namespace {
[[noreturn]] void helper_failed(std::string problem) {
  throw base::Error(base::errors::send_helper, {{"problem", std::move(problem)}});
}
}  // namespace

Companion::Companion(std::vector<std::string> command, int errors) {
  Pipe input, output;
  auto const child =
      start(std::move(command), {.input = input.read, .output = output.write, .errors = errors, .own_group = true});
  if (!child) helper_failed(std::strerror(errno));
  child_ = *child;
  to_ = std::exchange(input.write, -1);
  from_ = std::exchange(output.read, -1);
  for (int const end : {to_, from_}) fcntl(end, F_SETFL, O_NONBLOCK);
}

Companion::~Companion() {
  Pipe::shut(to_);
  Pipe::shut(from_);
  kill(-child_, SIGKILL);  // it has nothing of its own to put in order
  wait_for(child_);
}

void Companion::wait(bool wants_room, base::Milliseconds most) {
  signals::check();
  pollfd ends[] = {{wants_room ? to_ : -1, POLLOUT, 0}, {from_, POLLIN, 0}};
  if (poll(ends, 2, static_cast<int>(std::min<std::int64_t>(most.count(), 10 * kSpell))) <= 0 || ends[1].revents == 0)
    return;
  char block[64 << 10];
  auto const got = read(from_, block, sizeof block);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) helper_failed("it ended");
  heard_.append(block, static_cast<std::size_t>(got));
}

void Companion::say(std::string_view text) {
  while (!text.empty()) {
    auto const put = write(to_, text.data(), text.size());
    if (put > 0) {
      text.remove_prefix(static_cast<std::size_t>(put));
    } else if (errno == EAGAIN || errno == EINTR) {
      wait(true, std::chrono::seconds(1));
    } else {
      helper_failed("it ended");
    }
  }
}

std::optional<std::string> Companion::hear(base::Milliseconds most) {
  auto const until = std::chrono::steady_clock::now() + most;
  for (;;) {
    auto const end = heard_.find('\n', begin_);
    if (end != std::string::npos) {
      auto line = heard_.substr(begin_, end - begin_);
      begin_ = end + 1;
      return line;
    }
    heard_.erase(0, std::exchange(begin_, 0));
    auto const left = std::chrono::duration_cast<base::Milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() < 0) return std::nullopt;
    wait(false, left);
  }
}

namespace {

/// A running task: its pipes, and until when it may run.
class Running {
 public:
  Running(Task const& task, TaskEnd& end) : task_(task), end_(end), deadline_(Clock::now() + task.limit) {}

  void run() {
    child_ = start(task_.command, {input_.read, output_.write, errors_.write, &task_.environment, true, task_.program});
    if (!child_) {
      end_ = {TaskEnd::How::not_started, errno, {}, {}};
      return;
    }
    for (int* end : {&input_.read, &output_.write, &errors_.write}) Pipe::shut(*end);
    for (int end : {input_.write, output_.read, errors_.read}) fcntl(end, F_SETFL, O_NONBLOCK);
    if (!exchange() || !reap()) {
      kill(-*child_, SIGKILL);
      wait_for(*child_);
    }
  }

 private:
  using Clock = std::chrono::steady_clock;

  /// Waits up to `most`; false when the task has to be ended.
  bool may_wait(pollfd* ends, nfds_t count, std::chrono::milliseconds most) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (signals::received() != 0) return stop(TaskEnd::How::interrupted);
    if (left.count() <= 0) return stop(TaskEnd::How::timed_out);
    poll(ends, count, static_cast<int>(std::min(most, left).count()));  // an interruption is seen the next time
    return true;
  }
  bool stop(TaskEnd::How how) {
    end_.how = how;
    return false;
  }

  /// Feeds it and reads from it, until it has closed both its outputs.
  bool exchange() {
    while (output_.read >= 0 || errors_.read >= 0) {
      pollfd ends[] = {{written_ < task_.input.size() ? input_.write : -1, POLLOUT, 0},
                       {output_.read, POLLIN, 0},
                       {errors_.read, POLLIN, 0}};
      if (!may_wait(ends, 3, std::chrono::milliseconds(200))) return false;
      feed(ends[0]);
      if (!take(ends[1], output_.read, end_.output) || !take(ends[2], errors_.read, end_.errors))
        return stop(TaskEnd::How::too_long);
    }
    return true;
  }

  void feed(pollfd const& end) {
    if (end.revents != 0) {
      auto const put = write(input_.write, task_.input.data() + written_, task_.input.size() - written_);
      if (put > 0) written_ += static_cast<std::size_t>(put);
      if (put < 0 && errno != EAGAIN && errno != EINTR) written_ = task_.input.size();  // it does not want to read it
    }
    if (written_ == task_.input.size()) Pipe::shut(input_.write);
  }

  bool take(pollfd const& end, int& from, std::string& into) const {
    if (end.revents == 0) return true;
    char block[16 << 10];
    auto const got = read(from, block, sizeof block);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (got <= 0) {
      Pipe::shut(from);
      return true;
    }
    into.append(block, static_cast<std::size_t>(got));
    return into.size() <= task_.most;
  }

  /// Its outputs are closed: it may still take its time to end.
  bool reap() {
    int status = 0;
    while (waitpid(*child_, &status, WNOHANG) == 0) {
      if (!may_wait(nullptr, 0, std::chrono::milliseconds(2))) return false;
    }
    end_.how = WIFEXITED(status) ? TaskEnd::How::exited : TaskEnd::How::killed;
    end_.status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return true;
  }

  Task const& task_;
  TaskEnd& end_;
  Clock::time_point deadline_;
  Pipe input_, output_, errors_;
  std::size_t written_ = 0;
  std::optional<pid_t> child_;
};

}  // namespace

std::vector<std::string> own_environment() {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) out.emplace_back(*entry);
  return out;
}

TaskEnd run_task(Task const& task) {
  TaskEnd end;
  Running(task, end).run();
  return end;
}

std::optional<std::string> output_of(std::vector<std::string> const& command) {
  auto end = run_task({command, own_environment(), "", kLongestWait, kLongestAnswer});
  if (end.how == TaskEnd::How::interrupted) signals::check();
  if (end.how != TaskEnd::How::exited || end.status != 0) return std::nullopt;
  return std::move(end.output);
}

namespace {

[[noreturn]] void step_helper_failed(std::string problem) {
  throw base::Error(base::errors::step_helper, {{"problem", std::move(problem)}});
}

}  // namespace

std::string ask_helper(std::vector<std::string> const& command, std::string const& request, int errors) {
  Pipe input, output;
  auto const child = start(command, {.input = input.read, .output = output.write, .errors = errors, .own_group = true});
  if (!child) step_helper_failed(std::strerror(errno));
  for (int* end : {&input.read, &output.write}) Pipe::shut(*end);
  std::optional<signals::Peace> peace;
  std::string answer;
  std::string_view rest = request;
  while (output.read >= 0 && answer.size() <= kLongestBody) {
    if (!peace && signals::received() != 0) {
      peace.emplace();
      Pipe::shut(input.write);
    }
    if (input.write >= 0 && !rest.empty()) {
      auto const put = write(input.write, rest.data(), rest.size());
      if (put > 0) rest.remove_prefix(static_cast<std::size_t>(put));
      if (put < 0 && errno != EINTR) Pipe::shut(input.write);
      continue;
    }
    pollfd end{output.read, POLLIN, 0};
    if (poll(&end, 1, 10 * kSpell) <= 0) continue;
    char block[16 << 10];
    auto const got = read(output.read, block, sizeof block);
    if (got > 0) answer.append(block, static_cast<std::size_t>(got));
    if (got == 0) Pipe::shut(output.read);
  }
  Pipe::shut(input.write);
  int const code = wait_for(*child);
  if (code != 0 || !answer.ends_with('\n')) step_helper_failed("it ended with " + std::to_string(code));
  return answer;
}

namespace {

/// The path of a file given from this program's own folder.
std::string beside(std::string const& relative) {
  std::string path(4096, '\0');
  auto const size = readlink("/proc/self/exe", path.data(), path.size());
  path.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return path.replace(std::min(path.rfind('/') + 1, path.size()), std::string::npos, relative);
}

}  // namespace

std::string helper_path(std::string const& name) {
  auto path = beside(UMSOPS_HELPERS "/" + name);
  if (access(path.c_str(), F_OK) == 0) return path;
  auto const own_folder = beside(name);  // the twin stands where the helpers are
  return access(own_folder.c_str(), F_OK) == 0 ? own_folder : path;
}

void become(std::string const& relative, char** arguments) {
  auto const path = beside(relative);
  signals::check();  // the other program would not know of it
  execve(path.c_str(), arguments, environ);
  throw base::Error(base::errors::store_library, {{"problem", path + ": " + std::strerror(errno)}});
}

bool show_in_pager(std::vector<std::string> const& command, std::string const& text, bool restricted) {
  int ends[2];
  if (command.empty() || pipe2(ends, O_CLOEXEC) != 0) return false;
  signals::LeftToChild const left;
  auto environment = own_environment();
  if (restricted) environment.emplace_back("LESSSECURE=1");
  auto const child = start(command, {.input = ends[0], .environment = &environment});
  close(ends[0]);
  if (child) {
    try {
      write_all(ends[1], text, command[0]);
    } catch (format::ClosedPipe const&) {
      // The reader left the pager before the end: what it wanted to see, it has seen.
    } catch (base::Error const&) {
      // It was told to stop, as will be seen below.
    }
  }
  close(ends[1]);
  if (!child) return false;
  return wait_for_end(*child) != 127;
}

std::string edit_text(std::vector<std::string> const& command, std::string const& text) {
  char const* folder = std::getenv("TMPDIR");
  std::string path = std::string(folder != nullptr && *folder != '\0' ? folder : "/tmp") + "/umsops-XXXXXX";
  int const file = mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) editor_failed(path, std::strerror(errno));
  write_all(file, text, path);
  close(file);
  auto words = command;
  words.push_back(path);
  std::string edited;
  int code = 127;
  try {
    signals::LeftToChild const left;
    auto const child = start(words, {});
    if (child) code = wait_for_end(*child);
    if (code == 0) edited = read_whole(path, kLongestBody);
  } catch (base::Error const&) {
    unlink(path.c_str());
    throw;
  }
  unlink(path.c_str());
  if (code != 0) editor_failed(command[0], "it ended with " + std::to_string(code));
  return edited;
}

}  // namespace umsops::cli
