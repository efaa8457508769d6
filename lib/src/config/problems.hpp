// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::config {

/// Quotes text from a file for a message: its first 80 characters.
std::string echo(std::string_view text);
/// `did you mean title?`, or `one of: ...` for a short list, or nothing.
std::string suggest(std::string_view word, std::vector<std::string_view> const& allowed);

/// `config.invalid` at a node's place.
base::Error invalid(base::SourceSpot const& spot, std::string problem, std::string suggestion = "");

/// All errors of one file: a reader continues after an error as long as the rest can be checked.
class Problems {
 public:
  /// `config.invalid` is kept under `code`, so that all errors of a rule file are `rules.invalid`.
  explicit Problems(base::ErrorCode const& code) : code_(&code) {}

  void add(base::Error const& error);
  void add(base::SourceSpot const& spot, std::string problem, std::string suggestion = "") {
    add(invalid(spot, std::move(problem), std::move(suggestion)));
  }
  /// Runs one step of reading; an error is kept, and the next step continues.
  template <class Act>
  void guard(Act const& act) {
    try {
      act();
    } catch (base::Error const& error) {
      add(error);
    }
  }
  /// Adds every member whose key is not allowed, each with the nearest match.
  void check_keys(Node const& map, std::vector<std::string_view> const& allowed);

  /// None yet, kept under the same code.
  Problems fresh() const { return Problems(*code_); }
  std::vector<base::Error> const& all() const { return errors_; }
  /// Throws the first error, with positions and texts of the others as details. Does nothing if there is none.
  void raise() const;

 private:
  base::ErrorCode const* code_;
  std::vector<base::Error> errors_;
};

}  // namespace umsops::config
