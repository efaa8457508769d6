// SPDX-License-Identifier: Apache-2.0
#include "cli/store_name.hpp"

#include "cli/configured_program.hpp"
#include "cli/env.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::cli {

std::string store_address(Env& env) {
  auto const& named = env.settings().text(kStore);
  if (!named.empty()) return named;
  if (env.settings().data_directory().empty()) throw base::Error(base::errors::no_home);
  return env.settings().data_directory() + "/desk.db";
}

std::string store_name(Env& env) { return base::shown_store(store_address(env)); }

std::string with_secret(Env& env, std::string address) {
  if (!base::names_server(address)) return address;
  if (base::has_password(address)) {
    if (env.settings().origin(kStore).level == config::Level::flag) env.remark(env.phrase(Phrase::password_seen));
    return address;
  }
  auto const command = env.settings().list("password_command");
  if (command.empty()) return address;
  auto const end = run_configured(command);
  if (std::string problem = problem_of(env, end); !problem.empty())
    throw base::Error(base::errors::password_command, {{"program", command[0]}, {"problem", std::move(problem)}});
  return base::with_password(address, end.output.substr(0, end.output.find_first_of("\r\n")));
}

}  // namespace umsops::cli
