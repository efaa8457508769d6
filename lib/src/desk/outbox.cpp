// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/outbox_flush.hpp"
#include "desk/outbox_letter.hpp"
#include "desk/outbox_route.hpp"
#include "store/outbox.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/outbox_desk.hpp"
#include "umsops/mail/message.hpp"
#include "umsops/notify/contact.hpp"
#include "umsops/notify/sender.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Delivery;
using model::DeliveryState;
using model::Message;
using model::MessageState;

constexpr std::size_t kShortestPrefix = 6;

[[noreturn]] void refuse_unknown(std::string const& id) {
  throw Error(base::errors::outbox_not_found, {{"id", base::shortened(id, 80)}});
}

Message message_called(store::Connection& db, std::string const& typed) {
  // A delivery names its message, too.
  auto const id = typed.substr(0, typed.find('-'));
  if (id.size() < kShortestPrefix) refuse_unknown(typed);
  auto found = store::messages_called(db, base::person_name(id), 2);
  for (auto& one : found)
    if (one.id == id) return std::move(one);
  if (found.empty()) refuse_unknown(typed);
  if (found.size() > 1) throw Error(base::errors::outbox_ambiguous, {{"id", base::shortened(typed, 80)}});
  return std::move(found.front());
}

void refuse_state(Message const& message, char const* problem) {
  throw Error(base::errors::outbox_state,
              {{"id", message.id}, {"state", std::string(model::to_string(message.state))}, {"problem", problem}});
}

void retry_one(OpenDesk& desk, store::WriteTx& tx, Message& message) {
  Message const before = message;
  if (message.state == MessageState::sent || message.state == MessageState::dropped)
    refuse_state(message, "only what failed or waits is tried again");
  auto const deliveries = store::deliveries_of(tx.connection(), message.id);
  for (auto one : deliveries) {
    bool const dead = one.state == DeliveryState::dead, waits = one.state == DeliveryState::waiting;
    if (!dead && !(waits && one.lease.empty())) continue;
    one.state = DeliveryState::waiting;
    one.finished_at.reset();
    one.next_attempt_at = desk.now();
    if (dead) one.attempts = 0;
    store::replace_delivery(tx, one);
  }
  message.state = deliveries.empty() ? MessageState::waiting : MessageState::sending;
  message.note.clear();
  if (!message.payload.find("retried")) message.payload.add("retried", true);  // its use was thought over
  store::replace_message(tx, before, message);
  note_message(desk, tx, message, "message_retried");
}

void drop_one(OpenDesk& desk, store::WriteTx& tx, Message& message, std::string const& reason) {
  Message const before = message;
  if (message.state == MessageState::sent) refuse_state(message, "it was sent");
  if (message.state == MessageState::dropped) return;
  auto const note = short_note(reason.empty() ? "dropped by " + desk.options().actor.name
                                              : "dropped by " + desk.options().actor.name + ": " + reason);
  for (auto one : store::deliveries_of(tx.connection(), message.id)) {
    if (one.state != DeliveryState::waiting && one.state != DeliveryState::dead) continue;
    one.state = DeliveryState::dropped;
    one.finished_at = desk.now();
    one.lease.clear();
    one.note = note;
    store::replace_delivery(tx, one);
  }
  message.state = MessageState::dropped;
  message.note = note;
  store::replace_message(tx, before, message);
  note_message(desk, tx, message, "message_dropped", reason);
}

/// All of them or none.
template <class Act>
std::vector<Outcome<Message>> change_each(OpenDesk& desk, std::vector<std::string> const& ids, bool dry_run,
                                          Act const& act) {
  if (desk.absent_default() && !ids.empty()) refuse_unknown(ids.front());
  return store::write(desk.writing(), [&](store::WriteTx& tx) {
    tx.take_turn();
    if (dry_run) tx.discard();
    std::vector<Outcome<Message>> out;
    for (auto const& id : once_each(ids)) {
      auto message = message_called(tx.connection(), id);
      act(tx, message);
      out.push_back({id, std::move(message), {}});
    }
    return out;
  });
}

}  // namespace

std::string_view to_string(FlushItem::Outcome outcome) {
  switch (outcome) {
    case FlushItem::Outcome::sent:
      return "sent";
    case FlushItem::Outcome::later:
      return "later";
    case FlushItem::Outcome::failed:
      return "failed";
    case FlushItem::Outcome::dropped:
      return "dropped";
  }
  return "";
}

