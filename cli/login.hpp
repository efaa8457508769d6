// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace umsops::cli {

/// The login name of the user that the kernel runs this process for; `uid:1234` when nobody knows one.
std::string login_name();

}  // namespace umsops::cli
