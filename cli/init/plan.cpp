// SPDX-License-Identifier: Apache-2.0
#include "cli/init/plan.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <functional>

#include "cli/env.hpp"
#include "cli/signals.hpp"
#include "cli/store_name.hpp"
#include "cli/surroundings.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/config/roster_files.hpp"
#include "umsops/config/settings_file.hpp"

namespace umsops::cli::init {

namespace {

constexpr std::size_t kLongestAnswer = 4096;
constexpr Text kAnswer{"an answer", "回答"};
constexpr Text kStore{"Where is the desk? A file, or the address of a PostgreSQL server",
                      "数据存放在哪里？文件路径，或 PostgreSQL 服务器地址"};
constexpr Text kLanguage{"Language of messages (en, zh_CN)", "消息的语言（en、zh_CN）"};
constexpr Text kZone{"Time zone of the desk", "服务台所在时区"};
constexpr Text kCalendar{"Business time: builtin (Monday to Friday), china or us (with their public holidays)",
                         "工作时间：builtin（周一至周五）、china 或 us（含各自的法定节假日）"};
constexpr Text kPeople{"Who works at the desk? A roster file, a group of this system, or nothing for now",
                       "服务台有哪些人？名册文件、本机的用户组，或留空以后再填"};
constexpr Text kRules{"A file for rules of your own? (yes, no)", "是否建立自己的规则文件？（yes、no）"};
constexpr Text kTimer{"What runs the time-driven work each minute? (systemd, cron, none)",
                      "由什么每分钟运行一次定时任务？（systemd、cron、none）"};

template <std::size_t N>
std::string list_of(std::string_view const (&words)[N]) {
  std::string out;
  for (auto const word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

/// Asks until the answer is one of these words.
template <std::size_t N>
std::string choose(Env& env, std::string_view question, std::string const& fallback,
                   std::string_view const (&words)[N]) {
  while (true) {
    auto answer = ask(env, question, fallback);
    if (std::find(std::begin(words), std::end(words), answer) != std::end(words)) return answer;
    env.tell(env.phrase(Phrase::one_of, {{"choices", list_of(words)}}));
  }
}

/// Asks until `good` throws nothing: what it threw is told.
std::string ask_until(Env& env, std::string_view question, std::string const& fallback,
                      std::function<void(std::string const&)> const& good) {
  while (true) {
    auto answer = ask(env, question, fallback);
    try {
      good(answer);
      return answer;
    } catch (base::Error const& error) {
      if (error.kind() == base::ErrorKind::interrupted) throw;
      env.tell(error.message(env.language()));
    }
  }
}

/// The zone of this machine by its name: TZ, else where /etc/localtime leads.
std::string system_zone(Env& env) {
  std::string name = env.settings().text("tz");
  if (name.empty()) name = env.variable()("TZ").value_or("");
  if (name.starts_with(':')) name.erase(0, 1);
  if (name.empty()) {
    std::error_code failed;
    auto const target = std::filesystem::read_symlink("/etc/localtime", failed).string();
    static constexpr std::string_view kFolder = "zoneinfo/";
    if (auto const at = target.find(kFolder); !failed && at != target.npos) name = target.substr(at + kFolder.size());
  }
  try {
    (void)base::TimeZone::load(name);
    return name;
  } catch (base::Error const&) {
    return "UTC";
  }
}

std::string usual_calendar(std::string const& zone) {
  for (auto const one : {"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "PRC"}) {
    if (zone == one) return "china";
  }
  for (auto const one : {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
                         "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "US/"}) {
    if (zone.starts_with(one)) return "us";
  }
  return "builtin";
}

std::string usual_timer() {
  struct stat status = {};
  return stat("/run/systemd/system", &status) == 0 ? "systemd" : "cron";
}

/// The file or address as the settings are to name it.
std::string whole_store(Env& env, std::string const& store) {
  if (base::names_server(store)) return store;
  std::string path = store;
  if (path.starts_with("~/")) path = env.variable()("HOME").value_or("") + path.substr(1);
  return (std::filesystem::path(surroundings_of(env.variable()).working_directory) / path).lexically_normal().string();
}

void ask_who(Env& env, Plan& plan) {
  (void)ask_until(env, env.text(kPeople), "", [&](std::string const& answer) {
    plan.roster.clear();
    plan.group.clear();
    if (answer.empty()) return;
    struct stat status = {};
    if (answer.find('/') != answer.npos || stat(answer.c_str(), &status) == 0) {
      (void)config::read_roster({answer});
      plan.roster = {answer};
    } else {
      plan.members = members_of(env, answer);
      plan.group = answer;
    }
  });
}

void take_people(Env& env, Plan& plan, bool asks) {
  auto const& call = env.call();
  call.exclude("roster", "group");
  plan.roster = call.all("roster");
  plan.group = call.text("group").value_or("");
  if (!plan.roster.empty()) (void)config::read_roster(plan.roster);
  if (!plan.group.empty()) plan.members = members_of(env, plan.group);
  if (asks && plan.roster.empty() && plan.group.empty()) ask_who(env, plan);
  std::filesystem::path const here(surroundings_of(env.variable()).working_directory);
  for (auto& file : plan.roster) file = (here / file).lexically_normal().string();
}

}  // namespace

std::string ask(Env& env, std::string_view question, std::string const& fallback) {
  std::string const shown(question);
  env.tell(shown + (fallback.empty() ? "" : " [" + fallback + "]") +
           (env.language() == base::Language::zh ? "：" : ":"));
  std::string line;
  while (line.size() < kLongestAnswer) {
    char c = 0;
    auto const got = ::read(0, &c, 1);
    if (got < 0 && errno == EINTR) signals::check();
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 && line.empty()) env.call().missing(env.text(kAnswer));
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  std::string const answer(base::trimmed(line));
  if (base::check_text(answer, base::TextShape::line)) return ask(env, question, fallback);
  return answer.empty() ? fallback : answer;
}

Plan make_plan(Env& env) {
  auto const& call = env.call();
  bool const asks = env.may_ask() && !call.on("yes");
  Plan plan;
  plan.system = call.on("system");
  auto const places = config::settings_places(surroundings_of(env.variable()));
  auto const& file = plan.system ? places.system : places.user;
  if (file.empty()) throw base::Error(base::errors::no_home);
  plan.folder = std::filesystem::path(file).parent_path().string();

  auto const& store = env.settings().origin(cli::kStore);
  bool const named = store.level == config::Level::flag || store.level == config::Level::environment;
  plan.store = plan.system && !named && store.level != config::Level::system_file ? "/var/lib/umsops/desk.db"
                                                                                  : store_address(env);
  if (asks && !named) plan.store = ask(env, env.text(kStore), plan.store);
  plan.store = whole_store(env, plan.store);

  plan.language = env.language() == base::Language::zh ? "zh_CN" : "en";
  if (asks && !call.has("lang")) plan.language = choose(env, env.text(kLanguage), plan.language, kLanguages);
  plan.zone = call.text("tz").value_or(system_zone(env));
  if (asks && !call.has("tz"))
    plan.zone = ask_until(env, env.text(kZone), plan.zone, [](auto const& zone) { (void)base::TimeZone::load(zone); });
  (void)base::TimeZone::load(plan.zone);
  plan.calendar = call.text("calendar").value_or(usual_calendar(plan.zone));
  if (asks && !call.has("calendar")) plan.calendar = choose(env, env.text(kCalendar), plan.calendar, kCalendars);
  take_people(env, plan, asks);
  plan.rules = call.on("rules", true);
  if (asks && !call.has("rules")) {
    static constexpr std::string_view kYesNo[] = {"yes", "no"};
    plan.rules = choose(env, env.text(kRules), "yes", kYesNo) == "yes";
  }
  plan.timer = call.text("timer").value_or(usual_timer());
  if (asks && !call.has("timer")) plan.timer = choose(env, env.text(kTimer), plan.timer, kTimers);
  return plan;
}

}  // namespace umsops::cli::init
