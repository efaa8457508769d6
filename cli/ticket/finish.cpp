// SPDX-License-Identifier: Apache-2.0
// How tickets end, and begin again.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/record/ids.hpp"
#include "cli/template/templates.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

/// What was done: --resolution, or a longer text as everywhere.
templates::Words resolution_of(Env& env, Call const& call, std::vector<std::string> const& ids) {
  for (char const* const flag : {"body", "body-file", "edit", "template"}) call.exclude("resolution", flag);
  if (auto const text = call.text("resolution")) return {*text, {}};
  return templates::words_of(env, call, ids);
}

int run_resolve(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  desk::Resolve resolution;
  auto words = resolution_of(env, call, ids);
  resolution.text = std::move(words.text);
  resolution.wording = std::move(words.wording);
  resolution.knowledge = call.text("knowledge").value_or("");
  resolution.cascade = call.on("cascade");
  resolution.force = call.on("force");
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().resolve(some, resolution, record::change_of(env, call), record::batch_of(call));
  });
}

int run_close(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  desk::Close closing;
  auto words = resolution_of(env, call, ids);
  closing.resolution = std::move(words.text);
  closing.wording = std::move(words.wording);
  closing.knowledge = call.text("knowledge").value_or("");
  closing.cascade = call.on("cascade");
  closing.force = call.on("force");
  closing.spam = call.has("as");
  if (closing.spam) call.exclude("as", "resolution");
  if (closing.spam) call.exclude("as", "template");
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().close(some, closing, record::change_of(env, call), record::batch_of(call));
  });
}

int run_reopen(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  desk::Reopen reopening;
  reopening.file_new = call.on("new");
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().reopen(some, reopening, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kResolution{
    .name = "resolution", .letter = 'r', .value = "TEXT", .type = FlagType::text, .doc = {"what was done", "解决方案"}};
constexpr Flag kBody{.name = "body",
                     .value = "TEXT",
                     .type = FlagType::text,
                     .doc = {"the same as --resolution", "与 --resolution 相同"}};
constexpr Flag kBodyFile{.name = "body-file",
                         .value = "FILE|-",
                         .type = FlagType::file,
                         .doc = {"the same from a file, or from standard input", "从文件或标准输入读取"},
                         .offer = offer::files};
constexpr Flag kKnowledge{.name = "knowledge",
                          .value = "ID",
                          .type = FlagType::text,
                          .doc = {"the article or solution that helped", "所用的知识条目"}};
constexpr Flag kCascade{.name = "cascade", .doc = {"its unfinished children with it", "连同未完成的子工单"}};

constexpr Flag kForce{.name = "force", .doc = {"even if it is blocked by unfinished work", "即使被未完成的工单阻塞"}};

constexpr Flag kResolveFlags[] = {
    kResolution,      kBody,
    kBodyFile,        flags::kStrictText,
    flags::kEdit,     templates::kTemplate,
    templates::kWith, templates::kLanguage,
    kKnowledge,       kCascade,
    kForce,           flags::kReason,
    flags::kIfRev,    flags::kEach,
    flags::kExitCode,
};
constexpr std::string_view kEnds[] = {"spam"};
std::span<std::string_view const> ends() { return kEnds; }

constexpr Flag kCloseFlags[] = {
    {.name = "as",
     .value = "WHAT",
     .type = FlagType::choice,
     .doc = {"spam: nobody's request; it has no clock, gets no message and is in no report",
             "spam：垃圾信息；不计时、不发消息，也不进入报表"},
     .choices = ends},
    kResolution,
    kBody,
    kBodyFile,
    flags::kStrictText,
    flags::kEdit,
    templates::kTemplate,
    templates::kWith,
    templates::kLanguage,
    kKnowledge,
    kCascade,
    kForce,
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kReopenFlags[] = {
    {.name = "new",
     .doc = {"if it was closed too long ago, file a new ticket linked to it", "关闭已久时新建一张与之关联的工单"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kResolveExamples[] = {
    {"umsops ticket resolve T-1 --resolution 'cleared the lock; the phone had the old password'",
     {"with a resolution text", "解决方案记入工单"}},
    {"umsops ticket resolve T-1 --cascade --resolution '目录服务已恢复' --knowledge KB-7",
     {"with its children, and what helped", "连同子工单，并注明所用知识"}},
};
constexpr Example kCloseExamples[] = {
    {"umsops ticket close T-1 --resolution 'answered by phone'", {"resolve and close at once", "一步解决并关闭"}},
    {"umsops ticket close T-1 --as spam -n", {"nobody's request", "标记为垃圾信息（试运行）"}},
    {"umsops ticket list -q --status RESOLVED | umsops ticket close -",
     {"everything that is resolved", "关闭全部已解决的工单"}},
};
constexpr Example kReopenExamples[] = {
    {"umsops ticket reopen T-1 --reason 'it happens again' -n", {"what would happen", "试运行重新打开"}},
    {"umsops ticket reopen T-1 --new -q", {"or a new ticket, if that was too long ago", "时间过久则新建工单"}},
};

}  // namespace

constinit Command const kTicketResolve{
    .path = "ticket resolve",
    .summary = {"resolve tickets", "填写解决方案并解决工单"},
    .description = {"RESOLVED needs a resolution and stops the clocks. A parent needs its children finished first (or "
                    "--cascade), a blocked ticket its blockers (or --force).",
                    "解决工单须填写解决方案，并停止计时。子工单未完成时不能解决父工单，除非给出 "
                    "--cascade；被阻塞的工单须用 --force。"},
    .arguments = ticket::kMany,
    .flags = kResolveFlags,
    .examples = kResolveExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_resolve,
};

constinit Command const kTicketClose{
    .path = "ticket close",
    .summary = {"close resolved tickets", "关闭已解决的工单"},
    .description = {"Closes RESOLVED tickets; with --resolution it resolves them first. With --as spam an unfinished "
                    "ticket becomes "
                    "SPAM, and 'ticket reopen' brings it back. tick closes tickets that were resolved "
                    "longer ago than the setting auto_close.",
                    "关闭已解决的工单；给出 --resolution 时先解决再关闭。--as spam 将未完成的工单标记为 SPAM，可用 "
                    "ticket reopen 恢复。超过设置 auto_close 的时长后由 tick 自动关闭。"},
    .arguments = ticket::kMany,
    .flags = kCloseFlags,
    .examples = kCloseExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_close,
};

constinit Command const kTicketReopen{
    .path = "ticket reopen",
    .summary = {"reopen finished tickets", "重新打开工单"},
    .description = {"A RESOLVED ticket, or one that was CLOSED within the setting reopen_window, becomes IN_PROGRESS "
                    "again; its resolution clock starts a new generation; reports keep the old one.",
                    "已解决的工单，或在设置 reopen_window 时长内关闭的工单，重新变为 "
                    "IN_PROGRESS；其解决计时开始新的一轮，旧的一轮保留用于统计。"},
    .arguments = ticket::kMany,
    .flags = kReopenFlags,
    .examples = kReopenExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_reopen,
};

}  // namespace umsops::cli
