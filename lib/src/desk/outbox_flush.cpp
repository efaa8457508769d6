// SPDX-License-Identifier: Apache-2.0
// Messages leave here. One transaction a round: it stores what the last one brought, finds out who gets new messages,
// and takes deliveries in hand under a lease. Nothing is sent while it is open.
#include "desk/outbox_flush.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "desk/change.hpp"
#include "desk/outbox_letter.hpp"
#include "desk/outbox_route.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/outbox.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::desk {
namespace {

using base::TimePoint;
using model::Delivery;
using model::DeliveryState;
using model::Message;
using model::MessageState;
using notify::Sent;

constexpr std::size_t kMostInHand = 128, kMostOfChannel = 32, kMostRouted = 128, kMostBundled = 50;
constexpr std::chrono::minutes kLease{3};
/// A lease lasts so many of a channel's time-outs: as many may stand before the last one of those in hand.
constexpr int kTimeOuts = 6;
constexpr std::chrono::hours kLongestLimit{24};

/// What goes out as one: a delivery, or several of one contact.
struct Lot {
  std::vector<Delivery> deliveries;
  std::vector<Message> messages;
};

/// What one round has brought about: told after its commit.
struct Round {
  std::vector<FlushItem> told;
  std::vector<Lot> lots;
  std::map<std::string, std::int64_t> touched;  ///< messages, and attempts for them
  bool moved = false;                           ///< something was looked at that need not be looked at again
};

std::string number_in(Message const& message) { return std::string(to_row(message)[3].text()); }

class Flush {
 public:
  Flush(OpenDesk& desk, notify::Sender* sender, std::function<void(FlushItem const&)> const& visit)
      : desk_(desk), sender_(sender), visit_(visit), setup_(desk.channels()), holder_(desk.ids().next_id(desk.now())) {}

  FlushEnd run() {
    std::vector<Sent> ended;
    while (true) {
      desk_.check_interrupted();
      auto& db = desk_.writing().connection();
      if (ended.empty() && in_hand_.empty() && !anything_due(db)) break;
      auto const round = store::write(desk_.writing(), [&](store::WriteTx& tx) {
        tx.take_turn();
        return do_round(tx, ended);
      });
      for (auto const& sent : ended) in_hand_.erase(sent.key);
      tell(round);
      send(round);
      if (in_hand_.empty() && !round.moved) break;
      ended = std::exchange(refused_, {});
      if (ended.empty() && !in_hand_.empty()) ended = sender_->wait();
      note_down(ended);
    }
    return end_;
  }

  FlushEnd rehearse() {
    auto const round = store::write(desk_.writing(), [&](store::WriteTx& tx) {
      tx.take_turn();
      tx.discard();
      return do_round(tx, {});
    });
    tell(round);
    for (auto const& lot : round.lots) {
      for (std::size_t i = 0; i < lot.deliveries.size(); ++i)
        tell_one({FlushItem::Outcome::sent, lot.deliveries[i], number_in(lot.messages[i]), ""});
    }
    return end_;
  }

 private:
  bool anything_due(store::Connection& db) const {
    return !store::waiting_messages(db, desk_.now(), 1).empty() ||
           !store::due_deliveries(db, desk_.now(), 1, full_channels()).empty();
  }

  Round do_round(store::WriteTx& tx, std::vector<Sent> const& ended) {
    Round round;
    for (auto const& sent : ended) store_end(tx, sent, round);
    route_some(tx, round);
    lease_some(tx, round, ended);
    for (auto const& [message, attempts] : round.touched) settle(tx, message, attempts);
    round.moved |= !round.told.empty();
    return round;
  }

  void tell_one(FlushItem const& item) {
    switch (item.outcome) {
      case FlushItem::Outcome::sent:
        ++end_.sent;
        break;
      case FlushItem::Outcome::later:
        ++end_.later;
        break;
      case FlushItem::Outcome::failed:
        ++end_.failed;
        break;
      case FlushItem::Outcome::dropped:
        ++end_.dropped;
        break;
    }
    visit_(item);
  }
  void tell(Round const& round) {
    for (auto const& item : round.told) tell_one(item);
  }

  // --- what came back

