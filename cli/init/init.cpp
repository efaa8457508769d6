// SPDX-License-Identifier: Apache-2.0
// `umsops init`: from nothing to a desk that works. It makes files that people read, and touches none that is there.
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "cli/init/plan.hpp"
#include "cli/new_file.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using init::Plan;
using init::Step;

constexpr Text kCreated{"created", "已建立"}, kKept{"there already", "已存在"}, kWould{"would be made", "将建立"};
constexpr Text kNext{"Next:", "接下来："};
constexpr Text kKeptHint{
    "What was there already is as it was: to begin anew, move it away; to change it, edit it or use 'umsops config "
    "set'.",
    "已存在的文件保持原样：如需重新开始，请先将其移走；如需修改，请直接编辑或使用 umsops config set。"};
constexpr Text kDesk{"the desk", "数据"};
constexpr Text kNamed{"let the settings name it", "在设置中启用"};
constexpr Text kGo{"Make these files? (yes, no)", "建立这些文件？（yes、no）"};
constexpr Text kPassword{"a password in the address of the desk", "数据地址中的密码"};
constexpr Text kNothing{"nothing was made", "未建立任何文件"};

/// One thing that is there afterwards.
struct Made {
  std::string path;
  Text what;
  bool fresh;
};

/// The file of the store; one on a server is made by `db init`, which can ask it for more than a path.
void make_store(Env& env, Plan const& plan, std::vector<Made>& made) {
  if (plan.system || base::names_server(plan.store)) return;
  std::error_code ignored;
  bool fresh = !std::filesystem::exists(plan.store, ignored);
  if (!env.dry_run()) {
    desk::Options options;
    options.store = plan.store;
    options.may_create = true;
    options.actor = env.actor();
    options.clock = &env.clock();
    options.ids = &env.ids();
    auto const folder = std::filesystem::path(plan.store).parent_path().string();
    if (!std::filesystem::exists(folder, ignored)) make_trusted_folder(folder, 0700);
    fresh = desk::Desk(std::move(options)).store().init();
    env.out().told().stored(plan.store, fresh);
  }
  made.push_back({plan.store, kDesk, fresh});
}

std::vector<Made> make_files(Env& env, Plan const& plan, std::vector<init::NewFile> const& files) {
  std::vector<Made> made;
  for (auto const& file : files) {
    std::error_code ignored;
    bool fresh = std::filesystem::symlink_status(file.path, ignored).type() == std::filesystem::file_type::not_found;
    if (fresh && !env.dry_run()) {
      make_trusted_folder(std::filesystem::path(file.path).parent_path().string(), plan.system ? 0755 : 0700);
      fresh = create_file(file.path, file.text, plan.system ? 0644 : 0600);
      env.out().told().stored(file.path, fresh);
    }
    made.push_back({file.path, file.what, fresh});
  }
  return made;
}

/// What is left to do. Settings that were there do not name the files that are new.
std::vector<Step> steps_of(Plan const& plan, std::vector<init::NewFile> const& files, std::vector<Made> const& made) {
  std::vector<Step> steps;
  for (std::size_t i = 1; i < files.size(); ++i) {
    if (!made[0].fresh && made[i].fresh && !files[i].key.empty())
      steps.push_back({"umsops config set " + std::string(files[i].key) + " " + files[i].path, kNamed});
  }
  auto const rest = init::next_steps(plan);
  steps.insert(steps.end(), rest.begin(), rest.end());
  return steps;
}

void show(Env& env, std::vector<Made> const& made, std::vector<Step> const& steps) {
  std::string out;
  bool kept = false;
  auto const column = [](std::string const& text, std::size_t width) {
    auto const cells = base::cell_width(text);
    return text + std::string(cells < width ? width - cells : 1, ' ');
  };
  for (auto const& [path, what, fresh] : made) {
    kept = kept || !fresh;
    auto const state = env.text(!fresh ? kKept : env.dry_run() ? kWould : kCreated);
    out += column(std::string(state), 15) + column(std::string(env.text(what)), 28) + path + "\n";
  }
  out += "\n" + std::string(env.text(kNext)) + "\n";
  for (auto const& [line, why] : steps) out += "  # " + std::string(env.text(why)) + "\n  " + line + "\n";
  env.out().write(base::terminal_text(out, base::TextShape::block));
  if (kept) env.hint(env.text(kKeptHint));
  if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
}

Value document(Env& env, std::vector<Made> const& made, std::vector<Step> const& steps) {
  Value::List files, lines, warnings;
  bool any = false;
  for (auto const& [path, what, fresh] : made) {
    any = any || fresh;
    files.emplace_back(Value::Object{{"path", path}, {"result", fresh ? "created" : "unchanged"}});
  }
  for (auto const& [line, why] : steps) lines.emplace_back(Value::Object{{"command", line}, {"why", env.text(why)}});
  for (auto const& warning : env.warnings()) warnings.emplace_back(warning);
  return Value::Object{{"schema", "umsops.init/v1"}, {"result", any ? "created" : "unchanged"},
                       {"dry_run", env.dry_run()},   {"files", std::move(files)},
                       {"next", std::move(lines)},   {"warnings", std::move(warnings)}};
}

