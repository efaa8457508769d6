// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/step/request.hpp"

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/sound_text.hpp"

namespace umsops::step_helper {
namespace {

using base::Value;

constexpr std::size_t kLongest = 16u << 20;

[[noreturn]] void refuse(std::string_view name) {
  throw base::Error(base::errors::record_invalid, {{"field", std::string(name)}, {"problem", "of another type"}});
}

template <class Type>
void take(Value const& from, std::string_view name, Type& into) {
  auto const* const found = from.find(name);
  if (!found || found->is_null()) return;
  auto const* const value = found->get_if<Type>();
  if (!value) refuse(name);
  into = *value;
}

void take(Value const& from, std::string_view name, std::vector<std::string>& into) {
  Value::List items;
  take(from, name, items);
  for (auto const& item : items) into.emplace_back(item.text());
}

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
  if (out.command.empty()) refuse("command");
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
