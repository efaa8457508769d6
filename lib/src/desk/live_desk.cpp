// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/live_desk.hpp"

#include "desk/assignees.hpp"
#include "desk/callbacks.hpp"
#include "desk/find.hpp"
#include "desk/live_line.hpp"
#include "desk/ticket_change.hpp"
#include "desk/ticket_steps.hpp"
#include "store/callbacks.hpp"
#include "store/event_log.hpp"
#include "store/responses.hpp"
#include "store/tickets.hpp"
#include "umsops/lifecycle/acts.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using State = LiveLine::State;

/// How long after its time a line may still be waiting: the user's process ends it then, and may be slow.
constexpr base::Milliseconds kGrace{std::chrono::seconds(30)};

constexpr std::string_view kEnds[] = {"user_left", "agent_left", "user_lost", "unanswered"};
constexpr std::string_view kReasons[] = {"the requester left", "the agent left",
                                         "the connection to the requester is lost", "nobody came to the line"};

model::Ticket ticket_of(store::Connection& db, std::string const& id) {
  auto ticket = store::find_ticket_by_id(db, id);
  if (!ticket) throw Error(base::errors::ticket_not_found, {{"id", id}});
  return std::move(*ticket);
}

LiveNews news_of(store::Connection& db, model::Ticket const& ticket, std::int64_t last_event, std::int64_t place) {
  LiveNews news{line_of(db, ticket.id), {}, last_event};
  auto const user = user_name(ticket);
  for (auto const& [at, response] : store::responses_after(db, ticket.id, place)) {
    news.words.push_back({at, response.created_at, response.responder_id, response.content,
                          response.responder_id == user, response.response_type != "EXTERNAL"});
  }
  return news;
}

void refuse_join(OpenDesk& desk, model::Ticket const& ticket, LiveLine const& line, LiveDesk::Join const& join) {
  auto const ended = [&](base::TimePoint at) {
    return Error(base::errors::dialogue_ended, {{"id", ticket.ticket_number}, {"time", base::format_rfc3339(at)}});
  };
  switch (line.state) {
    case State::none:
      throw Error(base::errors::dialogue_none, {{"id", ticket.ticket_number}});
    case State::ended:
      throw ended(line.at);
    case State::waiting:
      if (desk.now() > line.until + kGrace) throw ended(line.until);
      return;
    case State::answered:
      if (!join.force && line.seq != join.gone)
        throw Error(base::errors::dialogue_taken, {{"id", ticket.ticket_number}, {"agent", line.by}});
  }
}

}  // namespace

LiveDesk DialogueDesk::live() { return LiveDesk(desk_); }

LiveDesk::Begun LiveDesk::begin(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(tickets(), id);
  auto& db = store->connection();
  Begun begun{find_ticket(desk_, db, id), {}};
  auto const last = store::last_event_of(db, model::ticket_type().noun, begun.ticket.id);
  begun.news = news_of(db, begun.ticket, last, 0);
  return begun;
}

std::optional<LiveNews> LiveDesk::news(std::string const& ticket, std::int64_t last_event, std::int64_t place) {
  auto& db = desk_.reading()->connection();
  auto const last = store::last_event_of(db, model::ticket_type().noun, ticket);
  if (last == last_event) return std::nullopt;
  return news_of(db, ticket_of(db, ticket), last, place);
}

model::Ticket LiveDesk::join(std::string const& id, Join const& join) {
  refuse_stranger(desk_, desk_.options().actor.name);
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();  // who comes second must see who was first
    auto ticket = ticket_of(tx.connection(), id);
    auto const line = line_of(tx.connection(), id);
    refuse_join(desk_, ticket, line, join);
    auto after = model::is_open(ticket.status) ? lifecycle::assigned(ticket, desk_.options().actor.name) : ticket;
    Value told = Value::Object{{"host", join.process.host}, {"process", join.process.process}};
    std::string const reason = line.state == State::answered ? "in the place of " + line.by : "";
    ticket =
        store_change(desk_, tx, ticket, std::move(after), "joined", reason, {{"conversation", {}, std::move(told)}});
    for (auto& callback : store::find_callbacks(tx.connection(), line.callback, 1)) {
      if (callback.state == model::CallbackState::open)
        finish_callback(desk_, tx, ticket, callback, "answered on the line");
    }
    if (join.dry_run) tx.discard();
    return ticket;
  });
}

std::int64_t LiveDesk::say(std::string const& id, std::string const& text, bool by_user) {
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    auto const ticket = ticket_of(tx.connection(), id);
    auto const place = store::next_response(tx.connection(), id);
    Reply reply;
    reply.text = text;
    reply.side = by_user ? Side::requester : Side::staff;
    if (by_user) reply.responder = user_name(ticket);
    // What the user says of a ticket that was closed meanwhile opens nothing, and is kept.
    reply.internal =
        by_user && (ticket.status == model::TicketStatus::closed || ticket.status == model::TicketStatus::spam);
    bool const both = line_of(tx.connection(), id).state != State::ended;
    both ? reply_on_the_line(desk_, tx, ticket, reply, {}) : reply_to(desk_, tx, ticket, reply, {});
    return place;
  });
}

bool LiveDesk::wait_again(std::string const& id, std::int64_t seq, base::Milliseconds wait) {
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    auto const line = line_of(tx.connection(), id);
    if (line.seq != seq || line.state != State::answered) {
      tx.discard();
      return false;
    }
    auto ticket = ticket_of(tx.connection(), id);
    auto const former = store::find_callbacks(tx.connection(), line.callback, 1);
    std::string const contact = former.empty() ? std::string() : former.front().contact;
    auto const callback = add_callback(desk_, tx, ticket, {contact, "asked for " + line.target, desk_.now() + wait});
    begin_waiting(desk_, tx, ticket, line.target, line.user, callback, "the connection to " + line.by + " is lost");
    return true;
  });
}

bool LiveDesk::leave(std::string const& id, LiveEnd how, std::int64_t seq) {
  return desk_.write([&](store::WriteTx& tx) {
    tx.take_turn();
    auto const line = line_of(tx.connection(), id);
    bool const is_there = line.state == State::waiting || line.state == State::answered;
    // An agent or a time that has run out ends the line that it knows; the user ends any.
    bool const same = how == LiveEnd::user_left || line.seq == seq;
    if (!is_there || !same) {
      tx.discard();
      return false;
    }
    auto const ticket = ticket_of(tx.connection(), id);
    auto const i = static_cast<std::size_t>(how);
    Value told = Value::Object{{"ended", kEnds[i]}};
    store_unhooked(desk_, tx, ticket, ticket, "left", std::string(kReasons[i]),
                   {{"conversation", {}, std::move(told)}});
    return true;
  });
}

std::string LiveDesk::display_name(std::string const& person) {
  try {
    auto const* const roster = desk_.roster();
    auto const* const known = roster ? roster->person(person) : nullptr;
    if (known && !known->display_name.empty()) return known->display_name;
  } catch (Error const&) {  // a roster that cannot be read is told elsewhere
  }
  return person;
}

}  // namespace umsops::desk
