// SPDX-License-Identifier: Apache-2.0
// What the helper is asked, one JSON object, and what it answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::step_helper {

struct Request {
  std::vector<std::string> command, environment;  ///< `environment`: the whole of it, NAME=value
  std::string folder;                             ///< empty: where the helper itself is
  std::string input;
  std::vector<std::string> secrets;  ///< what must not be seen in the output, in any of its usual spellings
  std::int64_t timeout_ms = 30'000, grace_ms = 5'000;
  std::int64_t keep = 8 << 10;  ///< bytes of the output that are answered: half of its beginning, half of its end
};

struct Answer {
  enum class How { exited, killed, not_started, timed_out, interrupted } how = How::exited;
  std::int64_t status = 0;  ///< the exit code; the signal of `killed`, errno of `not_started`
  std::string output;       ///< sound text
  std::int64_t bytes = 0;   ///< of all output
  std::string sha256;       ///< of all output with its secrets masked
  std::int64_t duration_ms = 0;
  std::int64_t left = 0;  ///< processes that it started and that go on
};

/// Throws `json.invalid` or `record.invalid`.
Request request_from(std::string_view text);
std::string to_line(Answer const& answer);

}  // namespace umsops::step_helper
