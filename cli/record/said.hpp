// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/completion/offers.hpp"

/// Flags of the verbs that store what somebody says of a record.
namespace umsops::cli::record {

inline constexpr Flag kSaid{.name = "body", .value = "TEXT", .type = FlagType::text, .doc = {"what is said", "内容"}};
inline constexpr Flag kSaidFile{.name = "body-file",
                                .value = "FILE|-",
                                .type = FlagType::file,
                                .doc = {"the same from a file or standard input, which may be a build log",
                                        "从文件或标准输入读取内容，可以是构建日志"},
                                .offer = offer::files};

}  // namespace umsops::cli::record
