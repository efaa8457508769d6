// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/interruption.hpp"

#include <csignal>

#include "umsops/base/error.hpp"

namespace umsops::base {

char const* signal_name(int signal) { return signal == SIGTERM ? "SIGTERM" : "SIGINT"; }

void check_interruption() {
  if (int const signal = interrupting_signal; signal != 0)
    throw Error(errors::interrupted, {{"signal", signal_name(signal)}});
}

}  // namespace umsops::base
