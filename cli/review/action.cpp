// SPDX-License-Identifier: Apache-2.0
// What a review asks to be done.
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/input.hpp"
#include "cli/review/findings.hpp"
#include "cli/review/review.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using model::ActionTarget;

constexpr std::size_t kLongestFile = 16u << 20;

std::string hash_of_file(std::string const& path) { return base::sha256_hex(read_whole(path, kLongestFile)); }

/// The file of a rule or runbook, or the article, that the action is to change.
void read_target(Call const& call, desk::NewAction& action) {
  for (auto const& [flag, target] : {std::pair<std::string_view, ActionTarget>("rule", ActionTarget::rule),
                                     {"runbook", ActionTarget::runbook},
                                     {"article", ActionTarget::article}}) {
    auto const name = call.text(flag);
    if (!name) continue;
    action.target = target;
    action.name = *name;
    if (target != ActionTarget::article) action.text_hash = hash_of_file(*name);
  }
}

desk::ReviewResult add(Env& env, Call const& call) {
  desk::NewAction action;
  action.title = call.text("add").value_or("");
  action.finding = call.text("accept").value_or("");
  action.assignee = call.text("to").value_or("");
  action.due_at = time_flag(env, call, "due");
  read_target(call, action);
  return env.desk().reviews().add_action(call.words[0], action, record::change_of(env, call));
}

desk::ReviewResult apply(Env& env, Call const& call, std::int64_t place) {
  auto const whole = env.desk().reviews().show(call.words[0]);
  std::string hash;
  auto const& actions = whole.review.actions;
  if (place >= 1 && place <= static_cast<std::int64_t>(actions.size())) {
    auto const& action = actions[static_cast<std::size_t>(place) - 1];
    bool const file = action.target == ActionTarget::rule || action.target == ActionTarget::runbook;
    if (file) hash = hash_of_file(action.name);
  }
  return env.desk().reviews().apply_action(call.words[0], place, hash, record::change_of(env, call));
}

int run_action(Env& env, Call const& call) {
  call.exclude("add", "accept");
  call.exclude("add", "applied");
  call.exclude("accept", "applied");
  call.exclude("rule", "runbook");
  call.exclude("rule", "article");
  call.exclude("runbook", "article");
  (void)env.style(review::kKind.number);
  bool const adds = call.has("add") || call.has("accept");
  for (std::string_view const flag : {"to", "due", "rule", "runbook", "article"}) {
    if (call.has(flag) && !adds) call.missing("--add TITLE, --accept N");
  }
  std::optional<desk::ReviewResult> changed;
  if (adds) {
    changed = add(env, call);
  } else if (auto const place = call.integer("applied")) {
    changed = apply(env, call, *place);
  }
  auto const whole = env.desk().reviews().show(call.words[0]);
  auto answer = review::answer_of(env, changed.value_or(desk::ReviewResult{whole.review, desk::Result::unchanged}));
  answer.facts.emplace_back("proposals", review::findings_of(env, whole));
  if (!changed) answer.explain = [&] { review::write_actions(env, whole); };
  record::write_answer(review::kKind, env, answer);
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "add",
     .value = "TITLE",
     .type = FlagType::text,
     .doc = {"a new action, with a ticket for its work", "新增改进措施，并为其建立工单"}},
    {.name = "accept",
     .value = "N|CODE",
     .type = FlagType::text,
     .doc = {"make this proposal an action", "采纳该建议，作为改进措施"}},
    {.name = "applied",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"action N took effect: what it was to change says something else by now",
             "第 N 项措施已生效：所针对的内容已经改变"}},
    {.name = "rule",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"it is to change this rule file", "须修改的规则文件"},
     .offer = offer::files},
    {.name = "runbook",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"it is to change this runbook", "须修改的运行手册"},
     .offer = offer::files},
    {.name = "article",
     .value = "NUMBER",
     .type = FlagType::text,
     .doc = {"it is to change this article", "须修改的知识条目"}},
    {.name = "to", .value = "NAME", .type = FlagType::text, .doc = {"who gets its ticket", "工单处理人"}},
    {.name = "due", .value = "TIME", .type = FlagType::time, .doc = {"by when it is to be done", "完成期限"}},
    flags::kReason,
    flags::kIfRev,
};
constexpr Example kExamples[] = {
    {"umsops review action REV-1", {"actions, and what the records suggest", "改进措施与建议"}},
    {"umsops review action REV-1 --accept 1 --to li.na --due +14d", {"a proposal becomes an action", "采纳一条建议"}},
    {"umsops review action REV-1 --add 'Renew certificates earlier' -o json | jq -r '.actions[-1].ticket'",
     {"somebody's own idea, and its ticket", "自行提出的措施及其工单"}},
};
constexpr int kExits[] = {3, 4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kReviewAction{
    .path = "review action",
    .summary = {"what a review asks to be done", "复盘的改进措施"},
    .description =
        {"Lists the actions of a review and what the records suggest: acknowledged late, message not delivered, no "
         "runbook, a step that failed, no article used, the same type again within 30 days, severity corrected by "
         "hand; each with its evidence.\n\n"
         "--add and --accept make an action, whose work is a ticket related to the incident. Of a rule file, a runbook "
         "or an article the SHA-256 of its text is kept; --applied keeps the new one, and refuses where nothing has "
         "changed. 'umsops review effect' then tells whether it helped.",
         "列出复盘的改进措施，以及根据记录提出的建议：确认过晚、消息未送达、没有运行手册、步骤失败、未使用知识条目、30 "
         "天内同类事件再次发生、严重程度被人工更正，各附证据。\n\n"
         "--add 与 --accept 新增措施，并为其建立与事件关联的工单。针对规则文件、运行手册或知识条目的措施会记录其内容的 "
         "SHA-256；--applied 记录修改后的值，内容未变则拒绝。之后可用 umsops review effect 查看效果。"},
    .arguments = review::kJustOne,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.review.action/v1",
    .changes = true,
    .run = run_action,
};

}  // namespace umsops::cli
