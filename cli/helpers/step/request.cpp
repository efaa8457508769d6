// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/step/request.hpp"

#include "cli/helpers/members.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/sound_text.hpp"

namespace umsops::step_helper {
namespace {

using base::Value;
using helpers::refuse_member;
using helpers::take;

constexpr std::size_t kLongest = 16u << 20;

}  // namespace

Request request_from(std::string_view text) {
  auto const value = base::parse_json(text, "request", {.bytes = kLongest});
  Request out;
  take(value, "command", out.command);
  take(value, "environment", out.environment);
  take(value, "folder", out.folder);
  take(value, "input", out.input);
  take(value, "secrets", out.secrets);
  take(value, "timeout_ms", out.timeout_ms);
  take(value, "grace_ms", out.grace_ms);
  take(value, "keep", out.keep);
  if (out.command.empty()) refuse_member("command");
  return out;
}

std::string to_line(Answer const& answer) {
  constexpr char const* kHow[] = {"exited", "killed", "not_started", "timed_out", "interrupted"};
  Value::Object const out{{"how", kHow[static_cast<std::size_t>(answer.how)]},
                          {"status", answer.status},
                          {"output", base::sound_text(answer.output, base::TextShape::block)},
                          {"bytes", answer.bytes},
                          {"sha256", answer.sha256},
                          {"duration_ms", answer.duration_ms},
                          {"left", answer.left}};
  return base::to_json(out) + "\n";
}

}  // namespace umsops::step_helper
