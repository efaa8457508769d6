// SPDX-License-Identifier: Apache-2.0
#include "desk/import_parts.hpp"

#include <algorithm>

#include "desk/import_values.hpp"
#include "store/attachments.hpp"
#include "store/callbacks.hpp"
#include "store/escalations.hpp"
#include "store/feedback.hpp"
#include "store/keys.hpp"
#include "store/mails.hpp"
#include "store/record_ref.hpp"
#include "store/row_owner.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/key_nouns.hpp"
#include "umsops/model/person.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

constexpr std::size_t kName = 100, kLongText = 1000, kLargestData = 65'536;
constexpr std::string_view kLinkMembers[] = {"kind", "other_noun", "other", "other_id", "created_at"};
constexpr std::string_view kAttachmentMembers[] = {"id",     "response_id", "file_name",  "media_type", "bytes",
                                                   "sha256", "stored",      "created_at", "content"};
constexpr std::string_view kStepMembers[] = {"generation", "step", "due_at", "taken_at"};
constexpr std::string_view kKeyMembers[] = {"kind", "key", "content_hash"};

std::string id_of(Value const& object, std::string_view what) {
  std::string id = text_of(object, "id", 40);
  if (id.empty()) refuse_member("id", std::string(what) + " has none");
  return id;
}

/// A choice by its reader.
template <class Parse>
auto choice_of(Value const& object, std::string_view name, Parse parse) {
  auto const read = parse(text_of(object, name, 32));
  if (!read) refuse_member(std::string(name), "not one of its words");
  return *read;
}

model::Escalation escalation_from(Value const& object) {
  static auto const kMembers = field_names(model::escalation_type());
  refuse_unknown_members(object, "escalation", kMembers);
  model::Escalation out;
  out.id = id_of(object, "an escalation");
  out.escalated_by = person_of(object, "escalated_by");
  out.escalation_level = choice_of(object, "escalation_level", model::parse_level);
  out.reason = text_of(object, "reason", kLongText);
  out.previous_assignee = person_of(object, "previous_assignee");
  out.new_assignee = person_of(object, "new_assignee");
  out.escalated_at = time_of(object, "escalated_at");
  return out;
}

RecordLink link_from(Value const& object, std::string_view noun) {
  refuse_unknown_members(object, "link", kLinkMembers);
  RecordLink out;
  out.kind = choice_of(object, "kind", model::parse_link);
  out.other_noun = text_of(object, "other_noun", 32);
  auto const nouns = model::nouns_behind(noun, out.kind);
  if (nouns.empty()) refuse_member("kind", "no link of an " + std::string(noun));
  if (out.other_noun.empty()) out.other_noun = nouns.front();
  if (std::find(nouns.begin(), nouns.end(), out.other_noun) == nouns.end())
    refuse_member("other_noun", "a link of this kind leads to one of: " + std::string(nouns.front()));
  out.other = text_of(object, "other", 64);
  out.other_id = text_of(object, "other_id", 26);
  if (out.other.empty()) refuse_member("other", "a link has none");
  out.created_at = time_of(object, "created_at");
  return out;
}
RecordLink link_of_ticket(Value const& object) { return link_from(object, "ticket"); }
RecordLink link_of_incident(Value const& object) { return link_from(object, "incident"); }

/// The bytes must be those that came: nobody shall read another file under this name.
StoredAttachment attachment_from(Value const& object) {
  refuse_unknown_members(object, "attachment", kAttachmentMembers);
  StoredAttachment out;
  auto& about = out.attachment;
  about.id = id_of(object, "an attachment");
  about.response_id = text_of(object, "response_id", 26);
  about.file_name = text_of(object, "file_name", kLongText);
  about.media_type = text_of(object, "media_type", kLongText);
  about.bytes = integer_of(object, "bytes", 0);
  about.sha256 = text_of(object, "sha256", 64);
  about.created_at = time_of(object, "created_at");
  Value const* const content = object.find("content");
  if (!content || content->is_null()) return out;
  auto const bytes = base::base64_decode(content->text());
  if (!bytes) refuse_member("content", "not base64");
  if (base::sha256_hex(*bytes) != about.sha256 || static_cast<std::int64_t>(bytes->size()) != about.bytes) {
    refuse_member("content", "not what sha256 and bytes say");
  }
  about.stored = true;
  out.content = base::base64_encode(*bytes);
  return out;
}

