// SPDX-License-Identifier: Apache-2.0
#include "cli/env.hpp"

#include <unistd.h>

#include "cli/login.hpp"
#include "cli/open_desk.hpp"
#include "cli/progress_line.hpp"
#include "cli/shape.hpp"
#include "cli/store_name.hpp"
#include "cli/surroundings.hpp"
#include "cli/visible_output.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

constexpr Text kTestIds{"UMSOPS_TEST_IDS is for tests: anybody can guess the ids and salts of this run",
                        "UMSOPS_TEST_IDS 仅供测试：本次运行的标识和盐值可被任何人猜出"};

/// Flags that set a setting for one run.
constexpr std::pair<std::string_view, std::string_view> kSettingFlags[] = {
    {"db", kStore}, {"actor", "actor"}, {"tz", "tz"}, {"timeout", "timeout"}, {"color", "color"}, {"output", "output"},
};

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

Env::~Env() = default;

void Env::warn_of_test_ids() {
  if (variable_("UMSOPS_TEST_IDS").value_or("").empty()) return;
  remark(text(kTestIds));
  warnings_.emplace_back(text(kTestIds));
}

void Env::tell(std::string_view line) const {
  clear_progress_line();
  std::string const safe = base::terminal_text(line, base::TextShape::block) + "\n";
  // A standard error that cannot be written has nobody to be told so.
  (void)!::write(2, safe.data(), safe.size());
}

void Env::warn(std::string line) {
  if (!quiet_) tell(line);
  warnings_.push_back(std::move(line));
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
  auto flags = call_.pairs("setting");
  for (auto const& [flag, key] : kSettingFlags) {
    auto value = call_.text(flag);
    if (!value || (key == "output" && (!format::parse_format(*value) || *value == "tpl")))
      continue;  // that is a format of the command's own, or one that stands with its template alone
    flags.emplace_back(key, std::move(*value));
  }
  settings_ = config::Settings::load(surroundings_of(variable_), call_.text("config").value_or(""), flags);
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
  if (is_shaped(call_)) return format::Format::tpl;
  if (call_.on("json")) return format::Format::json;
  // A format of the command's own is for the command to look for; for all else it is one that programs read.
  if (auto const name = call_.text("output")) return format::parse_format(*name).value_or(format::Format::yaml);
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
  if (!human() && terminal_.output) make_visible();
  style.header = call_.on("header", true);
  style.csv_safe = call_.on("csv-safe");
  style.csv_bom = call_.on("csv-bom");
  style.id_field = id_field;
  style.shape = shape_;
  if (call_.on("null")) style.end = '\0';
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

void Env::check_output() {
  check_output_version(variable_);
  bool const named = call_.text("output") == "tpl";
  if (named || is_shaped(call_)) shape_ = read_shape(call_);
  check_fields(call_);
  if (call_.on("null")) check_null(wanted_format());
}

model::Actor Env::actor() {
  model::Actor actor;
  actor.login = login_name();
  actor.name = base::person_name(settings().text("actor"));
  if (actor.name.empty()) actor.name = actor.login;
  actor.command = call_.line;
  return actor;
}

void Env::reach(std::string const& store) {
  if (reach_server_ && base::names_server(store)) reach_server_();
}

void Env::reach_store() {
  load_settings();  // telling what they are is left to who goes on
  reach(settings_->text(kStore));
}

desk::Desk& Env::desk() {
  if (!desk_) {
    reach_store();
    desk_ = std::make_unique<HookedDesk>(*this);
  }
  return desk_->desk;
}

std::string Env::spool_folder() {
  if (settings().state_directory().empty()) throw base::Error(base::errors::no_home);
  return settings().state_directory();
}

std::string Env::spool_target() { return desk::spool_target(store_address(*this)); }

bool Env::may_ask() {
  bool const refused =
      !call_.on("input", true) || settings().boolean("no_input") || !variable_("CI").value_or("").empty();
  return terminal_.input && terminal_.errors && !refused;
}

std::string Env::pager() {
  if (!trusts_environment(variable_)) return "less -FRX";
  std::string const own = setting_text("pager", "UMSOPS_PAGER");
  return own.empty() ? variable_("PAGER").value_or("less -FRX") : own;
}

}  // namespace umsops::cli
