// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/offers.hpp"
#include "cli/registry.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kColors[] = {"auto", "always", "never"};
constexpr std::string_view kLanguages[] = {"en", "zh_CN", "zh", "auto"};
constexpr std::string_view kErrorFormats[] = {"text", "json"};

std::span<std::string_view const> colors() { return kColors; }
std::span<std::string_view const> languages() { return kLanguages; }
std::span<std::string_view const> error_formats() { return kErrorFormats; }

constexpr Flag kGlobal[] = {
    {.name = "output",
     .letter = 'o',
     .value = "FORMAT",
     .type = FlagType::choice,
     .doc = {"output format: table for people, the others for programs", "输出格式：table 供人阅读，其余供程序使用"},
     .fallback = "table",
     .choices = format::format_names},
    {.name = "json", .doc = {"same as -o json", "等同于 -o json"}},
    {.name = "fields",
     .letter = 'F',
     .value = "FIELD,...",
     .type = FlagType::fields,
     .doc = {"only these fields, in this order; '*' is all; see 'umsops fields'",
             "只输出这些字段，按所列顺序；'*' 为全部；见 umsops fields"},
     .offer = offer::fields},
    {.name = "template",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"print each record by this template, e.g. '{{number}}\\t{{title}}'; see 'umsops help formatting'",
             "按此模板输出每条记录，例如 '{{number}}\\t{{title}}'；见 umsops help formatting"}},
    {.name = "template-file",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"the same from a file", "从文件读取模板"},
     .offer = offer::files},
    {.name = "quiet", .letter = 'q', .doc = {"print ids only", "只输出编号"}},
    {.name = "null",
     .letter = '0',
     .doc = {"a NUL behind each id or template in place of a line end, for xargs -0",
             "编号或模板之后以 NUL 代替换行，供 xargs -0 使用"}},
    {.name = "verbose",
     .letter = 'v',
     .doc = {"show on standard error what is used", "在标准错误输出中说明所用的配置和数据"}},
    {.name = "dry-run", .letter = 'n', .doc = {"check everything and store nothing", "执行全部检查，但不保存"}},
    {.name = "yes", .letter = 'y', .doc = {"answer yes to questions", "对询问一律回答“是”"}},
    {.name = "input",
     .doc = {"ask questions on a terminal; --no-input: never", "可在终端上询问；--no-input 则从不询问"},
     .fallback = "on"},
    {.name = "color",
     .value = "WHEN",
     .type = FlagType::choice,
     .doc = {"colour: auto, always, never; NO_COLOR and CLICOLOR are honoured",
             "颜色：auto、always、never；NO_COLOR 和 CLICOLOR 同样有效"},
     .fallback = "auto",
     .choices = colors},
    {.name = "pager",
     .doc = {"use a pager for long tables on a terminal; --no-pager: do not",
             "在终端上分页显示长表格；--no-pager 不分页"},
     .fallback = "on"},
    {.name = "db", .value = "FILE", .type = FlagType::file, .doc = {"the store", "数据文件"}, .offer = offer::files},
    {.name = "setting",
     .letter = 'c',
     .value = "KEY=VALUE",
     .type = FlagType::pair,
     .doc = {"one setting for this run; see 'umsops config list'", "只对本次运行生效的设置；见 umsops config list"},
     .repeatable = true,
     .offer = offer::settings},
    {.name = "config",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"read only this configuration file", "只读取此配置文件"},
     .offer = offer::files},
    {.name = "actor",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"name recorded in the history", "操作者，写入历史记录"},
     .fallback = "login name"},
    {.name = "tz",
     .value = "ZONE",
     .type = FlagType::text,
     .doc = {"time zone for input and for tables, e.g. Asia/Shanghai",
             "读取时间和显示表格所用的时区，例如 Asia/Shanghai"},
     .fallback = "TZ"},
    {.name = "lang",
     .value = "LANG",
     .type = FlagType::choice,
     .doc = {"language of messages", "消息的语言"},
     .fallback = "LC_ALL, LC_MESSAGES, LANG",
     .choices = languages},
    {.name = "now",
     .value = "TIME",
     .type = FlagType::text,
     .doc = {"use this RFC 3339 time as now", "以此 RFC 3339 时间作为当前时间"}},
    {.name = "timeout",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"how long to wait for the store, e.g. 30s", "等待数据文件的最长时间，例如 30s"}},
    {.name = "error-format",
     .value = "FORMAT",
     .type = FlagType::choice,
     .doc = {"errors as text or as one JSON object", "错误以文本或一个 JSON 对象输出"},
     .fallback = "as -o",
     .choices = error_formats},
    {.name = "help",
     .letter = 'h',
     .doc = {"help: -h on one screen, --help in full", "帮助：-h 为一屏，--help 为全部"}},
    {.name = "version", .letter = 'V', .doc = {"print the version", "显示版本"}},
};

}  // namespace

std::span<Flag const> global_flags() { return kGlobal; }

}  // namespace umsops::cli
