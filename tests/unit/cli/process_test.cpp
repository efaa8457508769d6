// SPDX-License-Identifier: Apache-2.0
#include "cli/process.hpp"

#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>

#include "cli/signals.hpp"

using namespace umsops;
using cli::Task;
using cli::TaskEnd;

namespace {

TaskEnd run(std::string script, std::string input = "", base::Milliseconds limit = base::Milliseconds{5000},
            std::size_t most = 1000) {
  static char* none[] = {nullptr};
  // A pipe that nobody reads is an error of write(2).
  static bool const installed = (cli::signals::install(none), true);
  REQUIRE(installed);
  return cli::run_task(
      {{"/bin/sh", "-c", std::move(script)}, {"PATH=/usr/bin:/bin", "SAID=hello"}, std::move(input), limit, most});
}

}  // namespace

TEST_CASE("a task has its input, its own environment, and its outputs apart") {
  auto const end = run("cat; echo \"$SAID\"; env | wc -l; echo oops >&2; exit 3", "given\n");
  CHECK(end.how == TaskEnd::How::exited);
  CHECK(end.status == 3);
  CHECK(end.output.starts_with("given\nhello\n"));
  CHECK(end.errors == "oops\n");
  CHECK(run("kill -9 $$").how == TaskEnd::How::killed);
  CHECK(run("kill -9 $$").status == 9);
}

TEST_CASE("a task need not read its input, however long it is") {
  std::string const much(3 << 20, 'x');
  CHECK(run("echo done", much).output == "done\n");
  CHECK(run("wc -c", much).output == "3145728\n");
  CHECK(run("exec <&-; sleep 0.1; echo closed", much).output == "closed\n");
}

TEST_CASE("what takes too long is killed with all it started") {
  using Clock = std::chrono::steady_clock;
  for (char const* const script :
       {"sleep 30", "sleep 30 & wait", "exec >&- 2>&-; sleep 30", "trap '' TERM; sleep 30"}) {
    INFO(script);
    auto const begun = Clock::now();
    CHECK(run(script, "", base::Milliseconds{200}).how == TaskEnd::How::timed_out);
    CHECK(Clock::now() - begun < std::chrono::seconds(5));
  }
  auto const end = run("sleep 31 & echo $! >&2; sleep 30", "", base::Milliseconds{300});
  std::string const process = end.errors.substr(0, end.errors.find('\n'));
  REQUIRE_FALSE(process.empty());
  // Whoever is the first process may leave it unburied.
  CHECK(run("for i in 1 2 3 4 5 6 7 8 9; do grep -q '^State:.[^Z]' /proc/" + process +
            "/status 2>/dev/null || exit 0; sleep 0.1; done; exit 1")
            .status == 0);
}

TEST_CASE("what prints too much is stopped") {
  CHECK(run("yes").how == TaskEnd::How::too_long);
  CHECK(run("yes >&2").how == TaskEnd::How::too_long);
  CHECK(run("head -c 1000 /dev/zero").output.size() == 1000);
}

TEST_CASE("a task can have the environment of this program") {
  setenv("UMSOPS_TEST_WORD", "of ours", 1);
  auto const end = cli::run_task(
      {{"/bin/sh", "-c", "printf %s \"$UMSOPS_TEST_WORD\""}, cli::own_environment(), "", base::Milliseconds{5000}});
  unsetenv("UMSOPS_TEST_WORD");
  CHECK(end.output == "of ours");
}

TEST_CASE("a program that is not there is told as such") {
  auto const end = cli::run_task({{"/nowhere/at/all"}, {}, "", base::Milliseconds{1000}});
  CHECK(end.how == TaskEnd::How::not_started);
  CHECK(end.status == ENOENT);
}
