// SPDX-License-Identifier: Apache-2.0
#include "cli/audit_key.hpp"

#include <cstring>

#include "cli/env.hpp"
#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr base::Milliseconds kLongest = std::chrono::minutes(1);
constexpr std::size_t kShortestKey = 16, kLongestKey = 4096;

/// Why there is no output to take; empty: there is.
std::string problem_of(Env& env, TaskEnd const& end) {
  switch (end.how) {
    case TaskEnd::How::exited:
      return end.status == 0 ? "" : env.phrase(Phrase::program_failed, {{"code", std::to_string(end.status)}});
    case TaskEnd::How::killed:
      return env.phrase(Phrase::program_killed, {{"signal", std::to_string(end.status)}});
    case TaskEnd::How::not_started:
      return std::strerror(end.status);
    case TaskEnd::How::timed_out:
      return env.phrase(Phrase::program_slow, {{"seconds", std::to_string(kLongest.count() / 1000)}});
    case TaskEnd::How::too_long:
      return env.phrase(Phrase::key_length);
    case TaskEnd::How::interrupted:
      signals::check();
  }
  return "";
}

}  // namespace

std::string configured_audit_key(Env& env) {
  auto const command = env.settings().list("audit_key_command");
  if (command.empty()) return "";
  // A keeper of secrets needs our environment to be reached, but never our input: that may be a ticket.
  auto end = run_task({command, own_environment(), "", kLongest});
  std::string problem = problem_of(env, end);
  std::string& key = end.output;
  if (key.ends_with('\n')) key.pop_back();
  if (problem.empty() && (key.size() < kShortestKey || key.size() > kLongestKey)) {
    problem = env.phrase(Phrase::key_length);
  }
  if (problem.empty()) return std::move(key);
  throw base::Error(base::errors::audit_key_command, {{"program", command[0]}, {"problem", std::move(problem)}});
}

}  // namespace umsops::cli
