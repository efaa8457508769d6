// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::cli::signals {

/// SIGINT and SIGTERM are noted, the second one kills; SIGPIPE is an error of write(2).
void install();
/// The signal that asked to stop, 0: none.
int received();
/// Throws `process.interrupted` when one did.
void check();
/// From here on a terminal that hangs up (SIGHUP, unless it is ignored) is noted and ends nothing by itself.
void note_hangup();
bool hung_up();

}  // namespace umsops::cli::signals
