// SPDX-License-Identifier: Apache-2.0
// The work on incidents: who has them, what is known, whether service is back.
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/record/said.hpp"
#include "cli/record/spool.hpp"

namespace umsops::cli {

namespace {

/// The one of these flags that was given, its place. Throws where there are two, or none.
std::size_t one_of(Call const& call, std::span<std::string_view const> flags) {
  std::optional<std::size_t> given;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (!call.has(flags[i])) continue;
    if (given) call.exclude(flags[*given], flags[i]);
    given = i;
  }
  if (!given) call.missing("--" + std::string(flags[0]));
  return *given;
}

int run_assign(Env& env, Call const& call) {
  constexpr std::string_view kWays[] = {"to", "release", "claim", "steal"};
  constexpr desk::Hand kHands[] = {desk::Hand::give, desk::Hand::release, desk::Hand::claim, desk::Hand::steal};
  auto const hand = kHands[one_of(call, kWays)];
  std::string const to = call.text("to").value_or("");
  if (hand == desk::Hand::give && to.empty()) call.missing("--to NAME");
  auto const role = call.text("role");
  if (role && hand != desk::Hand::give && hand != desk::Hand::release) call.exclude("role", "claim");
  return incident::change_all(env, call, [&](auto const& ids) {
    auto& desk = env.desk().incidents();
    auto const change = record::change_of(env, call);
    auto const batch = record::batch_of(call);
    return role ? desk.give_role(ids, *model::parse_incident_role(*role), to, change, batch)
                : desk.assign(ids, hand, to, change, batch);
  });
}

int run_ack(Env& env, Call const& call) {
  return incident::change_all(env, call, [&](auto const& ids) {
    auto& desk = env.desk().incidents();
    auto const change = record::change_of(env, call);
    return call.on("start") ? desk.start(ids, change, record::batch_of(call))
                            : desk.acknowledge(ids, change, record::batch_of(call));
  });
}

/// About one incident, by a name that means the same later on.
int note_or_spool(Env& env, Call const& call, desk::Note note) {
  for (std::string_view const flag : {"each", "if-rev"}) {
    if (call.has(flag)) call.exclude("spool", flag);
  }
  if (call.words.size() != 1 || call.words[0] == "-" || call.words[0] == "@last")
    throw base::Error(base::errors::usage_excludes, {{"first", "--spool"}, {"second", "several ids, - or @last"}});
  note.key = record::spool_key(env, note.key);
  (void)env.style(incident::kKind.number);
  return record::act_or_spool(
      env, "umsops.incident.spooled/v1",
      [&] {
        auto outcomes =
            env.desk().incidents().note({call.words[0]}, note, record::change_of(env, call), desk::Batch::atomic);
        return [&env, done = *std::move(outcomes.front().done)] { incident::write_result(env, done); };
      },
      [&] {
        desk::SpooledReport kept;
        kept.reason = call.text("reason").value_or("");
        kept.incident = desk::SpooledIncident{env.clock().now(), {}, call.words[0], note};
        return kept;
      });
}

int run_note(Env& env, Call const& call) {
  desk::Note note;
  auto const text = body_of(env, call);
  if (!text || text->empty()) call.missing("--body, --body-file, --edit");
  note.text = *text;
  note.at = time_flag(env, call, "at");
  note.corrects = call.text("corrects").value_or("");
  note.pinned = call.on("pin");
  call.exclude("tell", "spool");
  note.tell = call.all("tell");
  call.exclude("publish", "spool");
  note.published = call.on("publish");
  note.key = call.text("key").value_or("");
  if (call.on("spool") && !env.dry_run()) return note_or_spool(env, call, std::move(note));
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().note(ids, note, record::change_of(env, call), record::batch_of(call));
  });
}