model::Callback callback_from(Value const& object) {
  static auto const kMembers = field_names(model::callback_type());
  refuse_unknown_members(object, "callback", kMembers);
  model::Callback out;
  out.id = id_of(object, "a call-back");
  out.contact = text_of(object, "contact", kName);
  out.note = text_of(object, "note", kLongText);
  out.due_at = time_of(object, "due_at");
  out.state = choice_of(object, "state", model::parse_callback_state);
  out.created_at = time_of(object, "created_at");
  out.created_by = person_of(object, "created_by");
  if (out.state == model::CallbackState::done) out.done_at = time_of(object, "done_at");
  out.done_by = person_of(object, "done_by");
  out.outcome = text_of(object, "outcome", kLongText);
  if (auto const problems = model::check(out); !problems.empty()) refuse_member(problems[0].field, problems[0].what);
  return out;
}

LadderStep step_from(Value const& object) {
  refuse_unknown_members(object, "ladder_step", kStepMembers);
  LadderStep out{integer_of(object, "generation", 1), text_of(object, "step", 100), time_of(object, "due_at"),
                 time_of(object, "taken_at")};
  if (out.step.empty()) refuse_member("step", "a step has no name");
  return out;
}

/// A digest of SHA-256 cut to half, in hexadecimal digits; empty: none is given.
std::string digest_of(Value const& object, std::string_view name) {
  std::string digits = text_of(object, name, 32);
  auto const bytes = base::from_hex(digits);
  if (!digits.empty() && (!bytes || bytes->size() != 16)) refuse_member(std::string(name), "not 32 hexadecimal digits");
  return digits;
}

model::Mail mail_from(Value const& object) {
  auto const& type = model::mail_type();
  static auto const kMembers = field_names(type);
  refuse_unknown_members(object, "mail", kMembers);
  model::Mail out;
  out.message_id = text_of(object, "message_id", type);
  if (out.message_id.empty()) refuse_member("message_id", "a mail has none");
  out.identity = digest_of(object, "identity");
  if (out.identity.empty()) out.identity = model::kAnyIdentity;
  out.response_id = text_of(object, "response_id", type);
  out.subject = text_of(object, "subject", type);
  if (Value const* const sent = object.find("sent_at"); sent && !sent->is_null())
    out.sent_at = time_of(object, "sent_at");
  Value const* const people = object.find("participants");
  if (people && !people->is_null()) {
    auto const* const items = people->get_if<Value::List>();
    if (!items) refuse_member("participants", "not a list");
    for (auto const& item : *items) {
      out.participants.push_back(base::person_name(text_in(item, "participants", model::kLongestPerson)));
    }
  }
  out.created_at = time_of(object, "created_at");
  return out;
}

ChangeKey key_from(Value const& object, std::string_view kind) {
  refuse_unknown_members(object, "key", kKeyMembers);
  ChangeKey out{text_of(object, "kind", 32), text_of(object, "key", 200), digest_of(object, "content_hash")};
  if (out.kind != kind) refuse_member("kind", "not one of: " + std::string(kind));
  if (out.key.empty()) refuse_member("key", "there is none");
  return out;
}

ChangeKey key_of_ticket(Value const& object) { return key_from(object, model::kTicketReplyKeys); }
ChangeKey key_of_incident(Value const& object) { return key_from(object, model::kIncidentNoteKeys); }

model::Feedback feedback_from(Value const& object) {
  static auto const kMembers = field_names(model::feedback_type());
  auto const& type = model::feedback_type();
  refuse_unknown_members(object, "feedback", kMembers);
  model::Feedback out;
  out.kind = choice_of(object, "kind", model::parse_feedback_kind);
  if (out.kind == model::FeedbackKind::watch) refuse_member("kind", "nobody watches an article");
  out.subject = text_of(object, "subject", type);
  Value const* const good = object.find("good");
  if (!good || !good->get_if<bool>()) refuse_member("good", "neither true nor false");
  out.good = *good->get_if<bool>();
  out.reason = text_of(object, "reason", type);
  out.author = person_of(object, "author");
  out.created_at = time_of(object, "created_at");
  if (auto const problems = model::check(out); !problems.empty()) refuse_member(problems[0].field, problems[0].what);
  return out;
}

