// SPDX-License-Identifier: Apache-2.0
#include "cli/configured.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "cli/env.hpp"
#include "cli/store_name.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/channel_files.hpp"
#include "umsops/config/escalation_files.hpp"
#include "umsops/config/flow_files.hpp"
#include "umsops/config/name_files.hpp"
#include "umsops/config/recurring_files.hpp"
#include "umsops/config/roster_files.hpp"
#include "umsops/config/sla_files.hpp"
#include "umsops/config/template_files.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

std::vector<std::string> chosen_files(Env& env, std::string_view setting, std::vector<std::string> const& files) {
  return files.empty() ? env.settings().list(setting) : files;
}

}  // namespace

rules::RuleSet configured_rules(Env& env, std::vector<std::string> const& files, rules::Target const& target) {
  auto const chosen = chosen_files(env, "rules", files);
  if (chosen.empty()) return config::builtin_rules(target);
  return config::load_rules(chosen, env.settings().cache_directory(), target);
}

desk::ModelFile configured_model(Env& env) {
  auto const check = [](int descriptor, std::string const& path) {
    if (auto const why = config::distrust(descriptor, path)) config::TrustedFile::refuse_untrusted(path, *why);
  };
  if (auto const& path = env.settings().text("classifier"); !path.empty()) return {path, check};
  if (auto const store = store_address(env); !base::names_server(store)) return {store + "-classifier", check};
  auto const folder = env.settings().data_directory();
  return {folder.empty() ? folder : folder + "/classifier", check};
}

std::optional<people::Roster> configured_roster(Env& env, std::vector<std::string> const& files) {
  auto const chosen = chosen_files(env, "roster", files);
  if (chosen.empty()) return std::nullopt;
  return config::read_roster(chosen);
}

config::Checks checks_allowed(Env& env) {
  bool const foreign = env.settings().origin("services").level == config::Level::project_file;
  return foreign ? config::Checks::forbidden : config::Checks::allowed;
}

std::optional<service::Catalogue> configured_services(Env& env, std::vector<std::string> const& files,
                                                      people::Roster const* roster) {
  auto const chosen = chosen_files(env, "services", files);
  if (chosen.empty()) return std::nullopt;
  return config::read_services(chosen, files.empty() ? checks_allowed(env) : config::Checks::allowed, roster);
}

service::PriorityMatrix configured_matrix(Env& env) {
  auto const& file = env.settings().text("priority_matrix");
  return file.empty() ? service::builtin_matrix() : config::read_priority_matrix(file);
}

ladder::Escalation configured_escalation(Env& env) {
  auto const& file = env.settings().text("escalation");
  return file.empty() ? ladder::builtin_escalation() : config::read_escalation(file);
}

notify::Setup configured_channels(Env& env) {
  auto const& file = env.settings().text("channels");
  return file.empty() ? notify::builtin_setup() : config::read_channels(file);
}

alert::ResolvePolicy configured_resolve_policy(Env& env) {
  auto const& said = env.settings().origin("resolve_on");
  if (auto const policy = alert::parse_resolve_policy(said.value)) return *policy;
  throw base::Error(base::errors::config_invalid, {{"problem", "resolve_on: " + base::shortened(said.value, 80)},
                                                   {"suggestion", std::string(alert::kResolvePolicies)}})
      .at(said.spot);
}

std::vector<prepared::Recurring> configured_recurring(Env& env, std::vector<std::string> const& files) {
  auto const chosen = chosen_files(env, "recurring", files);
  if (chosen.empty()) return {};
  config::RecurringNames names;
  auto const book = configured_sla(env);
  names.calendar = [&book](std::string_view name) -> std::optional<calendar::Calendar> {
    auto const* const found = book.find_calendar(name);
    return found ? std::optional(*found) : std::nullopt;
  };
  names.templates = config::read_templates(env.settings().list("templates"));
  names.zone = env.zone();
  return config::read_recurring(chosen, names);
}

config::MuteRules configured_mute_rules(Env& env, std::vector<std::string> const& files) {
  return config::read_mute_rules(chosen_files(env, "inhibition", files));
}

