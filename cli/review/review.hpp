// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "cli/record/answer.hpp"
#include "cli/record/arguments.hpp"
#include "cli/record/change.hpp"
#include "umsops/desk/review_desk.hpp"

/// What the verbs of reviews share.
namespace umsops::cli::review {

extern record::Kind const kKind;
/// Completes the number of a review.
void offer_numbers(Candidates& out);
inline constexpr Argument kOne = record::one_record(offer_numbers);
inline constexpr Argument kJustOne[] = {kOne};
inline constexpr Argument kMany[] = {record::many_records(offer_numbers)};

record::Answer answer_of(Env& env, desk::ReviewResult const& result);
void write_result(Env& env, desk::ReviewResult const& result);
/// Changes reviews with one method of the desk, and answers as `record::change_all`.
using Change = std::function<desk::ReviewDesk::Outcomes(desk::ReviewDesk::Ids const& ids)>;
int change_all(Env& env, Call const& call, Change const& change);

/// The fields that --title, --owner, --due and --set name.
desk::Sets sets_of(Env& env, Call const& call);

/// Its measurements as objects, in the order of `umsops::review::measurements`.
base::Value measurements_of(model::Incident const& incident);

inline constexpr Flag kOwner{.name = "owner",
                             .value = "NAME",
                             .type = FlagType::text,
                             .doc = {"who sees to it", "负责人"},
                             .fallback = "the commander of the incident, or who has it"};
inline constexpr Flag kDue{.name = "due",
                           .value = "TIME",
                           .type = FlagType::time,
                           .doc = {"by when it is to be REVIEWED", "评审期限"},
                           .fallback = "CRITICAL 3 days, HIGH 5 business days after the end"};

}  // namespace umsops::cli::review
