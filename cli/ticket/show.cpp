// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.show/v1";

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

Value escalation_lines(Env& env, std::vector<model::Escalation> const& escalations) {
  Value::List lines;
  for (auto const& escalation : escalations) {
    std::string line = env.zone().format(escalation.escalated_at) + " " +
                       std::string(to_string(escalation.escalation_level)) + " " + escalation.escalated_by;
    if (escalation.new_assignee != escalation.previous_assignee) {
      line += ": " + (escalation.previous_assignee.empty() ? "-" : escalation.previous_assignee) + " -> " +
              escalation.new_assignee;
    }
    if (!escalation.reason.empty()) line += ": " + escalation.reason;
    lines.emplace_back(std::move(line));
  }
  return lines;
}

/// The parts of a ticket behind its fields: data for programs, sentences for people.
Value::Object further(Env& env, desk::WholeTicket const& file, bool history) {
  Value::Object last;
  if (!env.human()) {
    last.emplace_back("responses", ticket::responses_of(file.responses));
    last.emplace_back("escalations", ticket::escalations_of(file.escalations));
    last.emplace_back("links", record::links_of(file.links));
    last.emplace_back("attachments", ticket::attachments_of(file.attachments));
    last.emplace_back("mails", ticket::mails_of(file.mails));
    if (history) last.emplace_back("history", record::history_of(file.history));
    return last;
  }
  Value::List lines;
  for (auto& line : ticket::reasons(file.ticket.classification, env.language())) lines.emplace_back(std::move(line));
  if (!lines.empty()) last.emplace_back(env.phrase(Phrase::why), std::move(lines));
  if (!file.responses.empty()) last.emplace_back(env.phrase(Phrase::responses), response_lines(env, file.responses));
  if (!file.escalations.empty())
    last.emplace_back(env.phrase(Phrase::escalations), escalation_lines(env, file.escalations));
  if (!file.links.empty()) last.emplace_back(env.phrase(Phrase::links), record::link_lines(file.links));
  if (!file.attachments.empty())
    last.emplace_back(env.phrase(Phrase::attachments), attachment_lines(env, file.attachments));
  if (history) last.emplace_back(env.phrase(Phrase::history), history_lines(env, file.history));
  return last;
}

base::Row shown_row(Env& env, model::Ticket const& ticket) {
  auto row = to_row(ticket);
  if (env.human()) row[model::ticket_type().require("classification")] = Value();
  return row;
}

void write_one(Env& env, desk::WholeTicket const& file, bool history) {
  format::write_record(env.out(), env.style(ticket::kKind.number), kSchema, "ticket", model::ticket_type().fields,
                       shown_row(env, file.ticket), {}, further(env, file, history));
}

/// Several tickets are a list; in JSON each with its responses and history.
void write_several(Env& env, std::vector<desk::WholeTicket> const& files, bool history) {
  if (env.human()) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (i > 0) env.out().write("\n");
      write_one(env, files[i], history);
    }
    return;
  }
  std::vector<base::Field> fields(model::ticket_type().fields.begin(), model::ticket_type().fields.end());
  fields.push_back(
      {"responses", base::FieldType::list, {}, base::kComputed, "Replies and notes", "回复与备注", "回复"});
  fields.push_back({"escalations", base::FieldType::list, {}, base::kComputed, "Escalations", "升级记录", "升级"});
  fields.push_back({"links", base::FieldType::list, {}, base::kComputed, "Links to other records", "关联", "关联"});
  fields.push_back({"attachments", base::FieldType::list, {}, base::kComputed, "Attachments", "随附文件", "附件"});
  fields.push_back({"mails", base::FieldType::list, {}, base::kComputed, "Mails taken in", "收到的邮件", "邮件"});
  if (history)
    fields.push_back({"history", base::FieldType::list, {}, base::kComputed, "Every change", "全部修改", "历史"});
  auto writer = format::list_writer(env.out(), env.style(ticket::kKind.number),
                                    record::schema_of(ticket::kKind, "shows"), "ticket", fields);
  for (auto const& file : files) {
    auto row = to_row(file.ticket);
    row.push_back(ticket::responses_of(file.responses));
    row.push_back(ticket::escalations_of(file.escalations));
    row.push_back(record::links_of(file.links));
    row.push_back(ticket::attachments_of(file.attachments));
    row.push_back(ticket::mails_of(file.mails));
    if (history) row.push_back(record::history_of(file.history));
    writer->row(row);
  }
  writer->end({});
}

int run_show(Env& env, Call const& call) {
  auto const ids = record::ids_of(ticket::kKind, env, call);
  std::vector<desk::WholeTicket> files;
  auto const failed =
      record::find_each(ids, [&](std::string const& id) { files.push_back(env.desk().tickets().show(id)); });
  if (ids.size() == 1) {
    write_one(env, files[0], call.on("history"));
  } else if (!files.empty() || !env.human()) {
    write_several(env, files, call.on("history"));
  }
  record::tell_missing(env, failed, ids.size());
  return 0;
}

constexpr Flag kFlags[] = {{.name = "history", .doc = {"with every change", "同时显示全部修改"}}};
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
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_show,
};

}  // namespace umsops::cli
