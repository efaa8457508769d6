// SPDX-License-Identifier: Apache-2.0
#include "desk/outbox_letter.hpp"

#include <fmt/format.h>

#include "desk/member_text.hpp"
#include "store/attachments.hpp"
#include "store/incidents.hpp"
#include "store/mails.hpp"
#include "store/record_ref.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::desk {
namespace {

using base::Value;
using model::Delivery;
using model::Message;
using notify::Letter;

constexpr std::size_t kMostEnclosed = 10u << 20;

std::string link_of(notify::Setup const& setup, std::string const& number) {
  constexpr std::string_view kNumber = "{number}";
  std::string link = setup.link;
  if (auto const at = link.find(kNumber); at != std::string::npos) link.replace(at, kNumber.size(), number);
  return link;
}

std::string joined(std::vector<std::string> const& words) { return fmt::format("{}", fmt::join(words, ", ")); }

template <class Choice>
std::string name_or_none(std::optional<Choice> const& choice) {
  return choice ? std::string(model::to_string(*choice)) : std::string();
}

/// Files of that response which are stored, as many as a mail bears.
std::vector<notify::Enclosure> enclosures_of(store::Connection& db, model::Ref const& record,
                                             std::string const& response) {
  std::vector<notify::Enclosure> out;
  std::size_t bytes = 0;
  for (auto const& file : store::attachments_of(db, record)) {
    bool const ours = file.response_id == response && file.stored && file.media_type != "message/rfc822";
    if (!ours || (bytes += static_cast<std::size_t>(file.bytes)) > kMostEnclosed) continue;
    auto content = base::base64_decode(store::attachment_content(db, file.id));
    if (content) out.push_back({file.file_name, file.media_type, *std::move(content)});
  }
  return out;
}

}  // namespace

LetterWriter::LetterWriter(OpenDesk& desk, store::Connection& db)
    : desk_(desk), db_(db), setup_(desk.channels()), templates_(setup_.templates) {}

std::string LetterWriter::time_for(Delivery const& delivery, base::TimePoint at) {
  auto const* const roster = desk_.roster();
  auto const* const person = roster && !delivery.person.empty() ? roster->person(delivery.person) : nullptr;
  auto const zone = person ? person->zone : base::TimeZone();
  return zone.format(at) + " " + zone.name();
}

void LetterWriter::add_ticket_facts(Value& facts, Message const& message, Delivery const& delivery, Letter& letter,
                                    std::string& why) {
  auto const record = store::record_at(db_, message.noun, message.record);
  auto const ticket = store::find_ticket_by_id(db_, record.id);
  if (!ticket) throw base::Error(base::errors::store_damaged, {{"problem", "message " + message.id + " of no ticket"}});
  bool const to_requester = notify::find_kind(message.topic)->to_requester;
  letter.number = ticket->ticket_number;
  facts.add("title", ticket->title);
  facts.add("priority", model::to_string(ticket->priority));
  facts.add("status", model::to_string(ticket->status));
  facts.add("category", ticket->category);
  facts.add("requester", ticket->requester_id);
  facts.add("assignee", ticket->assignee_id);
  facts.add("service", ticket->service);
  facts.add("resolution", ticket->resolution);
  // Who got no answer has nothing to rate: a duplicate, or what ended by itself.
  if (message.topic == "ticket.closed" && !ticket->rating && ticket->first_response_at) facts.add("ask_rating", true);
  if (!to_requester) facts.add("level", name_or_none(ticket->escalation_level));
  facts.add("approver", ticket->approver);
  if (ticket->approval_due_at) facts.add("until", time_for(delivery, *ticket->approval_due_at));
  if (ticket->sla_deadline) facts.add("due", time_for(delivery, *ticket->sla_deadline));
  auto const response_id = text_in(message.payload, "response");
  if (response_id.empty()) {
    if (!to_requester) facts.add("text", ticket->description);
  } else {
    for (auto const& response : store::responses_of(db_, record.id)) {
      if (response.id != response_id) continue;
      if (response.is_private && to_requester) why = "an internal note is not for the requester";
      facts.add("text", response.content);
      facts.add("by", response.responder_id);
    }
    letter.enclosures = enclosures_of(db_, record, response_id);
  }
  letter.answers = text_in(message.payload, "in_reply_to");
  if (letter.answers.empty() && to_requester) {
    for (auto const& mail : store::mails_of(db_, record))
      if (!mail.participants.empty()) letter.answers = mail.message_id;
  }
}