/// What of an entry is text from outside is looked at once the record is known.
model::TimelineEntry entry_from(Value const& object) {
  static auto const kMembers = field_names(model::timeline_entry_type());
  auto const& type = model::timeline_entry_type();
  refuse_unknown_members(object, "entry", kMembers);
  model::TimelineEntry out;
  out.id = id_of(object, "an entry of the timeline");
  out.kind = choice_of(object, "kind", model::parse_timeline_kind);
  if (out.kind == model::TimelineKind::state) refuse_member("kind", "moves between states stand in the history");
  out.at = time_of(object, "at");
  out.recorded_at = time_of(object, "recorded_at");
  out.author = person_of(object, "author");
  out.text = text_of(object, "text", type);
  if (Value const* const data = object.find("data"); data && !data->is_null()) {
    if (!data->get_if<Value::Object>()) refuse_member("data", "not an object");
    if (base::to_json(*data).size() > kLargestData) refuse_member("data", "longer than 65536 bytes");
    out.data = *data;
  }
  out.corrects = text_of(object, "corrects", type);
  Value const* const pinned = object.find("pinned");
  out.pinned = pinned && *pinned == Value(true);
  if (auto const problems = model::check(out); !problems.empty()) refuse_member(problems[0].field, problems[0].what);
  return out;
}

/// Whether the very mail was taken in here, into this ticket or into another of this desk.
bool is_known(store::Connection& db, model::Mail const& mail) {
  auto const stored = store::mails_called(db, mail.message_id);
  return std::any_of(stored.begin(), stored.end(), [&](auto const& other) { return other.identity == mail.identity; });
}

[[noreturn]] void refuse_taken(std::string_view what, std::string const& id) {
  throw Error(base::errors::import_rejected,
              {{"problem", std::string(what) + " " + id + " belongs to another record here"}});
}

void refuse_foreign(store::Connection& db, store::Table const& table, std::string const& record, std::string_view what,
                    std::string const& id) {
  auto const owner = store::owner_of_row(db, table, id);
  if (!owner.empty() && owner != record) refuse_taken(what, id);
}

/// Stores each item that `is_known` does not find here; false: all were here.
template <class Item, class Known, class Add>
bool add_missing(std::vector<Item> const& brought, Known const& is_known, Add const& add) {
  bool added = false;
  for (Item const& item : brought) {
    if (is_known(item)) continue;
    add(item);
    added = true;
  }
  return added;
}

template <class Item>
bool has_id(std::vector<Item> const& stored, std::string const& id) {
  return std::any_of(stored.begin(), stored.end(), [&](Item const& item) { return item.id == id; });
}

bool add_escalations(store::WriteTx& tx, model::Ref const& record, std::vector<model::Escalation> const& brought) {
  if (brought.empty()) return false;
  auto const stored = store::escalations_of(tx.connection(), record);
  return add_missing(
      brought, [&](auto const& escalation) { return has_id(stored, escalation.id); },
      [&](auto escalation) {
        escalation.record = record;
        store::insert_escalation(tx, escalation);
      });
}

bool add_entries(store::WriteTx& tx, model::Ref const& record, std::vector<model::TimelineEntry> const& brought) {
  if (brought.empty()) return false;
  auto const stored = store::timeline_of(tx.connection(), record);
  return add_missing(
      brought, [&](auto const& entry) { return has_id(stored, entry.id); },
      [&](auto entry) {
        entry.record = record;
        store::insert_timeline_entry(tx, entry);
      });
}

bool add_attachments(store::WriteTx& tx, model::Ref const& ticket, std::vector<StoredAttachment> const& brought) {
  if (brought.empty()) return false;
  auto const stored = store::attachments_of(tx.connection(), ticket);
  return add_missing(
      brought, [&](auto const& file) { return has_id(stored, file.attachment.id); },
      [&](auto const& file) {
        model::Attachment own = file.attachment;
        own.record = ticket;
        store::insert_attachment(tx, own, file.content);
      });
}

bool add_callbacks(store::WriteTx& tx, std::string const& ticket_id, std::vector<model::Callback> const& brought) {
  if (brought.empty()) return false;
  auto const stored = store::callbacks_of(tx.connection(), ticket_id);
  bool added = false;
  for (auto callback : brought) {
    callback.ticket_id = ticket_id;
    auto const known = std::find_if(stored.begin(), stored.end(), [&](auto const& s) { return s.id == callback.id; });
    if (known == stored.end()) {
      store::insert_callback(tx, callback);
    } else if (known->state == model::CallbackState::open && callback.state == model::CallbackState::done) {
      store::replace_callback(tx, callback);
    } else {
      continue;
    }
    added = true;
  }
  return added;
}

