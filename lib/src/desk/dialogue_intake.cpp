// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/dialogue_intake.hpp"

#include <algorithm>

#include "desk/article_steps.hpp"
#include "desk/callbacks.hpp"
#include "desk/dialogue_answers.hpp"
#include "desk/dialogue_filing.hpp"
#include "desk/live_line.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_steps.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kLongestTitle = 120;  // enough to know it by; all of it stands in the description

std::string first_line(std::string const& text) { return text.substr(0, text.find('\n')); }

/// Something can be seen of it.
bool is_title(std::string const& text) {
  model::Ticket probe;
  probe.title = text;
  return model::check(probe).empty();
}

std::string title_of(dialogue::Flow const& flow, dialogue::Talk const& talk) {
  auto const& collected = talk.collected();
  if (is_title(collected.title)) return collected.title;
  if (auto title = base::shortened(first_line(collected.description), kLongestTitle); is_title(title)) return title;
  for (auto const& line : talk.said()) {
    if (auto title = base::shortened(line, kLongestTitle); is_title(title)) return title;
  }
  bool const zh = talk.language() == base::Language::zh;
  bool const phone = flow.channel == dialogue::Channel::phone;
  std::string const who = collected.requester.empty() ? collected.phone : collected.requester;
  std::string title = phone ? (zh ? "来电" : "Phone call") : (zh ? "在线咨询" : "Chat");
  if (!who.empty()) title += (zh ? "：" : ": ") + who;
  return title;
}

std::string description_of(dialogue::Talk const& talk) {
  if (!talk.collected().description.empty()) return talk.collected().description;
  std::string text;
  for (auto const& line : talk.said()) text += (text.empty() ? "" : "\n") + line;
  return base::shortened(text, model::kLongestText - 1);
}

model::Ticket note_transcript(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket,
                              std::vector<std::string> const& parts, std::string const& reason) {
  if (parts.empty()) return ticket;
  for (auto const& part : parts) {
    model::Response response;
    response.id = desk.ids().next_id(desk.now());
    response.ticket_id = ticket.id;
    response.responder_id = desk.options().actor.name;
    response.content = part;
    response.response_type = "INTERNAL";
    response.created_at = desk.now();
    store::insert_response(tx, response);
  }
  return store_unhooked(desk, tx, ticket, ticket, "noted", reason, {});
}

}  // namespace

DialogueReport report_of(dialogue::Flow const& flow, dialogue::Talk const& talk) {
  auto const& collected = talk.collected();
  DialogueReport report;
  auto& ticket = report.ticket;
  ticket.source = flow.channel == dialogue::Channel::phone ? model::Source::phone : model::Source::chat;
  ticket.title = title_of(flow, talk);
  ticket.description = description_of(talk);
  ticket.requester_id = collected.requester;
  ticket.attributes = collected.attributes;
  if (!collected.phone.empty()) {
    std::erase_if(ticket.attributes, [](auto const& attribute) { return attribute.first == "phone"; });
    ticket.attributes.emplace_back("phone", collected.phone);
  }
  if (!collected.category.empty()) ticket.category = collected.category;
  if (auto const* target = talk.target()) {
    ticket.priority = target->priority;
    if (!target->category.empty()) ticket.category = target->category;
    if (!target->assignee.empty()) ticket.assignee_id = target->assignee;
  }
  report.used = used_articles(talk);
  report.transcript = dialogue::transcript_parts(talk.transcript(), model::kLongestText);
  // A call needs somebody to be called.
  std::string const contact = collected.phone.empty() ? collected.requester : collected.phone;
  if (auto const at = talk.callback_at(); at && !contact.empty()) report.callback = NewCallback{contact, "", *at};
  if (auto const* target = talk.target();
      target && !target->transfer.empty() && talk.state() == dialogue::State::handed_over) {
    report.transfer = WantedTransfer{target->transfer, target->wait, contact, {}};
  }
  return report;
}

void DialogueDesk::prepare() {
  desk_.rules();
  desk_.book();
  desk_.reading();
}

DialogueResult file_conversation(OpenDesk& desk, DialogueReport const& report, CreateOptions const& options,
                                 std::string const& once) {
  DialogueResult result;
  bool known = false;
  auto const add = [&](store::WriteTx& tx, model::Ticket ticket, char const* reason) {
    ticket = note_transcript(desk, tx, ticket, report.transcript, reason);
    result.callback.reset();
    result.transfer.reset();
    if (report.callback) result.callback = add_callback(desk, tx, ticket, *report.callback);
    if (report.transfer) {
      if (auto line = transfer_line(desk, tx, ticket, *report.transfer)) {
        result.callback = std::move(line->callback);
        result.transfer = std::move(line->transfer);
      }
    }
    for (auto const& used : report.used) note_used_for(desk, tx, used.kb_number, ticket.ticket_number, used.worked);
    return ticket;
  };
  Beside beside;
  beside.new_ticket = [&](store::WriteTx& tx, model::Ticket ticket) {
    return add(tx, std::move(ticket), "transcript");
  };
  beside.other_content = [&](store::WriteTx& tx, model::Ticket ticket) {
    known = is_known_act(tx, ticket, once, once);
    if (known || (report.transcript.empty() && !report.callback)) return ticket;
    keep_act_key(tx, ticket, once, once);
    return add(tx, std::move(ticket), "transcript of a further conversation");
  };
  result.ticket = create_ticket(desk, report.ticket, options, beside);
  if (known) result.ticket.result = Result::existing;
  return result;
}

DialogueResult DialogueDesk::file(DialogueReport const& report, bool dry_run) {
  CreateOptions options;
  options.dry_run = dry_run;
  auto result = file_conversation(desk_, report, options);
  // Why nobody comes to the line is for whoever runs the bridge.
  for (auto& warning : desk_.take_warnings()) result.ticket.warnings.push_back(std::move(warning));
  return result;
}

}  // namespace umsops::desk
