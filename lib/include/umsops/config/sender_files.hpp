// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/alert/sender.hpp"

namespace umsops::config {

/// The sender files, in this order, then the built-in ones that none of them replaces by its name. Throws
/// `yaml.invalid`, `config.invalid` with file, line and column (the first mistake; the others are its details),
/// `file.unreadable`. With `only` no other built-in file is read.
std::vector<alert::Sender> read_senders(std::vector<std::string> const& files, std::string_view only = {});

/// Names of the built-in ones, in their order.
std::vector<std::string_view> builtin_senders();
/// The text of one of them, as a beginning for one's own; throws `alert.sender_unknown`.
std::string_view builtin_sender(std::string_view name);

}  // namespace umsops::config
