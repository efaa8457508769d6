// SPDX-License-Identifier: Apache-2.0
// People of a group. The name switch loads libraries, so the system's own program asks it. What it says comes from a
// directory, and is no more to be trusted than anything else from outside.
#include <algorithm>
#include <chrono>

#include "cli/env.hpp"
#include "cli/init/plan.hpp"
#include "cli/process.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::init {

namespace {

constexpr std::size_t kMostMembers = 500;
constexpr Text kAGroup{"a group that getent knows", "getent 所知的用户组"};
constexpr Text kSmallGroup{"a group of at most 500 people", "不超过 500 人的用户组"};
constexpr Text kLeftOut{"left out, it cannot be a name in a roster: ", "不能用作名册中的名字，已略去："};

std::vector<std::string> parts_of(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    auto const end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

/// The lines that getent prints, in fields; none where it knows nothing.
std::vector<std::vector<std::string>> getent(std::vector<std::string> arguments) {
  Task task;
  arguments.insert(arguments.begin(), "getent");
  for (auto const* const folder : {"/usr/bin/", "/bin/"}) {  // never by PATH: it may be another user's
    task.command = arguments;
    task.command[0] = std::string(folder) + "getent";
    task.environment = {"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"};
    task.limit = std::chrono::seconds(30);
    task.most = 8 << 20;
    auto const end = run_task(task);
    if (end.how == TaskEnd::How::not_started) continue;
    std::vector<std::vector<std::string>> out;
    for (auto const& line : parts_of(end.output, '\n')) {
      if (!line.empty()) out.push_back(parts_of(line, ':'));
    }
    return out;
  }
  return {};
}

bool can_be_named(std::string const& account) {
  static constexpr std::string_view kReserved[] = {"me", "auto", "none"};
  return !account.empty() && account.size() <= 100 && !base::check_text(account, base::TextShape::line) &&
         account.find_first_of(":, ") == account.npos &&
         std::find(std::begin(kReserved), std::end(kReserved), account) == std::end(kReserved);
}

base::Error no_group(Env& env, std::string const& group, Text const& expected) {
  return base::Error(base::errors::usage_bad_value, {{"flag", "--group"},
                                                     {"value", "'" + group.substr(0, 80) + "'"},
                                                     {"expected", std::string(env.text(expected))},
                                                     {"suggestion", "getent group"}});
}

/// The first part of the field that says who it is: `Li Na,Room 5,...`.
std::string name_in(std::vector<std::string> const& user) {
  std::string name = user.size() > 4 ? parts_of(user[4], ',')[0] : "";
  return name.size() > 200 || base::check_text(name, base::TextShape::line) ? "" : name;
}

}  // namespace

std::vector<Member> members_of(Env& env, std::string const& group) {
  if (group.empty() || group.starts_with('-')) throw no_group(env, group, kAGroup);
  auto const found = getent({"group", group});
  if (found.size() != 1 || found[0].size() < 4) throw no_group(env, group, kAGroup);
  std::vector<std::string> accounts;
  for (auto const& account : parts_of(found[0][3], ',')) {
    if (!account.empty()) accounts.push_back(account);
  }
  std::vector<std::vector<std::string>> users;
  for (auto& user : getent({"passwd"})) {
    if (user.size() > 4 && user[3] == found[0][2]) accounts.push_back(user[0]);  // the group that they log in with
    users.push_back(std::move(user));
  }
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
  if (accounts.size() > kMostMembers) throw no_group(env, group, kSmallGroup);
  std::vector<Member> members;
  for (auto const& account : accounts) {
    if (!can_be_named(account)) {
      env.warn(std::string(env.text(kLeftOut)) + base::terminal_text(account, base::TextShape::line));
      continue;
    }
    auto const user = std::find_if(users.begin(), users.end(), [&](auto const& one) { return one[0] == account; });
    members.push_back({account, user == users.end() ? "" : name_in(*user)});
  }
  return members;
}

}  // namespace umsops::cli::init
