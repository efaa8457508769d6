// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_create.hpp"

#include <algorithm>

#include "desk/announce.hpp"
#include "desk/article_suggest.hpp"
#include "desk/assignees.hpp"
#include "desk/decisions.hpp"
#include "desk/declared.hpp"
#include "desk/due_times.hpp"
#include "desk/duplicates.hpp"
#include "desk/given_files.hpp"
#include "desk/history.hpp"
#include "desk/incident_floods.hpp"
#include "desk/known_key.hpp"
#include "desk/record_hooks.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/teams.hpp"
#include "desk/ticket_approvals.hpp"
#include "desk/ticket_steps.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/model/key_nouns.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

Value list_of(std::vector<std::string> const& words) { return Value::List(words.begin(), words.end()); }

/// Hash of all that the caller said: what must be the same when a key comes again.
std::string content_of(NewTicket const& wanted) {
  auto const said = [](std::optional<std::string> const& text) { return text ? Value(*text) : Value(); };
  Value::Object attributes;
  for (auto const& [name, text] : wanted.attributes) attributes.emplace_back(name, text);
  std::sort(attributes.begin(), attributes.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  Value::List content{wanted.title,
                      wanted.description,
                      base::person_name(wanted.requester_id),
                      said(wanted.assignee_id),
                      said(wanted.category),
                      said(wanted.subcategory),
                      wanted.priority ? Value(model::to_string(*wanted.priority)) : Value(),
                      model::to_string(wanted.source),
                      std::move(attributes)};
  // Last: keys stored before there were these stay valid.
  if (wanted.service) content.emplace_back(*wanted.service);
  if (wanted.team) content.emplace_back(Value::Object{{"team", *wanted.team}});
  if (!wanted.tags.empty()) content.emplace_back(Value::Object{{"tags", list_of(wanted.tags)}});
  if (!wanted.files.empty()) content.emplace_back(Value::Object{{"files", content_of(wanted.files)}});
  if (wanted.approval)
    content.emplace_back(Value::Object{{"approval", wanted.approval->of}, {"deputy", wanted.approval->deputy}});
  return store::content_hash(base::to_json(std::move(content)));
}

model::Ticket as_said(OpenDesk& desk, NewTicket const& wanted) {
  model::Ticket ticket;
  ticket.created_at = ticket.updated_at = wanted.created_at.value_or(desk.now());
  ticket.id = desk.ids().next_id(ticket.created_at);
  ticket.title = wanted.title;
  ticket.description = wanted.description;
  ticket.requester_id = base::person_name(wanted.requester_id);
  ticket.assignee_id = base::person_name(wanted.assignee_id.value_or(""));
  refuse_stranger(desk, ticket.assignee_id);
  if (wanted.team) refuse_unknown_team(desk, *wanted.team);
  ticket.category = wanted.category.value_or("");
  ticket.subcategory = wanted.subcategory.value_or("");
  ticket.service = wanted.service.value_or("");
  ticket.team = wanted.team.value_or("");
  ticket.priority = wanted.priority.value_or(model::Priority::medium);
  ticket.source = wanted.source;
  ticket.key = wanted.key;
  ticket.tags = wanted.tags;
  ticket.attributes = wanted.attributes;
  std::sort(ticket.attributes.begin(), ticket.attributes.end());
  return ticket;
}

std::vector<std::string> said_fields(NewTicket const& wanted) {
  std::vector<std::string> said;
  if (wanted.priority) said.emplace_back("priority");
  if (wanted.category) said.emplace_back("category");
  if (wanted.subcategory) said.emplace_back("subcategory");
  if (wanted.assignee_id) said.emplace_back("assignee_id");
  if (wanted.service) said.emplace_back("service");
  if (wanted.team) said.emplace_back("team");
  return said;
}

/// Whoever is named gets it.
model::Ticket with_first_status(model::Ticket ticket) {
  if (!ticket.assignee_id.empty()) ticket.status = model::TicketStatus::assigned;
  return ticket;
}

/// A retry with an imported key, whose first call nobody hashed, is judged by its text.
bool same_content(store::KeyRow const& row, NewTicket const& wanted, model::Ticket const& stored) {
  if (!row.content_hash.empty()) return row.content_hash == content_of(wanted);
  return stored.title == wanted.title && stored.description == wanted.description;
}

TicketResult as_found(model::Ticket ticket, bool dry_run) {
  TicketResult result;
  result.ticket = std::move(ticket);
  result.result = Result::existing;
  result.dry_run = dry_run;
  return result;
}

/// With its number and its due times: as it is stored.
model::Ticket numbered(OpenDesk& desk, model::Ticket ticket, std::string number) {
  ticket.ticket_number = std::move(number);
  set_first_due_times(desk, ticket);
  return ticket;
}

/// Where whoever asks reads the answer, not somebody of the desk.
bool is_from_outside(model::Source source) {
  using model::Source;
  return source == Source::email || source == Source::web || source == Source::chat || source == Source::phone;
}

/// Whoever types can mend a field; what people say in a mail or on the phone is kept as it is.
Strictness strictness_of(model::Source source) {
  using model::Source;
  bool const typed = source == Source::cli || source == Source::api || source == Source::web;
  return typed ? Strictness::refuse : Strictness::tell;
}

[[noreturn]] void refuse_duplicate(DuplicateCandidate const& best) {
  throw Error(base::errors::ticket_duplicate,
              {{"id", best.ticket_number}, {"score", base::to_json(Value(best.score))}});
}

/// What is stored with a new ticket.
struct First {
  std::string key_content;  ///< see store::NewRecord
  std::function<void(store::WriteTx&, model::Ticket const&)> const& parts;
  Value hooks_ran;
  std::vector<model::Change> by_hooks;
};

/// The ticket with the event by which it comes into being; what hooks changed is an event of its own.
void store_first(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, CreateOptions const& options,
                 First const& first) {
  std::string const state = store::insert_ticket(tx, ticket, {.key_content = first.key_content});
  if (first.parts) first.parts(tx, ticket);
  model::Event created = first_event(desk, ticket, "created", options.reason);
  store::append_event(tx, created, state, desk.ids());
  if (first.hooks_ran.is_null()) return;
  auto by_hooks = first.by_hooks;
  by_hooks.push_back(hooks_change(first.hooks_ran));
  model::Event hooked = ticket_event(desk, ticket, "hooked", "", std::move(by_hooks));
  hooked.actor = created.actor;
  store::append_event(tx, hooked, {}, desk.ids());
}

TicketResult known_key(OpenDesk& desk, store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                       store::KeyRow const& row, Beside const& beside) {
  auto stored = store::ticket_at(tx.connection(), row.record);
  if (!stored) throw Error(base::errors::store_damaged, {{"problem", "key " + wanted.key + " names no ticket"}});
  auto const act = act_on_known_key(
      options.on_duplicate,
      {wanted.key, stored->ticket_number, model::is_open(stored->status), base::errors::ticket_key_exists});
  if (act == KeyAct::reopen)
    return result_of(desk::reopen(desk, tx, *stored, options.reason.empty() ? wanted.title : options.reason));
  if (act == KeyAct::comment) {
    Reply note;
    note.internal = true;
    note.text = comment_text(wanted.title, wanted.description);
    return result_of(reply_to(desk, tx, *stored, note, options.reason));
  }
  if (act == KeyAct::give_back && !same_content(row, wanted, *stored)) {
    if (beside.other_content) {
      TicketResult result;
      result.result = Result::updated;
      result.ticket = beside.other_content(tx, std::move(*stored));
      return result;
    }
    throw Error(base::errors::ticket_key_content, {{"key", wanted.key}, {"id", stored->ticket_number}});
  }
  return as_found(std::move(*stored), options.dry_run);
}

/// Gives the ticket what the model says where that decides, and notes its word in any case.
void apply_model(OpenDesk& desk, model::Ticket& ticket, std::vector<std::string> const& said) {
  auto const& type = model::ticket_type();
  for (auto const& word : ask_model(desk, ticket.classification, type, {ticket.title, ticket.description})) {
    auto const carried = model::carried_value(ticket, word.field);
    bool const by_caller = !ticket.classification.find(word.field) && !carried.empty();
    auto& decision = decision_on(ticket.classification, word.field);
    if (by_caller) decision.origin = "caller";
    decision.value = carried;
    if (note_word(decision, word, is_said(said, word.field))) model::give(ticket, word.field, word.label);
  }
}

}  // namespace

