// SPDX-License-Identifier: Apache-2.0
// Who gets a message.
#include "desk/outbox_route.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "desk/member_text.hpp"
#include "desk/requester_lookup.hpp"
#include "store/incidents.hpp"
#include "store/outbox.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"
#include "umsops/notify/contact.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::desk {
namespace {

using model::Delivery;
using model::DeliveryState;
using model::Message;
using model::MessageState;
using notify::Contact;

constexpr std::size_t kMostContacts = 999, kLongestNote = 300;
constexpr std::string_view kAudiences = "audiences", kTold = "told";

model::Incident incident_of(store::Connection& db, Message const& message) {
  auto found = store::incident_at(db, message.record);
  if (!found)
    throw base::Error(base::errors::store_damaged, {{"problem", "message " + message.id + " of no incident"}});
  return *std::move(found);
}

/// What the message is for one contact.
struct Addressed {
  Contact contact;
  std::string kind;
};

class Routing {
 public:
  Routing(OpenDesk& desk, store::Connection& db, Message const& message)
      : desk_(desk), db_(db), message_(message), setup_(desk.channels()) {}

  Route route() {
    auto const* const kind = notify::find_kind(message_.topic);
    if (!kind) return ended(MessageState::failed, "no text is known for " + message_.topic);
    auto const age = desk_.now() - message_.created_at;
    auto const use = setup_.use_of(message_.topic);
    if (age > use && !message_.payload.find("retried"))
      return ended(MessageState::failed,
                   fmt::format("it waited longer than it is of use, {} minutes", use.count() / 60'000));
    if (auto const moot = why_moot(db_, message_); !moot.empty()) return ended(MessageState::dropped, moot);
    find_contacts();
    bool const any = !found_.empty();
    leave_out_own_acts(*kind);
    if (found_.empty()) {
      if (any) return ended(MessageState::dropped, "they did it themselves");
      return ended(problems_.empty() ? MessageState::dropped : MessageState::failed,
                   problems_.empty() ? nobody_ : short_note(fmt::format("{}", fmt::join(problems_, "; "))));
    }
    return to_contacts();
  }

 private:
  static Route ended(MessageState state, std::string note) { return {state, {}, std::move(note)}; }

  void find_contacts() {
    if (message_.recipient == kAudiences) return find_audiences();
    if (message_.recipient == kTold) return find_told();
    nobody_ = message_.recipient + " means nobody";
    constexpr std::string_view kAudience = "audience:";
    bool const group = message_.recipient.starts_with(kAudience);
    add(notify::reach(setup_, desk_.roster(), reachable(message_.recipient), desk_.now()), message_.topic,
        group ? message_.recipient.substr(kAudience.size()) : std::string());
  }

  /// A requester who is named by account or phone is reached at the address that the directory has.
  std::string reachable(std::string const& name) {
    if (name.find_first_of(":@") != std::string::npos || person(name)) return name;
    auto const known = person_called(db_, name);
    return known && !known->mails.empty() ? known->mails.front() : name;
  }

  void add(notify::Reached reached, std::string const& kind, std::string const& audience) {
    for (auto& contact : reached.contacts) {
      contact.audience = audience;
      found_.push_back({std::move(contact), kind});
    }
    for (auto& problem : reached.problems) problems_.push_back(std::move(problem));
  }

  void find_audiences() {
    nobody_ = "it is for no audience that names anybody";
    auto const incident = incident_of(db_, message_);
    notify::Assessed const assessed{incident.severity, incident.priority, incident.impact, incident.business_impact};
    auto const before = store::deliveries_about(db_, message_.noun, message_.record);
    for (auto const& audience : setup_.audiences) {
      if (audience.to.empty() || !notify::is_for(audience, assessed)) continue;
      auto const is_told = [&](Delivery const& one) {
        return one.audience == audience.name && one.kind == audience.message && one.message != message_.id;
      };
      if (std::any_of(before.begin(), before.end(), is_told)) continue;
      add(notify::reach(setup_, desk_.roster(), "audience:" + audience.name, desk_.now()), audience.message,
          audience.name);
    }
  }

  /// Everybody who was told that it is broken.
  void find_told() {
    nobody_ = "nobody was told of it before";
    for (auto const& one : store::deliveries_about(db_, message_.noun, message_.record)) {
      auto const* const kind = notify::find_kind(one.kind);
      bool const alarm =
          kind && kind->moot_when_over && (one.state == DeliveryState::sent || one.state == DeliveryState::waiting);
      if (!alarm) continue;
      auto const language = one.language == "zh_CN" ? base::Language::zh : base::Language::en;
      Addressed told{{one.person, one.channel, one.address, language, one.audience}, message_.topic};
      auto const same = [&](Addressed const& other) {
        return other.contact.channel == one.channel && other.contact.address == one.address &&
               other.contact.person == one.person;
      };
      if (setup_.channel(one.channel) && std::none_of(found_.begin(), found_.end(), same))
        found_.push_back(std::move(told));
    }
  }

  people::Person const* person(std::string const& name) {
    auto const* const roster = desk_.roster();
    return roster && !name.empty() ? roster->person(name) : nullptr;
  }

  /// Nobody is told of what he did, unless he asks for it.
  void leave_out_own_acts(notify::Kind const& kind) {
    auto const by = text_in(message_.payload, "by");
    if (by.empty() || kind.own_acts_told) return;
    std::erase_if(found_, [&](Addressed const& one) {
      auto const* const known = person(one.contact.person);
      bool const own = base::same_person(one.contact.person, by) || base::same_person(one.contact.address, by);
      return own && !(known && known->contact.own_acts);
    });
  }

  bool is_urgent(std::string const& kind_name) const {
    auto const* const kind = notify::find_kind(kind_name);
    return (kind && kind->urgent) || text_in(message_.payload, "priority") == "CRITICAL" ||
           text_in(message_.payload, "severity") == "CRITICAL";
  }

  Route to_contacts() {
    Route out;
    if (found_.size() > kMostContacts) {
      problems_.push_back(fmt::format("only {} of {} contacts", kMostContacts, found_.size()));
      found_.resize(kMostContacts);
    }
    for (auto& [contact, kind] : found_) {
      Delivery one;
      one.id = fmt::format("{}-{:03}", message_.id, out.deliveries.size() + 1);
      one.message = message_.id;
      one.noun = message_.noun;
      one.record = message_.record;
      one.kind = kind;
      one.audience = contact.audience;
      one.language = contact.language == base::Language::zh ? "zh_CN" : "en";
      one.next_attempt_at = one.created_at = desk_.now();
      auto const* const known = person(contact.person);
      auto const quiet = known && !is_urgent(kind) ? notify::quiet_until(*known, desk_.now()) : std::nullopt;
      if (quiet) {
        one.next_attempt_at = *quiet;
        one.note = "quiet hours";
      }
      one.person = std::move(contact.person);
      one.channel = std::move(contact.channel);
      one.address = std::move(contact.address);
      out.deliveries.push_back(std::move(one));
    }
    if (!problems_.empty()) out.note = short_note(fmt::format("{}", fmt::join(problems_, "; ")));
    return out;
  }

  OpenDesk& desk_;
  store::Connection& db_;
  Message const& message_;
  notify::Setup const& setup_;
  std::vector<Addressed> found_;
  std::vector<std::string> problems_;
  std::string nobody_;
};

}  // namespace

std::string short_note(std::string const& text) {
  return base::shortened(base::terminal_text(text, base::TextShape::line), kLongestNote);
}

std::string why_moot(store::Connection& db, Message const& message) {
  auto const* const kind = notify::find_kind(message.topic);
  if (!kind || !kind->moot_when_over) return {};
  if (message.noun == model::ticket_type().noun) {
    auto const ticket = store::find_ticket_by_id(db, store::record_at(db, message.noun, message.record).id);
    if (ticket && !model::is_open(ticket->status))
      return fmt::format("{} was {} before it was sent", ticket->ticket_number, model::to_string(ticket->status));
    if (ticket && message.topic == "ticket.approval" && ticket->approval != model::Approval::waiting)
      return fmt::format("{} waits for no approval any more", ticket->ticket_number);
    return {};
  }
  auto const incident = store::incident_at(db, message.record);
  if (incident && !model::is_open(incident->status))
    return fmt::format("{} was {} before it was sent", incident->incident_number, model::to_string(incident->status));
  return {};
}

Route route_of(OpenDesk& desk, store::Connection& db, Message const& message) {
  return Routing(desk, db, message).route();
}

}  // namespace umsops::desk
