// SPDX-License-Identifier: Apache-2.0
#include "cli/audit_key.hpp"

#include "cli/configured_program.hpp"
#include "cli/env.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kShortestKey = 16, kLongestKey = 4096;

}  // namespace

std::string configured_audit_key(Env& env) {
  auto const command = env.settings().list("audit_key_command");
  if (command.empty()) return "";
  // A keeper of secrets needs our environment to be reached, but never our input: that may be a ticket.
  auto end = run_configured(command);
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
