// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fixture.hpp"

using namespace umsops::tests;

extern char** environ;

namespace {

/// What `sh -c 'eval "$1"; printf ...' sh script` prints.
std::string after_eval(std::string script) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  std::string words[] = {"sh", "-c", "eval \"$1\"; printf '%s|%s' \"$title\" \"$attributes_host\"", "sh",
                         std::move(script)};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), words[4].data(), nullptr};
  pid_t child = 0;
  REQUIRE(posix_spawn(&child, "/bin/sh", &actions, nullptr, arguments, environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string out;
  char buffer[4096];
  for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
    out.append(buffer, static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  return out;
}

}  // namespace

TEST_CASE("env output survives a shell's eval") {
  std::mt19937 random(7);
  for (int round = 0; round < 100; ++round) {
    std::string const title = hostile(random);
    CHECK(after_eval(list(style_of(Format::env, {"title", "attributes.host"}), {a_row("T-1", title, 1)})) ==
          title + "|db01");
  }
  CHECK(after_eval(list(style_of(Format::env, {"title", "attributes.host"}), {a_row("T-1", "line\n\n", 1)})) ==
        "line\n\n|db01");
}

TEST_CASE("assignments, an empty line between records") {
  CHECK(list(style_of(Format::env, {"number", "title"}), {a_row("T-1", "it's", 1), a_row("T-2", "", 1)}) ==
        "number='T-1'\ntitle='it'\\''s'\n\nnumber='T-2'\ntitle=''\n");
  Row row = a_row("T-1", "x", 1);
  row[5] = Value::Object{{"a;b", "y"}};
  CHECK(list(style_of(Format::env, {"attributes.a;b"}), {row}) == "attributes_a_b='y'\n");
}