  void store_end(store::WriteTx& tx, Sent const& sent, Round& round) {
    auto const found = in_hand_.find(sent.key);
    if (found == in_hand_.end()) return;
    for (std::size_t i = 0; i < found->second.deliveries.size(); ++i) {
      auto const& mine = found->second.deliveries[i];
      auto const stored = store::find_delivery(tx.connection(), mine.id);
      // Whoever took it over when the lease had run out decides what becomes of it; a drop holds, too.
      if (!stored || stored->lease != holder_ || stored->state != DeliveryState::waiting) continue;
      Delivery after = *stored;
      after.lease.clear();
      ++after.attempts;
      auto outcome = finish(after, sent);
      if (found->second.deliveries.size() > 1 && after.state == DeliveryState::sent) after.parcel = sent.key;
      store::replace_delivery(tx, after);
      ++round.touched[found->second.messages[i].id];
      round.told.push_back({outcome, std::move(after), number_in(found->second.messages[i]), sent.problem});
    }
  }

  FlushItem::Outcome finish(Delivery& delivery, Sent const& sent) {
    auto const now = desk_.now();
    delivery.note = short_note(sent.problem);
    if (sent.how == Sent::How::delivered) {
      delivery.state = DeliveryState::sent;
      delivery.finished_at = now;
      return FlushItem::Outcome::sent;
    }
    auto const* const channel = setup_.channel(delivery.channel);
    bool const over = sent.how == Sent::How::never || (channel && delivery.attempts >= channel->attempts);
    if (over) {
      delivery.state = DeliveryState::dead;
      delivery.finished_at = now;
      return FlushItem::Outcome::failed;
    }
    delivery.next_attempt_at = now + sent.after.value_or(notify::backoff(delivery.attempts, delivery.id));
    return FlushItem::Outcome::later;
  }

  /// The message is what its deliveries are.
  void settle(store::WriteTx& tx, std::string const& id, std::int64_t attempts) {
    auto const before = store::find_message(tx.connection(), id);
    if (!before || before->state != MessageState::sending) return;
    Message after = *before;
    after.attempts += attempts;
    auto const deliveries = store::deliveries_of(tx.connection(), id);
    after.state = state_of(deliveries);
    for (auto const& one : deliveries)
      if (one.state == DeliveryState::dead || one.state == DeliveryState::dropped) after.note = one.note;
    store::replace_message(tx, *before, after);
    note_end(tx, after);
  }

  void note_end(store::WriteTx& tx, Message const& message) {
    switch (message.state) {
      case MessageState::sent:
        return note_message(desk_, tx, message, "message_sent");
      case MessageState::failed:
        return note_message(desk_, tx, message, "message_failed", message.note);
      case MessageState::dropped:
        return note_message(desk_, tx, message, "message_dropped", message.note);
      case MessageState::waiting:
      case MessageState::sending:
        return;
    }
  }

  void note_down(std::vector<Sent> const& ended) {
    for (auto const& sent : ended) {
      auto const found = in_hand_.find(sent.key);
      if (found == in_hand_.end()) continue;
      auto const& channel = found->second.deliveries.front().channel;
      --of_channel_[channel];
      --planned_[{channel, found->second.deliveries.front().address}];
      if (sent.how == Sent::How::unreachable) down_.insert(channel);
    }
  }

  // --- who gets what

  void route_some(store::WriteTx& tx, Round& round) {
    auto& db = tx.connection();
    for (auto const& message : store::waiting_messages(db, desk_.now(), kMostRouted)) {
      auto route = route_of(desk_, db, message);
      Message after = message;
      after.state = route.deliveries.empty() ? route.state : MessageState::sending;
      after.note = route.note;
      for (auto const& delivery : route.deliveries) store::insert_delivery(tx, delivery);
      store::replace_message(tx, message, after);
      note_end(tx, after);
      round.moved = true;
      if (!route.deliveries.empty() && route.note.empty()) continue;
      Delivery none;
      none.id = none.message = message.id;
      none.kind = message.topic;
      none.person = message.recipient;
      bool const failed = after.state == MessageState::failed || !route.deliveries.empty();
      round.told.push_back({failed ? FlushItem::Outcome::failed : FlushItem::Outcome::dropped, std::move(none),
                            number_in(message), route.note});
    }
  }

  // --- what is taken in hand

  std::vector<std::string> full_channels() const {
    std::vector<std::string> full(down_.begin(), down_.end());
    for (auto const& [name, count] : of_channel_)
      if (count >= kMostOfChannel && !down_.count(name)) full.push_back(name);
    return full;
  }

