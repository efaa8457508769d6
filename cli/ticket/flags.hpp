// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/completion/offers.hpp"
#include "cli/flags.hpp"
#include "cli/record/tags.hpp"
#include "umsops/model/ticket.hpp"

/// Flags about fields of a ticket.
namespace umsops::cli::ticket {

inline constexpr Flag kRequester{
    .name = "requester", .value = "NAME", .type = FlagType::text, .doc = {"who asks", "请求人"}};
inline constexpr Flag kAssignee{
    .name = "assignee", .value = "NAME", .type = FlagType::text, .doc = {"who works on it", "处理人"}};
inline constexpr Flag kCategory{.name = "category",
                                .value = "NAME",
                                .type = FlagType::text,
                                .doc = {"category; beats every rule", "类别；优先于所有规则"}};
inline constexpr Flag kSubcategory{
    .name = "subcategory", .value = "NAME", .type = FlagType::text, .doc = {"category within the category", "子类别"}};
inline constexpr Flag kService{
    .name = "service",
    .value = "NAME",
    .type = FlagType::text,
    .doc = {"the service that it is about; beats every rule", "所涉及的服务；优先于所有规则"}};
inline constexpr Flag kTeam{.name = "team",
                            .value = "NAME",
                            .type = FlagType::text,
                            .doc = {"the team that it waits for; beats every rule", "负责的团队；优先于所有规则"}};
inline constexpr Flag kPriority{.name = "priority",
                                .value = "PRIORITY",
                                .type = FlagType::choice,
                                .doc = {"how soon it matters; beats every rule", "优先级；优先于所有规则"},
                                .choices = model::priority_names};
inline constexpr Flag kSource{.name = "source",
                              .value = "SOURCE",
                              .type = FlagType::choice,
                              .doc = {"the channel it came by", "来源渠道"},
                              .choices = model::source_names};
inline constexpr Flag kAttach{.name = "attach",
                              .value = "FILE",
                              .type = FlagType::file,
                              .doc = {"a file that comes with it", "随附的文件"},
                              .repeatable = true,
                              .offer = offer::files};
inline constexpr Flag kTimeSpent{
    .name = "time-spent",
    .value = "DURATION",
    .type = FlagType::duration,
    .doc = {"how long it took, in whole minutes, e.g. 15m, 1h30m", "花费的时间，以整分钟计，例如 15m、1h30m"}};
inline constexpr Flag kStatusList{.name = "status",
                                  .value = "STATUS,...",
                                  .type = FlagType::choices,
                                  .doc = {"only these states", "只含这些状态"},
                                  .choices = model::status_names};
inline constexpr Flag kPriorityList{.name = "priority",
                                    .value = "PRIORITY,...",
                                    .type = FlagType::choices,
                                    .doc = {"only these priorities", "只含这些优先级"},
                                    .choices = model::priority_names};
inline constexpr Flag kSourceList{.name = "source",
                                  .value = "SOURCE,...",
                                  .type = FlagType::choices,
                                  .doc = {"only these channels", "只含这些渠道"},
                                  .choices = model::source_names};
inline constexpr Flag kCategoryList{
    .name = "category",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only these categories; none: without one", "只含这些类别；none 表示无类别"}};
inline constexpr Flag kServiceList{
    .name = "service",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only about these services; none: about none", "只含涉及这些服务的；none 表示未指定"}};
inline constexpr Flag kTeamList{
    .name = "team",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only those of these teams; none: no team's", "只含这些团队的；none 表示无团队"}};
inline constexpr Flag kAssigneeList{
    .name = "assignee",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only those of these people; none: nobody's", "只含这些处理人的；none 表示无人处理"}};
inline constexpr Flag kRequesterList{.name = "requester",
                                     .value = "NAME,...",
                                     .type = FlagType::texts,
                                     .doc = {"only those that these people asked", "只含这些请求人的"}};

}  // namespace umsops::cli::ticket
