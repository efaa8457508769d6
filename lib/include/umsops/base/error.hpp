// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::base {

/// Classes of errors that a caller can act on. The command line maps each to one exit code.
enum class ErrorKind {
  usage,            ///< wrong arguments
  not_found,        ///< a named record does not exist
  conflict,         ///< refused transition, stale revision, key with other content, ambiguous id
  invalid_input,    ///< data, rules or a schema refused
  partial,          ///< some items of a batch failed
  unavailable,      ///< store or target cannot be reached now
  permission,       ///< not allowed
  configuration,    ///< configuration invalid, or the store needs a migration or a newer program
  condition,        ///< the condition asked for is true (`--fail-if-any`)
  outcome_unknown,  ///< the commit may or may not have happened
  damaged,          ///< store damaged, or history altered
  output,           ///< the result could not be written
  interrupted,      ///< a signal asked to stop
  internal,         ///< a defect of the program
};

/// One entry of the error registry (`error_codes.def`), the only source of codes, kinds and texts. `{name}` in a text
/// is replaced by the parameter of that name, and `{stored}` in a hint by what `Error::stored` was told. Codes are
/// stable and never translated.
struct ErrorCode {
  std::string_view code;
  ErrorKind kind;
  bool retryable;
  std::string_view message, message_zh;
  std::string_view hint, hint_zh;
};

/// Every error code, in the order of the registry.
std::span<ErrorCode const* const> error_codes();

namespace errors {
#define UMSOPS_ERROR(name, code, kind, retryable, message, message_zh, hint, hint_zh) extern ErrorCode const name;
#include "umsops/base/error_codes.def"
#undef UMSOPS_ERROR
}  // namespace errors

/// Position of an error in a file; line and column count from 1, 0 means unknown.
struct SourceSpot {
  std::string file;
  std::int64_t line = 0;
  std::int64_t column = 0;
};

enum class Language { en, zh };

/// The only exception type of the library. Holds the code and its parameters; texts are composed on demand. Parameter
/// values may be hostile text: the caller that prints the message must make it safe for the terminal.
class Error : public std::exception {
 public:
  using Params = std::vector<std::pair<std::string_view, std::string>>;

  explicit Error(ErrorCode const& code, Params params = {});

  Error& at(SourceSpot spot);
  /// Adds a detail for programs, e.g. `{"field":"titel","suggestion":"title"}`.
  Error& detail(Value object);
  /// What the failed command has made true all the same: how many changes, and the names of those of which its caller
  /// has not heard. Hints and `stored` in JSON tell it; an error that was not told says nothing of it.
  Error& stored(std::int64_t count, std::vector<std::string> untold = {});

  ErrorCode const& code() const { return *code_; }
  ErrorKind kind() const { return code_->kind; }
  SourceSpot const& spot() const { return spot_; }
  std::vector<Value> const& details() const { return details_; }
  std::optional<std::int64_t> stored() const { return stored_; }
  std::string message(Language language = Language::en) const;
  std::string hint(Language language = Language::en) const;
  char const* what() const noexcept override { return what_.c_str(); }

 private:
  ErrorCode const* code_;
  std::vector<std::pair<std::string, std::string>> params_;
  SourceSpot spot_;
  std::vector<Value> details_;
  std::optional<std::int64_t> stored_;
  std::vector<std::string> untold_;
  std::string what_;
};

}  // namespace umsops::base
