// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::cli {

class Env;

/// What the program of `audit_key_command` prints, without the newline at its end; empty: there is no such setting.
/// Throws `config.audit_key_command` when it fails, or prints what is no key. Neither the key nor what the program says
/// besides is ever shown.
std::string configured_audit_key(Env& env);

}  // namespace umsops::cli
