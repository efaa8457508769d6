// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::cli {

class Env;

/// The setting that names the store.
inline constexpr std::string_view kStore = "store";

/// The file or the server's address, as the settings say. Throws `config.no_home` where nothing does.
std::string store_address(Env& env);
/// The same, fit to be shown.
std::string store_name(Env& env);
/// An address with what `password_command` says, where it is a server's and has no password.
std::string with_secret(Env& env, std::string address);

}  // namespace umsops::cli
