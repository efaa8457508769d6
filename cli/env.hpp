// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.hpp"
#include "cli/language/phrases.hpp"
#include "cli/manner.hpp"
#include "cli/output.hpp"
#include "cli/terminal.hpp"
#include "umsops/base/clock.hpp"
#include "umsops/config/settings.hpp"
#include "umsops/desk/desk.hpp"

namespace umsops::cli {

struct HookedDesk;

/// What one run has: streams, clock, ids, settings, language, actor. Made once by `run_program`, handed to the run
/// functions only. Settings, zone and desk are made when first asked for.
class Env {
 public:
  Env(Call const& call, Manner const& manner, Variable variable, Output& out, std::function<void()> reach_server = {});
  ~Env();

  Call const& call() const { return call_; }
  Output& out() { return out_; }
  Terminal const& terminal() const { return terminal_; }
  Variable const& variable() const { return variable_; }
  base::Language language() const { return language_; }
  std::string phrase(Phrase phrase, Fill const& fill = {}) const { return say(phrase, language_, fill); }
  std::string_view text(Text const& both) const { return both.in(language_); }

  /// One line for people on standard error, made safe for the terminal.
  void tell(std::string_view line) const;
  /// A line for people as `tell` has it, left out with -q; answers in JSON carry it in their `warnings`.
  void warn(std::string line);
  std::vector<std::string> const& warnings() const { return warnings_; }
  /// One of several errors of a run, before the last one: left out where errors are one JSON object.
  void remark(std::string_view line) const;
  /// Says once that ids can be guessed: by the program that stays, when `reach_store` may change into another.
  void warn_of_test_ids();
  /// A line, only on a terminal and not with -q.
  void hint(std::string_view line) const;
  /// Only with -v.
  void detail(std::string_view line) const;

  base::Clock const& clock() const { return *clock_; }
  base::IdSource& ids() { return *ids_; }
  base::TimeZone const& zone();
  config::Settings const& settings();
  /// How to print; `id_field` is what -q prints.
  format::Style style(std::string_view id_field);
  /// Looks at what a script asks of the output before anything is done: a template is held against what the command
  /// answers, a version of JSON against ours.
  void check_output();
  /// A table for people, and not ids alone.
  bool human();
  bool quiet() const { return quiet_; }
  bool dry_run() const { return dry_run_; }
  desk::Desk& desk();
  /// Before anything is read that cannot be read twice: a store on a server may need another program than this one.
  void reach_store();
  /// The same for a store that is named as an argument.
  void reach(std::string const& store);
  /// Who acts, as the history will name it.
  model::Actor actor();
  /// Where reports wait for a desk that cannot be reached.
  std::string spool_folder();
  /// How the reports there name the desk of this run.
  std::string spool_target();
  /// Whether a question may be asked.
  bool may_ask();
  /// The pager's command line; empty: none.
  std::string pager();

 private:
  void load_settings();
  format::Format wanted_format();
  /// A setting, or only its variable where settings must not matter.
  std::string setting_text(std::string_view key, char const* name);
  base::TimeZone load_zone();

  Call const& call_;
  Variable variable_;
  Output& out_;
  std::vector<std::string> warnings_;
  std::function<void()> reach_server_;
  Terminal terminal_;
  base::Language language_;
  bool quiet_, dry_run_, json_errors_;
  std::unique_ptr<base::Clock> clock_;
  std::unique_ptr<base::IdSource> ids_;
  std::optional<config::Settings> settings_;
  bool told_files_ = false;
  std::string shape_;  ///< of -o tpl
  std::optional<base::TimeZone> zone_;
  std::unique_ptr<HookedDesk> desk_;
};

}  // namespace umsops::cli