model::Ticket drafted(OpenDesk& desk, NewTicket const& wanted) {
  model::Ticket ticket = as_said(desk, wanted);
  refuse_unsound(ticket);
  know_new_requester(desk, ticket);
  auto const said = said_fields(wanted);
  classify(ticket, desk.rules(), said);
  apply_model(desk, ticket, said);
  give_default_team(desk, ticket);
  ticket = with_first_status(std::move(ticket));
  for (auto& told : settle_fields(desk, ticket, strictness_of(ticket.source))) desk.warn(std::move(told));
  refuse_unsound(ticket);  // what rules extract is text from outside, too
  return ticket;
}

TicketResult create_ticket(OpenDesk& desk, NewTicket const& wanted, CreateOptions const& options,
                           Beside const& beside) {
  model::Ticket const draft = drafted(desk, wanted);
  if (options.dry_run && desk.absent_default()) return preview_first(desk, options, draft);
  return desk.write([&](store::WriteTx& tx) {
    TicketResult result = file_ticket(desk, tx, wanted, options, draft, beside);
    if (options.dry_run || result.result == Result::existing) tx.discard();
    return result;
  });
}

TicketResult TicketDesk::create(NewTicket const& wanted, CreateOptions const& options) {
  refuse_unfit(desk_, wanted.files);
  Beside beside;
  beside.parts = [&](store::WriteTx& tx, model::Ticket const& ticket) {
    store_files(desk_, tx, model::ref_of(ticket), {}, wanted.files);
  };
  TicketResult result = create_ticket(desk_, wanted, options, beside);
  for (auto& warning : desk_.take_warnings()) result.warnings.push_back(std::move(warning));
  // Behind the commit: nobody waits for it.
  auto* const store =
      options.suggest && result.result == Result::created && !options.dry_run ? desk_.reading() : nullptr;
  if (!store) return result;
  result.flood = flood_around(desk_, store->connection(), result.ticket);
  result.suggestions = suggest_articles(*store, result.ticket.title, is_from_outside(result.ticket.source));
  return result;
}

