// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "umsops/alert/resolve_policy.hpp"
#include "umsops/config/desk_files.hpp"
#include "umsops/config/mute_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/config/service_files.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/ladder/incident_escalation.hpp"
#include "umsops/notify/channel.hpp"
#include "umsops/people/roster.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::prepared {
struct Recurring;
}

/// What the files of the settings say, or `files` in their place.
namespace umsops::cli {

class Env;

/// Compiled; without any file for that kind of record the built-in rules.
rules::RuleSet configured_rules(Env& env, std::vector<std::string> const& files = {},
                                rules::Target const& target = *rules::targets()[0]);
/// The learned model, where it is or would be; believed when only this user or root could have put it there. Of a
/// server without a home there is no place for one, and the path is empty.
desk::ModelFile configured_model(Env& env);
/// nullopt: no file is named.
std::optional<people::Roster> configured_roster(Env& env, std::vector<std::string> const& files = {});
/// nullopt: no file is named. The settings' files may hold checks unless a project file names them. `roster`: owners
/// must be teams of it.
std::optional<service::Catalogue> configured_services(Env& env, std::vector<std::string> const& files = {},
                                                      people::Roster const* roster = nullptr);
config::Checks checks_allowed(Env& env);
/// Without a file the built-in one.
service::PriorityMatrix configured_matrix(Env& env);
/// Without a file the built-in one.
ladder::Escalation configured_escalation(Env& env);
/// Without a file nobody is reached.
notify::Setup configured_channels(Env& env);
/// Which ends of alarms make an incident RECOVERED, where a sender file does not say.
alert::ResolvePolicy configured_resolve_policy(Env& env);
/// Calendars and policies; the built-in ones where no file defines its own.
sla::Book configured_sla(Env& env, std::vector<std::string> const& files = {});
/// Tickets that are filed again and again; their templates and calendars are those of the settings.
std::vector<prepared::Recurring> configured_recurring(Env& env, std::vector<std::string> const& files = {});
/// Inhibition rules, time intervals and standing silences; none where no file is named.
config::MuteRules configured_mute_rules(Env& env, std::vector<std::string> const& files = {});
/// Fields that the desk declares for its tickets; nullopt: no file is named.
std::optional<model::DeclaredFields> configured_fields(Env& env);
/// The patterns of `attachment_types`; empty: any type is taken.
std::vector<std::string> configured_attachment_types(Env& env);
/// The saved lists of the desk and the user's own.
std::vector<config::View> configured_views(Env& env);
/// What other files of the settings say of people, teams and schedules that the roster does not know. Empty without a
/// roster.
std::vector<base::Error> unknown_names(Env& env);
/// Calendars of policies that know no holidays behind two months from now, `calendar.ends` each.
std::vector<base::Error> ending_calendars(Env& env);
/// Host and files of these: what tells hosts of one store apart.
std::string sla_place(Env& env, std::vector<std::string> const& files);

}  // namespace umsops::cli
