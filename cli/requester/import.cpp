// SPDX-License-Identifier: Apache-2.0
#include "cli/record/import.hpp"

#include "cli/commands.hpp"
#include "cli/outcome.hpp"
#include "cli/requester/requester.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/format/reader.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr std::string_view kFormats[] = {"csv", "tsv", "jsonl", "json", "ldif"};
std::span<std::string_view const> formats() { return kFormats; }

constexpr std::string_view kCheckSchema = "umsops.requester.check/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::size_t kMostFound = 100;

bool is_ldif(Call const& call) {
  if (auto const format = call.text("format")) return *format == "ldif";
  return format::guess_input_format(call.words[0]) == format::InputFormat::ldif;
}

int run_import(Env& env, Call const& call) {
  desk::DirectoryOptions directory;
  directory.directory = call.text("directory").value_or(directory.directory);
  directory.full = call.on("full");
  directory.force = call.on("force");
  bool const entries = is_ldif(call) && !call.has("mapping");
  return record::run_import(
      requester::kKind, env, call,
      [](desk::ImportSource records, model::ImportMapping mapping, desk::ImportOptions const&) {
        return desk::mapped_people(std::move(records), std::move(mapping));
      },
      [&](desk::ImportSource const& records, desk::ImportOptions const& options) {
        return env.desk().requesters().import(entries ? desk::directory_entries(records) : records, options, directory);
      });
}

constexpr Field kFields[] = {
    {"kind",
     FieldType::text,
     {},
     kShown,
     "shared-name, stranger, left-with-open or unknown-manager",
     "问题类型",
     "类型"},
    {"name", FieldType::text, {}, kShown, "The name that it is about", "所涉及的名称", "名称"},
    {"people", FieldType::list, {}, kShown, "Numbers of the people", "请求人编号", "请求人"},
    {"tickets", FieldType::integer, {}, kShown, "How many tickets", "工单数量", "工单"},
};

int run_check(Env& env, Call const& call) {
  auto const within = base::parse_duration(call.text("within").value_or("90d")).value_or(base::Milliseconds{});
  auto const style = env.style("name");
  auto const findings = env.desk().requesters().check(env.clock().now() - within, kMostFound);
  auto writer = format::list_writer(env.out(), style, kCheckSchema, "finding", kFields);
  for (auto const& finding : findings) {
    writer->row({to_string(finding.kind), finding.name, base::Value::List(finding.people.begin(), finding.people.end()),
                 finding.tickets});
  }
  writer->end({});
  env.out().flush();
  if (!findings.empty()) throw any_found(env, static_cast<std::int64_t>(findings.size()));
  return 0;
}

constexpr Flag kFormat{.name = "format",
                       .value = "FORMAT",
                       .type = FlagType::choice,
                       .doc = {"what the file is", "文件格式"},
                       .fallback = "by the file's name",
                       .choices = formats};
