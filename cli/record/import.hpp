// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/completion/offers.hpp"
#include "cli/env.hpp"
#include "cli/record/kind.hpp"
#include "umsops/model/import_mapping.hpp"

namespace umsops::cli::record {

/// What takes the records of an import at the desk.
using TakeRecords = std::function<desk::ImportSummary(desk::ImportSource const& records, desk::ImportOptions const&)>;
/// The records under our names.
using MapRecords =
    std::function<desk::ImportSource(desk::ImportSource, model::ImportMapping, desk::ImportOptions const&)>;

/// `import`: the records of the file or of standard input.
int run_import(Kind const& kind, Env& env, Call const& call, MapRecords const& map, TakeRecords const& take);

std::span<std::string_view const> import_formats();
std::span<std::string_view const> import_modes();

inline constexpr Argument kImportFile[] = {
    {"FILE", {"the file; - is standard input", "文件；- 为标准输入"}, true, false, offer::files}};

/// Its flags but for those of one kind of record.
inline constexpr Flag kImportFormat{.name = "format",
                                    .value = "FORMAT",
                                    .type = FlagType::choice,
                                    .doc = {"what the file is", "文件格式"},
                                    .fallback = "by the file's name",
                                    .choices = import_formats};
inline constexpr Flag kMapping{.name = "mapping",
                               .value = "FILE",
                               .type = FlagType::file,
                               .doc = {"mapping file for foreign columns and words; see umsops-mapping(5)",
                                       "映射文件：将外部列名和词语转换为本系统字段；见 umsops-mapping(5)"},
                               .offer = offer::files};
inline constexpr Flag kImportMode{.name = "mode",
                                  .value = "MODE",
                                  .type = FlagType::choice,
                                  .doc = {"existing records: create refuses, upsert updates, ignore skips them",
                                          "对已有记录：create 拒绝，upsert 更新，ignore 跳过"},
                                  .fallback = "upsert",
                                  .choices = import_modes};
inline constexpr Flag kContinueOnError{.name = "continue-on-error",
                                       .doc = {"keep the good records, exit 6; without it all or nothing",
                                               "保留正确的记录，退出码为 6；默认全部成功或全部不做"}};
inline constexpr Flag kRejects{.name = "rejects",
                               .value = "FILE",
                               .type = FlagType::file,
                               .doc = {"with --continue-on-error: write refused records here, with line and reason",
                                       "与 --continue-on-error 合用：将被拒绝的记录连同行号和原因写入此文件"},
                               .offer = offer::files};
inline constexpr Flag kClean{
    .name = "clean",
    .doc = {"repair texts: what no text may hold becomes U+FFFD; of a long or broken title the description keeps all",
            "修复文本：不允许的字符替换为 U+FFFD；过长或含换行的标题会完整保留在描述中"}};
inline constexpr Flag kEncoding{.name = "encoding",
                                .value = "NAME",
                                .type = FlagType::text,
                                .doc = {"encoding of the file, e.g. gb18030", "文件编码，例如 gb18030"},
                                .fallback = "utf-8"};
inline constexpr Flag kDelimiter{.name = "delimiter",
                                 .value = "C",
                                 .type = FlagType::text,
                                 .doc = {"what separates the cells of a CSV, or tab", "CSV 的分隔符，或 tab"},
                                 .fallback = "by its first line"};
inline constexpr Flag kClassify{.name = "classify",
                                .doc = {"rules decide missing category and priority; --no-classify leaves them",
                                        "由规则决定缺少的类别和优先级；--no-classify 则不处理"},
                                .fallback = "on"};
inline constexpr int kImportExits[] = {4, 5, 6, 7, 8, 9, 11, 12};

}  // namespace umsops::cli::record
