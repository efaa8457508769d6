// SPDX-License-Identifier: Apache-2.0
// What moves an article, and what readers say of it.
#include "cli/commands.hpp"
#include "cli/kb/kb.hpp"

namespace umsops::cli {

namespace {

int run_publish(Env& env, Call const& call) {
  return kb::change_all(env, call, [&](auto const& ids) {
    return env.desk().knowledge().publish(ids, call.on("withdraw"), record::change_of(env, call),
                                          record::batch_of(call));
  });
}

int run_archive(Env& env, Call const& call) {
  return kb::change_all(env, call, [&](auto const& ids) {
    return env.desk().knowledge().archive(ids, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr std::string_view kYesNo[] = {"yes", "no"};
std::span<std::string_view const> yes_no() { return kYesNo; }

int run_vote(Env& env, Call const& call) {
  bool const helpful = call.text("helpful") == "yes";
  return kb::change_all(env, call, [&](auto const& ids) {
    return env.desk().knowledge().vote(ids, helpful, record::change_of(env, call), record::batch_of(call));
  });
}

int run_used(Env& env, Call const& call) {
  call.exclude("ticket", "incident");
  desk::Use const use{call.text("ticket").value_or(""), call.text("incident").value_or(""),
                      call.text("worked") == "yes"};
  if (use.ticket.empty() && use.incident.empty()) call.missing("--ticket NUMBER, --incident NUMBER");
  return kb::change_all(env, call, [&](auto const& ids) {
    return env.desk().knowledge().use(ids, use, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kPublishFlags[] = {
    {.name = "withdraw", .doc = {"take the publication back: it is a DRAFT again", "撤回发布，恢复为草稿"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kArchiveFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};
constexpr Flag kVoteFlags[] = {
    {.name = "helpful",
     .value = "yes|no",
     .type = FlagType::choice,
     .doc = {"whether it helped", "是否有帮助"},
     .choices = yes_no,
     .required = true},
    flags::kReason,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kUsedFlags[] = {
    {.name = "ticket", .value = "NUMBER", .type = FlagType::text, .doc = {"for this ticket", "所用于的工单"}},
    {.name = "incident", .value = "NUMBER", .type = FlagType::text, .doc = {"for this incident", "所用于的事件"}},
    {.name = "worked",
     .value = "yes|no",
     .type = FlagType::choice,
     .doc = {"whether it worked", "是否成功"},
     .choices = yes_no,
     .required = true},
    flags::kReason,
    flags::kEach,
    flags::kExitCode,
};
constexpr Example kPublishExamples[] = {
    {"umsops kb publish KB-1", {"from here on readers find it", "发布"}},
    {"umsops kb list --status DRAFT -q | umsops kb publish - -y -o json | jq .count", {"all drafts", "发布全部草稿"}},
};
constexpr Example kArchiveExamples[] = {
    {"umsops kb archive KB-1 --reason 'replaced by KB-2'", {"out of the search", "从搜索中移除"}},
    {"umsops kb archive KB-1 -n -o json | jq -r .status", {"what would happen", "试运行"}},
};
constexpr Example kVoteExamples[] = {
    {"umsops kb vote KB-1 --helpful yes", {"once a person; the later word counts", "每人一票，以最后一次为准"}},
    {"umsops kb vote KB-1 --helpful no --reason 'the button is gone' -o json | jq .helpful_rate",
     {"with a reason", "附上原因"}},
};
constexpr Example kUsedExamples[] = {
    {"umsops kb used KB-1 --ticket T-1 --worked yes", {"it solved the ticket", "解决了该工单"}},
    {"umsops kb used KB-1 --incident INC-1 --worked no --reason 'other version' -o json | jq .success_rate",
     {"it did not; the rate follows", "未能解决，成功率随之变化"}},
};

}  // namespace

constinit Command const kKbPublish{
    .path = "kb publish",
    .summary = {"make articles readable", "发布条目"},
    .description = {"Makes articles PUBLISHED: search finds them, and outsiders see those whose visibility is public. "
                    "Takes ARCHIVED ones back, too.",
                    "将条目发布：可被搜索到，可见范围为 public 的对外可见。也可恢复已归档的条目。"},
    .arguments = kb::kMany,
    .flags = kPublishFlags,
    .examples = kPublishExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_publish,
};

constinit Command const kKbArchive{
    .path = "kb archive",
    .summary = {"take articles out of use", "归档条目"},
    .description = {"Makes articles ARCHIVED: search does not find them any more. Nothing is deleted, and 'kb publish' "
                    "takes them back.",
                    "将条目归档：不再被搜索到。内容不会删除，可用 kb publish 恢复。"},
    .arguments = kb::kMany,
    .flags = kArchiveFlags,
    .examples = kArchiveExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_archive,
};

constinit Command const kKbVote{
    .path = "kb vote",
    .summary = {"say whether an article helped", "评价条目是否有帮助"},
    .description = {"Records the vote of the actor: one each, and the later one counts. Search puts articles that "
                    "helped before others that fit as well, by the lower end of the 95 % interval (Wilson), so that "
                    "one vote does not outweigh fifty.",
                    "记录操作者的评价：每人一票，以最后一次为准。搜索在匹配程度相近时优先列出有帮助的条目，按 95 % "
                    "置信区间（Wilson）的下限计，因此一票不会胜过五十票。"},
    .arguments = kb::kMany,
    .flags = kVoteFlags,
    .examples = kVoteExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_vote,
};

constinit Command const kKbUsed{
    .path = "kb used",
    .summary = {"say what became of an article for a ticket or incident", "记录条目用于工单或事件的结果"},
    .description = {"Records whether an article worked for a ticket or an incident: one outcome each, and the later "
                    "one counts. The success rate is computed from these alone.",
                    "记录条目用于某工单或事件是否成功：每个工单或事件一个结果，以最后一次为准。成功率仅由此计算。"},
    .arguments = kb::kMany,
    .flags = kUsedFlags,
    .examples = kUsedExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_used,
};

}  // namespace umsops::cli