constexpr Flag kImportFlags[] = {
    kFormat,
    record::kMapping,
    {.name = "directory",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"which directory this is, where there are several", "有多个目录时，此文件所属的目录"},
     .fallback = "directory"},
    {.name = "full",
     .doc = {"the file is all of the directory: who is missing becomes LEFT",
             "文件为目录的全部内容：缺少的人员变为 LEFT"}},
    {.name = "force", .doc = {"also where more than half of them are missing", "缺少一半以上的人员时也执行"}},
    record::kImportMode,
    record::kContinueOnError,
    record::kRejects,
    record::kEncoding,
    record::kDelimiter,
};
constexpr Flag kCheckFlags[] = {
    {.name = "within",
     .value = "DURATION",
     .type = FlagType::duration,
     .doc = {"strangers of tickets of this time", "检查此时长内工单中的未知请求人"},
     .fallback = "90d"},
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kImportExamples[] = {
    {"umsops requester import people.ldif --full",
     {"all of a directory, as ldapsearch -LLL writes it; a second run changes nothing",
      "导入 ldapsearch -LLL 输出的整个目录；再次运行不会有变化"}},
    {"printf 'account,name,mails,department\\nchen.yu,陈宇,chen.yu@example.com,财务部\\n' | umsops requester import - "
     "--format csv -o json | jq .created",
     {"some people, from a pipe", "从管道导入部分人员"}},
};
constexpr Example kCheckExamples[] = {
    {"umsops requester check",
     {"for cron: exit 10 if something needs a look", "用于 cron：有需处理的问题时退出码为 10"}},
    {"umsops requester check -o json | jq -r '.items[] | select(.kind == \"stranger\") | .name'",
     {"who asked and is not in the directory", "提出工单但不在目录中的人员"}},
};
constexpr int kCheckExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kRequesterImport{
    .path = "requester import",
    .summary = {"bring the directory up to date from a file", "从文件更新请求人目录"},
    .description =
        {"Reads CSV, TSV, JSON lines, JSON or LDIF. People are recognised by account, or without one by the first "
         "address or phone; what the file says of them takes the place of what was known, and what it does not say "
         "stays. All or nothing, unless --continue-on-error keeps the good ones.\n\n"
         "With --full the file is the whole directory: who is missing becomes LEFT and is never deleted; who comes "
         "again is ACTIVE again. People of other directories and those made by hand are left alone. Where a record was "
         "rejected nobody becomes LEFT.\n\n"
         "LDIF without --mapping is read by the usual attributes: sAMAccountName or uid; displayName or cn; mail, "
         "proxyAddresses; telephoneNumber, mobile; department; physicalDeliveryOfficeName or l; manager; "
         "preferredLanguage. Records of changes are followed, too: add, delete (the person becomes LEFT), and modify "
         "where it replaces attributes. A mapping file names other columns (noun: requester; ignore: ['*'] for those "
         "that are left out); lists take all values of theirs.",
         "读取 CSV、TSV、JSON lines、JSON 或 "
         "LDIF。按账号识别人员，没有账号时按第一个邮箱或电话；文件中的内容取代已有内容，"
         "文件未提及的保持不变。默认全部成功或全部不做，--continue-on-error 可保留正确的记录。\n\n"
         "加 --full 表示文件为整个目录：缺少的人员变为 LEFT（不会删除），再次出现时恢复为 "
         "ACTIVE。其他目录和手工登记的人员不受影响；有记录被拒绝时不会有人变为 LEFT。\n\n"
         "未给出 --mapping 的 LDIF 按常用属性读取：sAMAccountName 或 uid；displayName 或 "
         "cn；mail、proxyAddresses；telephoneNumber、mobile；department；physicalDeliveryOfficeName 或 "
         "l；manager；preferredLanguage。也可读取变更记录：add、delete（变为 LEFT）及替换属性的 "
         "modify。映射文件可指定其他列（noun: requester；ignore: ['*'] 忽略其余列），列表字段取全部值。"},
    .arguments = record::kImportFile,
    .flags = kImportFlags,
    .examples = kImportExamples,
    .exits = record::kImportExits,
    .schema = "umsops.import.summary/v1",
    .changes = true,
    .run = run_import,
};

constinit Command const kRequesterCheck{
    .path = "requester check",
    .summary = {"find what is unclear about who asks", "检查请求人目录的问题"},
    .description =
        {"Lists names that several people have (nobody is found by such a name), strangers (names on tickets that "
         "nobody has; join them with 'requester update --add-alias'), people who have left with tickets that are open, "
         "and managers whom nobody knows; at most 100 of each. Exit 10 if anything was found.",
         "列出多人共用的名称（此类名称不用于识别）、未知请求人（工单中无人使用的名称，可用 requester update "
         "--add-alias "
         "归入某人）、已离开但仍有未完成工单的人员，以及未知的上级；每类最多 100 条。有问题时退出码为 10。"},
    .flags = kCheckFlags,
    .examples = kCheckExamples,
    .exits = kCheckExits,
    .schema = kCheckSchema,
    .run = run_check,
};

}  // namespace umsops::cli