  void lease_some(store::WriteTx& tx, Round& round, std::vector<Sent> const& ended) {
    std::size_t const held = in_hand_.size() - std::min(in_hand_.size(), ended.size());
    if (held >= kMostInHand) return;
    std::map<std::string, std::size_t> taken = of_channel_;
    std::set<std::string> seen;
    for (auto& delivery : store::due_deliveries(tx.connection(), desk_.now(), kMostInHand - held, full_channels())) {
      if (seen.count(delivery.id)) continue;
      auto const* const channel = setup_.channel(delivery.channel);
      if (!channel) {
        give_up(tx, round, std::move(delivery), DeliveryState::dead, "the channel is not configured any more");
        continue;
      }
      if (taken[channel->name] >= kMostOfChannel) continue;
      auto lot = lot_of(tx, round, std::move(delivery), *channel, seen);
      if (lot.deliveries.empty()) continue;
      ++taken[channel->name];
      round.lots.push_back(std::move(lot));
    }
  }

  void give_up(store::WriteTx& tx, Round& round, Delivery delivery, DeliveryState state, std::string note) {
    delivery.state = state;
    delivery.finished_at = desk_.now();
    delivery.lease.clear();
    delivery.note = short_note(note);
    store::replace_delivery(tx, delivery);
    auto const message = store::find_message(tx.connection(), delivery.message);
    round.touched.try_emplace(delivery.message, 0);
    bool const dead = state == DeliveryState::dead;
    round.told.push_back({dead ? FlushItem::Outcome::failed : FlushItem::Outcome::dropped, std::move(delivery),
                          message ? number_in(*message) : "", std::move(note)});
  }

  /// What is of no use any more; empty: it is.
  std::string why_useless(store::Connection& db, Message const& message, Delivery const& delivery) {
    auto const use = setup_.use_of(delivery.kind);
    if (desk_.now() - message.created_at > use && !message.payload.find("retried"))
      return fmt::format("it waited longer than it is of use, {} minutes", use.count() / 60'000);
    if (auto moot = why_moot(db, message); !moot.empty()) return moot;
    if (message.recipient != "told") return {};
    for (auto const& one : store::deliveries_about(db, message.noun, message.record)) {
      bool const same = one.channel == delivery.channel && one.address == delivery.address &&
                        one.person == delivery.person && one.kind != delivery.kind;
      if (same && one.state == DeliveryState::sent) return {};
    }
    return "they were not told that it began";
  }

  /// Takes it in hand, with others of its contact where limits want that. Empty: not now.
  Lot lot_of(store::WriteTx& tx, Round& round, Delivery delivery, notify::Channel const& channel,
             std::set<std::string>& seen) {
    std::vector<Delivery> together{std::move(delivery)};
    if (is_limited(together.front(), channel)) {
      auto const allowed = allowance_of(tx.connection(), together.front(), channel);
      if (allowed.now == 0) {
        put_off(tx, round, std::move(together.front()), allowed.in.value_or(std::chrono::minutes(1)));
        return {};
      }
      auto others = due_for_contact(tx.connection(), together.front(), channel);
      if (static_cast<std::int64_t>(others.size()) > allowed.now) together = std::move(others);
    }
    return take(tx, round, std::move(together), channel, seen);
  }

  /// Staff is told so much that it can be too much; whoever asked for help, or for a report, gets each.
  bool is_limited(Delivery const& delivery, notify::Channel const& channel) const {
    auto const* const kind = notify::find_kind(delivery.kind);
    return !channel.limits.empty() && !(kind && (kind->to_requester || kind->alone));
  }

  notify::Allowance allowance_of(store::Connection& db, Delivery const& delivery, notify::Channel const& channel) {
    auto const now = desk_.now();
    auto sent = store::sent_to(db, delivery.channel, delivery.address, now - kLongestLimit);
    auto const planned = planned_.find({delivery.channel, delivery.address});
    if (planned != planned_.end()) sent.insert(sent.end(), planned->second, now);
    return notify::allowance(channel.limits, sent, now);
  }

  std::vector<Delivery> due_for_contact(store::Connection& db, Delivery const& first, notify::Channel const& channel) {
    auto all = store::waiting_for_contact(db, first.channel, first.address, desk_.now(), kMostBundled);
    std::erase_if(all, [&](Delivery const& one) {
      return one.next_attempt_at > desk_.now() || !is_limited(one, channel) || one.person != first.person;
    });
    return all;
  }

  void put_off(store::WriteTx& tx, Round& round, Delivery delivery, base::Milliseconds span) {
    delivery.next_attempt_at = desk_.now() + span;
    delivery.note = "as many as the limits of the channel allow were sent";
    store::replace_delivery(tx, delivery);
    round.moved = true;
  }

  Lot take(store::WriteTx& tx, Round& round, std::vector<Delivery> together, notify::Channel const& channel,
           std::set<std::string>& seen) {
    Lot lot;
    for (auto& delivery : together) {
      seen.insert(delivery.id);
      auto message = store::find_message(tx.connection(), delivery.message);
      if (!message) continue;
      if (auto const useless = why_useless(tx.connection(), *message, delivery); !useless.empty()) {
        bool const late = useless.starts_with("it waited");
        give_up(tx, round, std::move(delivery), late ? DeliveryState::dead : DeliveryState::dropped, useless);
        continue;
      }
      delivery.lease = holder_;
      delivery.next_attempt_at = desk_.now() + std::max<base::Milliseconds>(kLease, channel.timeout * kTimeOuts);
      store::replace_delivery(tx, delivery);
      lot.deliveries.push_back(std::move(delivery));
      lot.messages.push_back(*std::move(message));
    }
    return lot;
  }

  // --- what is sent

  void send(Round const& round) {
    if (round.lots.empty()) return;
    LetterWriter writer(desk_, desk_.writing().connection());
    for (auto const& lot : round.lots) send_lot(writer, lot);
  }

  /// A file that is wrong holds back what needs it, and nothing else.
  void send_lot(LetterWriter& writer, Lot const& lot) {
    auto const& first = lot.deliveries.front();
    ++of_channel_[first.channel];
    ++planned_[{first.channel, first.address}];
    in_hand_.emplace(first.id, lot);
    try {
      submit(writer, lot);
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::configuration) throw;
      refused_.push_back({Sent::How::unreachable, first.id, error.message(), {}});
    }
  }

