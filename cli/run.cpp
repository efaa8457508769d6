// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "cli/env.hpp"
#include "cli/exit_code.hpp"
#include "cli/help/help.hpp"
#include "cli/parser.hpp"
#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

/// `umsops: file:line:column: message (hint)`
std::string error_line(base::Error const& error, base::Language language) {
  auto const& spot = error.spot();
  std::string line = "umsops: ";
  if (!spot.file.empty()) {
    line += spot.file;
    if (spot.line > 0) line += ":" + std::to_string(spot.line);
    if (spot.line > 0 && spot.column > 0) line += ":" + std::to_string(spot.column);
    line += ": ";
  }
  line += error.message(language);
  if (auto const hint = error.hint(language); !hint.empty()) line += " (" + hint + ")";
  return base::terminal_text(line, base::TextShape::block) + "\n";
}

int report(base::Error const& error, Manner const& manner, Command const* command = nullptr) {
  bool const defers = command != nullptr && command->defers;
  int const code = defers ? deferring_exit_code(error.kind()) : exit_code(error.kind(), signals::received());
  std::string const text = manner.json_errors
                               ? base::to_json(format::error_document(error, code, manner.language)) + "\n"
                               : error_line(error, manner.language);
  (void)!::write(2, text.data(), text.size());
  return code;
}

/// What is longer than the screen goes through the pager; everything else straight out.
void deliver(Env& env) {
  Output& out = env.out();
  if (!out.held()) return out.flush();
  std::string const text = out.release();
  auto const lines = std::count(text.begin(), text.end(), '\n');
  auto const words = split_command(env.pager());
  bool const wanted = lines >= env.terminal().height && !words.empty() && words[0] != "cat";
  if (wanted && show_in_pager(words, text)) return;
  out.write(text);
  out.flush();
}

bool may_page(Env& env, Call const& call) {
  auto const& terminal = env.terminal();
  return terminal.output && terminal.input && !terminal.dumb && call.on("pager", true) && env.human() &&
         env.variable()("CI").value_or("").empty();
}

bool opens_store(Command const& command) {
  auto const* const noun = find_noun(command.path.substr(0, command.path.find(' ')));
  return noun != nullptr && noun->store;
}

/// What `main` lends to a run.
struct Lent {
  std::function<void(int)> const& leave;
  std::function<void()> const& reach_server;
};

int run_call(Call const& call, Manner const& manner, Variable const& variable, Output& out, Lent const& lent) {
  if (call.command != nullptr && call.command->path != "version" && call.on("version")) return print_version();
  if (call.help != HelpWanted::none) {
    out.write(call.topic.empty() ? root_help(manner.language)
                                 : help_page(call.topic, call.help == HelpWanted::full, manner.language));
    out.flush();
    return 0;
  }
  Env env(call, manner, variable, out, lent.reach_server);
  if (opens_store(*call.command)) env.reach_store();
  if (!call.command->changes && may_page(env, call)) out.hold();
  int const code = call.command->run(env, call);
  deliver(env);
  if (lent.leave) lent.leave(code);
  return code;
}

int closed_pipe(Call const& call, Manner const& manner) {
  if (call.command == nullptr || !call.command->changes) return 0;
  return report(base::Error(base::errors::output_failed, {{"where", "standard output"}, {"problem", "closed pipe"}}),
                manner, call.command);
}

base::Error internal_error(std::string const& problem) {
  return base::Error(base::errors::internal, {{"problem", problem.substr(0, 200)}});
}

}  // namespace

std::optional<std::string> process_variable(std::string const& name) {
  char const* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

int print_version() {
  constexpr std::string_view kLine = "umsops " UMSOPS_VERSION "\n";
  auto const written = ::write(1, kLine.data(), kLine.size());
  return written == static_cast<ssize_t>(kLine.size()) ? 0 : 1;
}

int run_program(std::vector<std::string> const& words, Variable const& variable, std::function<void(int)> const& leave,
                std::function<void()> const& reach_server) {
  Manner const manner = read_manner(words, variable);
  Output out(1, "standard output");
  Call call;
  try {
    if (!words.empty() && words[0] == "__complete") {
      call.command = find_command("__complete");
      call.words.assign(words.begin() + 1, words.end());
    } else {
      call = parse_call(words, manner.language);
    }
    return run_call(call, manner, variable, out, {leave, reach_server});
  } catch (base::Error const& error) {
    return report(error, manner, call.command);
  } catch (format::ClosedPipe const&) {
    return closed_pipe(call, manner);
  } catch (std::bad_alloc const&) {
    return report(internal_error("out of memory"), manner, call.command);
  } catch (std::exception const& error) {
    return report(internal_error(error.what()), manner, call.command);
  }
}

}  // namespace umsops::cli