int run_verify(Env& env, Call const& call) {
  constexpr std::string_view kWords[] = {"passed", "failed"};
  desk::RecoveryWord word;
  word.passed = one_of(call, kWords) == 0;
  word.note = call.text("note").value_or("");
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().verify(ids, word, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kAssignFlags[] = {
    {.name = "to",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who gets them: a name, me, team:NAME (the best of the team), oncall:SCHEDULE (who is on call)",
             "分派给谁：姓名、me、team:团队（其中最合适者）、oncall:值班表（当前值班人）"}},
    {.name = "role",
     .value = "ROLE",
     .type = FlagType::choice,
     .doc = {"the role instead: who leads, writes down, speaks to others, or stands in for the commander",
             "改为授予角色：指挥、记录、对外沟通、副指挥"},
     .choices = model::incident_role_names},
    {.name = "claim", .doc = {"take them; exit 4 if somebody else has them", "认领；已有他人处理时退出码为 4"}},
    {.name = "steal", .doc = {"take them from anybody", "接手，无论由谁处理"}},
    {.name = "release", .doc = {"remove the assignee, or whoever has the role", "取消分派，或收回角色"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kAckFlags[] = {
    {.name = "start", .doc = {"work begins: IN_PROGRESS", "开始处理：变为 IN_PROGRESS"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr std::string_view kAudiences[] = {"operations", "business", "executives"};
std::span<std::string_view const> audience_names() { return kAudiences; }

constexpr Flag kNoteFlags[] = {
    {.name = "body", .value = "TEXT", .type = FlagType::text, .doc = {"what happened", "内容"}},
    record::kSaidFile,
    flags::kEdit,
    {.name = "at",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"when it happened, if that was not now", "发生时间，若不是现在"}},
    {.name = "corrects",
     .value = "N",
     .type = FlagType::text,
     .doc = {"the number of the entry in whose place this one stands", "所更正的条目序号"}},
    {.name = "pin", .doc = {"it stands out", "置顶"}},
    {.name = "tell",
     .value = "AUDIENCE",
     .type = FlagType::choice,
     .doc = {"send it to operations, business or executives, as news; repeat it for several",
             "作为进展通报发送给 operations、business 或 executives；可重复"},
     .choices = audience_names,
     .repeatable = true},
    {.name = "publish",
     .doc = {"put it on the status page, word by word, for anybody to read", "原文发布到状态页，任何人可见"}},
    record::kSpool,
    {.name = "key",
     .value = "KEY",
     .type = FlagType::text,
     .doc = {"the same text with the same key is stored once", "相同的键与内容只保存一次，无论重试多少次"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kVerifyFlags[] = {
    {.name = "passed", .doc = {"service is back: RECOVERED", "服务已恢复：变为 RECOVERED"}},
    {.name = "failed", .doc = {"it is not: RECOVERED becomes IN_PROGRESS", "尚未恢复：RECOVERED 变回 IN_PROGRESS"}},
    {.name = "note", .value = "TEXT", .type = FlagType::text, .doc = {"what was seen", "所见情况"}, .required = true},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kAssignExamples[] = {
    {"umsops incident assign INC-1 --to li.na", {"OPEN becomes ASSIGNED", "OPEN 变为 ASSIGNED"}},
    {"umsops incident assign INC-1 --role commander --to wang.fang --reason 'shift ends'",
     {"a hand-over, told in the timeline", "角色交接，写入时间线"}},
};
constexpr Example kAckExamples[] = {
    {"umsops incident ack INC-1", {"somebody has seen it", "已有人看到"}},
    {"umsops incident list -q --status OPEN | umsops incident ack - --start",
     {"and works on all that are open", "开始处理全部未处理事件"}},
};
constexpr Example kNoteExamples[] = {
    {"umsops incident note INC-1 --at -2h --body '目录服务开始超时' --pin",
     {"what happened earlier, so that it stands out", "补记较早发生的事并置顶"}},
    {"dmesg | tail -5 | umsops incident note INC-1 --body-file - --key boot-7 -o json | jq -r .result",
     {"a retry writes nothing twice", "重试不会重复写入"}},
    {"umsops incident note INC-1 --tell business --body '主机已切换到备用节点，预计半小时内恢复'",
     {"news for those outside", "向业务方通报进展"}},
    {"umsops incident note INC-1 --publish --body 'Sign-in fails for some users. We work on it.'",
     {"on the status page: umsops status export", "发布到状态页：umsops status export"}},
};
constexpr Example kVerifyExamples[] = {
    {"umsops incident verify INC-1 --passed --note 'a test account signs in'",
     {"evidence that service is back", "恢复的证据"}},
    {"umsops incident verify INC-1 --failed --note '仍有用户无法登录'", {"it is not", "尚未恢复"}},
};

}  // namespace

constinit Command const kIncidentAssign{
    .path = "incident assign",
    .summary = {"give incidents, or a role in them, to somebody", "分派事件或授予角色"},
    .description = {"Assigns incidents to a person (--to) or to yourself (--claim, --steal), or removes the assignee "
                    "(--release). With --role the person takes a role: commander, scribe, communications or deputy; "
                    "the timeline tells of each hand-over.",
                    "将事件分派给某人（--to）、由自己认领（--claim、--steal），或取消分派（--release）。给出 --role "
                    "时授予角色：commander、scribe、communications 或 deputy；每次交接写入时间线。"},
    .arguments = incident::kMany,
    .flags = kAssignFlags,
    .examples = kAssignExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_assign,
};

constinit Command const kIncidentAck{
    .path = "incident ack",
    .summary = {"acknowledge incidents", "确认事件"},
    .description =
        {"Says that somebody has seen them: the first acknowledgement counts, and the state stays. Nobody else is "
         "told then, unless the escalation policy wants several people (multi_ack). --start says that work "
         "begins, which ends the escalation, too.",
         "表示已有人看到：以第一次确认为准，状态不变；此后不再升级通知，除非升级策略要求多人确认（multi_ack）。--start "
         "表示开始处理，同样停止升级。"},
    .arguments = incident::kMany,
    .flags = kAckFlags,
    .examples = kAckExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_ack,
};

constinit Command const kIncidentNote{
    .path = "incident note",
    .summary = {"write into the timeline", "写入时间线"},
    .description = {"Writes what happened into the timeline, with the time at which it did (--at) and the time at "
                    "which it is written down. Entries are never changed: a further one corrects (--corrects N). "
                    "With --tell it goes to these audiences, too, word by word: see 'man umsops-channels'. With "
                    "--publish it stands on the status page: see 'umsops status export'.",
                    "将经过写入时间线，同时记下发生时间（--at）和记录时间。条目不可修改；更正须另写一条（--corrects "
                    "序号）。给出 --tell 时，原文同时发送给这些受众：参见 man umsops-channels。给出 --publish "
                    "时，原文发布到状态页：参见 umsops status export。"},
    .arguments = incident::kMany,
    .flags = kNoteFlags,
    .examples = kNoteExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_note,
};

constinit Command const kIncidentVerify{
    .path = "incident verify",
    .summary = {"store evidence of recovery", "保存恢复的证据"},
    .description = {"Stores what somebody saw as evidence in the timeline. --passed makes an unfinished incident "
                    "RECOVERED, without which it cannot be resolved; --failed takes a RECOVERED or RESOLVED one back "
                    "to IN_PROGRESS.",
                    "将所见情况作为证据写入时间线。--passed 使未完成的事件变为 RECOVERED，否则不能解决；--failed 使 "
                    "RECOVERED 或 RESOLVED 的事件回到 IN_PROGRESS。"},
    .arguments = incident::kMany,
    .flags = kVerifyFlags,
    .examples = kVerifyExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_verify,
};

}  // namespace umsops::cli
