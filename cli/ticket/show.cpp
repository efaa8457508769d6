// SPDX-License-Identifier: Apache-2.0
#include "cli/record/show.hpp"
#include "cli/commands.hpp"
#include "cli/record/reasons.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

using base::Value;

/// `2026-11-23 09:30 li.na: text` lines, for people.
Value response_lines(Env& env, std::vector<model::Response> const& responses) {
  Value::List lines;
  for (auto const& response : responses) {
    lines.emplace_back(env.zone().format(response.created_at) + " " + response.responder_id + " " +
                       response.response_type + ": " + response.content);
  }
  return lines;
}

Value history_lines(Env& env, std::vector<model::Event> const& events) {
  Value::List lines;
  for (auto const& event : events) {
    std::string line = env.zone().format(event.at) + " " + event.actor.name + " " + event.kind;
    for (auto const& change : event.changes) line += " " + change.field;
    if (!event.reason.empty()) line += ": " + event.reason;
    lines.emplace_back(std::move(line));
  }
  return lines;
}

/// `1 screenshot.png (image/png, 20481 bytes)` lines, for people.
Value attachment_lines(Env& env, std::vector<model::Attachment> const& attachments) {
  Value::List lines;
  for (auto const& attachment : attachments) {
    std::string const name = attachment.file_name.empty() ? "-" : attachment.file_name;
    std::string line = env.phrase(Phrase::attachment_line, {{"place", std::to_string(lines.size() + 1)},
                                                            {"name", name},
                                                            {"type", attachment.media_type},
                                                            {"bytes", std::to_string(attachment.bytes)}});
    lines.emplace_back(attachment.stored ? line : line + env.phrase(Phrase::attachment_only_listed));
  }
  return lines;
}

/// What the directory says of who asked: an object, or nothing where nobody is known.
Value requester_of(model::Ticket const& ticket) {
  Value::Object facts;
  for (auto const& [name, value] : ticket.requester_facts) facts.emplace_back(name, value);
  return facts.empty() ? Value() : Value(std::move(facts));
}

/// `陈宇, 财务部, VIP`
std::string requester_line(model::Ticket const& ticket) {
  std::string line, vip;
  for (auto const wanted : {"name", "department", "site"}) {
    for (auto const& [name, value] : ticket.requester_facts) {
      if (name == wanted) line.append(line.empty() ? "" : ", ").append(value);
    }
  }
  for (auto const& [name, value] : ticket.requester_facts) {
    if (name == "vip" && value == "true") line.append(line.empty() ? "" : ", ").append("VIP");
    if (name == "state" && value == "LEFT") line.append(line.empty() ? "" : ", ").append(value);
  }
  return line;
}

/// What is told of a ticket behind its fields.
Value::Object sentences(Env& env, desk::WholeTicket const& file, bool history) {
  Value::Object last;
  if (auto line = requester_line(file.ticket); !line.empty())
    last.emplace_back(env.phrase(Phrase::of_requester), std::move(line));
  Value::List lines;
  for (auto& line : record::reasons(model::ticket_type(), file.ticket.classification, env.language()))
    lines.emplace_back(std::move(line));
  if (!lines.empty()) last.emplace_back(env.phrase(Phrase::why), std::move(lines));
  if (!file.escalations.empty())
    last.emplace_back(env.phrase(Phrase::escalations), record::escalation_lines(env, file.escalations));
  if (!file.links.empty()) last.emplace_back(env.phrase(Phrase::links), record::link_lines(file.links));
  if (!file.attachments.empty())
    last.emplace_back(env.phrase(Phrase::attachments), attachment_lines(env, file.attachments));
  if (!file.watchers.empty()) {
    std::string people;
    for (auto const& person : file.watchers) people.append(people.empty() ? "" : ", ").append(person);
    last.emplace_back(env.phrase(Phrase::watchers), std::move(people));
  }
  if (history) last.emplace_back(env.phrase(Phrase::history), history_lines(env, file.history));
  return last;
}

constexpr base::Field kParts[] = {
    record::part("responses", "Replies and notes", "回复与备注", "回复"),
    record::part("escalations", "Escalations", "升级记录", "升级"),
    record::part("links", "Links to other records", "关联", "关联"),
    record::part("attachments", "Attachments", "随附文件", "附件"),
    record::part("mails", "Mails taken in", "收到的邮件", "邮件"),
    record::part("watchers", "Who hears what the requester is told", "同时收到请求人所收通知的人", "关注者"),
    record::part("requester", "What the directory says of who asked", "目录中的请求人资料", "请求人资料"),
};

record::Shown shown(Env& env, desk::WholeTicket file, bool history) {
  record::Shown out{to_row(file.ticket), {}, {}, {}, {}};
  if (env.human()) {
    out.sentences = sentences(env, file, history);
    if (!file.responses.empty())
      out.said.emplace_back(env.phrase(Phrase::responses), response_lines(env, file.responses));
  } else {
    out.parts = {ticket::responses_of(file.responses),
                 record::escalations_of(file.escalations),
                 record::links_of(file.links),
                 ticket::attachments_of(file.attachments),
                 ticket::mails_of(file.mails),
                 Value::List(file.watchers.begin(), file.watchers.end()),
                 requester_of(file.ticket)};
  }
  out.history = std::move(file.history);
  return out;
}

int run_show(Env& env, Call const& call) {
  return record::write_shown(ticket::kKind, env, call, kParts, [&](std::string const& id) {
    return shown(env, env.desk().tickets().show(id), call.on("history"));
  });
}

constexpr Example kExamples[] = {
    {"umsops ticket show @last",
     {"the ticket that you changed last, and why it has its priority", "您最近修改的工单及其优先级的由来"}},
    {"umsops ticket list -q | umsops ticket show - -o jsonl | jq -c '[.ticket_number, .responses]'",
     {"all of them, through a pipe", "通过管道查看全部工单"}},
};
constexpr int kExits[] = {3, 4, 6, 7, 8, 9, 12};

}  // namespace

constinit Command const kTicketShow{
    .path = "ticket show",
    .summary = {"show tickets in full", "显示工单详情"},
    .description = {"Shows tickets with all their fields, their responses, and the reasons for category and priority: "
                    "the rule, its file and line, and the words it found.",
                    "显示工单的全部字段、回复，以及类别和优先级的由来：规则、规则所在位置和匹配的词语。"},
    .arguments = ticket::kMany,
    .flags = record::kShowFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.show/v1",
    .run = run_show,
};

}  // namespace umsops::cli
