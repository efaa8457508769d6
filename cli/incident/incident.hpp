// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "cli/record/answer.hpp"
#include "cli/record/arguments.hpp"
#include "cli/record/change.hpp"
#include "umsops/desk/incident_desk.hpp"

/// What the verbs of incidents share.
namespace umsops::cli::incident {

extern record::Kind const kKind;
/// Completes the number of an incident.
void offer_numbers(Candidates& out);
/// An incident, and the incidents that a verb changes.
inline constexpr Argument kOne = record::one_record(offer_numbers);
inline constexpr Argument kJustOne[] = {kOne};
inline constexpr Argument kMany[] = {record::many_records(offer_numbers)};

/// The answer to one changed incident.
record::Answer answer_of(Env& env, desk::IncidentResult const& result);
void write_result(Env& env, desk::IncidentResult const& result);
/// Changes incidents with one method of the desk, given all but the first argument, and answers as
/// `record::change_all`.
using Change = std::function<desk::IncidentDesk::Outcomes(desk::IncidentDesk::Ids const& ids)>;
int change_all(Env& env, Call const& call, Change const& change);
/// The same for a method that gives the answers by itself.
int change_all(Env& env, Call const& call, record::Change const& change);

inline constexpr Flag kType{.name = "type",
                            .value = "TYPE",
                            .type = FlagType::choice,
                            .doc = {"kind of disruption", "故障类型"},
                            .choices = model::incident_type_names};
inline constexpr Flag kSeverity{.name = "severity",
                                .value = "SEVERITY",
                                .type = FlagType::choice,
                                .doc = {"how bad it is", "严重程度"},
                                .choices = model::priority_names};
inline constexpr Flag kImpact{.name = "impact",
                              .value = "IMPACT",
                              .type = FlagType::choice,
                              .doc = {"how much it touches", "影响程度"},
                              .choices = model::priority_names};
inline constexpr Flag kUrgency{.name = "urgency",
                               .value = "URGENCY",
                               .type = FlagType::choice,
                               .doc = {"how soon it gets worse", "紧急程度"},
                               .choices = model::priority_names};
inline constexpr Flag kPriority{.name = "priority",
                                .value = "PRIORITY",
                                .type = FlagType::choice,
                                .doc = {"which comes first", "优先级"},
                                .choices = model::priority_names};
inline constexpr Flag kCategory{
    .name = "category", .value = "NAME", .type = FlagType::text, .doc = {"category", "类别"}};
inline constexpr Flag kSource{.name = "source",
                              .value = "TEXT",
                              .type = FlagType::text,
                              .doc = {"what noticed it, in its own words", "发现来源"}};
inline constexpr Flag kReporter{.name = "reporter",
                                .value = "NAME",
                                .type = FlagType::text,
                                .doc = {"who reported it", "报告人"},
                                .fallback = "the actor"};
inline constexpr Flag kAffectedUsers{.name = "affected-users",
                                     .value = "N",
                                     .type = FlagType::integer,
                                     .doc = {"how many people it touches", "受影响的用户数"}};
inline constexpr Flag kBusinessImpact{.name = "business-impact",
                                      .value = "IMPACT",
                                      .type = FlagType::choice,
                                      .doc = {"what it means for the business", "业务影响"},
                                      .choices = model::priority_names};
inline constexpr Flag kService{.name = "service",
                               .value = "NAME,...",
                               .type = FlagType::text,
                               .doc = {"services that it touches", "受影响的服务"}};
inline constexpr Flag kImpactStarted{.name = "impact-started",
                                     .value = "TIME",
                                     .type = FlagType::time,
                                     .doc = {"when the impact began", "影响开始时间"}};
inline constexpr Flag kDetectedAt{.name = "detected-at",
                                  .value = "TIME",
                                  .type = FlagType::time,
                                  .doc = {"when it was noticed", "发现时间"},
                                  .fallback = "now"};
inline constexpr Flag kRootCause{
    .name = "root-cause", .value = "TEXT", .type = FlagType::text, .doc = {"why it happened", "根本原因"}};

// Of lists and exports.
inline constexpr Flag kStatusList{.name = "status",
                                  .value = "STATUS,...",
                                  .type = FlagType::choices,
                                  .doc = {"only these states", "只含这些状态"},
                                  .choices = model::incident_status_names};
inline constexpr Flag kTypeList{.name = "type",
                                .value = "TYPE,...",
                                .type = FlagType::choices,
                                .doc = {"only these types", "只含这些类型"},
                                .choices = model::incident_type_names};
inline constexpr Flag kSeverityList{.name = "severity",
                                    .value = "SEVERITY,...",
                                    .type = FlagType::choices,
                                    .doc = {"only these severities", "只含这些严重程度"},
                                    .choices = model::priority_names};
inline constexpr Flag kPriorityList{.name = "priority",
                                    .value = "PRIORITY,...",
                                    .type = FlagType::choices,
                                    .doc = {"only these priorities", "只含这些优先级"},
                                    .choices = model::priority_names};
inline constexpr Flag kCategoryList{
    .name = "category",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only these categories; none: without one", "只含这些类别；none 表示无类别"}};
inline constexpr Flag kAssigneeList{
    .name = "assignee",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only those of these people; none: nobody's", "只含这些处理人的；none 表示无人处理"}};

/// The fields that flags name, times as they are meant in the reader's zone.
desk::Sets sets_of(Env& env, Call const& call, std::string const& text_to_edit = {});

}  // namespace umsops::cli::incident
