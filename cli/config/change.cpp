// SPDX-License-Identifier: Apache-2.0
// `config get set unset`: one setting at a time; a file of settings is changed as its owner would change it.
#include <sys/stat.h>

#include <filesystem>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "cli/new_file.hpp"
#include "cli/surroundings.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/settings_file.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using config::Level;

constexpr Text kNow{": ", "："}, kGone{" is not set here any more", " 已从此文件移除"},
    kAsBefore{" (as before)", "（未变）"}, kNotSet{" is not set here", " 未在此文件中设置"},
    kWins{" wins over this file, and says ", " 的设置优先于此文件，其值为 "},
    kOwnWay{"--system, or --project: under sudo there is no user's file",
            "--system 或 --project：在 sudo 下没有用户文件"},
    kFlag{"a flag", "选项"};

/// The file to be changed, and whose it is.
struct Target {
  std::string path;
  Level level = Level::user_file;
};

Target target_of(Env& env, Call const& call) {
  call.exclude("system", "project");
  call.exclude("system", "user");
  call.exclude("project", "user");
  auto const surroundings = surroundings_of(env.variable());
  auto const places = config::settings_places(surroundings);
  if (call.on("system")) return {places.system, Level::system_file};
  if (call.on("project")) return {places.project, Level::project_file};
  auto named = call.text("config").value_or("");
  if (named.empty() && !surroundings.elevated) named = env.variable()("UMSOPS_CONFIG").value_or("");
  if (!named.empty() && named != "/dev/null" && !call.on("user"))
    return {(std::filesystem::path(surroundings.working_directory) / named).lexically_normal().string()};
  if (places.user.empty()) call.missing(env.text(kOwnWay));
  return {places.user};
}

/// What it says by now; empty where it is not there. A link is followed, and what it points to is what is changed.
std::string text_of(Target& target) {
  std::error_code failed;
  if (!std::filesystem::exists(target.path, failed)) return "";
  auto text = config::read_trusted_file(target.path);
  if (auto const real = std::filesystem::canonical(target.path, failed); !failed) target.path = real.string();
  return text;
}

void store_text(Target const& target, std::string const& text) {
  unsigned const mode = target.level == Level::user_file ? 0600 : 0644;
  if (create_file(target.path, text, mode)) return;
  FileOutput out(target.path);
  out.write(text);
  out.commit();
}

/// Where a later level says something else, the change is no change yet.
void tell_winner(Env& env, std::string const& key, Level changed) {
  auto const& origin = env.settings().origin(key);
  if (origin.level <= changed) return;
  std::string const where = origin.spot.file.empty() ? std::string(env.text(kFlag)) : origin.spot.file;
  env.warn(where + std::string(env.text(kWins)) + base::shown_store(origin.value));
}

int answer(Env& env, Target const& target, std::string const& key, std::string const& sentence, bool changed) {
  if (env.human()) {
    env.out().write(base::terminal_text(target.path + std::string(env.text(kNow)) + sentence, base::TextShape::line) +
                    "\n");
    if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
    return 0;
  }
  if (env.style("key").format == format::Format::id) {
    env.out().write(key + "\n");
    return 0;
  }
  Value::List warnings;
  for (auto const& warning : env.warnings()) warnings.emplace_back(warning);
  format::write_document(env.out(), env.style("key"),
                         Value::Object{{"schema", "umsops.config.change/v1"},
                                       {"result", changed ? "updated" : "unchanged"},
                                       {"key", key},
                                       {"file", target.path},
                                       {"dry_run", env.dry_run()},
                                       {"warnings", std::move(warnings)}});
  return 0;
}

/// Reads the file, lets `change` say what it is to be, and writes that; nobody else changes it meanwhile.
template <class Change>
int change_file(Env& env, Call const& call, Change const& change) {
  auto const& key = call.words[0];
  (void)env.settings();  // as they are before: they say how to answer, and what wins
  auto target = target_of(env, call);
  auto const folder = std::filesystem::path(target.path).parent_path().string();
  std::error_code ignored;
  if (!env.dry_run()) make_trusted_folder(folder, target.level == Level::system_file ? 0755 : 0700);
  std::optional<FolderLock> lock;
  if (std::filesystem::exists(folder, ignored)) lock.emplace(folder);
  std::string const before = text_of(target);
  auto const home = surroundings_of(env.variable()).elevated ? "" : env.variable()("HOME").value_or("");
  auto const [after, sentence] = change(config::SettingsText{before, target.path, target.level, home});
  bool const changed = after != before;
  if (changed && !env.dry_run()) {
    store_text(target, after);
    env.out().told().stored(target.path);
  }
  tell_winner(env, key, target.level);
  return answer(env, target, key, sentence, changed);
}

int run_set(Env& env, Call const& call) {
  auto const& key = call.words[0];
  std::vector<std::string> const values(call.words.begin() + 1, call.words.end());
  if (values.empty()) call.missing("VALUE");
  return change_file(env, call, [&](config::SettingsText const& file) {
    auto text = config::with_setting(file, key, values, surroundings_of(env.variable()).working_directory);
    std::string said = key;
    for (auto const& value : values) said += " " + base::shown_store(value);
    if (text == file.text) said += env.text(kAsBefore);
    return std::pair(std::move(text), std::move(said));
  });
}

