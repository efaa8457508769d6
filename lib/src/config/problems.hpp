// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/config/yaml.hpp"

namespace umsops::config {

/// Text from a file as a message may quote it: the first 80 characters.
std::string echo(std::string_view text);
/// `did you mean title?`, or `one of: ...` for a short list, or nothing.
std::string suggest(std::string_view word, std::vector<std::string_view> const& allowed);

/// `config.invalid` at a node's place.
base::Error invalid(base::SourceSpot const& spot, std::string problem, std::string suggestion = "");

/// What is wrong with one file, all of it: a reader goes on after a mistake as long as the rest can be judged.
class Problems {
 public:
  /// `config.invalid` is kept under `code`, so that a rule file's mistakes are all `rules.invalid`.
  explicit Problems(base::ErrorCode const& code) : code_(&code) {}

  void add(base::Error const& error);
  void add(base::SourceSpot const& spot, std::string problem, std::string suggestion = "") {
    add(invalid(spot, std::move(problem), std::move(suggestion)));
  }
  /// Runs a step of the reading; what it throws is kept, and the next step goes on.
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
  /// Throws the first, with the places and words of the others as details. Nothing when there is none.
  void raise() const;

 private:
  base::ErrorCode const* code_;
  std::vector<base::Error> errors_;
};

}  // namespace umsops::config
