// SPDX-License-Identifier: Apache-2.0
#include "cli/input.hpp"

#include "cli/files.hpp"
#include "cli/process.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kLongestBody = 1 << 20;

std::vector<std::string> editor_of(Env const& env) {
  for (auto const* name : {"UMSOPS_EDITOR", "VISUAL", "EDITOR"}) {
    auto words = split_command(env.variable()(name).value_or(""));
    if (!words.empty()) return words;
  }
  return {"vi"};
}

}  // namespace

std::optional<base::TimePoint> time_flag(Env& env, Call const& call, std::string_view flag) {
  auto const text = call.text(flag);
  if (!text) return std::nullopt;
  auto const range = base::parse_time_range(*text, env.clock().now(), env.zone());
  return flag == "until" || flag == "to" ? range.end : range.begin;
}

void announce_input(Env const& env) {
  if (env.terminal().input) env.tell(env.phrase(Phrase::waiting_stdin));
}

std::optional<std::string> body_of(Env& env, Call const& call, std::string const& initial) {
  call.exclude("body", "body-file");
  call.exclude("body", "edit");
  call.exclude("body-file", "edit");
  if (auto text = call.text("body")) return text;
  if (auto const file = call.text("body-file")) {
    if (*file == "-") announce_input(env);
    std::string text = read_whole(*file, kLongestBody);
    // A file's last line ends with a newline that is no part of the text.
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }
  if (!call.on("edit")) return std::nullopt;
  if (!env.may_ask()) call.missing(env.phrase(Phrase::terminal_to_edit));
  std::string text = edit_text(editor_of(env), initial);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace umsops::cli
