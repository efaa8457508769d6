// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/completion/offers.hpp"

/// Flags that several commands share: the same name means the same everywhere.
namespace umsops::cli::flags {

inline constexpr Flag kBody{
    .name = "body", .value = "TEXT", .type = FlagType::text, .doc = {"the whole report (description)", "完整描述"}};
inline constexpr Flag kBodyFile{.name = "body-file",
                                .value = "FILE|-",
                                .type = FlagType::file,
                                .doc = {"the same from a file or standard input, which may be a build log",
                                        "从文件或标准输入读取完整描述，可以是构建日志"},
                                .offer = offer::files};
inline constexpr Flag kStrictText{
    .name = "strict-text",
    .doc = {"refuse a file that would have to be cleaned or cut", "文件内容需要清理或截短时拒绝，而不是修复"}};
inline constexpr Flag kEdit{.name = "edit",
                            .doc = {"write it in the editor (UMSOPS_EDITOR, VISUAL, EDITOR); terminal only",
                                    "在编辑器中填写（UMSOPS_EDITOR、VISUAL、EDITOR）；仅限终端"}};
inline constexpr Flag kAttribute{
    .name = "attribute",
    .value = "NAME=VALUE",
    .type = FlagType::pair,
    .doc = {"a further named value; an empty one removes it on update", "附加属性；更新时空值表示删除"},
    .repeatable = true};
inline constexpr Flag kSet{
    .name = "set",
    .value = "FIELD=VALUE",
    .type = FlagType::pair,
    .doc = {"any writable field by its name; an empty value clears", "按名称设置任意可写字段；空值表示清除"},
    .repeatable = true,
    .offer = offer::writable_fields};
inline constexpr Flag kReason{
    .name = "reason", .value = "TEXT", .type = FlagType::text, .doc = {"why, for the history", "原因，写入历史记录"}};
inline constexpr Flag kIfRev{
    .name = "if-rev",
    .value = "N",
    .type = FlagType::integer,
    .doc = {"only if the record still has this revision, else exit 4", "仅当记录仍是此版本时执行，否则退出码为 4"}};
inline constexpr Flag kEach{.name = "each",
                            .doc = {"each record for itself, exit 6 when some failed; without it all or nothing",
                                    "逐条独立处理，部分失败时退出码为 6；默认全部成功或全部不做"}};
inline constexpr Flag kExitCode{.name = "exit-code", .doc = {"exit 10 when something changed", "有更改时退出码为 10"}};

inline constexpr Flag kSince{
    .name = "since",
    .value = "TIME",
    .type = FlagType::time,
    .doc = {"from this time on, e.g. -7d, 'last week', 昨天", "从此时间起，例如 -7d、上周、昨天"}};
inline constexpr Flag kUntil{.name = "until",
                             .value = "TIME",
                             .type = FlagType::time,
                             .doc = {"up to this time; a day or week counts whole", "到此时间止；日和周按整段计"}};
inline constexpr Flag kWhere{
    .name = "where",
    .letter = 'w',
    .value = "FILTER",
    .type = FlagType::text,
    .doc = {"a filter, e.g. 'priority>=HIGH title~登录'; several must all hold; see 'umsops help filters'",
            "过滤条件，例如 'priority>=HIGH title~登录'；多个须同时满足；见 umsops help filters"},
    .repeatable = true};
inline constexpr Flag kSort{.name = "sort",
                            .value = "FIELD,...",
                            .type = FlagType::fields,
                            .doc = {"order; -FIELD is descending", "排序；-字段 为降序"},
                            .fallback = "newest first",
                            .offer = offer::fields};
inline constexpr Flag kLimit{.name = "limit",
                             .value = "N",
                             .type = FlagType::integer,
                             .doc = {"at most so many; 0 is all", "最多条数；0 为全部"},
                             .fallback = "50 on a terminal, else all"};
inline constexpr Flag kAll{.name = "all", .doc = {"all, on a terminal too", "在终端上也显示全部"}};
inline constexpr Flag kAfter{.name = "after",
                             .value = "CURSOR",
                             .type = FlagType::text,
                             .doc = {"go on where a cut list ended (its \"next\")", "从上次截断处继续（其 \"next\"）"}};
inline constexpr Flag kFailIfAny{.name = "fail-if-any",
                                 .doc = {"exit 10 when something was found", "有结果时退出码为 10"}};
inline constexpr Flag kFailIfEmpty{.name = "fail-if-empty",
                                   .doc = {"exit 10 when nothing was found", "无结果时退出码为 10"}};
inline constexpr Flag kOutputFile{
    .name = "output-file",
    .letter = 'O',
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"write to this file (atomically)", "写入此文件；文件要么完整出现，要么不出现"},
    .offer = offer::files};
inline constexpr Flag kHeader{.name = "header",
                              .doc = {"heading line; --no-header leaves it out", "标题行；--no-header 则不输出"},
                              .fallback = "on"};
inline constexpr Flag kCsvSafe{.name = "csv-safe",
                               .doc = {"disarm formula cells with an apostrophe", "在公式单元格前加撇号"}};
inline constexpr Flag kCsvBom{.name = "csv-bom",
                              .doc = {"begin CSV with a byte order mark, for Excel", "CSV 以 BOM 开头，供 Excel 使用"}};
inline constexpr Flag kSlaFile{
    .name = "sla",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these SLA files in place of the configured ones", "用这些 SLA 文件代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
inline constexpr Flag kRulesFile{
    .name = "rules",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these rule files in place of the configured ones", "用这些规则文件代替所配置的"},
    .repeatable = true,
    .offer = offer::files};

inline constexpr Flag kServices{
    .name = "services",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these service files in place of the configured ones", "用这些服务目录文件代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
inline constexpr Flag kRoster{
    .name = "roster",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these roster files in place of the configured ones", "用这些名册文件代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
inline constexpr Flag kInhibition{
    .name = "inhibition",
    .value = "FILE",
    .type = FlagType::file,
    .doc = {"these inhibition files in place of the configured ones", "用这些抑制文件代替所配置的"},
    .repeatable = true,
    .offer = offer::files};
inline constexpr Flag kFrom{
    .name = "from",
    .value = "TIME",
    .type = FlagType::time,
    .doc = {"from this time on, e.g. 'last week', 2026-12-01", "从此时间起，例如 上周、2026-12-01"},
    .fallback = "now"};
inline constexpr Flag kTo{.name = "to",
                          .value = "TIME",
                          .type = FlagType::time,
                          .doc = {"up to this time; a day or week counts whole", "到此时间止；日和周按整段计"},
                          .fallback = "14 days after --from"};

}  // namespace umsops::cli::flags
