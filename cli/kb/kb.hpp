// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "cli/record/answer.hpp"
#include "cli/record/arguments.hpp"
#include "cli/record/change.hpp"
#include "cli/record/tags.hpp"
#include "umsops/desk/knowledge_desk.hpp"

/// What the verbs of the knowledge base share.
namespace umsops::cli::kb {

extern record::Kind const kKind;
/// Completes the number of an article.
void offer_numbers(Candidates& out);
inline constexpr Argument kOne = record::one_record(offer_numbers);
inline constexpr Argument kJustOne[] = {kOne};
inline constexpr Argument kMany[] = {record::many_records(offer_numbers)};

void write_result(Env& env, desk::ArticleResult const& result);
/// Changes articles with one method of the desk, and answers as `record::change_all`.
using Change = std::function<desk::KnowledgeDesk::Outcomes(desk::KnowledgeDesk::Ids const& ids)>;
int change_all(Env& env, Call const& call, Change const& change);

/// The fields that flags name.
desk::Sets sets_of(Env& env, Call const& call, std::string const& text_to_edit = {});

inline constexpr Flag kKindFlag{.name = "kind",
                                .value = "KIND",
                                .type = FlagType::choice,
                                .doc = {"what it is", "种类"},
                                .fallback = "article",
                                .choices = model::article_kind_names};
inline constexpr Flag kCategory{
    .name = "category", .value = "NAME", .type = FlagType::text, .doc = {"category", "类别"}};
inline constexpr Flag kArticleLanguage{.name = "language",
                                       .value = "LANGUAGE",
                                       .type = FlagType::choice,
                                       .doc = {"language that it is written in", "所用语言"},
                                       .choices = model::article_language_names};
inline constexpr Flag kDifficulty{.name = "difficulty",
                                  .value = "LEVEL",
                                  .type = FlagType::choice,
                                  .doc = {"for whom it is written", "难度"},
                                  .choices = model::difficulty_names};
inline constexpr Flag kVisibility{.name = "visibility",
                                  .value = "WHO",
                                  .type = FlagType::choice,
                                  .doc = {"who sees it: the desk alone, or everybody", "可见范围：仅内部，或所有人"},
                                  .fallback = "internal",
                                  .choices = model::visibility_names};
inline constexpr Flag kRelated{.name = "incident",
                               .value = "NUMBER,...",
                               .type = FlagType::text,
                               .doc = {"incidents that it is about", "相关事件编号"}};
inline constexpr Flag kReviewBy{.name = "review-by",
                                .value = "TIME",
                                .type = FlagType::time,
                                .doc = {"when somebody has to look whether it still holds", "复核期限"}};
inline constexpr Flag kPriority{.name = "priority",
                                .value = "N",
                                .type = FlagType::integer,
                                .doc = {"of an FAQ: greater ones come first", "常见问题的顺序：数值大的在前"}};
inline constexpr Flag kIncidentType{.name = "incident-type",
                                    .value = "TYPE",
                                    .type = FlagType::choice,
                                    .doc = {"of a solution: what it mends", "解决方案针对的故障类型"},
                                    .choices = model::incident_type_names};
inline constexpr Flag kTools{.name = "tools",
                             .value = "WORD,...",
                             .type = FlagType::text,
                             .doc = {"of a solution: tools that it needs", "解决方案所需工具"}};
inline constexpr Flag kMinutes{.name = "minutes",
                               .value = "N",
                               .type = FlagType::integer,
                               .doc = {"of a solution: how many minutes it takes", "解决方案预计所需分钟数"}};
inline constexpr Flag kUrl{
    .name = "url", .value = "URL", .type = FlagType::text, .doc = {"of a video: where it is", "视频地址"}};
inline constexpr Flag kLength{.name = "length",
                              .value = "SECONDS",
                              .type = FlagType::integer,
                              .doc = {"of a video: its length", "视频长度（秒）"}};

// Of lists and exports.
inline constexpr Flag kKindList{.name = "kind",
                                .value = "KIND,...",
                                .type = FlagType::choices,
                                .doc = {"only these kinds", "只含这些种类"},
                                .choices = model::article_kind_names};
inline constexpr Flag kStatusList{.name = "status",
                                  .value = "STATUS,...",
                                  .type = FlagType::choices,
                                  .doc = {"only these states", "只含这些状态"},
                                  .choices = model::article_status_names};
inline constexpr Flag kCategoryList{
    .name = "category",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only these categories; none: without one", "只含这些类别；none 表示无类别"}};
inline constexpr Flag kVisibilityList{.name = "visibility",
                                      .value = "WHO,...",
                                      .type = FlagType::choices,
                                      .doc = {"only those that these see", "只含这些可见范围"},
                                      .choices = model::visibility_names};
inline constexpr Flag kLanguageList{.name = "language",
                                    .value = "LANGUAGE,...",
                                    .type = FlagType::choices,
                                    .doc = {"only these languages", "只含这些语言"},
                                    .choices = model::article_language_names};

}  // namespace umsops::cli::kb