TicketResult file_ticket(OpenDesk& desk, store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                         model::Ticket const& draft, Beside const& beside) {
  auto const known =
      wanted.key.empty() ? std::nullopt : store::find_key(tx.connection(), model::kTicketKeys, wanted.key);
  TicketResult result = known ? known_key(desk, tx, wanted, options, *known, beside)
                              : store_new(desk, tx, wanted, options, draft, beside);
  if (!known && beside.new_ticket) result.ticket = beside.new_ticket(tx, std::move(result.ticket));
  if (!known && wanted.approval) {
    Acted asked = ask_approval(desk, tx, result.ticket, *wanted.approval, "");
    result.ticket = std::move(asked.ticket);
    for (auto& warning : asked.warnings) desk.warn(std::move(warning));
  }
  result.dry_run = options.dry_run;
  result.ticket.sla = model::sla_status_at(result.ticket, desk.now());
  result.warnings = desk.hooks().take_feedback();
  return result;
}

/// A dry run makes no store: the first ticket is told as it would be.
TicketResult preview_first(OpenDesk& desk, CreateOptions const& options, model::Ticket const& draft) {
  TicketResult result;
  HookedTicket hooked = run_hooks(desk, draft);
  result.ticket = numbered(desk, with_first_status(std::move(hooked.record)), first_number(desk, draft));
  result.warnings = std::move(hooked.feedback);
  result.ticket.sla = model::sla_status_at(result.ticket, desk.now());
  result.dry_run = options.dry_run;
  return result;
}

// A draft (what the caller and the rules say) is hooked (as hooks make it), then numbered (as it is stored).
TicketResult store_new(OpenDesk& desk, store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                       model::Ticket const& draft, Beside const& beside) {
  TicketResult result;
  HookedTicket seen = hooked(desk, nullptr, draft);
  model::Ticket hooked = with_first_status(std::move(seen.record));
  std::vector<model::Change> by_hooks;
  if (!seen.ran.is_null()) by_hooks = model::changes_between(draft, hooked);
  result.duplicates = find_duplicates(desk, tx.connection(), hooked);
  if (options.fail_on_duplicate && !result.duplicates.empty()) refuse_duplicate(result.duplicates.front());
  result.ticket = numbered(desk, hooked, next_number(desk, tx, hooked));
  std::string content = wanted.key.empty() ? std::string() : content_of(wanted);
  store_first(desk, tx, result.ticket, options,
              {std::move(content), beside.parts, std::move(seen.ran), std::move(by_hooks)});
  if (options.confirm)
    announce(desk, tx, result.ticket, "ticket.confirmation", result.ticket.requester_id, {options.answers, {}});
  announce(desk, tx, result.ticket, "ticket.assigned", result.ticket.assignee_id);
  return result;
}

}  // namespace umsops::desk
