// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <functional>

#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/exit_code.hpp"
#include "cli/rules/rules.hpp"
#include "cli/store_name.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

struct Check {
  std::string name, value;
  std::optional<base::Error> problem;
};

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

std::vector<Check> all_checks(Env& env) {
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
    return std::to_string(set.size()) + ", version " + set.version();
  }));
  checks.push_back(look("services", [&] {
    auto const roster = configured_roster(env);
    auto const catalogue = configured_services(env, {}, roster ? &*roster : nullptr);
    return catalogue ? std::to_string(catalogue->services().size()) : std::string("none");
  }));
  checks.push_back(look("store", [&] { return store_name(env); }));
  if (checks.back().problem) return checks;
  std::string const path = checks.back().value;
  if (!base::names_server(path)) {
    checks.push_back({"permissions", mode_of(path), std::nullopt});
    checks.push_back(look("write", [&] { return try_to_write(path); }));
    bool const made_later = mode_of(path) == "absent" && env.settings().origin("store").level == config::Level::builtin;
    if (made_later) return checks;
  }
  checks.push_back(look("schema", [&] {
    auto const status = env.desk().store().status();
    return std::to_string(status.schema_version) + " of " + std::to_string(status.schema_needed) + ", " +
           status.engine + " " + status.engine_version;
  }));
  return checks;
}

int run_doctor(Env& env, Call const&) {
  auto const checks = all_checks(env);
  base::Error const* worst = nullptr;
  Value::List items;
  for (auto const& check : checks) {
    if (check.problem && worst == nullptr) worst = &*check.problem;
    std::string const shown = check.problem ? check.problem->message(env.language()) : check.value;
    if (env.human()) {
      std::string const name = check.name + std::string(13 - std::min<std::size_t>(check.name.size(), 12), ' ');
      env.out().write(base::terminal_text((check.problem ? "!! " : "ok ") + name + shown, base::TextShape::line) +
                      "\n");
    }
    items.emplace_back(
        Value::Object{{"name", check.name},
                      {"ok", !check.problem.has_value()},
                      {"value", shown},
                      {"hint", check.problem ? base::text_or_null(check.problem->hint(env.language())) : Value()}});
  }
  if (!env.human()) {
    format::write_document(
        env.out(), env.style("name"),
        Value::Object{{"schema", "umsops.doctor/v1"}, {"ok", worst == nullptr}, {"checks", std::move(items)}});
  }
  if (worst == nullptr) return 0;
  env.out().flush();
  throw *worst;
}

constexpr Example kExamples[] = {
    {"umsops doctor", {"what is wrong, if anything", "有何问题"}},
    {"umsops doctor -o json | jq -r '.checks[] | select(.ok | not) | .value'", {"for a health check", "用于健康检查"}},
};
constexpr int kExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kDoctor{
    .path = "doctor",
    .summary = {"show what this installation uses, and find problems", "检查本安装所用的配置及其问题"},
    .description =
        {"Shows version, settings, language, zone, rules, services, store, permissions and schema, and tries to write "
         "beside the store. The exit code is that of the first problem.",
         "显示版本、设置、语言、时区、规则、服务、数据文件、权限和模式，并在数据文件旁试写。退出码为第一个问题的退出码"
         "。"},
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.doctor/v1",
    .without_settings = true,
    .run = run_doctor,
};

}  // namespace umsops::cli
