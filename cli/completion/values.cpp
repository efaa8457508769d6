// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/values.hpp"

#include <algorithm>
#include <set>

#include "cli/completion/candidates.hpp"
#include "cli/completion/records.hpp"
#include "cli/completion/scripts.hpp"
#include "cli/configured.hpp"
#include "cli/files.hpp"
#include "cli/record/types.hpp"

namespace umsops::cli::offer {

namespace {

using base::Row;

/// Each value once: a person of the roster has tickets as well.
class Once {
 public:
  explicit Once(Candidates& out) : out_(out) {}
  void add(std::string_view value, std::string_view meaning = {}) {
    if (!value.empty() && known_.insert(std::string(value)).second) out_.add_item(value, meaning);
  }

 private:
  Candidates& out_;
  std::set<std::string, std::less<>> known_;
};

/// Of two sources one may be missing, and the other is worth as much.
template <class Act>
void as_far_as_there_is(Act const& act) {
  try {
    act();
  } catch (base::Error const&) {
  }
}

people::Roster roster_of(Env& env) { return configured_roster(env).value_or(people::Roster()); }

void add_roster(Candidates& out, Once& once) {
  as_far_as_there_is([&] {
    for (auto const& person : roster_of(out.env()).people) once.add(person.name, person.display_name);
  });
}

void add_values(Candidates& out, Once& once, std::string_view noun, std::string_view field) {
  as_far_as_there_is([&] {
    auto const* const type = record::find_record_type(noun);
    auto const at = type == nullptr ? std::nullopt : type->find(field);
    if (!at) return;
    newest_records(out.env(), noun, [&](Row const& row) {
      auto const* const list = row[*at].get_if<base::Value::List>();
      if (list == nullptr) once.add(row[*at].text());
      for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) once.add((*list)[i].text());
    });
  });
}

void add_requesters(Candidates& out, Once& once) {
  as_far_as_there_is([&] {
    auto const* const type = record::find_record_type("requester");
    newest_records(out.env(), "requester", [&](Row const& row) {
      once.add(row[type->require("account")].text(), row[type->require("name")].text());
    });
  });
  add_values(out, once, "ticket", "requester_id");
}

}  // namespace

void people(Candidates& out) {
  Once once(out);
  once.add("me");
  add_roster(out, once);
  add_values(out, once, "ticket", "assignee_id");
}

void requesters(Candidates& out) {
  Once once(out);
  add_requesters(out, once);
}

void anybody(Candidates& out) {
  Once once(out);
  add_roster(out, once);
  add_requesters(out, once);
}

void teams(Candidates& out) {
  Once once(out);
  as_far_as_there_is([&] {
    for (auto const& team : roster_of(out.env()).teams) once.add(team.name);
  });
  add_values(out, once, "ticket", "team");
}

void schedules(Candidates& out) {
  for (auto const& schedule : roster_of(out.env()).schedules) out.add(schedule.name);
}

void calendars(Candidates& out) {
  auto& env = out.env();
  Once once(out);
  auto const book = configured_sla(env);
  for (auto const& calendar : book.calendars()) once.add(calendar.name());
  once.add("24x7");
  once.add("business");
}

void services(Candidates& out) {
  auto const catalogue = configured_services(out.env());
  if (!catalogue) return;
  for (auto const& service : catalogue->services()) out.add_item(service.name, service.title);
}

void zones(Candidates& out) {
  constexpr std::size_t kLargest = 1 << 20;
  out.add("UTC");
  std::string const table = read_whole("/usr/share/zoneinfo/zone1970.tab", kLargest);
  for (std::size_t at = 0; at < table.size();) {
    auto const end = std::min(table.find('\n', at), table.size());
    std::string const line = table.substr(at, end - at);
    at = end + 1;
    // Countries, place, name, remark.
    auto const name = line.find('\t', line.find('\t') + 1);
    if (line.starts_with("#") || name == std::string::npos) continue;
    out.add(line.substr(name + 1, line.find('\t', name + 1) - name - 1));
  }
}

void times(Candidates& out) {
  for (auto const* const word : {"now", "today", "yesterday", "tomorrow", "-1h", "-24h", "-7d", "-30d", "今天", "昨天",
                                 "上周", "本周", "上个月"})
    out.add(word);
}

void durations(Candidates& out) {
  for (auto const* const word : {"15m", "30m", "1h", "4h", "8h", "1d", "7d"}) out.add(word);
}

void encodings(Candidates& out) {
  for (auto const* const name : {"UTF-8", "GB18030", "UTF-16LE", "BIG5"}) out.add(name);
}

void shells(Candidates& out) {
  for (auto const& script : completion_scripts()) out.add(script.shell);
}

void kinds(Candidates& out) {
  for (auto const* type : record::record_types()) out.add(type->noun);
}

void kind_fields(Candidates& out) {
  auto const dot = out.typed().find('.');
  auto const* const type = record::find_record_type(out.typed().substr(0, dot));
  if (dot == std::string::npos || type == nullptr) {
    for (auto const* one : record::record_types()) out.add(std::string(one->noun) + ".");
    return;
  }
  for (auto const& field : type->fields) {
    out.add(std::string(type->noun) + "." + std::string(field.name), out.env().text({field.doc, field.doc_zh}));
  }
}

void setting_values(Candidates& out) {
  if (out.words().empty()) return;
  for (auto const& setting : config::settings()) {
    if (setting.key != out.words().front()) continue;
    for (auto const choice : setting.choices) out.add(choice);
    if (setting.key == "tz" || setting.key == "calendar_zone") zones(out);
  }
}

void values_in(Candidates& out, std::string_view field) {
  Once once(out);
  add_values(out, once, type_for(out.command()).noun, field);
}

}  // namespace umsops::cli::offer
