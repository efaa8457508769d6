// SPDX-License-Identifier: Apache-2.0
#include "cli/env.hpp"

#include <sys/auxv.h>
#include <unistd.h>

#include <filesystem>

#include "cli/login.hpp"
#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/roster_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/config/sla_files.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kStore = "store";

/// Flags that set a setting for one run.
constexpr std::pair<std::string_view, std::string_view> kSettingFlags[] = {
    {"db", kStore}, {"actor", "actor"}, {"tz", "tz"}, {"timeout", "timeout"}, {"color", "color"}, {"output", "output"},
};

bool is_elevated(Variable const& variable) {
  return getauxval(AT_SECURE) != 0 || geteuid() != getuid() || (geteuid() == 0 && variable("SUDO_UID").has_value());
}

std::unique_ptr<base::Clock> make_clock(Call const& call, Variable const& variable, base::Language language) {
  auto text = call.text("now");
  if (!text) text = variable("UMSOPS_NOW");
  if (!text || text->empty()) return std::make_unique<base::SystemClock>();
  auto const at = base::parse_rfc3339(*text);
  if (!at) {
    throw base::Error(base::errors::usage_bad_value, {{"flag", "--now"},
                                                      {"value", "'" + text->substr(0, 80) + "'"},
                                                      {"expected", say(Phrase::rfc3339, language)},
                                                      {"suggestion", ""}});
  }
  return std::make_unique<base::FixedClock>(*at);
}

/// UMSOPS_TEST_IDS=SEED makes ids and salts reproducible; for tests only.
std::unique_ptr<base::IdSource> make_ids(Variable const& variable) {
  auto const seed = base::parse_integer(variable("UMSOPS_TEST_IDS").value_or(""), 0, INT64_MAX);
  if (seed) return std::make_unique<base::CountedIds>(static_cast<std::uint64_t>(*seed));
  return std::make_unique<base::RandomIds>();
}

}  // namespace

Env::Env(Call const& call, Manner const& manner, Variable variable, Output& out, std::function<void()> reach_server)
    : call_(call),
      variable_(std::move(variable)),
      out_(out),
      reach_server_(std::move(reach_server)),
      terminal_(Terminal::look(variable_)),
      language_(manner.language),
      quiet_(call.on("quiet")),
      dry_run_(call.on("dry-run")),
      json_errors_(manner.json_errors),
      clock_(make_clock(call, variable_, manner.language)),
      ids_(make_ids(variable_)) {
  if (call.has("tz")) zone_ = base::TimeZone::load(*call.text("tz"));
}

void Env::tell(std::string_view line) const {
  std::string const safe = base::terminal_text(line, base::TextShape::block) + "\n";
  // A standard error that cannot be written has nobody to be told so.
  (void)!::write(2, safe.data(), safe.size());
}

void Env::remark(std::string_view line) const {
  if (!json_errors_) tell("umsops: " + std::string(line));
}

void Env::hint(std::string_view line) const {
  if (terminal_.errors && !quiet_) tell(line);
}

void Env::detail(std::string_view line) const {
  if (call_.on("verbose")) tell(line);
}

config::Settings const& Env::settings() {
  load_settings();
  if (!std::exchange(told_files_, true)) {
    for (auto const& file : settings_->files()) detail(phrase(Phrase::using_file, {{"path", file}}));
  }
  return *settings_;
}

void Env::load_settings() {
  if (settings_) return;
  config::Surroundings surroundings;
  surroundings.variable = variable_;
  std::error_code ignored;
  surroundings.working_directory = std::filesystem::current_path(ignored).string();
  surroundings.elevated = is_elevated(variable_);
  auto flags = call_.pairs("setting");
  for (auto const& [flag, key] : kSettingFlags) {
    if (auto value = call_.text(flag)) flags.emplace_back(key, std::move(*value));
  }
  settings_ = config::Settings::load(surroundings, call_.text("config").value_or(""), flags);
  auto const& lang = settings_->origin("lang");
  bool const from_file = lang.level != config::Level::builtin && lang.level != config::Level::environment;
  if (from_file && !call_.has("lang") && lang.value != "auto") language_ = parse_language(lang.value);
}

