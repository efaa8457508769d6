// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/record/change.hpp"

/// The arguments and flags that the verbs of all kinds of records word alike.
namespace umsops::cli::record {

/// One record, and the records that a verb changes; `offer` completes their numbers.
constexpr Argument one_record(Offer offer) {
  return {
      "ID", {"number, internal id, unique prefix or @last", "编号、内部编号、唯一前缀或 @last"}, true, false, offer};
}
constexpr Argument many_records(Offer offer) {
  return {"ID",
          {"number, internal id, unique prefix, @last, or - for ids on standard input",
           "编号、内部编号、唯一前缀、@last，或 - 表示从标准输入读取"},
          true,
          true,
          offer};
}
inline constexpr Flag kTitle{
    .name = "title",
    .letter = 't',
    .value = "TEXT",
    .type = FlagType::text,
    .doc = {"what it is about, one line of up to 200 characters", "一行概述，最多 200 个字符"}};
/// The title without its flag.
inline constexpr Argument kTitleWord[] = {
    {.name = "TITLE", .doc = {"what it is about, in place of --title", "一行概述，代替 --title"}, .flag = "title"}};
/// The key that a record is filed with, and what becomes of one whose key comes again.
inline constexpr Flag kKey{.name = "key",
                           .value = "KEY",
                           .type = FlagType::text,
                           .doc = {"idempotency key: repeating the same key and content returns the same record",
                                   "幂等键：键和内容相同时总是返回同一条记录"}};
inline constexpr Flag kOnDuplicate{
    .name = "on-duplicate",
    .value = "WHAT",
    .type = FlagType::choice,
    .doc = {"when the key exists: return the record, add the text as a comment, reopen it, or fail with exit 4",
            "键已存在时：返回该记录、将文本添加为备注、重新打开，或以退出码 4 失败"},
    .fallback = "return",
    .choices = on_duplicate_names};
/// How far up something goes, and to whom.
inline constexpr Flag kLevel{.name = "level",
                             .value = "LEVEL",
                             .type = FlagType::choice,
                             .doc = {"to this level", "升级到该级别"},
                             .fallback = "the next higher level",
                             .choices = model::level_names};
inline constexpr Flag kEscalateTo{.name = "to",
                                  .value = "NAME",
                                  .type = FlagType::text,
                                  .doc = {"who gets it", "交给谁处理"},
                                  .fallback = "whoever has it"};
inline constexpr Flag kDown{.name = "down", .doc = {"allow a lower level", "有意降低级别"}};
/// What they say.
desk::Escalate escalation_of(Call const& call);

/// The exit codes of a verb that changes records which are there.
inline constexpr int kChangeExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace umsops::cli::record
