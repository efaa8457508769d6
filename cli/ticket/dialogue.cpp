// SPDX-License-Identifier: Apache-2.0
// `ticket intake chat` and `ticket intake phone`.
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/flags.hpp"
#include "cli/signals.hpp"
#include "cli/ticket/conversation.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/join.hpp"
#include "cli/ticket/live.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/interruption.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/flow_files.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using dialogue::Channel;
using dialogue::State;
using format::Format;

constexpr std::string_view kSchema = "umsops.ticket.dialogue/v1";
constexpr std::string_view kOnHangup[] = {"file", "drop"};
std::span<std::string_view const> on_hangup_names() { return kOnHangup; }

dialogue::Flow flow_of(Env& env, Call const& call, Channel channel) {
  std::string const file =
      call.text("flow").value_or(env.settings().text(channel == Channel::chat ? "chat_flow" : "phone_flow"));
  auto flow = file.empty() ? config::builtin_flow(channel) : config::read_flow(file);
  if (flow.channel != channel) {
    throw base::Error(base::errors::config_invalid,
                      {{"problem", "this flow is for the channel " + std::string(to_string(flow.channel))},
                       {"suggestion", "umsops ticket intake " + std::string(to_string(flow.channel))}})
        .at({file, 0, 0});
  }
  return flow;
}

/// What the flags say must be fit to be filed before anybody says a word.
void check_flags(Call const& call) {
  model::Ticket probe;
  probe.title = "x";
  probe.requester_id = call.text("requester").value_or("");
  probe.key = call.text("key").value_or("");
  probe.attributes = {{"phone", call.text("caller").value_or("")}};
  for (auto const& problem : model::check(probe)) {
    throw base::Error(base::errors::record_invalid, {{"field", problem.field}, {"problem", problem.what}});
  }
}

dialogue::TalkOptions options_of(Env& env, Call const& call) {
  dialogue::TalkOptions options;
  options.language = env.language();
  options.follow_language = !call.has("lang");
  options.zone = env.zone();
  options.requester = call.text("requester").value_or("");
  // A caller who hides is asked for a number when one is needed.
  if (auto const caller = call.text("caller").value_or(""); dialogue::is_phone_number(caller)) options.phone = caller;
  return options;
}

bool is_to_be_filed(Call const& call, dialogue::Talk const& talk) {
  if (talk.state() == State::handed_over) return true;
  return talk.state() == State::given_up && talk.spoke() && call.text("on-hangup").value_or("file") == "file";
}

/// A report that a file can keep: it has a key, and the time at which it was made.
desk::SpooledReport spooled(Env& env, desk::DialogueReport const& report) {
  desk::SpooledReport kept{env.spool_target(), report, true, env.actor().name, ""};
  auto& wanted = kept.report.ticket;
  if (wanted.key.empty()) wanted.key = "dialogue:" + env.ids().next_id(env.clock().now());
  wanted.created_at = env.clock().now();
  return kept;
}

void tell_lost(Env& env, dialogue::Talk const& talk) {
  env.remark(env.phrase(Phrase::dialogue_lost));
  for (auto const& part : dialogue::transcript_parts(talk.transcript(), SIZE_MAX)) env.remark(part);
}

/// Files what was said. Where the desk is out of reach the report waits in the spool; whatever else refuses it, the
/// words are told once more, so that nobody's are lost.
ConversationEnd file(Env& env, Call const& call, dialogue::Flow const& flow, dialogue::Talk const& talk) {
  ConversationEnd end;
  end.dry_run = env.dry_run();
  if (!is_to_be_filed(call, talk)) {
    if (!end.dry_run) env.desk().dialogues().note_used(flow, talk);
    return end;
  }
  auto report = desk::report_of(flow, talk);
  report.ticket.key = call.text("key").value_or("");
  if (report.transfer) report.transfer->process = ticket::live_process();
  try {
    end.filed = env.desk().dialogues().file(report, env.dry_run());
    if (!end.dry_run) {
      env.out().told().stored(end.filed->ticket.ticket.ticket_number,
                              end.filed->ticket.result != desk::Result::existing);
    }
  } catch (base::Error const& error) {
    if (env.dry_run() || !desk::may_wait(error)) {
      tell_lost(env, talk);
      throw;
    }
    try {
      auto const kept = spooled(env, report);
      end.spool_path = desk::spool(env.spool_folder(), kept);
      end.spool_key = kept.report.ticket.key;
    } catch (base::Error const&) {
      tell_lost(env, talk);
      throw error;
    }
    env.remark(env.phrase(Phrase::spooled, {{"problem", error.message(env.language())}, {"path", end.spool_path}}));
  }
  return end;
}

