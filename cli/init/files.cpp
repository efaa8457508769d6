// SPDX-License-Identifier: Apache-2.0
// The files of a new desk, and what comes after them.
#include <filesystem>

#include "cli/env.hpp"
#include "cli/init/plan.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/config/settings_file.hpp"
#include "umsops/config/starter_files.hpp"

namespace umsops::cli::init {

namespace {

using config::yaml_scalar;

std::string yaml_list(std::vector<std::string> const& items) {
  std::string out;
  for (auto const& item : items) out.append(out.empty() ? "[" : ", ").append(yaml_scalar(item));
  return out + "]";
}

/// In the language of the desk. Said where they are used, and not in tables: a table has to be put right at every start
/// of the program.
std::string_view in(Plan const& plan, std::string_view english, std::string_view chinese) {
  return plan.language == "zh_CN" ? chinese : english;
}

std::string settings_text(Plan const& plan) {
  std::string out(
      in(plan,
         "# Settings of umsops. All of them: umsops config list, man umsops-config. Change one here, or with:\n"
         "#   umsops config set KEY VALUE\n",
         "# umsops 的设置。全部设置：umsops config list，man umsops-config。可在此修改，或使用：\n"
         "#   umsops config set 设置名 值\n"));
  auto const add = [&](std::string_view remark, std::string_view key, std::string const& value) {
    out.append(remark).append(key).append(": ").append(value).append("\n");
  };
  add(in(plan, "\n# The desk: a file, or the address of a PostgreSQL server.\n",
         "\n# 数据：文件，或 PostgreSQL 服务器地址。\n"),
      "store", yaml_scalar(plan.store));
  add(in(plan, "\n# Language of messages: en, zh_CN, or auto (that of the terminal).\n",
         "\n# 消息的语言：en、zh_CN，或 auto（随终端）。\n"),
      "lang", plan.language);
  add(in(plan, "\n# Time zone of what is typed, and of tables.\n", "\n# 输入时间与表格所用的时区。\n"), "tz",
      yaml_scalar(plan.zone));
  if (plan.calendar == "builtin") {
    add(in(plan, "\n# Business time, which due times count in: Monday to Friday, 09:00 to 18:00, in this zone.\n",
           "\n# 计算截止时间所用的工作时间：此时区的周一至周五 09:00 到 18:00。\n"),
        "calendar_zone", yaml_scalar(plan.zone));
  } else {
    add(in(plan, "\n# Business time, which due times count in: hours, holidays, make-up days.\n",
           "\n# 计算截止时间所用的工作时间：时段、节假日与调休。\n"),
        "sla", "[sla.yaml]");
  }
  add(in(plan, "\n# Who works at the desk, and who is on call.\n", "\n# 服务台的人员与值班安排。\n"), "roster",
      plan.roster.empty() ? "[roster.yaml]" : yaml_list(plan.roster));
  if (plan.rules)
    add(in(plan, "\n# Rules for category and priority, beside the built-in ones.\n",
           "\n# 内置规则之外的分类与优先级规则。\n"),
        "rules", "[rules.yaml]");
  return out.append(in(plan,
                       "\n# Later, when there is something to say:\n"
                       "# channels: channels.yaml      by what ways messages leave: man umsops-channels\n"
                       "# services: [services.yaml]    who depends on whom: man umsops-services\n"
                       "# hooks: hooks                 programs that see each change: umsops help hooks\n",
                       "\n# 需要时再启用：\n"
                       "# channels: channels.yaml      消息的发送渠道：man umsops-channels\n"
                       "# services: [services.yaml]    服务目录与依赖关系：man umsops-services\n"
                       "# hooks: hooks                 在每次修改前运行的程序：umsops help hooks\n"));
}

std::string roster_text(Plan const& plan) {
  std::string out(in(
      plan,
      "# Who works at the desk: man umsops-roster. Skills, absences and schedules may follow; look at it with: umsops "
      "oncall list\n",
      "# 服务台的人员：man umsops-roster。可继续填写技能、缺勤与值班安排；查看：umsops oncall list\n"));
  out += "kind: roster\nzone: " + yaml_scalar(plan.zone) + "\n";
  if (plan.members.empty())
    return out.append("\n").append(in(plan,
                                      "# people:\n#   li.na:\n#     display_name: Li Na\n#     email: "
                                      "li.na@example.org\n# teams:\n#   desk: {members: "
                                      "[li.na]}\n",
                                      "# people:\n#   li.na:\n#     display_name: 李娜\n#     email: "
                                      "li.na@example.org\n# teams:\n#   desk: {members: "
                                      "[li.na]}\n"));
  out += "\npeople:\n";
  std::string members;
  for (auto const& [account, name] : plan.members) {
    out += "  " + yaml_scalar(account) + ":";
    out += name.empty() ? " {}\n" : "\n    display_name: " + yaml_scalar(name) + "\n";
    members += (members.empty() ? "" : ", ") + yaml_scalar(account);
  }
  return out + "\nteams:\n  desk:\n    members: [" + members + "]\n";
}

/// The country's calendar, by the clock of the desk where that is one of the country's.
std::string calendar_text(Plan const& plan) {
  std::string text(config::starter_file(plan.calendar + ".yaml"));
  static constexpr std::string_view kTheirs = "zone: America/New_York";
  if (auto const at = text.find(kTheirs);
      plan.calendar == "us" && at != text.npos &&
      (plan.zone.starts_with("America/") || plan.zone.starts_with("US/") || plan.zone == "Pacific/Honolulu"))
    text.replace(at, kTheirs.size(), "zone: " + plan.zone);
  return text;
}

std::string program_path() {
  std::error_code failed;
  auto const path = std::filesystem::read_symlink("/proc/self/exe", failed).string();
  return failed ? "/usr/bin/umsops" : path;
}

/// Whether systemd finds the units that were installed with this program.
bool has_units(Env& env) {
  std::error_code ignored;
  auto const prefix = std::filesystem::path(program_path()).parent_path().parent_path();
  bool const searched =
      prefix == "/usr" || prefix == "/usr/local" || prefix == env.variable()("HOME").value_or("") + "/.local";
  for (auto const* const folder : {"share/systemd/user", "lib/systemd/user"}) {
    if (searched && std::filesystem::exists(prefix / folder / "umsops-tick.timer", ignored)) return true;
  }
  return false;
}

/// The service with this program in it, wherever that lies.
std::string service_text() {
  std::string text(config::starter_file("umsops-tick.service"));
  auto const at = text.find("ExecStart=");
  auto const end = text.find('\n', at);
  std::string quoted;
  for (char const c : program_path()) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
    if (c == '%') quoted += c;
  }
  return text.replace(at, end - at, "ExecStart=\"" + quoted + "\" tick -q");
}

}  // namespace

