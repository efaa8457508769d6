// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "support/engines.hpp"
#include "umsops/base/clock.hpp"
#include "umsops/base/json.hpp"
#include "umsops/desk/desk.hpp"

namespace umsops::tests {

/// A folder that goes away with it.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/umsops-desk-XXXXXX";
    path_ = mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(std::string const& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// Rules small enough to see through: 紧急 is CRITICAL, vpn a category.
inline rules::RuleSet small_rules() {
  rules::RuleSource source;
  rules::Rule urgent;
  urgent.id = "urgent";
  urgent.file = "small.yaml";
  urgent.line = 3;
  urgent.test.kind = rules::Test::Kind::keywords;
  urgent.test.words = {"紧急", "urgent"};
  urgent.sets = {{"priority", "CRITICAL"}};
  rules::Rule vpn = urgent;
  vpn.id = "vpn";
  vpn.test.words = {"vpn"};
  vpn.sets = {{"category", "network-access"}, {"attributes.team", "net"}};
  source.rules = {urgent, vpn};
  source.defaults = {{"priority", "LOW"}};
  source.without_text = {{"priority", "MEDIUM"}};
  return rules::RuleSet::compile(source);
}

/// None: an incident is what its caller or sender says.
inline rules::RuleSet no_incident_rules() {
  rules::RuleSource source;
  source.target = rules::find_target("incident");
  return rules::RuleSet::compile(source);
}

/// Goes where a test puts it.
class MovedClock final : public base::Clock {
 public:
  explicit MovedClock(base::TimePoint at) : at_(at) {}
  base::TimePoint now() const override { return at_; }
  void go(base::Milliseconds on) { at_ += on; }
  void set(char const* at) { at_ = *base::parse_rfc3339(at); }

 private:
  base::TimePoint at_;
};

/// A desk in a folder of its own with a clock that stands still until it is moved, and
/// the built-in policies.
struct DeskFixture {
  explicit DeskFixture(std::string const& store = "desk.db", std::uint64_t seed = 1)
      : clock(*base::parse_rfc3339("2026-11-23T09:30:00Z")), ids(seed), desk(options(store)) {}

  desk::Options options(std::string const& store) {
    desk::Options o;
    o.store = store_name(folder.file(store));
    o.may_create = true;
    o.actor = {"li.na", "root", "test"};
    o.clock = &clock;
    o.ids = &ids;
    o.load_rules = small_rules;
    o.load_incident_rules = no_incident_rules;
    o.load_sla = [] { return sla::builtin(base::TimeZone()); };
    return o;
  }
  desk::TicketDesk& tickets() { return desk.tickets(); }
  desk::IncidentDesk& incidents() { return desk.incidents(); }
  model::Incident file_incident(std::string title, std::vector<std::pair<char const*, base::Value>> fields = {}) {
    desk::NewIncident wanted;
    wanted.sets.emplace_back(model::incident_type().require("title"), std::move(title));
    for (auto& [name, value] : fields) wanted.sets.emplace_back(model::incident_type().require(name), std::move(value));
    return incidents().create(wanted, {}).incident;
  }
  desk::TicketResult file(std::string title, std::string requester = "zhang.wei", std::string key = "") {
    desk::NewTicket wanted;
    wanted.title = std::move(title);
    wanted.requester_id = std::move(requester);
    wanted.key = std::move(key);
    return tickets().create(wanted, {});
  }
  std::int64_t flaws() { return desk.store().verify(std::nullopt).findings.total + desk.store().check().total; }

  Folder folder;
  MovedClock clock;
  base::CountedIds ids;
  desk::Desk desk;
};

/// The error's code, or "" when nothing is thrown.
template <class Act>
std::string code_of(Act&& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

}  // namespace umsops::tests
