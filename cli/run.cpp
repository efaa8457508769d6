// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "cli/env.hpp"
#include "cli/exit_code.hpp"
#include "cli/find_command.hpp"
#include "cli/help/help.hpp"
#include "cli/outcome.hpp"
#include "cli/parser.hpp"
#include "cli/process.hpp"
#include "cli/progress_line.hpp"
#include "cli/signals.hpp"
#include "cli/surroundings.hpp"
#include "cli/visible_output.hpp"
#include "umsops/base/interruption.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

std::string error_line(base::Error const& error, base::Language language) {
  return base::terminal_text("umsops: " + told_of(error, language), base::TextShape::block) + "\n";
}

int report(base::Error error, Manner const& manner, Command const* command, Told const& told) {
  bool const defers = command != nullptr && command->defers;
  int const code = defers ? deferring_exit_code(error.kind()) : exit_code(error.kind(), signals::received());
  if (told.any() || (command != nullptr && command->changes)) told.put_on(error);
  std::string const text = manner.json_errors
                               ? base::to_json(format::error_document(error, code, manner.language)) + "\n"
                               : error_line(error, manner.language);
  clear_progress_line();
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
  if (wanted && show_in_pager(words, text, !trusts_environment(env.variable()))) return;
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
  env.check_output();
  if (opens_store(*call.command)) env.reach_store();
  env.warn_of_test_ids();
  if (!call.command->changes && may_page(env, call)) out.hold();
  bool const for_programs = call.on("quiet") || call.on("json") || call.has("output");
  if (env.terminal().output && for_programs && !env.human()) make_visible();
  int const code = call.command->run(env, call);
  deliver(env);
  if (lent.leave) {
    out.finish();
    lent.leave(code);
  }
  return code;
}

base::Error internal_error(std::string const& problem) {
  return base::Error(base::errors::internal, {{"problem", problem.substr(0, 200)}});
}

/// The last word of a run that a signal could not end in an orderly way (`signals::install`): its signal, how many
/// changes it had stored, and its words.
int tell_stopped(std::vector<std::string> const& words, Manner const& manner) {
  auto const number = [&](std::size_t at) { return base::parse_integer(words[at], 0, INT64_MAX).value_or(0); };
  auto const signal = static_cast<int>(number(1));
  Command const* command = nullptr;
  try {
    command = find_command({words.begin() + 3, words.end()}, manner.language).command;
  } catch (base::Error const&) {
  }
  std::string name = base::signal_name(signal);
  if (command != nullptr && command->changes) name = say(Phrase::stopped_midway, manner.language, {{"signal", name}});
  Told told;
  told.count(number(2));
  report(base::Error(base::errors::interrupted, {{"signal", name}}), manner, command, told);
  return command != nullptr && command->defers ? 75 : exit_code(base::ErrorKind::interrupted, signal);
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
  if (words.size() >= 3 && words[0] == "__stopped") return tell_stopped(words, manner);
  Output out(1, "standard output");
  Call call;
  auto const fail = [&](base::Error const& error) { return report(error, manner, call.command, out.told()); };
  try {
    if (!words.empty() && words[0] == "__complete") {
      call.command = find_command("__complete");
      call.words.assign(words.begin() + 1, words.end());
    } else {
      call = parse_call(words, manner.language);
    }
    return run_call(call, manner, variable, out, {leave, reach_server});
  } catch (base::Error const& error) {
    return fail(error);
  } catch (format::ClosedPipe const&) {
    return call.command != nullptr && call.command->changes ? fail(closed_pipe()) : 0;
  } catch (std::bad_alloc const&) {
    return fail(internal_error("out of memory"));
  } catch (std::exception const& error) {
    return fail(internal_error(error.what()));
  }
}

}  // namespace umsops::cli
