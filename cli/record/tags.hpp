// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry.hpp"

/// Flags about the tags of a record.
namespace umsops::cli::record {

inline constexpr Flag kTags{
    .name = "tags",
    .value = "WORD,...",
    .type = FlagType::text,
    .doc = {"words that it is found by, in place of those that it has", "标签；替换已有的标签"}};
inline constexpr Flag kAddTag{.name = "add-tag",
                              .value = "WORD",
                              .type = FlagType::text,
                              .doc = {"one more of them", "添加一个标签"},
                              .repeatable = true};
inline constexpr Flag kRemoveTag{.name = "remove-tag",
                                 .value = "WORD",
                                 .type = FlagType::text,
                                 .doc = {"one of them less", "去掉一个标签"},
                                 .repeatable = true};
inline constexpr Flag kTagList{
    .name = "tag",
    .value = "WORD,...",
    .type = FlagType::texts,
    .doc = {"only with one of these tags; none: without any", "只含带有这些标签之一的；none 表示没有标签"}};

}  // namespace umsops::cli::record
