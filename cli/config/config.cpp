// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/env.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"key", FieldType::text, {}, kShown, "The setting", "设置", "设置"},
    {"value", FieldType::text, {}, kShown, "Its value", "值", "值"},
    {"level", FieldType::text, {}, kShown, "Where it comes from", "来源", "来源"},
    {"file", FieldType::text, {}, kShown, "File or variable", "文件或变量", "文件"},
    {"line", FieldType::integer, {}, kShown, "Line in the file", "行号", "行"},
};

int run_list(Env& env, Call const& call) {
  bool const origin = call.on("origin");
  std::span<Field const> const fields(kFields, origin ? std::size(kFields) : 2);
  auto writer = format::list_writer(env.out(), env.style("key"), "umsops.config.list/v1", "setting", fields);
  for (auto const& setting : config::settings()) {
    auto const& found = env.settings().origin(setting.key);
    base::Row row{setting.key, found.value.empty() ? Value() : Value(base::shown_store(found.value))};
    if (origin) {
      row.emplace_back(to_string(found.level));
      row.push_back(found.spot.file.empty() ? Value() : Value(found.spot.file));
      row.push_back(found.spot.line == 0 ? Value() : Value(found.spot.line));
    }
    writer->row(row);
  }
  writer->end({});
  return 0;
}

Value or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

int run_path(Env& env, Call const&) {
  auto const& settings = env.settings();
  Value::List files;
  for (auto const& file : settings.files()) files.emplace_back(file);
  if (env.human() || env.quiet()) {
    for (auto const& file : settings.files()) env.out().write(base::terminal_text(file, base::TextShape::line) + "\n");
    return 0;
  }
  auto const& store = settings.text("store");
  format::write_document(
      env.out(), env.style("path"),
      Value::Object{{"schema", "umsops.config.path/v1"},
                    {"files", std::move(files)},
                    {"store", store.empty() && settings.data_directory().empty() ? Value() : Value(env.store_name())},
                    {"data", or_null(settings.data_directory())},
                    {"cache", or_null(settings.cache_directory())},
                    {"state", or_null(settings.state_directory())}});
  return 0;
}

constexpr Flag kListFlags[] = {
    {.name = "origin",
     .doc = {"with file and line, or variable, of each value", "同时显示每个值来自的文件和行，或变量"}}};
constexpr Example kListExamples[] = {
    {"umsops config list --origin", {"what holds, and why", "生效的设置及其来源"}},
    {"umsops config list -o json | jq -r '.items[] | \"\\(.key)=\\(.value)\"'", {"for a program", "供程序使用"}},
};
constexpr Example kPathExamples[] = {
    {"umsops config path", {"the files that were read", "已读取的文件"}},
    {"umsops config path -o json | jq -r .store", {"the store's file", "数据文件的位置"}},
};
constexpr int kExits[] = {9};

}  // namespace

constinit Command const kConfigList{
    .path = "config list",
    .summary = {"list the effective settings", "列出生效的设置"},
    .description = {"Lists every setting with its effective value. A flag wins over an environment variable, then the "
                    "project file, the user's file, the system's file and the built-in default.",
                    "列出所有设置及其生效值。优先级依次为：选项、环境变量、项目文件、用户文件、系统文件、内置默认值。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kExits,
    .schema = "umsops.config.list/v1",
    .run = run_list,
};
constinit Command const kConfigPath{
    .path = "config path",
    .summary = {"list the configuration files read", "列出已读取的配置文件"},
    .description = {"Lists the configuration files that this run reads, in order; the last one wins.",
                    "按顺序列出本次运行读取的配置文件；后者优先。"},
    .examples = kPathExamples,
    .exits = kExits,
    .schema = "umsops.config.path/v1",
    .run = run_path,
};

}  // namespace umsops::cli