std::vector<NewFile> files_of(Env& env, Plan const& plan) {
  std::vector<NewFile> files;
  auto const path = [&](char const* name) { return plan.folder + "/" + name; };
  files.push_back({path("config.yaml"), settings_text(plan), {"settings", "设置"}});
  if (plan.roster.empty())
    files.push_back({path("roster.yaml"), roster_text(plan), {"who works here", "人员名册"}, "roster"});
  std::error_code ignored;
  if (plan.calendar == "builtin" && std::filesystem::exists(path("sla.yaml"), ignored))
    files.push_back({path("sla.yaml"), "", {"business time and holidays", "工作时间与节假日"}});  // it stays as it is
  if (plan.calendar != "builtin")
    files.push_back({path("sla.yaml"), calendar_text(plan), {"business time and holidays", "工作时间与节假日"}, "sla"});
  if (plan.rules) {
    auto const name = "rules." + plan.language + ".yaml";
    files.push_back(
        {path("rules.yaml"), std::string(config::starter_file(name)), {"first rules", "初始规则"}, "rules"});
  }
  if (plan.timer == "systemd" && !plan.system && !has_units(env)) {
    auto const folder = std::filesystem::path(plan.folder).parent_path().string() + "/systemd/user/";
    files.push_back({folder + "umsops-tick.service", service_text(), {"what is run each minute", "每分钟运行的任务"}});
    files.push_back({folder + "umsops-tick.timer",
                     std::string(config::starter_file("umsops-tick.timer")),
                     {"its timer", "定时器"}});
  }
  return files;
}

std::vector<Step> next_steps(Plan const& plan) {
  std::vector<Step> steps;
  if (plan.system) steps.push_back({"sudo -u umsops umsops db init", {"make the desk", "建立数据文件"}});
  if (!plan.system && base::names_server(plan.store))
    steps.push_back({"umsops db init", {"make the desk", "在服务器上建立数据"}});
  steps.push_back({"umsops doctor", {"look whether all is well", "检查一切是否正常"}});
  if (plan.timer == "systemd") {
    steps.push_back({plan.system ? "sudo systemctl enable --now umsops-tick.timer"
                                 : "systemctl --user enable --now umsops-tick.timer",
                     {"run what is due, each minute", "每分钟运行到期的任务"}});
  } else if (plan.timer == "cron") {
    steps.push_back({plan.system ? "echo '* * * * * umsops umsops tick -q >/dev/null' | sudo tee /etc/cron.d/umsops"
                                 : "(crontab -l 2>/dev/null; echo '* * * * * umsops tick -q >/dev/null') | crontab -",
                     {"run what is due, each minute", "每分钟运行到期的任务"}});
  }
  steps.push_back({plan.language == "zh_CN" ? "umsops ticket create -t '无法登录' --requester zhang.wei"
                                            : "umsops ticket create -t 'cannot sign in' --requester m.jones",
                   {"the first ticket", "第一张工单"}});
  steps.push_back({"umsops help", {"what else there is", "其他功能"}});
  return steps;
}

}  // namespace umsops::cli::init
