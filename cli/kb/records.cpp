// SPDX-License-Identifier: Apache-2.0
// Articles out of a desk, and into one.
#include "cli/commands.hpp"
#include "cli/kb/folder.hpp"
#include "cli/kb/kb.hpp"
#include "cli/kb/site.hpp"
#include "cli/record/export.hpp"
#include "cli/record/import.hpp"
#include "cli/record/list.hpp"
#include "cli/record/tags.hpp"

namespace umsops::cli {

namespace {

int run_export(Env& env, Call const& call) {
  bool const site = call.text("format") == "html";
  if (site && call.words.empty()) call.missing("DIR");
  if (call.has("title") && !site) call.missing("--format html");
  if (site) return kb::export_site(env, call, record::listing(kb::kKind, env, call));
  if (!call.words.empty()) {
    for (std::string_view const flag : {"format", "output-file"}) {
      if (call.has(flag))
        throw base::Error(base::errors::usage_excludes, {{"first", "DIR"}, {"second", "--" + std::string(flag)}});
    }
    return kb::export_folder(env, call, record::listing(kb::kKind, env, call));
  }
  auto const articles = [&](query::Query const& query, record::WriteWhole const& write) {
    return env.desk().knowledge().export_all(
        query, [&](model::Article const& article, std::function<base::Value()> const& whole) {
          return write(to_row(article), whole);
        });
  };
  return record::write_export(kb::kKind, env, call, articles);
}

int run_import(Env& env, Call const& call) {
  if (kb::is_folder(call.words[0])) return kb::import_folder(env, call);
  return record::run_import(
      kb::kKind, env, call,
      [](desk::ImportSource records, model::ImportMapping const&, desk::ImportOptions const&) { return records; },
      [&](desk::ImportSource const& records, desk::ImportOptions const& options) {
        return env.desk().knowledge().import(records, options);
      });
}

constexpr std::string_view kSides[] = {"file", "desk"};
std::span<std::string_view const> sides() { return kSides; }

constexpr Flag kFolder{.name = "folder",
                       .value = "NAME",
                       .type = FlagType::text,
                       .doc = {"what the folder is called in the desk", "文件夹在数据中的名称"},
                       .fallback = "its own name"};
constexpr Flag kPrefer{.name = "prefer",
                       .value = "SIDE",
                       .type = FlagType::choice,
                       .doc = {"who is right where both have changed", "双方均有修改时以哪一方为准"},
                       .fallback = "nobody: it is a conflict, exit 6",
                       .choices = sides};
constexpr Argument kFrom[] = {{"FILE|DIR",
                               {"a file of records (- is standard input), or a folder of Markdown files",
                                "记录文件（- 为标准输入），或 Markdown 文件夹"},
                               true,
                               false,
                               offer::files}};
constexpr Argument kTo[] = {
    {"DIR",
     {"a folder for Markdown files; without it records go to standard output", "Markdown 文件夹；省略时输出记录"},
     false,
     false,
     offer::files}};

constexpr std::string_view kFormats[] = {"jsonl", "json", "csv", "html"};
std::span<std::string_view const> formats() { return kFormats; }

constexpr Flag kFormat{.name = "format",
                       .value = "FORMAT",
                       .type = FlagType::choice,
                       .doc = {"jsonl and json are complete; csv has the fields alone; html is a site in DIR",
                               "jsonl 和 json 为完整内容；csv 仅含字段；html 为写入 DIR 的静态站点"},
                       .fallback = "jsonl",
                       .choices = formats};
constexpr Flag kTitle{.name = "title",
                      .letter = 't',
                      .value = "TEXT",
                      .type = FlagType::text,
                      .doc = {"what the site is called", "站点名称"},
                      .fallback = "Help, in the language of --lang"};

constexpr Flag kExportFlags[] = {
    kFormat,
    kTitle,
    flags::kOutputFile,
    kb::kKindList,
    kb::kStatusList,
    kb::kCategoryList,
    record::kTagList,
    kb::kVisibilityList,
    kb::kLanguageList,
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
    kFolder,
    kPrefer,
};
constexpr Flag kImportFlags[] = {
    record::kImportFormat,
    record::kImportMode,
    record::kContinueOnError,
    record::kRejects,
    record::kEncoding,
    record::kDelimiter,
    kFolder,
    kPrefer,
    flags::kReason,
};
constexpr Example kExportExamples[] = {
    {"umsops kb export docs && ls docs", {"Markdown files, for a git repository", "Markdown 文件，可用于 git 仓库"}},
    {"umsops kb export -O kb.export.jsonl", {"everything, history and votes included", "导出全部内容，包括历史和评价"}},
    {"umsops kb export --format html site --title 'Help desk' && ls site",
     {"what is public, as pages that are searched in the browser", "公开内容的静态站点，可在浏览器中搜索"}},
    {"umsops kb export --format csv --kind faq --csv-safe --csv-bom -O faq.csv", {"for Excel", "供 Excel 使用"}},
};
constexpr Example kImportExamples[] = {
    {"umsops kb export docs -q && umsops kb import docs -n",
     {"a folder kept in step: what would change", "保持文件夹同步：试运行"}},
    {"echo '{\"kind\":\"faq\",\"question\":\"令牌丢失怎么办？\",\"answer\":\"联系服务台。\"}' | umsops kb import - "
     "--format "
     "jsonl",
     {"a record by the SOP's names", "按 SOP 字段名导入"}},
    {"umsops kb export -O kb.export.jsonl && umsops kb import kb.export.jsonl -o json | jq .unchanged",
     {"what is here already stays as it is", "已有的记录保持不变"}},
};
constexpr int kExportExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kKbExport{
    .path = "kb export",
    .summary = {"write out articles with all that belongs to them", "导出条目及其全部内容"},
    .description =
        {"Writes articles with history, votes and outcomes, one JSON object a line, the oldest first. 'kb "
         "import' takes them back into another desk as they were. With DIR it writes Markdown files with front matter "
         "instead (umsops-article(5)): a file stays where the folder has it, and as it is written there, as long as it "
         "says what the article says. A file that was changed since is left alone.\n\n"
         "--format html makes a static site of DIR: the PUBLISHED articles that everybody may see, with a search that "
         "needs no server. It can be read from a disk, or put on any web server. Its first page is in the language of "
         "--lang, articles in the other one have a part of their own. A folder with anything else in it is refused.",
         "导出条目及其历史、评价与使用结果，每行一个 JSON 对象，最早的在前。kb import 可将其原样导入另一数据文件。给出 "
         "DIR 时则写出带头部的 "
         "Markdown 文件（见 "
         "umsops-article(5)）：文件保持原有位置；内容未变时保持原样；自上次同步后改动过的文件不会被覆盖。\n\n"
         "--format html 将 DIR "
         "写成静态站点：仅含已发布且对所有人可见的条目，搜索无需服务器；可直接从磁盘打开，也可放到任意 "
         "Web 服务器。首页语言由 --lang 决定，另一语言的条目单独成部分。含有其他文件的文件夹会被拒绝。"},
    .arguments = kTo,
    .flags = kExportFlags,
    .examples = kExportExamples,
    .exits = kExportExits,
    .schema = "umsops.kb.export/v1",
    .run = run_export,
};

constinit Command const kKbImport{
    .path = "kb import",
    .summary = {"import articles from a file", "从文件导入条目"},
    .description =
        {"Reads CSV, TSV, JSON lines or JSON and stores the records: all or nothing, unless "
         "--continue-on-error keeps the good ones. An FAQ may say question and answer, a solution "
         "solution_title and solution_steps. Records are recognised by id, number, key, or else their "
         "content: importing a file twice changes nothing. A folder of Markdown files is kept in step instead: new, "
         "changed "
         "and moved files come in, and what is gone is ARCHIVED. Where file and article have both changed, neither is "
         "touched and both are named.",
         "读取 CSV、TSV、JSON Lines 或 JSON 并保存：默认全部成功或全部不做；--continue-on-error "
         "保留正确的记录。常见问题可用 question 和 answer，解决方案可用 solution_title 和 solution_steps。"
         "记录按内部编号、编号、键或内容识别，因此重复导入同一文件不会有变化。给出 Markdown 文件夹时则保持同步："
         "新建、修改和移动的文件导入，已删除的归档；文件与条目均有修改时两者都不动，并逐一列出。"},
    .arguments = kFrom,
    .flags = kImportFlags,
    .examples = kImportExamples,
    .exits = record::kImportExits,
    .schema = "umsops.import.summary/v1",
    .changes = true,
    .run = run_import,
};

}  // namespace umsops::cli
