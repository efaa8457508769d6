// SPDX-License-Identifier: Apache-2.0
// `ticket intake chat --join` and `ticket intake phone --join`: an agent on the line.
#include "cli/ticket/join.hpp"

#include "cli/exit_code.hpp"
#include "cli/signals.hpp"
#include "cli/ticket/conversation.hpp"
#include "cli/ticket/live.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Value;
using format::Format;

/// `umsops.ticket.dialogue/v1` as the agent's side ends: no flow, and what was said since the agent came.
Value document_of(Env& env, dialogue::Channel channel, AgentSide const& side, LiveScreen const& screen,
                  model::Ticket const& ticket) {
  Value::List transcript;
  for (auto const& line : screen.lines()) transcript.push_back(transcript_line(line));
  return Value::Object{{"schema", "umsops.ticket.dialogue/v1"},
                       {"result", env.dry_run() ? "existing" : "updated"},
                       {"dry_run", env.dry_run()},
                       {"state", "HANDED_OVER"},
                       {"channel", dialogue::to_string(channel)},
                       {"flow", ""},
                       {"language", env.language() == base::Language::zh ? "zh_CN" : "en"},
                       {"turns", side.turns()},
                       {"answers", Value::List{}},
                       {"warnings", Value::List{}},
                       {"ticket", record::record_of(model::ticket_type().fields, to_row(ticket))},
                       {"callback", {}},
                       {"transfer", {}},
                       {"agent", env.actor().name},
                       {"spool_key", {}},
                       {"spool_path", {}},
                       {"transcript", std::move(transcript)}};
}

void write_end(Env& env, dialogue::Channel channel, AgentSide const& side, LiveScreen const& screen,
               model::Ticket const& joined) {
  auto const style = env.style(kKind.number);
  auto const ticket = env.dry_run() ? joined : env.desk().tickets().show(joined.id).ticket;
  auto document = document_of(env, channel, side, screen, ticket);
  switch (style.format) {
    case Format::table:
    case Format::wide:
      break;
    case Format::id:
      env.out().write(ticket.ticket_number + "\n");
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
    default:
      format::write_record(env.out(), style, "umsops.ticket.dialogue/v1", "ticket", model::ticket_type().fields,
                           to_row(ticket), {{"result", *document.find("result")}, {"state", *document.find("state")}});
  }
  env.out().flush();
}

}  // namespace

int join_conversation(Env& env, Call const& call, dialogue::Channel channel) {
  auto const format = env.style(kKind.number).format;
  LineInput input(kLongestLine);
  LiveScreen screen(env, format, env.language());
  AgentSide side(env, env.desk().dialogues().live(), input, screen, format);
  auto const joined = side.join(call.text("join").value_or(""), call.on("force"), env.dry_run());
  if (env.dry_run()) {
    write_end(env, channel, side, screen, joined);
    if (env.human() && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
    return 0;
  }
  env.out().told().stored(joined.ticket_number, true);
  signals::note_hangup();
  std::optional<base::Error> broken;
  try {
    side.run();
  } catch (base::Error const& error) {
    broken = error;
  }
  {
    signals::Peace const peace;
    write_end(env, channel, side, screen, joined);
  }
  if (broken) throw *broken;
  return 0;
}

}  // namespace umsops::cli::ticket