base::TimeZone Env::load_zone() {
  if (!call_.command->without_settings) {
    auto const& name = settings().text("tz");
    if (!name.empty()) return base::TimeZone::load(name);
  }
  return base::TimeZone::local(variable_("TZ").value_or(""));
}

base::TimeZone const& Env::zone() {
  if (!zone_) zone_ = load_zone();
  return *zone_;
}

std::string Env::setting_text(std::string_view key, char const* name) {
  return call_.command->without_settings ? variable_(name).value_or("") : settings().text(key);
}

format::Format Env::wanted_format() {
  if (call_.on("json")) return format::Format::json;
  if (auto const name = call_.text("output")) return *format::parse_format(*name);
  if (quiet_) return format::Format::id;
  return format::parse_format(setting_text("output", "UMSOPS_OUTPUT")).value_or(format::Format::table);
}

bool Env::human() {
  auto const format = wanted_format();
  return format == format::Format::table || format == format::Format::wide;
}

format::Style Env::style(std::string_view id_field) {
  format::Style style;
  style.format = wanted_format();
  style.language = language_;
  if (auto const fields = call_.text("fields")) {
    for (std::size_t at = 0; at <= fields->size();) {
      auto const comma = std::min(fields->find(',', at), fields->size());
      style.fields.push_back(fields->substr(at, comma - at));
      at = comma + 1;
    }
  }
  style.header = call_.on("header", true);
  style.csv_safe = call_.on("csv-safe");
  style.csv_bom = call_.on("csv-bom");
  style.id_field = id_field;
  if (human()) {
    style.zone = zone();
    style.terminal = terminal_.output;
    style.width = terminal_.width;
    style.color =
        wants_color(call_.text("color").value_or(setting_text("color", "UMSOPS_COLOR")), terminal_.output, variable_);
    style.ambiguous_width = setting_text("ambiguous_width", "UMSOPS_AMBIGUOUS_WIDTH") == "2" ? 2 : 1;
  }
  return style;
}

model::Actor Env::actor() {
  model::Actor actor;
  actor.login = login_name();
  actor.name = settings().text("actor");
  if (actor.name.empty()) actor.name = actor.login;
  actor.command = call_.line;
  return actor;
}

void Env::reach_store() {
  load_settings();  // telling what they are is left to who goes on
  if (reach_server_ && base::names_server(settings_->text(kStore))) reach_server_();
}

std::string Env::reach_store(std::string const& named) {
  if (reach_server_ && base::names_server(named)) reach_server_();
  return with_secret(named);
}

std::string Env::with_secret(std::string address) {
  if (!base::names_server(address)) return address;
  if (base::has_password(address)) {
    if (settings().origin(kStore).level == config::Level::flag) remark(phrase(Phrase::password_seen));
    return address;
  }
  auto const command = settings().list("password_command");
  if (command.empty()) return address;
  auto const said = output_of(command);
  if (!said) throw base::Error(base::errors::password_command, {{"program", command[0]}});
  return base::with_password(address, said->substr(0, said->find_first_of("\r\n")));
}

std::string Env::store_name() { return base::shown_store(store_address()); }

std::string Env::spool_folder() {
  if (settings().state_directory().empty()) throw base::Error(base::errors::no_home);
  return settings().state_directory();
}

std::string Env::store_address() {
  auto const& named = settings().text(kStore);
  if (!named.empty()) return named;
  if (settings().data_directory().empty()) throw base::Error(base::errors::no_home);
  return settings().data_directory() + "/desk.db";
}

