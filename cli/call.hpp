// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/registry.hpp"
#include "umsops/base/time.hpp"

namespace umsops::cli {

enum class HelpWanted { none, brief, full };

/// What the user asked for: a command with checked values, or help. Made by `parse_call`.
class Call {
 public:
  Command const* command = nullptr;
  HelpWanted help = HelpWanted::none;
  std::string topic;               ///< what the help is asked for: path of a command or noun; empty: the whole program
  std::vector<std::string> words;  ///< the arguments
  std::string line;                ///< the command path as typed, for messages

  bool has(std::string_view flag) const { return find(flag) != nullptr; }
  /// A flag without value; `fallback` when it was not given.
  bool on(std::string_view flag, bool fallback = false) const;
  std::optional<std::string> text(std::string_view flag) const;
  std::vector<std::string> all(std::string_view flag) const;
  std::optional<std::int64_t> integer(std::string_view flag) const;
  /// `NAME=VALUE` flags in their order.
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view flag) const;
  /// Throws `usage.excludes` when both were given.
  void exclude(std::string_view first, std::string_view second) const;
  /// Throws `usage.missing`.
  [[noreturn]] void missing(std::string_view what) const;

  void put(Flag const& flag, std::vector<std::string> values);

 private:
  std::vector<std::string> const* find(std::string_view flag) const;
  std::vector<std::pair<Flag const*, std::vector<std::string>>> values_;
};

}  // namespace umsops::cli
