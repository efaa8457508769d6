// SPDX-License-Identifier: Apache-2.0
// What moves a review.
#include "cli/commands.hpp"
#include "cli/record/transitions.hpp"
#include "cli/review/review.hpp"
#include "umsops/lifecycle/review_acts.hpp"

namespace umsops::cli {

namespace {

using lifecycle::ReviewAct;

int move(Env& env, Call const& call, ReviewAct act) {
  bool const force = act == ReviewAct::close && call.on("force");
  if (force && !call.has("reason")) call.missing("--reason");
  return review::change_all(env, call, [&](auto const& ids) {
    return env.desk().reviews().move(ids, act, force, record::change_of(env, call), record::batch_of(call));
  });
}

int run_submit(Env& env, Call const& call) { return move(env, call, ReviewAct::submit); }
int run_approve(Env& env, Call const& call) { return move(env, call, ReviewAct::approve); }
int run_rework(Env& env, Call const& call) { return move(env, call, ReviewAct::rework); }
int run_close(Env& env, Call const& call) { return move(env, call, ReviewAct::close); }

int run_transitions(Env& env, Call const& call) {
  return record::write_transitions(
      env, call, [&](std::string const& id) { return model::to_string(env.desk().reviews().show(id).review.status); },
      [](auto const& visit) {
        for (auto const& one : lifecycle::review_moves())
          visit({model::to_string(one.from), lifecycle::to_string(one.act), model::to_string(one.to),
                 lifecycle::need(one.act)});
      });
}

constexpr Flag kMoveFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};
constexpr Flag kCloseFlags[] = {
    {.name = "force", .doc = {"though actions are not done; needs --reason", "措施未完成也关闭，须给出 --reason"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Argument kOptional[] = {{"ID",
                                   {"only acts allowed for this review now", "只列出该复盘当前允许的动作"},
                                   false,
                                   false,
                                   review::offer_numbers}};
constexpr Example kSubmitExamples[] = {
    {"umsops review update REV-1 --section overview --body 'Sign-in failed.' -q && umsops review update REV-1 "
     "--section contributing_factors --body 'A certificate ran out.' -q && umsops review submit REV-1",
     {"ready to be read", "提交评审"}},
    {"umsops review submit REV-1 -n -o json | jq -r .status", {"what would happen", "试运行"}},
};
constexpr Example kApproveExamples[] = {
    {"umsops review approve REV-1 --reason 'read on Tuesday'", {"it is right", "评审通过"}},
    {"umsops review list --status IN_REVIEW -q | umsops review approve - -y -o json | jq .count",
     {"all that wait", "全部通过"}},
};
constexpr Example kReworkExamples[] = {
    {"umsops review rework REV-1 --reason 'the timeline has a hole'", {"back to whoever wrote it", "退回修改"}},
    {"umsops review rework REV-1 -n -o json | jq -r .status", {"what would happen", "试运行"}},
};
constexpr Example kCloseExamples[] = {
    {"umsops review close REV-1", {"all that it asked for is done", "全部措施已完成"}},
    {"umsops review close REV-1 --force --reason 'moved to next quarter' -o json | jq -r .status",
     {"although something is left", "尚有未完成的措施也关闭"}},
};
constexpr Example kTransitionsExamples[] = {
    {"umsops review transitions REV-1", {"what can happen to a review", "该复盘可以怎样变化"}},
    {"umsops review transitions -o json | jq -r '.items[] | [.from, .act, .to] | @tsv'", {"the table", "转换表"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kReviewSubmit{
    .path = "review submit",
    .summary = {"ask others to read a review", "提交评审"},
    .description = {"Makes a DRAFT IN_REVIEW. It must say what happened (overview) and why (contributing_factors).",
                    "将草稿变为 IN_REVIEW。须写明概述（overview）和促成因素（contributing_factors）。"},
    .arguments = review::kMany,
    .flags = kMoveFlags,
    .examples = kSubmitExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_submit,
};

constinit Command const kReviewApprove{
    .path = "review approve",
    .summary = {"say that a review is right", "评审通过"},
    .description = {"Makes a review that is IN_REVIEW a REVIEWED one, and writes down who said so.",
                    "将 IN_REVIEW 的复盘变为 REVIEWED，并记录评审人。"},
    .arguments = review::kMany,
    .flags = kMoveFlags,
    .examples = kApproveExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_approve,
};

constinit Command const kReviewRework{
    .path = "review rework",
    .summary = {"send a review back", "退回修改"},
    .description = {"Makes a review a DRAFT again, whatever it was.", "将复盘恢复为草稿。"},
    .arguments = review::kMany,
    .flags = kMoveFlags,
    .examples = kReworkExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_rework,
};

constinit Command const kReviewClose{
    .path = "review close",
    .summary = {"close a review whose actions are done", "关闭措施已完成的复盘"},
    .description = {"Makes a REVIEWED review CLOSED. The tickets of its actions must be RESOLVED or CLOSED, unless "
                    "--force --reason says why not.",
                    "将 REVIEWED 的复盘关闭。其改进措施的工单须已解决或关闭，除非给出 --force --reason 说明原因。"},
    .arguments = review::kMany,
    .flags = kCloseFlags,
    .examples = kCloseExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_close,
};

constinit Command const kReviewTransitions{
    .path = "review transitions",
    .summary = {"list the allowed changes of state", "复盘的状态转换"},
    .description = {"The transition table: for each state the allowed acts, the next state and what they require. "
                    "'sections' are overview and contributing_factors, 'actions' means that they are done.",
                    "状态转换表：每个状态下允许的动作、结果状态和所需内容。sections 指概述和促成因素，actions "
                    "指改进措施已完成。"},
    .arguments = kOptional,
    .examples = kTransitionsExamples,
    .exits = kExits,
    .schema = "umsops.review.transitions/v1",
    .run = run_transitions,
};

}  // namespace umsops::cli
