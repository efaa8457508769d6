// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/step/processes.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>

#include "umsops/base/number.hpp"

namespace umsops::step_helper {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (auto& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// Its standard input: what the request has for it, in memory.
int input_of(Request const& request) {
  if (request.input.empty()) return open("/dev/null", O_RDONLY | O_CLOEXEC);
  int const file = memfd_create("input", MFD_CLOEXEC);
  std::string_view rest = request.input;
  while (file >= 0 && !rest.empty()) {
    auto const put = write(file, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  if (file >= 0) lseek(file, 0, SEEK_SET);
  return file;
}

/// In the child; comes back only with an errno.
int become(std::vector<char*> const& argv, char** environment, std::string const& folder, int input, int output) {
  setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int const one : {SIGPIPE, SIGINT, SIGTERM, SIGHUP}) signal(one, SIG_DFL);
  if (!folder.empty() && chdir(folder.c_str()) != 0) return errno;
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) return errno;
  environ = environment;  // whose PATH counts
  execvp(argv[0], argv.data());
  return errno;
}

/// The parent of a process, from what stands behind its name: that is in brackets and may hold anything.
pid_t parent_of(std::string const& process) {
  std::string const path = "/proc/" + process + "/stat";
  int const file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[1024];
  auto const size = read(file, text, sizeof text - 1);
  close(file);
  if (size <= 0) return 0;
  std::string_view const all(text, static_cast<std::size_t>(size));
  auto const behind = all.rfind(") ");
  if (behind == std::string_view::npos || behind + 4 >= all.size() || all[behind + 2] == 'Z') return 0;
  auto const number = all.substr(behind + 4, all.find(' ', behind + 4) - behind - 4);
  return static_cast<pid_t>(base::parse_integer(number, 0, INT32_MAX).value_or(0));
}

}  // namespace

pid_t start(Request const& request, int output) {
  auto words = request.command, environment = request.environment;
  auto const argv = pointers(words), variables = pointers(environment);
  int const input = input_of(request);
  int trouble[2];
  if (input < 0 || pipe2(trouble, O_CLOEXEC) != 0) return -errno;
  pid_t const parent = getpid();
  pid_t const child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    int const problem = become(argv, const_cast<char**>(variables.data()), request.folder, input, output);
    (void)!write(trouble[1], &problem, sizeof problem);
    _exit(127);
  }
  int problem = child < 0 ? errno : 0;
  close(input);
  close(trouble[1]);
  if (child > 0) {
    setpgid(child, child);  // whichever of the two comes first
    while (read(trouble[0], &problem, sizeof problem) < 0 && errno == EINTR) {
    }
    if (problem != 0) waitpid(child, nullptr, 0);
  }
  close(trouble[0]);
  return problem != 0 ? -problem : child;
}

std::vector<pid_t> descendants() {
  std::multimap<pid_t, pid_t> children;
  DIR* const folder = opendir("/proc");
  if (folder == nullptr) return {};
  while (dirent const* const entry = readdir(folder)) {
    std::string const name = entry->d_name;
    auto const process = base::parse_integer(name, 1, INT32_MAX);
    if (process) children.emplace(parent_of(name), static_cast<pid_t>(*process));
  }
  closedir(folder);
  std::vector<pid_t> out{getpid()};
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto const [begin, end] = children.equal_range(out[i]);
    for (auto child = begin; child != end; ++child) out.push_back(child->second);
  }
  out.erase(out.begin());
  return out;
}

void signal_all(pid_t child, int signal) {
  kill(-child, signal);
  for (pid_t const one : descendants()) kill(one, signal);
}

}  // namespace umsops::step_helper
