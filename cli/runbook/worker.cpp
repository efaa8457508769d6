// SPDX-License-Identifier: Apache-2.0
#include "cli/runbook/worker.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <vector>

#include "umsops/base/text.hpp"

namespace umsops::cli::runbooks {

namespace {

std::string beginning_of(std::string const& path) {
  int const file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  std::array<char, 1024> text{};
  auto const size = read(file, text.data(), text.size());
  close(file);
  return std::string(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

/// When it was started, in ticks since the boot: a later process with the same number has another time.
std::string start_of(std::string const& process) {
  auto const all = beginning_of("/proc/" + process + "/stat");
  auto at = all.rfind(") ");
  if (at == std::string::npos || all.compare(at + 2, 1, "Z") == 0) return {};
  ++at;
  constexpr int kFieldsBefore = 20;  // behind the name; the one wanted is field 22 of proc(5)
  for (int i = 1; i < kFieldsBefore && at != std::string::npos; ++i) at = all.find(' ', at + 1);
  return at == std::string::npos ? std::string() : all.substr(at + 1, all.find(' ', at + 1) - at - 1);
}

/// What numbers of processes mean: the boot, and the namespace that counts them.
std::string numbering() {
  std::array<char, 64> space{};
  auto const size = readlink("/proc/self/ns/pid", space.data(), space.size() - 1);
  return std::string(base::trimmed(beginning_of("/proc/sys/kernel/random/boot_id"))) + " " +
         std::string(space.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
}

}  // namespace

runbook::Worker this_worker() {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  auto const process = std::to_string(getpid());
  return {base::terminal_text(host, base::TextShape::line), process + " " + start_of(process) + " " + numbering()};
}

Alive is_alive(runbook::Worker const& worker) {
  auto const& text = worker.process;
  auto const first = text.find(' ');
  auto const second = first == std::string::npos ? first : text.find(' ', first + 1);
  if (second == std::string::npos || text.substr(second + 1) != numbering()) return Alive::unknown;
  auto const start = start_of(text.substr(0, first));
  return !start.empty() && start == text.substr(first + 1, second - first - 1) ? Alive::yes : Alive::no;
}

}  // namespace umsops::cli::runbooks
