// SPDX-License-Identifier: Apache-2.0
// The only place that starts other programs: argv lists, never a shell.
#include "cli/process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "umsops/base/error.hpp"

extern char** environ;

namespace umsops::cli {

namespace {

constexpr std::size_t kLongestBody = 1 << 20;

constexpr std::size_t kLongestAnswer = 64 << 10;

/// `input` and `output`: descriptors for the program's standard ones, -1 for ours.
std::optional<pid_t> start(std::vector<std::string> command, int input, int output = -1) {
  std::vector<char*> argv;
  for (auto& word : command) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (input >= 0) posix_spawn_file_actions_adddup2(&actions, input, 0);
  if (output >= 0) posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  pid_t child = 0;
  int const failed = posix_spawnp(&child, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failed == 0 ? std::optional(child) : std::nullopt;
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
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

std::optional<std::string> output_of(std::vector<std::string> const& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
  auto const child = start(command, -1, ends[1]);
  close(ends[1]);
  std::string text(kLongestAnswer, '\0');
  std::size_t size = 0;
  while (child && size < text.size()) {
    auto const got = read(ends[0], text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  close(ends[0]);
  if (!child || wait_for(*child) != 0) return std::nullopt;
  text.resize(size);
  return text;
}

void become(std::string const& relative, char** arguments) {
  std::string path(4096, '\0');
  auto const size = readlink("/proc/self/exe", path.data(), path.size());
  path.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  path.replace(std::min(path.rfind('/') + 1, path.size()), std::string::npos, relative);
  execve(path.c_str(), arguments, environ);
  throw base::Error(base::errors::store_library, {{"problem", path + ": " + std::strerror(errno)}});
}

bool show_in_pager(std::vector<std::string> const& command, std::string const& text) {
  int ends[2];
  if (command.empty() || pipe2(ends, O_CLOEXEC) != 0) return false;
  auto const child = start(command, ends[0]);
  close(ends[0]);
  if (child) {
    try {
      write_all(ends[1], text, command[0]);
    } catch (format::ClosedPipe const&) {
      // The reader left the pager before the end: what it wanted to see, it has seen.
    }
  }
  close(ends[1]);
  if (!child) return false;
  return wait_for(*child) != 127;
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
  auto const child = start(words, -1);
  int const code = child ? wait_for(*child) : 127;
  std::string const edited = code == 0 ? read_whole(path, kLongestBody) : std::string();
  unlink(path.c_str());
  if (code != 0) editor_failed(command[0], "it ended with " + std::to_string(code));
  return edited;
}

}  // namespace umsops::cli
