// SPDX-License-Identifier: Apache-2.0
#include "cli/outcome.hpp"

namespace umsops::cli {

std::string word_for(Env const& env, desk::Result result) {
  switch (result) {
    case desk::Result::created:
      return env.phrase(Phrase::created);
    case desk::Result::updated:
      return env.phrase(Phrase::updated);
    case desk::Result::unchanged:
      return env.phrase(Phrase::unchanged);
    case desk::Result::existing:
      return env.phrase(Phrase::existing);
  }
  return {};
}

std::string told_of(base::Error const& error, base::Language language) {
  auto const& spot = error.spot();
  std::string line;
  if (!spot.file.empty()) {
    line += spot.file;
    if (spot.line > 0) line += ":" + std::to_string(spot.line);
    if (spot.line > 0 && spot.column > 0) line += ":" + std::to_string(spot.column);
    line += ": ";
  }
  line += error.message(language);
  if (auto const hint = error.hint(language); !hint.empty()) line += " (" + hint + ")";
  return line;
}

base::Error any_found(Env const& env, std::int64_t count) {
  return base::Error(base::errors::condition_true,
                     {{"what", env.phrase(Phrase::any_found, {{"count", std::to_string(count)}})}});
}

void check_found(Env const& env, Call const& call, std::int64_t count) {
  if (call.on("fail-if-any") && count > 0) throw any_found(env, count);
  if (call.on("fail-if-empty") && count == 0)
    throw base::Error(base::errors::condition_true, {{"what", env.phrase(Phrase::none_found)}});
}

base::Error closed_pipe() {
  return base::Error(base::errors::output_failed, {{"where", "standard output"}, {"problem", "closed pipe"}});
}

base::Error some_failed(std::int64_t failed, std::int64_t total) {
  return base::Error(base::errors::batch_partial,
                     {{"failed", std::to_string(failed)}, {"total", std::to_string(total)}});
}

}  // namespace umsops::cli
