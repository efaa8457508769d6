// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/people/schedule.hpp"

namespace umsops::people {

struct Absence {
  TimePoint begin, end;
  std::string reason;
};

/// How somebody wants to be told of things.
struct Contacting {
  std::string language;               ///< `en`, `zh_CN`; empty: the usual one
  std::vector<std::string> channels;  ///< the first by which the person has an address; none: the usual order
  std::vector<std::pair<std::string, std::string>> addresses;  ///< in a channel, where it is not `email`
  std::vector<Window> quiet;                                   ///< hours of each day in which only what is urgent comes
  bool own_acts = false;                                       ///< also what the person did
};

struct Person {
  std::string name;                        ///< as in `assignee_id`
  std::string display_name, email, phone;  ///< empty: unknown
  base::TimeZone zone;
  std::vector<std::pair<std::string, int>> skills;  ///< a category, subcategory or other word, and a level from 1 to 5
  std::optional<std::int64_t> capacity;             ///< most open tickets
  std::vector<Absence> absences;
  Contacting contact = {};
};

enum class Strategy { skill, least_loaded, round_robin };
std::span<std::string_view const> strategy_names();  ///< `skill`, `least_loaded`, `round_robin`
std::optional<Strategy> parse_strategy(std::string_view name);

struct Team {
  std::string name;
  std::vector<std::string> members;
  Strategy strategy = Strategy::skill;
  std::vector<std::string> categories;  ///< its tickets when no team is named
  bool is_default = false;              ///< it gets what no team serves and nobody has a skill for
  /// The schedules that decide who is on shift; nullopt: all schedules of the roster; empty: shifts do not matter.
  std::optional<std::vector<std::string>> schedules;
  std::string number_format;  ///< its tickets are counted by themselves, as `IAM-{seq:5}`; empty: with all others
};

/// Everybody, in the order of the files.
struct Roster {
  std::vector<Person> people;
  std::vector<Team> teams;
  std::vector<Schedule> schedules;

  /// Null when there is none of that name.
  Person const* person(std::string_view name) const;
  Team const* team(std::string_view name) const;
  Schedule const* schedule(std::string_view name) const;
  /// Throw `people.unknown` with the nearest name.
  Person const& require_person(std::string_view name) const;
  Team const& require_team(std::string_view name) const;
  Schedule const& require_schedule(std::string_view name) const;
};

/// The absence of that person at `at`; null: present.
Absence const* absence_at(Person const& person, TimePoint at);

enum class FindingKind {
  gap,             ///< nobody is on call
  double_booking,  ///< somebody in two schedules at once, or two overrides of one schedule at once
  unknown_person,  ///< on call, but not in the roster
  absent,          ///< on call while absent
};
std::span<std::string_view const> finding_names();  ///< `GAP`, `DOUBLE_BOOKING`, `UNKNOWN_PERSON`, `ABSENT`
std::string_view to_string(FindingKind kind);

struct Finding {
  FindingKind kind;
  std::string schedule;
  TimePoint begin, end;
  std::string person;  ///< empty for a gap
  std::string other;   ///< the other schedule, the other override's person, or the reason of the absence
};

/// Problems of the on-call plan in [from, to), by time.
std::vector<Finding> check(Roster const& roster, TimePoint from, TimePoint to);

}  // namespace umsops::people