void LetterWriter::add_incident_facts(Value& facts, Message const& message, Delivery const& delivery) {
  auto const incident = store::incident_at(db_, message.record);
  if (!incident)
    throw base::Error(base::errors::store_damaged, {{"problem", "message " + message.id + " of no incident"}});
  auto const* const kind = notify::find_kind(delivery.kind);
  // What outsiders are told stands in their own texts, and in news that somebody wrote for them.
  bool const inside = delivery.audience.empty() || delivery.audience == "operations";
  facts.add("title", incident->title);
  facts.add("severity", model::to_string(incident->severity));
  facts.add("priority", model::to_string(incident->priority));
  facts.add("status", model::to_string(incident->status));
  facts.add("impact", incident->business_impact ? name_or_none(incident->business_impact)
                      : incident->impact        ? name_or_none(incident->impact)
                                                : std::string(model::to_string(incident->severity)));
  if (incident->affected_users) facts.add("affected_users", *incident->affected_users);
  facts.add("services", joined(incident->affected_services));
  facts.add("assignee", incident->assigned_to);
  facts.add("commander", incident->commander);
  facts.add("category", incident->category);
  facts.add("resolution", incident->resolution);
  if (incident->update_due_at) facts.add("update_due", time_for(delivery, *incident->update_due_at));
  facts.add("at", time_for(delivery, incident->impact_started_at.value_or(incident->detected_at)));
  auto const said = text_in(message.payload, "text");
  if (!said.empty()) {
    facts.add("text", said);
  } else if (inside && kind && kind->name != "incident.update") {
    facts.add("text", incident->description);
  }
}

void LetterWriter::add_report_facts(Value& facts, Message const& message, Letter& letter) {
  letter.number = text_in(message.payload, "report");
  facts.add("title", text_in(message.payload, "title"));
  facts.add("text", text_in(message.payload, "text"));
  letter.enclosures.push_back(
      {text_in(message.payload, "file"), text_in(message.payload, "media_type"), text_in(message.payload, "content")});
}

Value LetterWriter::facts_of(Message const& message, Delivery const& delivery, Letter& letter, std::string& why) {
  Value facts;
  facts.add("key", delivery.id);
  facts.add("person", delivery.person.empty() ? delivery.address : delivery.person);
  bool const ticket = message.noun == model::ticket_type().noun;
  if (ticket) {
    add_ticket_facts(facts, message, delivery, letter, why);
    facts.add("at", time_for(delivery, message.created_at));
  } else if (message.noun == kReportNoun) {
    add_report_facts(facts, message, letter);
    facts.add("at", time_for(delivery, message.created_at));
  } else {
    letter.number = text_in(message.payload, "incident_number");
    add_incident_facts(facts, message, delivery);
  }
  facts.add("number", letter.number);
  facts.add("link", link_of(setup_, letter.number));
  if (!facts.find("by")) facts.add("by", text_in(message.payload, "by"));
  return facts;
}

std::optional<Letter> LetterWriter::letter(Message const& message, Delivery const& delivery, std::string& why) {
  auto const* const channel = setup_.channel(delivery.channel);
  Letter out;
  out.key = delivery.id;
  out.kind = delivery.kind;
  out.noun = message.noun;
  out.person = delivery.person;
  out.address = delivery.address;
  out.at = message.created_at;
  out.facts = facts_of(message, delivery, out, why);
  if (!why.empty()) return std::nullopt;
  auto const language = delivery.language == "zh_CN" ? base::Language::zh : base::Language::en;
  auto const target = channel ? notify::target_of(*channel) : notify::Target::plain;
  out.text = templates_.render(delivery.kind, language, out.facts, target);
  return out;
}

Letter LetterWriter::bundle(std::vector<Letter> letters, Delivery const& first) {
  Letter out;
  out.key = letters.front().key;
  out.kind = "bundle";
  out.noun = letters.front().noun;
  out.number = letters.front().number;
  out.person = first.person;
  out.address = first.address;
  out.at = letters.front().at;
  Value::List items;
  for (auto const& letter : letters) {
    if (letter.number != out.number) out.number.clear();
    items.emplace_back(Value::Object{{"subject", letter.text.subject}, {"key", letter.key}});
    out.others.push_back(letter.key);
  }
  out.facts = Value::Object{{"key", out.key},
                            {"count", static_cast<std::int64_t>(letters.size())},
                            {"title", letters.front().text.subject},
                            {"items", std::move(items)},
                            {"number", out.number}};
  auto const language = first.language == "zh_CN" ? base::Language::zh : base::Language::en;
  // The subjects were escaped when they were made.
  out.text = templates_.render("bundle", language, out.facts, notify::Target::plain);
  return out;
}

Letter LetterWriter::test(notify::Channel const& channel, std::string key, std::string to) {
  Letter out;
  out.key = std::move(key);
  out.kind = "test";
  out.noun = "test";
  out.address = std::move(to);
  out.at = desk_.now();
  out.facts = Value::Object{{"key", out.key}, {"by", desk_.options().actor.name}, {"at", base::format_rfc3339(out.at)}};
  out.text = templates_.render("test", setup_.language, out.facts, notify::target_of(channel));
  return out;
}

}  // namespace umsops::desk
