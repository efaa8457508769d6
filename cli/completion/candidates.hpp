// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/env.hpp"

namespace umsops::cli {

/// What may stand in the place of the word that is being typed: of all that is added, what begins with it is written.
class Candidates {
 public:
  Candidates(Env& env, std::string typed) : env_(env), typed_(std::move(typed)) {
    // In a list with commas only the last item is completed.
    if (auto const comma = typed_.rfind(','); comma != std::string::npos) before_ = typed_.substr(0, comma + 1);
  }
  std::string const& typed() const { return typed_; }
  Env& env() { return env_; }
  /// The command whose words are completed; null: it is not known yet.
  Command const* command() const { return command_; }
  void is_for(Command const* command) { command_ = command; }

  void add(std::string_view value, std::string_view meaning = {});
  /// An item of a list with commas.
  void add_item(std::string_view value, std::string_view meaning = {});
  /// Asks the shell for names: `files` or `directories`.
  void ask_for(std::string_view what);

 private:
  void write(std::string const& value, std::string_view meaning);

  Env& env_;
  std::string typed_, before_;
  Command const* command_ = nullptr;
};

}  // namespace umsops::cli