int run_init_desk(Env& env, Call const& call) {
  auto const plan = init::make_plan(env);
  // Everybody on this host may read the system's settings.
  if (plan.system && base::has_password(plan.store))
    throw base::Error(base::errors::usage_excludes,
                      {{"first", "--system"}, {"second", std::string(env.text(kPassword))}});
  auto const files = init::files_of(env, plan);
  if (env.may_ask() && !call.on("yes") && !env.dry_run()) {
    for (auto const& file : files) env.tell("  " + file.path);
    if (init::ask(env, env.text(kGo), "yes") != "yes") {
      env.tell(env.text(kNothing));
      return 0;
    }
  }
  auto made = make_files(env, plan, files);
  make_store(env, plan, made);
  auto const steps = steps_of(plan, files, made);
  if (env.human()) {
    show(env, made, steps);
  } else if (env.style("path").format == format::Format::id) {
    for (auto const& one : made) env.out().write(one.path + "\n");
  } else {
    format::write_document(env.out(), env.style("path"), document(env, made, steps));
  }
  return 0;
}

std::span<std::string_view const> calendar_names() { return init::kCalendars; }
std::span<std::string_view const> timer_names() { return init::kTimers; }

constexpr Flag kFlags[] = {
    {.name = "system",
     .doc = {"for the whole host: /etc/umsops, with the desk in /var/lib/umsops",
             "为整台主机设置：/etc/umsops，数据在 /var/lib/umsops"}},
    {.name = "calendar",
     .value = "NAME",
     .type = FlagType::choice,
     .doc = {"business time: builtin (Monday to Friday), or that of a country with its public holidays",
             "工作时间：builtin（周一至周五），或含法定节假日的某国日历"},
     .fallback = "by the time zone",
     .choices = calendar_names},
    {.name = "roster",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"a roster that is there already; may be repeated", "使用已有的名册文件；可重复"},
     .repeatable = true,
     .offer = offer::files},
    {.name = "group",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"a group of this system, whose members work at the desk (getent)",
             "本机的用户组，其成员为服务台人员（getent）"}},
    {.name = "rules",
     .doc = {"a file for rules of one's own; --no-rules: none", "建立自己的规则文件；--no-rules：不建立"},
     .fallback = "on"},
    {.name = "timer",
     .value = "KIND",
     .type = FlagType::choice,
     .doc = {"what runs 'umsops tick' each minute", "由什么每分钟运行 umsops tick"},
     .fallback = "systemd, where it runs",
     .choices = timer_names},
};
constexpr Example kExamples[] = {
    {"umsops init --dry-run", {"what it would make, and what comes next", "查看将建立的文件与后续步骤"}},
    {"umsops init --yes --tz Asia/Shanghai --lang zh_CN --calendar china --timer cron",
     {"without questions", "不提问，直接建立"}},
};
constexpr int kExits[] = {5, 7, 8, 9};

}  // namespace

constinit Command const kInit{
    .path = "init",
    .summary = {"begin: settings, roster, calendar, rules and the desk", "开始使用：建立设置、名册、日历、规则与数据"},
    .description =
        {"Makes what a desk begins with: config.yaml, and beside it roster.yaml, sla.yaml for the business time of a "
         "country, "
         "rules.yaml, where needed the units of systemd that run 'umsops tick', and the desk itself. Then it says what "
         "comes "
         "next. The files are short, with remarks, for people to read and change.\n\n"
         "On a terminal it asks, and offers what fits this machine; flags answer beforehand: --db, --lang, --tz and "
         "those "
         "below. Without a terminal, or with --yes or --no-input, it asks nothing.\n\n"
         "A file that is there is never touched: a second run says what is there, and makes what is missing.",
         "建立服务台所需的一切：config.yaml，以及同一目录下的 "
         "roster.yaml、sla.yaml（某国的工作时间）、rules.yaml，必要时还有运行 "
         "umsops tick 的 systemd 单元，以及数据本身，并说明接下来做什么。这些文件简短并带有注释，供人阅读和修改。\n\n"
         "在终端上会逐项提问，并给出适合本机的默认值；选项可以预先回答：--db、--lang、--tz "
         "及下列选项。没有终端，或使用 --yes、"
         "--no-input 时不提问。\n\n"
         "已存在的文件不会被改动：再次运行会列出已有的文件，并补建缺少的文件。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.init/v1",
    .changes = true,
    .run = run_init_desk,
};

}  // namespace umsops::cli
