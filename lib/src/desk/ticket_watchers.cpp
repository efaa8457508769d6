// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_watchers.hpp"

#include <algorithm>

#include "desk/history.hpp"
#include "desk/requester_lookup.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_steps.hpp"
#include "store/feedback.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

/// Each costs a message whenever something is told.
constexpr std::size_t kMostWatchers = 100;

bool store_word(OpenDesk& desk, store::WriteTx& tx, model::Ref const& ticket, std::string const& person, bool on) {
  model::Feedback word;
  word.record = ticket;
  word.kind = model::FeedbackKind::watch;
  word.subject = person;
  word.good = on;
  word.author = desk.options().actor.name;
  word.created_at = desk.now();
  refuse_unsound(word);
  return store::store_feedback(tx, word);
}

/// What the one who is meant is called among these; empty: it is none of them.
std::string among(store::Connection& db, std::vector<std::string> const& people, std::string const& person) {
  auto const found = std::find_if(people.begin(), people.end(),
                                  [&](std::string const& one) { return is_same_requester(db, one, person); });
  return found == people.end() ? std::string() : *found;
}

base::Value list_of(std::vector<std::string> const& people) {
  return people.empty() ? base::Value() : base::Value(base::Value::List(people.begin(), people.end()));
}

}  // namespace

std::vector<std::string> watchers_of(store::Connection& db, model::Ref const& ticket) {
  std::vector<std::string> people;
  for (auto& word : store::feedback_of(db, ticket)) {
    if (word.kind == model::FeedbackKind::watch && word.good) people.push_back(std::move(word.subject));
  }
  return people;
}

std::vector<std::string> set_watching(OpenDesk& desk, store::WriteTx& tx, model::Ref const& ticket,
                                      std::vector<std::string> const& people, bool on) {
  std::vector<std::string> changed;
  if (people.empty()) return changed;
  auto& db = tx.connection();
  auto watching = watchers_of(db, ticket);
  for (auto const& said : people) {
    auto const person = base::person_name(said);
    auto const known = among(db, watching, person);
    if (person.empty() || on == !known.empty()) continue;
    if (on && watching.size() >= kMostWatchers)
      throw base::Error(base::errors::input_too_large,
                        {{"what", "the number of watchers"}, {"limit", std::to_string(kMostWatchers)}});
    auto const& name = on ? person : known;
    if (!store_word(desk, tx, ticket, name, on)) continue;
    changed.push_back(name);
    on ? watching.push_back(name) : static_cast<void>(std::erase(watching, name));
  }
  return changed;
}

void tell_all(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, char const* topic,
              Announced const& what) {
  announce(desk, tx, ticket, topic, ticket.requester_id, what);
  for (auto const& person : watchers_of(tx.connection(), model::ref_of(ticket))) {
    if (!is_same_requester(tx.connection(), person, ticket.requester_id))
      announce(desk, tx, ticket, topic, person, what);
  }
}

std::vector<ItemOutcome> TicketDesk::watch(std::vector<std::string> const& ids, std::vector<std::string> const& people,
                                           bool on, ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, model::Ticket const& ticket) -> Acted {
    tx.take_turn();  // who watches must be who watched
    auto const before = watchers_of(tx.connection(), model::ref_of(ticket));
    if (set_watching(desk_, tx, model::ref_of(ticket), people, on).empty()) return {ticket, false, {}};
    auto const after = watchers_of(tx.connection(), model::ref_of(ticket));
    model::Change change{"watchers", list_of(before), list_of(after), true};
    return {
        store_unhooked(desk_, tx, ticket, ticket, on ? "watched" : "unwatched", options.reason, {std::move(change)}),
        true,
        {}};
  });
}

}  // namespace umsops::desk