  void submit(LetterWriter& writer, Lot const& lot) {
    std::vector<notify::Letter> letters;
    std::string why;
    for (std::size_t i = 0; i < lot.deliveries.size() && why.empty(); ++i) {
      if (auto letter = writer.letter(lot.messages[i], lot.deliveries[i], why)) letters.push_back(*std::move(letter));
    }
    auto const& first = lot.deliveries.front();
    auto const key = first.id;
    auto const& channel = *setup_.channel(first.channel);
    if (!why.empty()) {
      refused_.push_back({Sent::How::never, key, std::move(why), {}});
      return;
    }
    auto const letter = letters.size() == 1 ? std::move(letters.front()) : writer.bundle(std::move(letters), first);
    sender_->submit(notify::parcel_for(channel, sender_->secrets(channel), letter, desk_.now()));
  }

  OpenDesk& desk_;
  notify::Sender* sender_;
  std::function<void(FlushItem const&)> const& visit_;
  notify::Setup const& setup_;
  std::string holder_;
  std::map<std::string, Lot> in_hand_;
  std::map<std::string, std::size_t> of_channel_;
  std::map<std::pair<std::string, std::string>, std::size_t> planned_;
  std::set<std::string> down_;
  std::vector<Sent> refused_;  ///< what was not even tried
  FlushEnd end_;
};

std::int64_t rev_of(store::Connection& db, Message const& message) {
  if (message.record == 0) return 0;
  if (message.noun == model::ticket_type().noun) {
    auto const ticket = store::ticket_at(db, message.record);
    return ticket ? ticket->rev : 0;
  }
  auto const incident = store::incident_at(db, message.record);
  return incident ? incident->rev : 0;
}

}  // namespace

void note_message(OpenDesk& desk, store::WriteTx& tx, Message const& message, std::string const& kind,
                  std::string const& reason) {
  auto& db = tx.connection();
  model::Change told{"message", {}, base::Value::Object{{"id", message.id}, {"topic", message.topic}}};
  auto const record =
      message.record == 0 ? model::Ref{message.noun, {}} : store::record_at(db, message.noun, message.record);
  auto event = event_of(desk, record, rev_of(db, message), {kind, reason, {std::move(told)}});
  store::append_event(tx, event, {}, desk.ids());
}

model::MessageState state_of(std::vector<Delivery> const& deliveries) {
  bool dead = false, sent = false;
  for (auto const& one : deliveries) {
    if (one.state == DeliveryState::waiting) return MessageState::sending;
    dead |= one.state == DeliveryState::dead;
    sent |= one.state == DeliveryState::sent;
  }
  return dead ? MessageState::failed : sent ? MessageState::sent : MessageState::dropped;
}

FlushEnd flush_outbox(OpenDesk& desk, notify::Sender& sender, std::function<void(FlushItem const&)> const& visit) {
  return Flush(desk, &sender, visit).run();
}

FlushEnd rehearse_outbox(OpenDesk& desk, std::function<void(FlushItem const&)> const& visit) {
  return Flush(desk, nullptr, visit).rehearse();
}

}  // namespace umsops::desk