sla::Book configured_sla(Env& env, std::vector<std::string> const& files) {
  auto const& zone = env.settings().origin("calendar_zone");
  auto const chosen = chosen_files(env, "sla", files);
  try {
    return config::read_sla(chosen, base::TimeZone::load(zone.value));
  } catch (base::Error const& error) {
    if (&error.code() != &base::errors::time_unknown_zone) throw;
    throw base::Error(base::errors::config_invalid, {{"problem", "calendar_zone: " + error.message(env.language())},
                                                     {"suggestion", error.hint(env.language())}})
        .at(zone.spot);
  }
}

std::optional<model::DeclaredFields> configured_fields(Env& env) {
  auto const files = env.settings().list("ticket_fields");
  if (files.empty()) return std::nullopt;
  return config::read_declared_fields(files);
}

std::vector<std::string> configured_attachment_types(Env& env) {
  auto const& said = env.settings().origin("attachment_types");
  std::vector<std::string> types;
  std::string_view rest = said.value;
  while (!rest.empty()) {
    auto const end = std::min(rest.find(','), rest.size());
    std::string type = base::ascii_lower(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::erase(type, ' ');
    if (type.empty()) continue;
    if (std::count(type.begin(), type.end(), '/') != 1)
      throw base::Error(base::errors::config_invalid,
                        {{"problem", "attachment_types: no media type: " + type.substr(0, 80)},
                         {"suggestion", "e.g. image/*, text/plain"}})
          .at(said.spot);
    types.push_back(std::move(type));
  }
  return types;
}

std::vector<config::View> configured_views(Env& env) {
  auto files = env.settings().list("views");
  auto const own = env.settings().list("my_views");
  files.insert(files.end(), own.begin(), own.end());
  return config::read_views(files);
}

std::vector<base::Error> unknown_names(Env& env) {
  auto const roster = configured_roster(env);
  if (!roster) return {};
  std::vector<config::SaidName> names;
  auto const take = [&](std::vector<config::SaidName> more) {
    std::move(more.begin(), more.end(), std::back_inserter(names));
  };
  take(config::names_in(configured_sla(env)));
  take(config::names_in(configured_escalation(env)));
  take(config::names_in(configured_channels(env)));
  for (auto const* key : {"chat_flow", "phone_flow"}) {
    if (auto const& file = env.settings().text(key); !file.empty()) take(config::names_in(config::read_flow(file)));
  }
  for (auto const& [target, files] : config::by_noun(env.settings().list("rules"))) {
    if (!files.empty()) take(config::names_in(config::read_rules(files, *target)));
  }
  return config::lint_names(*roster, names);
}

std::vector<base::Error> ending_calendars(Env& env) {
  constexpr std::chrono::days kAhead{60};
  std::vector<base::Error> out;
  std::set<std::string> seen;
  auto const book = configured_sla(env);
  std::vector<std::string> names;
  for (auto const& policy : book.policies()) names.push_back(policy.calendar);
  for (auto const& team : book.teams()) names.push_back(team.calendar);
  for (auto const& name : names) {
    if (!seen.insert(name).second) continue;
    auto const& calendar = book.calendar(name);
    auto const until = calendar::known_until(calendar);
    if (!until || *until >= calendar::date_of(calendar, env.clock().now()) + kAhead) continue;
    std::chrono::year_month_day const day{*until};
    out.emplace_back(base::errors::calendar_ends,
                     base::Error::Params{{"calendar", name},
                                         {"until", fmt::format("{:04}-{:02}-{:02}", int(day.year()),
                                                               unsigned(day.month()), unsigned(day.day()))}});
  }
  return out;
}

std::string sla_place(Env& env, std::vector<std::string> const& files) {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  std::string place = std::string(host) + ":";
  auto const chosen = chosen_files(env, "sla", files);
  for (auto const& file : chosen) place += (place.ends_with(':') ? "" : ",") + std::filesystem::absolute(file).string();
  if (chosen.empty()) place += "built-in";
  return base::terminal_text(place, base::TextShape::line);  // names of files are any bytes
}

}  // namespace umsops::cli