ListEnd OutboxDesk::list(query::Query const& query, std::function<bool(Message const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_messages(store->connection(), query, [&](Message const& message) {
    ++end.count;
    return visit(message);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t OutboxDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_messages(store->connection(), filter) : 0;
}

ShownMessage OutboxDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_unknown(id);
  auto message = message_called(store->connection(), id);
  auto deliveries = store::deliveries_of(store->connection(), message.id);
  return {std::move(message), std::move(deliveries)};
}

bool OutboxDesk::can_send() { return !desk_.channels().channels.empty(); }

FlushEnd OutboxDesk::flush(bool dry_run, std::function<void(FlushItem const&)> const& visit) {
  if (!can_send()) throw Error(base::errors::outbox_no_channels);
  if (desk_.absent_default()) return {};
  if (dry_run) return rehearse_outbox(desk_, visit);
  auto const sender = desk_.options().make_sender();
  return flush_outbox(desk_, *sender, visit);
}

std::vector<Outcome<Message>> OutboxDesk::retry(std::vector<std::string> const& ids, bool dry_run) {
  return change_each(desk_, ids, dry_run, [&](store::WriteTx& tx, Message& message) { retry_one(desk_, tx, message); });
}

std::vector<Outcome<Message>> OutboxDesk::drop(std::vector<std::string> const& ids, std::string const& reason,
                                               bool dry_run) {
  return change_each(desk_, ids, dry_run,
                     [&](store::WriteTx& tx, Message& message) { drop_one(desk_, tx, message, reason); });
}

Preview OutboxDesk::preview(std::string const& id) {
  auto shown = show(id);
  auto& db = desk_.reading()->connection();
  Preview out{std::move(shown.message), {}, {}};
  auto deliveries = std::move(shown.deliveries);
  if (deliveries.empty()) {
    auto route = route_of(desk_, db, out.message);
    deliveries = std::move(route.deliveries);
    out.note = out.message.note.empty() ? route.note : out.message.note;
  } else {
    out.note = out.message.note;
  }
  LetterWriter writer(desk_, db);
  for (auto& delivery : deliveries) {
    std::string why;
    auto letter = writer.letter(out.message, delivery, why);
    if (!why.empty()) delivery.note = why;
    out.letters.push_back({std::move(delivery), letter ? std::move(letter->text) : notify::Text{}});
  }
  return out;
}

OutboxHealth OutboxDesk::health() {
  OutboxHealth out;
  auto const& setup = desk_.channels();
  out.can_send = !setup.channels.empty();
  if (auto* const store = desk_.reading()) {
    auto const counts = store::message_counts(store->connection());
    out.failed = counts.failed;
    out.waiting = counts.waiting;
    out.oldest_waiting = counts.oldest_waiting;
  }
  for (auto const& audience : setup.audiences) {
    if (!out.can_send || audience.to.empty()) continue;
    for (auto const& problem : notify::reach(setup, desk_.roster(), "audience:" + audience.name, desk_.now()).problems)
      out.unreachable.push_back(audience.name + ": " + problem);
  }
  return out;
}

TestResult OutboxDesk::test(std::string const& name, std::string const& to) {
  auto const& setup = desk_.channels();
  if (setup.channels.empty()) throw Error(base::errors::outbox_no_channels);
  auto const* const channel = setup.channel(name);
  if (!channel) {
    std::vector<std::string> names;
    for (auto const& one : setup.channels) names.push_back(one.name);
    auto const near = base::nearest(name, names);
    throw Error(
        base::errors::outbox_unknown_channel,
        {{"channel", base::shortened(name, 80)}, {"suggestion", near.empty() ? "" : "did you mean " + near + "?"}});
  }
  TestResult out{name, channel->is_mail() && to.empty() ? notify::bare_address(channel->from) : to, {}, {}};
  if (channel->is_mail() && !notify::is_address(out.address))
    throw Error(base::errors::usage_bad_value,
                {{"value", out.address}, {"flag", "--to"}, {"expected", "a mail address"}});
  out.key = desk_.ids().next_id(desk_.now());
  // Without a store: a test leaves nothing behind.
  notify::Letter letter;
  letter.key = out.key;
  letter.kind = letter.noun = "test";
  letter.address = out.address;
  letter.at = desk_.now();
  letter.facts = base::Value::Object{{"key", out.key}, {"by", desk_.options().actor.name}};
  notify::Templates templates(setup.templates);
  letter.text = templates.render("test", setup.language, letter.facts, notify::target_of(*channel));
  auto const sender = desk_.options().make_sender();
  sender->submit(notify::parcel_for(*channel, sender->secrets(*channel), letter, desk_.now()));
  for (auto& sent : sender->wait()) out.sent = std::move(sent);
  return out;
}

}  // namespace umsops::desk