rules::RuleSet Env::rules(std::vector<std::string> const& files) {
  auto const chosen = files.empty() ? settings().list("rules") : files;
  if (chosen.empty()) return config::builtin_rules();
  return config::load_rules(chosen, settings().cache_directory());
}

std::optional<people::Roster> Env::roster(std::vector<std::string> const& files) {
  auto const chosen = files.empty() ? settings().list("roster") : files;
  if (chosen.empty()) return std::nullopt;
  return config::read_roster(chosen);
}

sla::Book Env::sla(std::vector<std::string> const& files) {
  auto const& zone = settings().origin("calendar_zone");
  auto const chosen = files.empty() ? settings().list("sla") : files;
  try {
    return config::read_sla(chosen, base::TimeZone::load(zone.value));
  } catch (base::Error const& error) {
    if (&error.code() != &base::errors::time_unknown_zone) throw;
    throw base::Error(base::errors::config_invalid, {{"problem", "calendar_zone: " + error.message(language_)},
                                                     {"suggestion", error.hint(language_)}})
        .at(zone.spot);
  }
}

desk::HookRunner* Env::hooks() {
  auto const& folder = settings().text("hooks");
  // What a hook itself changes runs no hooks again: there would be no end to it.
  if (!call_.command->changes || folder.empty() || variable_("UMSOPS_HOOK")) return nullptr;
  std::vector<std::string> environment{
      "PATH=" + variable_("PATH").value_or("/usr/local/bin:/usr/bin:/bin"), "UMSOPS_COMMAND=" + call_.line,
      "UMSOPS_ACTOR=" + actor().name, "UMSOPS_DB=" + store_name(),
      std::string("UMSOPS_LANG=") + (language_ == base::Language::zh ? "zh_CN" : "en")};
  for (char const* const name : {"HOME", "LANG", "LC_ALL", "TZ"}) {
    if (auto const value = variable_(name)) environment.push_back(std::string(name) + "=" + *value);
  }
  auto const config = call_.has("config") ? call_.text("config") : variable_("UMSOPS_CONFIG");
  if (config && !config->empty()) environment.push_back("UMSOPS_CONFIG=" + *config);
  if (dry_run_) environment.emplace_back("UMSOPS_DRY_RUN=1");
  return &hooks_.emplace(folder, settings().duration("hook_timeout"), std::move(environment));
}

desk::Desk& Env::desk() {
  if (desk_) return *desk_;
  reach_store();
  desk::Options options;
  options.store = with_secret(store_address());
  options.may_create = settings().origin(kStore).level == config::Level::builtin;
  // Who acts matters to changes, and to @last; everything else is spared the look into the user database.
  if (call_.command->changes || !call_.words.empty()) options.actor = actor();
  options.number_format = settings().text("number_format");
  options.lock_wait = settings().duration("timeout");
  options.duplicate_window = settings().duration("duplicate_window");
  options.duplicate_score = settings().decimal("duplicate_score");
  options.clock = clock_.get();
  options.ids = ids_.get();
  options.load_rules = [this] { return rules(); };
  options.load_roster = [this] { return roster(); };
  options.load_sla = [this] { return sla(call_.all("sla")); };
  options.auto_close = settings().duration("auto_close");
  options.reopen_window = settings().duration("reopen_window");
  options.hooks = hooks();
  options.interrupted = [] { return signals::received() != 0; };
  detail(phrase(Phrase::using_store, {{"path", store_name()}}));
  desk_.emplace(std::move(options));
  return *desk_;
}

bool Env::may_ask() {
  bool const refused =
      !call_.on("input", true) || settings().boolean("no_input") || !variable_("CI").value_or("").empty();
  return terminal_.input && terminal_.errors && !refused;
}

std::string Env::pager() {
  std::string const own = setting_text("pager", "UMSOPS_PAGER");
  return own.empty() ? variable_("PAGER").value_or("less -FRX") : own;
}

}  // namespace umsops::cli
