// SPDX-License-Identifier: Apache-2.0
// Who of the staff is absent or gone, and what still waits for them.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/oncall/oncall.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/desk/requester_desk.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.people.check/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"person", FieldType::text, {}, kShown, "Who it is about", "涉及的人", "人员"},
    {"why", FieldType::text, {}, kShown, "ABSENT, LEFT or UNKNOWN to the roster", "缺勤、已离开或不在名册中", "原因"},
    {"until", FieldType::time, {}, kShown, "Until when they are absent", "缺勤至何时", "至"},
    {"what",
     FieldType::text,
     {},
     kShown,
     "ticket, incident, team, category, schedule, policy, escalation or service",
     "工单、事件、团队、类别、值班表、策略、升级或服务",
     "类型"},
    {"name", FieldType::text, {}, kShown, "Which one", "名称", "名称"},
    {"title", FieldType::text, {}, kShown, "Its title", "标题", "标题"},
};

/// Why somebody cannot work on anything.
struct Away {
  std::string why;
  std::optional<base::TimePoint> until;
};

/// Looks at everything that names somebody, and writes down what names somebody who is away.
class Staff {
 public:
  Staff(Env& env, people::Roster roster, base::TimePoint now, base::TimePoint until)
      : env_(env), roster_(std::move(roster)), now_(now), until_(until) {}

  std::vector<base::Row> look() {
    look_at_teams();
    look_at_schedules();
    look_at_policies();
    look_at_escalation();
    look_at_services();
    look_at_tickets();
    look_at_incidents();
    return std::move(rows_);
  }

 private:
  std::optional<Away> away(std::string const& name) {
    if (name.empty()) return std::nullopt;
    auto const [place, fresh] = known_.try_emplace(name);
    if (fresh) place->second = find_away(name);
    return place->second;
  }

  std::optional<Away> find_away(std::string const& name) {
    if (has_left(name)) return Away{"LEFT", {}};
    auto const* const person = roster_.person(name);
    if (!person) return Away{"UNKNOWN", {}};
    for (auto const& absence : person->absences) {
      if (absence.begin < until_ && absence.end > now_) return Away{"ABSENT", absence.end};
    }
    return std::nullopt;
  }

  /// As the directory of requesters knows them: staff are people, too.
  bool has_left(std::string const& name) {
    try {
      return env_.desk().requesters().show(name).requester.state == model::RequesterState::left;
    } catch (base::Error const& error) {
      bool const nobody =
          &error.code() == &base::errors::requester_not_found || &error.code() == &base::errors::requester_ambiguous;
      if (!nobody) throw;
      return false;
    }
  }

  void add(std::string const& person, Away const& away, std::string_view what, std::string name,
           std::string title = {}) {
    rows_.push_back({person, away.why, away.until ? Value(*away.until) : Value(), what, std::move(name),
                     base::text_or_null(title)});
  }

  /// What is meant to last: nobody takes a list apart for a holiday.
  void look_at(std::string const& person, std::string_view what, std::string const& name) {
    auto const found = person.find(':') == std::string::npos ? away(person) : std::nullopt;
    if (found && found->why != "ABSENT") add(person, *found, what, name);
  }

  void look_at_teams() {
    for (auto const& team : roster_.teams) {
      for (auto const& member : team.members) look_at(member, "team", team.name);
      bool const nobody =
          std::all_of(team.members.begin(), team.members.end(), [&](auto const& one) { return away(one).has_value(); });
      if (!nobody || team.members.empty()) continue;
      for (auto const& category : team.categories)
        add(team.members.front(), *away(team.members.front()), "category", category, team.name);
    }
  }

  void look_at_schedules() {
    for (auto const& schedule : roster_.schedules) {
      std::vector<std::string> named;
      for (auto const& layer : schedule.layers)
        named.insert(named.end(), layer.participants.begin(), layer.participants.end());
      for (auto const& one : schedule.overrides) {
        if (one.end > now_) named.push_back(one.person);
      }
      std::sort(named.begin(), named.end());
      named.erase(std::unique(named.begin(), named.end()), named.end());
      for (auto const& person : named) look_at(person, "schedule", schedule.name);
    }
  }

  void look_at_policies() {
    auto const book = configured_sla(env_);
    for (auto const& policy : book.policies()) {
      for (auto const& step : policy.ladder) {
        look_at(step.assign, "policy", policy.name + " " + step.id());
        for (auto const& person : step.notify) look_at(person, "policy", policy.name + " " + step.id());
      }
    }
  }

