// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "cli/record/answer.hpp"
#include "cli/record/arguments.hpp"
#include "cli/record/change.hpp"
#include "umsops/desk/requester_desk.hpp"

/// What the verbs of requesters share.
namespace umsops::cli::requester {

extern record::Kind const kKind;
/// Completes the number of a requester.
void offer_numbers(Candidates& out);
constexpr Argument named(bool many) {
  return {"ID",
          {"number, account, address, phone, alias, or @last", "编号、账号、邮箱、电话、别名或 @last"},
          true,
          many,
          offer_numbers};
}
inline constexpr Argument kJustOne[] = {named(false)};
inline constexpr Argument kMany[] = {named(true)};

void write_result(Env& env, desk::RequesterResult const& result);
/// Changes requesters with one method of the desk, and answers as `record::change_all`.
using Change = std::function<desk::RequesterDesk::Outcomes(desk::RequesterDesk::Ids const& ids)>;
int change_all(Env& env, Call const& call, Change const& change);

/// The fields that flags name, --vip and --no-vip among them.
desk::Sets sets_of(Env& env, Call const& call);

inline constexpr Flag kStateList{.name = "state",
                                 .value = "STATE,...",
                                 .type = FlagType::choices,
                                 .doc = {"only these states", "只含这些状态"},
                                 .choices = model::requester_state_names};
inline constexpr Flag kDepartmentList{
    .name = "department",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only these departments; none: no department", "只含这些部门；none 表示没有部门"}};
inline constexpr Flag kDirectoryList{
    .name = "directory",
    .value = "NAME,...",
    .type = FlagType::texts,
    .doc = {"only people of these directories; none: made by hand", "只含这些目录的人员；none 表示手工登记"}};

}  // namespace umsops::cli::requester
