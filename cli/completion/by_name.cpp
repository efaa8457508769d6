// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/by_name.hpp"

#include <algorithm>

#include "cli/completion/offers.hpp"
#include "cli/completion/values.hpp"
#include "cli/incident/incident.hpp"
#include "cli/kb/kb.hpp"
#include "cli/runbook/runbooks.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

template <char const* field>
void column(Candidates& out) {
  offer::values_in(out, field);
}

constexpr char kCategory[] = "category", kSubcategory[] = "subcategory", kTags[] = "tags", kSource[] = "source",
               kDepartment[] = "department", kDirectory[] = "directory", kSite[] = "site";

/// What goes by a name, whatever the command; `only` are the beginnings of paths where it does.
struct Named {
  std::string_view name;
  Offer offer;
  std::string_view only = {};
};

constexpr Named kFlags[] = {
    {"where", offer::filter},
    {"assignee", offer::people},
    {"to", offer::people, "ticket"},
    {"to", offer::people, "incident"},
    {"to", offer::people, "review"},
    {"owner", offer::teams, "service"},
    {"owner", offer::people},
    {"person", offer::people},
    {"actor", offer::people},
    {"reporter", offer::anybody},
    {"requester", offer::requesters},
    {"manager", offer::requesters},
    {"from", offer::anybody, "ticket reply"},
    {"confirm", offer::anybody},
    {"team", offer::teams},
    {"category", column<kCategory>},
    {"subcategory", column<kSubcategory>},
    {"tags", column<kTags>},
    {"source", column<kSource>, "incident"},
    {"department", column<kDepartment>},
    {"directory", column<kDirectory>},
    {"site", column<kSite>},
    {"service", offer::services},
    {"tz", offer::zones},
    {"encoding", offer::encodings},
    {"knowledge", kb::offer_numbers},
    {"article", kb::offer_numbers},
    {"incident", incident::offer_numbers},
    {"ticket", ticket::offer_numbers},
    {"runbook", runbooks::offer_runbooks, "incident"},
};

constexpr Named kArguments[] = {
    {"SHELL", offer::shells},
    {"KIND", offer::kinds},
    {"KIND.FIELD", offer::kind_fields},
    {"SCHEDULE", offer::schedules},
    {"NAME", offer::calendars, "calendar"},
    {"PERSON", offer::anybody},
    {"FROM", offer::people, "people"},
    {"VALUE", offer::setting_values, "config"},
};

Offer named(std::span<Named const> table, std::string_view name, std::string_view path) {
  auto const found = std::find_if(table.begin(), table.end(),
                                  [&](Named const& one) { return one.name == name && path.starts_with(one.only); });
  return found == table.end() ? nullptr : found->offer;
}

}  // namespace

Offer offer_for(Flag const& flag, Command const* command) {
  if (flag.type == FlagType::time) return offer::times;
  if (flag.type == FlagType::duration) return offer::durations;
  bool const is_name = flag.type == FlagType::text || flag.type == FlagType::texts;
  return is_name ? named(kFlags, flag.name, command == nullptr ? std::string_view() : command->path) : nullptr;
}

Offer offer_for(Argument const& argument, Command const& command) {
  return named(kArguments, argument.name, command.path);
}

}  // namespace umsops::cli
