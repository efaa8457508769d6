// SPDX-License-Identifier: Apache-2.0
#include "cli/configured_program.hpp"

#include <cstring>
#include <optional>

#include "cli/env.hpp"
#include "cli/signals.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

constexpr Text kWordy{"it printed more than 65536 bytes", "输出超过 65536 字节"};
static_assert(kMostSecret == 65536);

}  // namespace

TaskEnd run_configured(std::vector<std::string> const& command) {
  Task task{command, own_environment(), "", kLongestSecret, kMostSecret};
  std::optional<config::TrustedFile> program;
  // A bare name is looked for along PATH, which is the caller's.
  if (command.front().find('/') != std::string::npos) {
    program.emplace(command.front(), config::TrustedFile::For::running);
    task.program = program->descriptor();
  }
  auto end = run_task(task);
  if (end.how == TaskEnd::How::interrupted) signals::check();
  return end;
}

std::string problem_of(Env& env, TaskEnd const& end) {
  switch (end.how) {
    case TaskEnd::How::exited:  // what it said may hold the secret
      return end.status == 0 ? "" : env.phrase(Phrase::program_failed, {{"code", std::to_string(end.status)}});
    case TaskEnd::How::killed:
      return env.phrase(Phrase::program_killed, {{"signal", std::to_string(end.status)}});
    case TaskEnd::How::not_started:
      return std::strerror(end.status);
    case TaskEnd::How::timed_out:
      return env.phrase(Phrase::program_slow, {{"seconds", std::to_string(kLongestSecret.count() / 1000)}});
    case TaskEnd::How::too_long:
      return std::string(env.text(kWordy));
    case TaskEnd::How::interrupted:
      signals::check();
  }
  return "";
}

std::optional<std::string> secret_line(std::vector<std::string> const& command) {
  auto const end = run_configured(command);
  if (end.how != TaskEnd::How::exited || end.status != 0) return std::nullopt;
  return end.output.substr(0, end.output.find_first_of("\r\n"));
}

}  // namespace umsops::cli