bool add_steps(store::WriteTx& tx, model::Ref const& ticket, std::vector<LadderStep> const& brought) {
  if (brought.empty()) return false;
  auto const stored = store::taken_steps_of(tx.connection(), ticket);
  auto const is_known = [&](LadderStep const& step) {
    return std::any_of(stored.begin(), stored.end(), [&](auto const& taken) {
      return taken.generation == step.generation && taken.step == step.step;
    });
  };
  return add_missing(brought, is_known, [&](LadderStep const& step) {
    store::insert_taken(tx, {ticket, step.generation, step.step, step.due_at, step.taken_at});
  });
}

bool add_mails(store::WriteTx& tx, model::Ref const& ticket, std::vector<model::Mail> const& brought) {
  if (brought.empty()) return false;
  return add_missing(
      brought, [&](auto const& mail) { return is_known(tx.connection(), mail); },
      [&](auto mail) {
        mail.record = ticket;
        store::insert_mail(tx, mail);
      });
}

bool add_keys(store::WriteTx& tx, model::Ref const& ticket, std::vector<ChangeKey> const& brought) {
  if (brought.empty()) return false;
  return add_missing(
      brought, [&](auto const& key) { return store::find_key(tx.connection(), key.kind, key.key).has_value(); },
      [&](auto const& key) { store::insert_key(tx, key.kind, key.key, ticket, key.content_hash); });
}

bool add_feedback(store::WriteTx& tx, model::Ref const& record, std::vector<model::Feedback> const& brought) {
  bool added = false;
  for (auto feedback : brought) {
    feedback.record = record;
    added |= store::store_feedback(tx, feedback);
  }
  return added;
}

/// Who watched a ticket elsewhere watches it here.
model::Feedback watcher_from(Value const& person) {
  model::Feedback out;
  out.kind = model::FeedbackKind::watch;
  out.subject = base::person_name(text_in(person, "watchers", model::kLongestPerson));
  out.good = true;
  if (auto const problems = model::check(out); !problems.empty()) refuse_member("watchers", problems[0].what);
  return out;
}

}  // namespace

bool read_part(ImportedParts& parts, std::string_view noun, std::string const& name, Value const& value) {
  if (noun == model::article_type().noun) {
    if (name != "feedback") return false;
    parts.feedback = items_of(name, value, &feedback_from);
    return true;
  }
  bool const is_ticket = noun == model::ticket_type().noun;
  if (name == "escalations") {
    parts.escalations = items_of(name, value, &escalation_from);
  } else if (name == "links") {
    parts.links = items_of(name, value, is_ticket ? &link_of_ticket : &link_of_incident);
  } else if (name == "timeline" && !is_ticket) {
    parts.timeline = items_of(name, value, &entry_from);
  } else if (name == "attachments") {
    parts.attachments = items_of(name, value, &attachment_from);
  } else if (name == "callbacks" && is_ticket) {
    parts.callbacks = items_of(name, value, &callback_from);
  } else if (name == "ladder_steps") {
    parts.ladder_steps = items_of(name, value, &step_from);
  } else if (name == "mails" && is_ticket) {
    parts.mails = items_of(name, value, &mail_from);
  } else if (name == "watchers" && is_ticket) {
    parts.feedback = items_of(name, value, &watcher_from);
  } else if (name == "keys") {
    parts.keys = items_of(name, value, is_ticket ? &key_of_ticket : &key_of_incident);
  } else {
    return false;
  }
  return true;
}

void refuse_foreign_parts(store::Connection& db, model::Ref const& record, ImportedParts const& parts) {
  for (auto const& e : parts.escalations) refuse_foreign(db, store::kEscalations, record.id, "escalation", e.id);
  for (auto const& c : parts.callbacks) refuse_foreign(db, store::kCallbacks, record.id, "call-back", c.id);
  for (auto const& [attachment, content] : parts.attachments) {
    refuse_foreign(db, store::kAttachments, record.id, "attachment", attachment.id);
  }
  for (auto const& key : parts.keys) {
    auto const row = store::find_key(db, key.kind, key.key);
    if (row && row->record != store::place_of(db, record)) refuse_taken(key.kind + " key", key.key);
  }
}

bool add_parts(store::WriteTx& tx, model::Ref const& record, ImportedParts const& parts) {
  bool added = add_escalations(tx, record, parts.escalations);
  added |= add_entries(tx, record, parts.timeline);
  added |= add_attachments(tx, record, parts.attachments);
  added |= add_callbacks(tx, record.id, parts.callbacks);
  added |= add_steps(tx, record, parts.ladder_steps);
  added |= add_mails(tx, record, parts.mails);
  added |= add_keys(tx, record, parts.keys);
  added |= add_feedback(tx, record, parts.feedback);
  return added;
}

}  // namespace umsops::desk