/// What the user is told at last.
void tell_user(Env& env, Conversation& conversation, dialogue::Talk const& talk, ConversationEnd const& end) {
  auto const language = talk.language();
  if (!end.spool_key.empty()) return conversation.say(say(Phrase::dialogue_spooled, language));
  if (!end.filed || end.dry_run) return;
  auto const result = end.filed->ticket.result;
  Phrase const phrase = result == desk::Result::existing  ? Phrase::dialogue_existing
                        : result == desk::Result::updated ? Phrase::dialogue_updated
                                                          : Phrase::dialogue_created;
  conversation.say(say(phrase, language, {{"number", end.filed->ticket.ticket.ticket_number}}));
  if (auto const& transfer = end.filed->transfer) {
    bool const known = !end.filed->callback->contact.empty();
    if (transfer->person.empty()) {
      conversation.say(say(known ? Phrase::line_nobody : Phrase::line_nobody_unknown, language,
                           {{"contact", end.filed->callback->contact}}));
    }
  } else if (auto const& callback = end.filed->callback) {
    conversation.say(say(Phrase::dialogue_callback, language,
                         {{"contact", callback->contact}, {"time", env.zone().format(callback->due_at)}}));
  }
}

void write_end(Env& env, dialogue::Flow const& flow, dialogue::Talk const& talk, ConversationEnd const& end) {
  auto const style = env.style(ticket::kKind.number);
  auto document = conversation_document(flow, talk, end);
  switch (style.format) {
    case Format::table:
    case Format::wide:
      break;
    case Format::id:
      if (end.filed) env.out().write(end.filed->ticket.ticket.ticket_number + "\n");
      break;
    case Format::json:
    case Format::yaml:
      format::write_document(env.out(), style, document);
      break;
    case Format::jsonl: {
      auto& members = *document.get_if<Value::Object>();
      members.erase(members.begin());  // a bare record
      env.out().write(base::to_json(document) + "\n");
      break;
    }
    default: {
      auto const fields = model::ticket_type().fields;
      auto row = end.filed ? to_row(end.filed->ticket.ticket) : base::Row(fields.size());
      format::write_record(env.out(), style, kSchema, "ticket", fields, row,
                           {{"result", *document.find("result")}, {"state", *document.find("state")}});
    }
  }
  if (end.filed && env.human() && !env.quiet()) {
    for (auto const& warning : end.filed->ticket.warnings) env.tell(warning);
  }
  if (end.dry_run && env.human() && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
  env.out().flush();
}

/// Whether somebody comes to the line: then the conversation goes on behind its filing.
bool goes_on(ConversationEnd const& end, std::optional<base::Error> const& broken) {
  return !broken && !end.dry_run && end.filed && end.filed->transfer && !end.filed->transfer->person.empty();
}

/// The user waits for the line, and talks on it, until one side leaves.
void talk_on(Env& env, Conversation& conversation, dialogue::Talk const& talk, ConversationEnd& end) {
  auto const format = env.style(ticket::kKind.number).format;
  ticket::LiveScreen screen(env, format, talk.language());
  auto const live = env.desk().dialogues().live();
  auto const keep = [&](ticket::UserSide const& side) {
    end.live = screen.lines();
    end.live_turns = side.turns();
    end.agent = side.agent();
    end.filed->ticket.ticket = env.desk().tickets().show(end.filed->ticket.ticket.id).ticket;
  };
  ticket::UserSide side(env, live, conversation.input(), screen, format, *end.filed, talk.target()->wait);
  screen.announce(*end.filed->transfer, end.filed->ticket.ticket.ticket_number);
  try {
    side.run();
  } catch (base::Error const&) {
    signals::Peace const peace;
    keep(side);
    throw;
  }
  keep(side);
}

/// A signal ended it, and what was said is filed all the same: told in other words than those of the error.
int stopped(Env& env, ConversationEnd const& end, base::Error const& error) {
  int const signal = signals::received();
  if (!end.filed && end.spool_key.empty()) throw error;
  std::string const number = end.filed ? end.filed->ticket.ticket.ticket_number : end.spool_key;
  env.remark(env.phrase(Phrase::dialogue_stopped, {{"signal", base::signal_name(signal)}, {"number", number}}));
  return exit_code(base::ErrorKind::interrupted, signal);
}

int converse(Env& env, Call const& call, Channel channel) {
  (void)env.style(ticket::kKind.number);
  auto const flow = flow_of(env, call, channel);
  check_flags(call);
  dialogue::FlowAnswers const own(flow.questions);
  auto const answers = env.desk().dialogues().answers(own);
  dialogue::Talk talk(flow, *answers, options_of(env, call));
  Conversation conversation(env, talk, env.style(ticket::kKind.number).format);
  env.desk().dialogues().prepare();
  signals::note_hangup();
  std::optional<base::Error> broken;
  bool closed = false;
  try {
    conversation.run();
  } catch (format::ClosedPipe const&) {
    closed = true;
  } catch (base::Error const& error) {
    broken = error;
  }
  conversation.input().pause();
  talk.leave();
  ConversationEnd end;
  {
    signals::Peace const peace;  // what was said is filed, whatever ended it
    if (closed) env.out().discard();
    end = file(env, call, flow, talk);
    if (closed) throw format::ClosedPipe{};
    tell_user(env, conversation, talk, end);
  }
  if (goes_on(end, broken)) {
    try {
      talk_on(env, conversation, talk, end);
    } catch (base::Error const& error) {
      broken = error;
    }
  }
  {
    signals::Peace const peace;
    write_end(env, flow, talk, end);
  }
  if (broken && broken->kind() == base::ErrorKind::interrupted) return stopped(env, end, *broken);
  if (broken) throw *broken;
  return 0;
}

int run(Env& env, Call const& call, Channel channel) {
  for (char const* flag : {"flow", "requester", "key", "on-hangup", "caller"}) call.exclude("join", flag);
  if (call.on("force") && !call.has("join")) call.missing("--join ID");
  return call.has("join") ? ticket::join_conversation(env, call, channel) : converse(env, call, channel);
}

int run_chat(Env& env, Call const& call) { return run(env, call, Channel::chat); }
int run_phone(Env& env, Call const& call) { return run(env, call, Channel::phone); }

constexpr Flag kFlow{.name = "flow",
                     .value = "FILE",
                     .type = FlagType::file,
                     .doc = {"the flow; default: the setting, else the built-in flow",
                             "对话流程文件；缺省为设置所指定的，否则使用内置流程"},
                     .offer = offer::files};
constexpr Flag kKey{
    .name = "key",
    .value = "KEY",
    .type = FlagType::text,
    .doc = {"id of the conversation: repeating it returns its ticket, and adds a note if the conversation differs",
            "会话标识：相同标识返回同一工单，内容不同时补充到该工单"}};
constexpr Flag kHangup{.name = "on-hangup",
                       .value = "WHAT",
                       .type = FlagType::choice,
                       .doc = {"if the user leaves before the end: file what was said, or drop it",
                               "用户中途离开且已有内容时：建单或丢弃"},
                       .fallback = "file",
                       .choices = on_hangup_names};

constexpr Flag kJoin{.name = "join",
                     .value = "ID",
                     .type = FlagType::text,
                     .doc = {"come to the line of a ticket whose user waits for a human, as the actor",
                             "以操作者身份接听正在等待人工的工单对话"},
                     .offer = ticket::offer_numbers};
constexpr Flag kForce{.name = "force", .doc = {"though another agent is on the line", "已有其他人员接听时强行接管"}};

constexpr Flag kChatFlags[] = {kFlow, ticket::kRequester, kKey, kHangup, kJoin, kForce};
constexpr Flag kPhoneFlags[] = {
    kFlow,
    {.name = "caller",
     .value = "NUMBER",
     .type = FlagType::text,
     .doc = {"the caller's number; an invalid one is asked for when needed", "来电号码；不是号码时在需要时询问"}},
    ticket::kRequester,
    kKey,
    kHangup,
    kJoin,
    kForce,
};

constexpr Example kChatExamples[] = {
    {"printf 'the VPN is down\\nzhang.wei\\n' | umsops ticket intake chat",
     {"a whole conversation with the built-in flow", "按内置流程进行完整对话"}},
    {"printf '{\"text\":\"忘记密码\"}\\n{\"text\":\"是\"}\\n' | umsops ticket intake chat --flow chat.yaml -o jsonl",
     {"for a bridge to a messenger: JSON lines in and out", "供即时通信对接：逐行输入输出 JSON"}},
    {"umsops ticket intake chat --flow chat.yaml --requester zhang.wei --key conversation:4711 </dev/null",
     {"with a known user and conversation", "已知请求人和会话标识"}},
};
constexpr Example kPhoneExamples[] = {
    {"printf '4\\nno dial tone on my desk phone\\ntomorrow 9:30\\n' | umsops ticket intake phone --caller 13800000000",
     {"a call that ends with a call-back", "以回电结束的来电"}},
    {"printf '1\\n1\\n' | umsops ticket intake phone --flow phone.yaml -o json | jq -r .state",
     {"was it solved?", "是否已解决"}},
};

constexpr int kExits[] = {4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTicketIntakeChat{
    .path = "ticket intake chat",
    .summary = {"talk with a user, and file a ticket if needed", "与用户在线对话并建单"},
    .description =
        {"Talks along a flow: one line of standard input is one line of the user, and the desk's answers are written "
         "at once. Known answers come first: those of the flow, then public articles of the knowledge base, and what "
         "the "
         "user says of an article counts for it. A hand-over to a human files one ticket with the transcript as an "
         "internal response. At any time the user may say help, back, human or quit (帮助, 返回, 人工, 再见). When the "
         "input ends before the talk does, the user has left: what was said is filed, or dropped with --on-hangup "
         "drop. Where the flow transfers to a human the user stays on the line, an agent comes to it with --join ID, "
         "and what "
         "either says is a reply in the ticket; see umsops-flow(5). With -o jsonl a line is {\"text\": ...} or plain, "
         "each answer is {speaker, text, options, state}, and "
         "the last line tells what became of it; with -o json only that is written.",
         "按流程对话：标准输入的每一行是用户的一句话，系统的回答立即输出。先给出已知答案：先是流程中的，再是知识库中对"
         "外可见的条目，用户对条目的反馈会被记录；转人工时建立一张工单，对话记"
         "录作为内部回复。用户随时可以输入：帮助、返回、人工、再见（help、back、human、quit）。对话结束前输入终止，视为"
         "用户离开：已有内容将建单，或用 --on-hangup drop 丢弃。流程转人工时用户在线等待，处理人用 --join "
         "编号接听，双方的话都是工单的回复，见 umsops-flow(5)。使用 -o jsonl 时，每行为 {\"text\": ...} "
         "或纯文本，每个回答为 {speaker, text, options, state}，最后一行给出结果；使用 -o json 时只输出结果。"},
    .flags = kChatFlags,
    .examples = kChatExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_chat,
};

constinit Command const kTicketIntakePhone{
    .path = "ticket intake phone",
    .summary = {"answer a phone call with a menu, and file a ticket if needed", "按语音菜单应答来电并建单"},
    .description = {"The same for a phone: a bridge reads the texts aloud and sends keys or recognised words as lines. "
                    "Menus use digits; 0 is a human, * goes back and # repeats, unless the menu defines them. A "
                    "hand-over may promise a call-back: see 'umsops ticket callback list'.",
                    "用于电话：由对接程序朗读回答，并将按键或识别结果逐行送入。菜单按数字选择；0 转人工，* 返回，# "
                    "重听，菜单另有定义时除外。转人工时可约定回电时间：见 umsops ticket callback list。"},
    .flags = kPhoneFlags,
    .examples = kPhoneExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_phone,
};

}  // namespace umsops::cli
