// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <functional>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/exit_code.hpp"
#include "cli/rules/rules.hpp"
#include "cli/store_name.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/chinese.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/template_files.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/prepared/recurring.hpp"

namespace umsops::cli {

namespace {

using base::Value;

struct Check {
  std::string name, value;
  std::optional<base::Error> problem;
};

/// What programs read is English; people get these. One text and no table, as texts of one command go.
constexpr std::string_view kWords =
    "version=版本\n"
    "settings=设置\n"
    "language=语言\n"
    "zone=时区\n"
    "rules=规则\n"
    "services=服务\n"
    "roster=名册\n"
    "templates=模板\n"
    "recurring=定期工单\n"
    "calendars=日历\n"
    "names=名称\n"
    "store=数据\n"
    "classifier=分类模型\n"
    "spool=暂存\n"
    "permissions=权限\n"
    "write=写入\n"
    "schema=模式\n"
    "held=搁置\n"
    "outbox=待发箱\n"
    "none=无\n"
    "sound=正常\n"
    "local=本机\n"
    "possible=可以写入\n"
    "absent=尚未建立\n"
    "built-in defaults=内置默认值\n"
    "zh=中文\n"
    "the folder is made by the first write=首次写入时建立目录\n";
constexpr Text kVersion{", version ", "，版本 "};

std::string word_in(Env const& env, std::string const& word) {
  for (auto rest = kWords; env.language() == base::Language::zh && !rest.empty();) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    auto const sign = line.find('=');
    if (line.substr(0, sign) == word) return std::string(line.substr(sign + 1));
  }
  return word;
}

/// Gives the value, or throws what is wrong.
Check look(std::string name, std::function<std::string()> const& value) {
  Check check{std::move(name), {}, std::nullopt};
  try {
    check.value = value();
  } catch (base::Error const& error) {
    check.problem = error;
  }
  return check;
}

std::string mode_of(std::string const& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return "absent";
  std::string mode(4, '0');
  for (int digit = 0; digit < 4; ++digit)
    mode[static_cast<std::size_t>(3 - digit)] = static_cast<char>('0' + ((status.st_mode >> (3 * digit)) & 7));
  return mode;
}

std::string folder_of(std::string const& path) {
  auto const slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

/// Writes a file beside the store and takes it away again; a folder that is not there yet is made by the first ticket.
std::string try_to_write(std::string const& path) {
  struct stat status = {};
  if (stat(folder_of(path).c_str(), &status) != 0) return "the folder is made by the first write";
  FileOutput probe(folder_of(path) + "/write-test");
  probe.write("x");
  probe.flush();
  return "possible";
}

/// What waits, as programs are told.
struct Waiting {
  Value spool, held, outbox;
};

/// Reports that wait on this machine. Those that nobody will file without a look are a problem.
std::string look_at_spool(Env& env, Waiting& waiting) {
  if (env.settings().state_directory().empty()) return env.phrase(Phrase::spool_nowhere);
  std::int64_t here = 0, refused = 0, elsewhere = 0, untargeted = 0, unreadable = 0;
  desk::list_spool(env.spool_folder(), env.spool_target(), [&](desk::SpoolEntry const& entry) {
    bool const of_another = entry.place == desk::SpoolPlace::elsewhere;
    ++(entry.unreadable                             ? unreadable
       : of_another                                 ? elsewhere
       : entry.place == desk::SpoolPlace::unknown   ? untargeted
       : entry.state() == desk::SpoolState::refused ? refused
                                                    : here);
  });
  waiting.spool = Value::Object{{"waiting", here},
                                {"refused", refused},
                                {"other_desks", elsewhere},
                                {"untargeted", untargeted},
                                {"unreadable", unreadable}};
  if (std::int64_t const stuck = refused + untargeted + unreadable; stuck > 0) {
    throw base::Error(base::errors::spool_stuck,
                      {{"count", std::to_string(stuck)},
                       {"what", env.phrase(Phrase::spool_stuck, {{"refused", std::to_string(refused)},
                                                                 {"untargeted", std::to_string(untargeted)},
                                                                 {"unreadable", std::to_string(unreadable)}})}});
  }
  return env.phrase(Phrase::spool_state, {{"waiting", std::to_string(here)},
                                          {"refused", std::to_string(refused)},
                                          {"elsewhere", std::to_string(elsewhere)}});
}

/// What is due, and hooks did not allow.
std::string look_at_held(Env& env, Waiting& waiting) {
  constexpr std::size_t kNamed = 5;
  auto const held = env.desk().tick().held();
  Value::List list;
  std::string what;
  for (auto const& act : held) {
    if (list.size() < kNamed) {
      what += (what.empty() ? "" : "; ") +
              env.phrase(Phrase::held_act,
                         {{"number", act.number},
                          {"time", env.zone().format(act.again_at)},
                          {"problem", act.problem.empty()                    ? act.code
                                      : env.language() == base::Language::zh ? base::in_chinese(act.problem)
                                                                             : act.problem}});
    }
    list.emplace_back(Value::Object{{"number", act.number},
                                    {"error", act.code},
                                    {"problem", act.problem},
                                    {"tries", act.tries},
                                    {"again_at", act.again_at}});
  }
  waiting.held = std::move(list);
  if (held.empty()) return env.phrase(Phrase::nothing_held);
  if (held.size() > kNamed)
    what += "; " + env.phrase(Phrase::held_more, {{"count", std::to_string(held.size() - kNamed)}});
  throw base::Error(base::errors::tick_held, {{"count", std::to_string(held.size())}, {"what", std::move(what)}});
}

/// Messages that did not arrive, and audiences that nothing can arrive at.
std::string look_at_outbox(Env& env, Waiting& waiting) {
  auto const health = env.desk().outbox().health();
  waiting.outbox = Value::Object{{"can_send", health.can_send},
                                 {"waiting", health.waiting},
                                 {"oldest_waiting", health.oldest_waiting ? Value(*health.oldest_waiting) : Value()},
                                 {"failed", health.failed},
                                 {"unreachable", Value::List(health.unreachable.begin(), health.unreachable.end())}};
  if (!health.unreachable.empty()) {
    throw base::Error(base::errors::config_invalid,
                      {{"problem", "audience " + health.unreachable.front()}, {"suggestion", "man umsops-channels"}});
  }
  if (health.failed > 0) {
    throw base::Error(base::errors::outbox_failed, {{"failed", std::to_string(health.failed)},
                                                    {"total", std::to_string(health.failed + health.waiting)}});
  }
  return env.phrase(health.can_send ? Phrase::outbox_state : Phrase::outbox_no_way,
                    {{"waiting", std::to_string(health.waiting)}});
}

std::string first_of(std::vector<base::Error> const& problems) {
  if (!problems.empty()) throw problems.front();
  return "sound";
}

/// Where nobody has said whose working hours the built-in calendar has, due times fall into the night.
std::string foreign_hours(Env& env) {
  bool const chosen =
      env.settings().origin("calendar_zone").level != config::Level::builtin || !env.settings().list("sla").empty();
  if (chosen || env.zone().is_utc()) return {};
  return std::string(env.text({"; business hours are those of UTC: umsops config set calendar_zone ",
                               "；工作时间按 UTC 计算：umsops config set calendar_zone "})) +
         env.zone().name();
}

std::vector<Check> all_checks(Env& env, Waiting& waiting) {
  std::vector<Check> checks;
  checks.push_back(look("version", [] { return desk::version(); }));
  checks.push_back(look("settings", [&] {
    std::string files;
    for (auto const& file : env.settings().files()) files += (files.empty() ? "" : ", ") + file;
    return files.empty() ? std::string("built-in defaults") : files;
  }));
  bool const usable = !checks.back().problem;
  checks.push_back(look("language", [&] { return env.language() == base::Language::zh ? "zh" : "en"; }));
  if (!usable) return checks;
  checks.push_back(look("zone", [&] { return env.zone().name(); }));
  checks.push_back(look("rules", [&] {
    auto const set = configured_rules(env);
    return std::to_string(set.size()) + std::string(env.text(kVersion)) + set.version();
  }));
  checks.push_back(look("services", [&] {
    auto const roster = configured_roster(env);
    auto const catalogue = configured_services(env, {}, roster ? &*roster : nullptr);
    return catalogue ? std::to_string(catalogue->services().size()) : std::string("none");
  }));
  checks.push_back(look("roster", [&] {
    auto const roster = configured_roster(env);
    return roster ? std::to_string(roster->people.size()) : std::string("none");
  }));
  if (auto const files = env.settings().list("templates"); !files.empty())
    checks.push_back(look("templates", [&] { return std::to_string(config::read_templates(files).size()); }));
  if (!env.settings().list("recurring").empty())
    checks.push_back(look("recurring", [&] { return std::to_string(configured_recurring(env).size()); }));
  checks.push_back(look("calendars", [&] { return first_of(ending_calendars(env)) + foreign_hours(env); }));
  checks.push_back(look("names", [&] { return first_of(unknown_names(env)); }));
  checks.push_back(look("store", [&] { return store_name(env); }));
  if (checks.back().problem) return checks;
  std::string const path = checks.back().value;
  checks.push_back(look("classifier", [&] {
    auto const model = configured_model(env).open();
    if (!model) return std::string("none");
    model->verify();
    return std::to_string(model->documents()) + std::string(env.text(kVersion)) + model->version();
  }));
  checks.push_back(look("spool", [&] { return look_at_spool(env, waiting); }));
  if (!base::names_server(path)) {
    checks.push_back({"permissions", mode_of(path), std::nullopt});
    checks.push_back(look("write", [&] { return try_to_write(path); }));
    bool const made_later = mode_of(path) == "absent" && env.settings().origin("store").level == config::Level::builtin;
    if (made_later) return checks;
  }
  checks.push_back(look("schema", [&] {
    auto const status = env.desk().store().status();
    bool const zh = env.language() == base::Language::zh;
    return std::to_string(status.schema_version) + (zh ? "/" : " of ") + std::to_string(status.schema_needed) +
           (zh ? "，" : ", ") + status.engine + " " + status.engine_version;
  }));
  if (!checks.back().problem) {
    checks.push_back(look("held", [&] { return look_at_held(env, waiting); }));
    checks.push_back(look("outbox", [&] { return look_at_outbox(env, waiting); }));
  }
  return checks;
}

int run_doctor(Env& env, Call const&) {
  Waiting waiting;
  auto const checks = all_checks(env, waiting);
  base::Error const* worst = nullptr;
  Value::List items;
  for (auto const& check : checks) {
    if (check.problem && worst == nullptr) worst = &*check.problem;
    std::string const shown = check.problem ? check.problem->message(env.language()) : check.value;
    if (env.human()) {
      std::string name = word_in(env, check.name);
      name.append(13 - std::min<std::size_t>(base::cell_width(name), 12), ' ');
      env.out().write(
          base::terminal_text((check.problem ? "!! " : "ok ") + name + (check.problem ? shown : word_in(env, shown)),
                              base::TextShape::line) +
          "\n");
    }
    items.emplace_back(
        Value::Object{{"name", check.name},
                      {"ok", !check.problem.has_value()},
                      {"value", shown},
                      {"hint", check.problem ? base::text_or_null(check.problem->hint(env.language())) : Value()}});
  }
  if (!env.human()) {
    format::write_document(env.out(), env.style("name"),
                           Value::Object{{"schema", "umsops.doctor/v1"},
                                         {"ok", worst == nullptr},
                                         {"checks", std::move(items)},
                                         {"spool", std::move(waiting.spool)},
                                         {"held", std::move(waiting.held)},
                                         {"outbox", std::move(waiting.outbox)}});
  }
  if (worst == nullptr) return 0;
  env.out().flush();
  throw *worst;
}

constexpr Example kExamples[] = {
    {"umsops doctor", {"what is wrong, if anything", "有何问题"}},
    {"umsops doctor -o json | jq -r '.checks[] | select(.ok | not) | .value'", {"for a health check", "用于健康检查"}},
    {"umsops doctor -o json | jq '[.spool.waiting, (.held | length)]'",
     {"how many reports wait, and how much is held back", "等待中的报告数和被搁置的事项数"}},
};
constexpr int kExits[] = {6, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kDoctor{
    .path = "doctor",
    .summary = {"show what this installation uses, and find problems", "检查本安装所用的配置及其问题"},
    .description =
        {"Shows version, settings, language, zone, rules, services, roster, calendars, names, store, permissions and "
         "schema, and tries to write "
         "beside the store. Tells how many reports wait in the spool, and what 'tick' had to hold back because a hook "
         "refused it: "
         "where, why, and until when; and which messages did not arrive, and whom none can reach. The exit code is "
         "that of "
         "the first problem.",
         "显示版本、设置、语言、时区、规则、服务、名册、日历、名称、数据文件、权限和模式，并在数据文件旁试写。同时给出"
         "暂存报告的数量，以"
         "及因钩子"
         "拒绝而被 tick "
         "搁置的工单、原因和下次重试时间；以及未送达的消息和无法联系的受众。退出码为第一个问题的退出码。"},
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.doctor/v1",
    .without_settings = true,
    .run = run_doctor,
};

}  // namespace umsops::cli