  void look_at_escalation() {
    auto const escalation = configured_escalation(env_);
    for (auto const& policy : escalation.policies) {
      for (auto const& step : policy.steps) {
        for (auto const& person : step.notify) {
          if (person != "assignee" && person != "commander") look_at(person, "escalation", policy.name);
        }
      }
    }
  }

  /// Owned by a team of which nobody is there.
  void look_at_services() {
    auto const catalogue = configured_services(env_);
    if (!catalogue) return;
    for (auto const& service : catalogue->services()) {
      auto const* const team = roster_.team(service.owner);
      if (!team || team->members.empty()) continue;
      auto const& members = team->members;
      if (std::all_of(members.begin(), members.end(), [&](auto const& one) { return away(one).has_value(); }))
        add(members.front(), *away(members.front()), "service", service.name, team->name);
    }
  }

  void look_at_tickets() {
    auto const& type = model::ticket_type();
    query::Query query;
    query.filter =
        query::all_of({query::condition_on(type.require("status"), query::Op::ne, {"RESOLVED", "CLOSED", "SPAM"}),
                       query::condition_on(type.require("assignee_id"), query::Op::ne, {Value()})});
    query.details = false;
    env_.desk().tickets().list(query, [&](model::Ticket const& ticket) {
      waiting_.push_back({ticket.assignee_id, "ticket", ticket.ticket_number, ticket.title});
      return true;
    });
    write_waiting();
  }

  void look_at_incidents() {
    auto const& type = model::incident_type();
    query::Query query;
    query.filter = query::all_of({query::condition_on(type.require("status"), query::Op::ne, {"RESOLVED", "CLOSED"}),
                                  query::condition_on(type.require("assigned_to"), query::Op::ne, {Value()})});
    query.details = false;
    env_.desk().incidents().list(query, [&](model::Incident const& incident) {
      waiting_.push_back({incident.assigned_to, "incident", incident.incident_number, incident.title});
      return true;
    });
    write_waiting();
  }

  struct Waiting {
    std::string person;
    std::string_view what;
    std::string number, title;
  };
  /// Behind the list: whether somebody is there is another question to the same store.
  void write_waiting() {
    for (auto& one : waiting_) {
      if (auto const found = away(one.person)) add(one.person, *found, one.what, one.number, one.title);
    }
    waiting_.clear();
  }

  Env& env_;
  people::Roster roster_;
  base::TimePoint now_, until_;
  std::map<std::string, std::optional<Away>> known_;
  std::vector<Waiting> waiting_;
  std::vector<base::Row> rows_;
};

int run_check(Env& env, Call const& call) {
  auto const style = env.style("name");
  auto const within = base::parse_duration(call.text("within").value_or("0s")).value_or(base::Milliseconds{});
  auto const now = env.clock().now();
  auto const rows = Staff(env, oncall::roster_of(env, call), now, now + within + base::Milliseconds{1}).look();
  auto writer = format::list_writer(env.out(), style, kSchema, "finding", kFields);
  for (auto const& row : rows) writer->row(row);
  writer->end({});
  env.out().flush();
  if (!rows.empty()) throw any_found(env, static_cast<std::int64_t>(rows.size()));
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "within",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"also who will be absent within this time", "同时列出在此时长内将缺勤的人员"},
     .fallback = "0s"},
    flags::kRoster,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops people check --roster roster.yaml",
     {"for cron: exit 10 if something waits for nobody", "用于 cron：有无人处理的事项时退出码为 10"}},
    {"umsops people check --within 7d --roster roster.yaml -o json | jq -r '.items[] | select(.what == \"ticket\") | "
     ".name'",
     {"tickets of who will be on holiday", "即将休假者的工单"}},
};
constexpr int kExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kPeopleCheck{
    .path = "people check",
    .summary = {"find what waits for staff who are absent or gone", "查找等待缺勤或离职人员的事项"},
    .description =
        {"Looks for open tickets and incidents of staff who are absent, have LEFT by the directory of requesters, or "
         "are unknown to the roster; for teams, schedules, steps of SLA policies and of escalation that name somebody "
         "who is gone; and for categories and services whose whole team is away. Exit 10 if anything was found; "
         "'people "
         "hand-over' moves tickets and incidents.",
         "查找缺勤、按请求人目录已离开（LEFT）或不在名册中的人员名下未完成的工单和事件；仍提到已离开人员的团队、值班表"
         "、"
         "SLA 策略步骤和升级步骤；以及整个团队均不在的类别和服务。有则退出码为 10；用 people hand-over "
         "移交工单和事件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_check,
};

}  // namespace umsops::cli
