// SPDX-License-Identifier: Apache-2.0
#include "cli/input.hpp"

#include "cli/files.hpp"
#include "cli/process.hpp"
#include "cli/surroundings.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::cli {

namespace {

/// Bytes of a file that are looked at: far more than the text may have, for colours and progress bars are removed.
constexpr std::size_t kLastBytes = 4 << 20;

/// What was done to a file's text, for people to know.
void tell_changes(Env& env, std::string const& file, base::Shown const& shown) {
  auto const tell = [&](Phrase phrase, std::int64_t count) {
    env.warn(env.phrase(phrase, {{"file", file}, {"count", std::to_string(count)}}));
  };
  if (shown.cut) tell(Phrase::lines_left_out, shown.lines_left);
  if (shown.replaced > 0) tell(Phrase::bytes_replaced, shown.replaced);
  if (shown.drawn) tell(Phrase::drawing_removed, 0);
}

std::string text_of_file(Env& env, std::string const& file, bool strict) {
  auto last = read_end(file, kLastBytes);
  if (strict) {  // what it may not hold is refused where texts are checked
    if (last.cut) throw base::Error(base::errors::input_too_large, {{"what", file}, {"limit", "65,536 characters"}});
    return std::move(last.text);
  }
  auto shown = base::shown_text(last.text, model::kLongestText, last.cut, last.lines_before);
  tell_changes(env, file == "-" ? env.phrase(Phrase::standard_input) : file, shown);
  return std::move(shown.text);
}

std::vector<std::string> editor_of(Env const& env) {
  if (!trusts_environment(env.variable())) return {"vi"};
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

std::optional<base::TimePoint> moment_flag(Env& env, Call const& call, std::string_view flag) {
  auto const text = call.text(flag);
  if (!text) return std::nullopt;
  return base::parse_time_range(*text, env.clock().now(), env.zone()).begin;
}

query::Filter where_filter(Env& env, Call const& call, base::RecordType const& type) {
  if (!call.has("where")) return {};  // only a filter's text may speak of days: the zone's file is not read without one
  query::FilterContext const context{&type, env.clock().now(), env.zone()};
  std::vector<query::Filter> filters;
  for (auto const& text : call.all("where")) filters.push_back(query::parse_filter(text, context));
  return query::all_of(std::move(filters));
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
    std::string text = text_of_file(env, *file, call.on("strict-text"));
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