int run_unset(Env& env, Call const& call) {
  auto const& key = call.words[0];
  return change_file(env, call, [&](config::SettingsText const& file) {
    auto text = config::without_setting(file, key);
    std::string said = key + std::string(env.text(text == file.text ? kNotSet : kGone));
    return std::pair(std::move(text), std::move(said));
  });
}

int run_get(Env& env, Call const& call) {
  auto const& key = call.words[0];
  (void)config::without_setting({"", "", Level::user_file, ""}, key);  // an unknown one, with what was meant
  auto const& origin = env.settings().origin(key);
  auto const value = base::shown_store(origin.value);
  if (env.human() || env.quiet()) {
    if (!value.empty())
      env.out().write((env.terminal().output ? base::terminal_text(value, base::TextShape::block) : value) + "\n");
    return 0;
  }
  format::write_document(env.out(), env.style("key"),
                         Value::Object{{"schema", "umsops.config.get/v1"},
                                       {"key", key},
                                       {"value", value.empty() ? Value() : Value(value)},
                                       {"level", to_string(origin.level)},
                                       {"file", base::text_or_null(origin.spot.file)},
                                       {"line", origin.spot.line == 0 ? Value() : Value(origin.spot.line)}});
  return 0;
}

constexpr Argument kKey{
    "KEY", {"a setting; see umsops config list", "设置名；见 umsops config list"}, true, false, offer::setting_keys};
constexpr Argument kGetArguments[] = {kKey};
constexpr Argument kSetArguments[] = {
    kKey,
    {"VALUE",
     {"its value; several for a list of files or a command", "值；文件列表或命令可给出多个"},
     false,
     true,
     offer::files}};
constexpr Flag kFileFlags[] = {
    {.name = "user", .doc = {"in the user's file", "写入用户文件"}, .fallback = "unless another is named"},
    {.name = "project", .doc = {"in the project's file, umsops.yaml", "写入项目文件 umsops.yaml"}},
    {.name = "system",
     .doc = {"in the system's file, /etc/umsops/config.yaml", "写入系统文件 /etc/umsops/config.yaml"}},
};
constexpr Example kGetExamples[] = {
    {"umsops config get tz", {"the value alone", "只输出值"}},
    {"umsops config get store -o json | jq -r '.level, .file'", {"where it comes from", "该值的来源"}},
};
constexpr Example kSetExamples[] = {
    {"umsops config set tz Asia/Shanghai", {"for oneself", "只影响自己"}},
    {"umsops config set number_format 'OPS-{seq:5}' --project",
     {"for all who work in this folder", "影响在此目录工作的所有人"}},
};
constexpr Example kUnsetExamples[] = {
    {"umsops config unset tz",
     {"what other files or the built-in default say holds again", "恢复为其他文件的值或内置默认值"}},
    {"umsops config unset calendar_zone -n -o json | jq -r .result",
     {"whether there is something to take out", "试运行：是否有可移除的设置"}},
};
constexpr int kExits[] = {8, 9};

}  // namespace

constinit Command const kConfigGet{
    .path = "config get",
    .summary = {"print the value of one setting", "输出一项设置的值"},
    .description =
        {"Prints the effective value and nothing else; of a list each item on a line, and nothing at all for "
         "a setting without a value. A password in the address of a server is not shown.",
         "只输出生效的值；列表每项一行，没有值时不输出任何内容。服务器地址中的密码不会显示。"},
    .arguments = kGetArguments,
    .examples = kGetExamples,
    .exits = kExits,
    .schema = "umsops.config.get/v1",
    .run = run_get,
};
constinit Command const kConfigSet{
    .path = "config set",
    .summary = {"write one setting into a file", "将一项设置写入文件"},
    .description =
        {"Changes one setting in the user's file, or another that is named; comments, order and layout stay. The file "
         "is "
         "read before and after: an unknown name, a bad value, or a change that would touch other settings is "
         "refused, and nothing is written. A path is relative to the working directory.\n\n"
         "A new setting goes behind the remark that shows it ('# hooks: hooks'), else to the end. What another "
         "user could change is not written to.",
         "修改用户文件（或所指定的文件）中的一项设置，保留注释、顺序和排版。修改前后都会完整读取文件：名称未知、值无效"
         "，或"
         "会影响其他设置时拒绝修改，不写入任何内容。相对路径以当前目录为准。\n\n"
         "新的设置写在示例注释（如“# hooks: "
         "hooks”）之后，没有这样的注释时写在文件末尾。其他用户可以修改的文件不会被写入。"},
    .arguments = kSetArguments,
    .flags = kFileFlags,
    .examples = kSetExamples,
    .exits = kExits,
    .schema = "umsops.config.change/v1",
    .changes = true,
    .run = run_set,
};
constinit Command const kConfigUnset{
    .path = "config unset",
    .summary = {"take one setting out of a file", "从文件中移除一项设置"},
    .description =
        {"Removes one setting from the user's file, or another that is named; everything else stays as it is.",
         "从用户文件（或所指定的文件）中移除一项设置，其余内容不变。"},
    .arguments = kGetArguments,
    .flags = kFileFlags,
    .examples = kUnsetExamples,
    .exits = kExits,
    .schema = "umsops.config.change/v1",
    .changes = true,
    .run = run_unset,
};

}  // namespace umsops::cli
