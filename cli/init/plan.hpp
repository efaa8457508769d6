// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/registry.hpp"

namespace umsops::cli {

class Env;

namespace init {

inline constexpr std::string_view kLanguages[] = {"en", "zh_CN"};
inline constexpr std::string_view kCalendars[] = {"builtin", "china", "us"};
inline constexpr std::string_view kTimers[] = {"systemd", "cron", "none"};

/// Somebody who works at the desk.
struct Member {
  std::string account, name;
};

/// What a new desk is to be like: from flags, from answers, else from what is usual here.
struct Plan {
  bool system = false;
  std::string folder;  ///< of the settings
  std::string store;
  std::string language, zone, calendar, timer;
  std::vector<std::string> roster;  ///< files that are there; none: one is made
  std::string group;                ///< whose members are in the one that is made
  std::vector<Member> members;
  bool rules = true;
};

/// Asks only where a question may be asked and no flag has answered it.
Plan make_plan(Env& env);

/// Who is in the group, as the system's `getent` says. Names that no roster could have are left out, and told. Throws
/// `usage.bad_value` where there is no such group.
std::vector<Member> members_of(Env& env, std::string const& group);

/// The question with what holds when nothing is typed; the line that is typed. Throws `process.interrupted`, and
/// `usage.missing` at the end of the input.
std::string ask(Env& env, std::string_view question, std::string const& fallback);

/// A file that is to be there afterwards.
struct NewFile {
  std::string path, text;
  Text what;
  std::string_view key = {};  ///< the setting that names it; empty: none
};

/// What the desk begins with, the settings first.
std::vector<NewFile> files_of(Env& env, Plan const& plan);

/// A line to be typed next, and why.
struct Step {
  std::string line;
  Text why;
};

std::vector<Step> next_steps(Plan const& plan);

}  // namespace init

}  // namespace umsops::cli
