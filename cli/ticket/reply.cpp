// SPDX-License-Identifier: Apache-2.0
// What is said in a ticket: replies and notes.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/record/ids.hpp"
#include "cli/record/said.hpp"
#include "cli/template/templates.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSides[] = {"staff", "requester"};
std::span<std::string_view const> sides() { return kSides; }

int say(Env& env, Call const& call, desk::Reply reply) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  auto words = templates::words_of(env, call, ids);
  if (words.text.empty() && !words.wording.make) call.missing("--body, --body-file, --edit, --template");
  reply.text = std::move(words.text);
  reply.wording = std::move(words.wording);
  reply.key = call.text("key").value_or("");
  reply.files = ticket::given_files(call.all("attach"));
  reply.time_spent_minutes = ticket::time_spent(call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().reply(some, reply, record::change_of(env, call), record::batch_of(call));
  });
}

int run_reply(Env& env, Call const& call) {
  desk::Reply reply;
  if (auto const side = call.text("as")) reply.side = *side == "staff" ? desk::Side::staff : desk::Side::requester;
  reply.responder = call.text("from").value_or("");
  reply.reopen = call.on("reopen");
  return say(env, call, std::move(reply));
}

int run_note(Env& env, Call const& call) {
  desk::Reply note;
  note.internal = true;
  return say(env, call, std::move(note));
}

constexpr Flag kKey{
    .name = "key",
    .value = "KEY",
    .type = FlagType::text,
    .doc = {"the same text with the same key is stored once", "相同的键与内容只保存一次，无论重试多少次"}};

constexpr Flag kReplyFlags[] = {
    record::kSaid,
    record::kSaidFile,
    flags::kStrictText,
    flags::kEdit,
    templates::kTemplate,
    templates::kWith,
    templates::kLanguage,
    {.name = "as",
     .value = "SIDE",
     .type = FlagType::choice,
     .doc = {"who speaks", "发言方"},
     .fallback = "requester if the name matches, else staff",
     .choices = sides},
    {.name = "from",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"author of the text, if not the actor", "发言人；默认为操作者"}},
    {.name = "reopen", .doc = {"reopen a CLOSED ticket", "工单已关闭时重新打开"}},
    ticket::kAttach,
    ticket::kTimeSpent,
    kKey,
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kNoteFlags[] = {
    record::kSaid,    record::kSaidFile,    flags::kStrictText, flags::kEdit,       templates::kTemplate,
    templates::kWith, templates::kLanguage, ticket::kAttach,    ticket::kTimeSpent, kKey,
    flags::kReason,   flags::kIfRev,        flags::kEach,       flags::kExitCode,
};

constexpr Example kReplyExamples[] = {
    {"umsops ticket reply T-1 --body 'Please try again now.'",
     {"to the requester; work has started", "回复请求人，工单进入处理中"}},
    {"umsops ticket reply T-1 --template mfa-reset", {"words that are ready", "使用现成的文字"}},
    {"umsops ticket reply T-1 --from zhang.wei --as requester --body '还是不行'",
     {"an answer of the requester: wakes a PENDING ticket", "请求人的答复：挂起的工单继续处理"}},
    {"umsops ticket reply T-1 --body 'Here is your new certificate.' --attach client.p12 --time-spent 15m",
     {"with a file, and the time that it took", "附上文件，并记录花费的时间"}},
    {"date | umsops ticket reply T-1 --body-file - --key job-7 -o json | jq -r .result",
     {"a retry stores nothing twice", "重试不会重复保存"}},
};
constexpr Example kNoteExamples[] = {
    {"umsops ticket note T-1 --body 'LDAP replica 2 is behind'", {"for colleagues only", "仅供内部查看"}},
    {"umsops ticket list -q --status OPEN | umsops ticket note - --body 'seen in the morning round'",
     {"in many at once", "批量添加备注"}},
};

}  // namespace

constinit Command const kTicketReply{
    .path = "ticket reply",
    .summary = {"answer the requester, or record an answer", "回复请求人，或记录其答复"},
    .description = {"Stores an EXTERNAL reply. The first one of staff is the first response and stops its clock; OPEN, "
                    "ASSIGNED and ESCALATED become IN_PROGRESS. A reply of the requester wakes a PENDING ticket and "
                    "reopens a RESOLVED one. CLOSED takes a reply only with --reopen.",
                    "保存一条对外回复。处理人的第一条回复即首次响应，并停止该计时；OPEN、ASSIGNED 和 ESCALATED 变为 "
                    "IN_PROGRESS。请求人的答复会唤醒 PENDING 的工单，并重新打开 RESOLVED 的工单。已关闭的工单仅在给出 "
                    "--reopen 时接受回复。"},
    .arguments = ticket::kMany,
    .flags = kReplyFlags,
    .examples = kReplyExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_reply,
};

constinit Command const kTicketNote{
    .path = "ticket note",
    .summary = {"write a note for colleagues", "添加内部备注"},
    .description =
        {"Stores an INTERNAL note: it changes neither state nor clocks, and does not count as a first response.",
         "保存一条内部备注：不改变状态，不影响计时，也不算首次响应。"},
    .arguments = ticket::kMany,
    .flags = kNoteFlags,
    .examples = kNoteExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_note,
};

}  // namespace umsops::cli
