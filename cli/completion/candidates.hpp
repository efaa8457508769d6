// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "cli/env.hpp"

namespace umsops::cli {

/// What may stand in the place of the word that is being typed: of all that is added, what begins with it, in letters
/// of any case, is written.
class Candidates {
 public:
  Candidates(Env& env, std::string typed);
  /// What is completed: the word, or the part of it behind what stays.
  std::string const& typed() const { return typed_; }
  /// So many characters of what is typed stay as they are: `--status=`, the conditions before this one.
  void keep(std::size_t length);
  Env& env() { return env_; }
  /// The command whose words are completed; null: it is not known yet.
  Command const* command() const { return command_; }
  /// Behind the command, the words so far.
  std::vector<std::string> const& words() const { return words_; }
  void is_for(Command const* command, std::vector<std::string> words);

  void add(std::string_view value, std::string_view meaning = {});
  /// An item of a list with commas, of which the last one is completed.
  void add_item(std::string_view value, std::string_view meaning = {});
  /// Asks the shell for names: `files` or `directories`.
  void ask_for(std::string_view what);

 private:
  void write(std::string const& before, std::string_view value, std::string_view meaning);

  Env& env_;
  std::string typed_, kept_, items_;
  Command const* command_ = nullptr;
  std::vector<std::string> words_;
};

}  // namespace umsops::cli
