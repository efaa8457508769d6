// SPDX-License-Identifier: Apache-2.0
#include "desk/requester_steps.hpp"

#include <algorithm>

#include "desk/change.hpp"
#include "desk/history.hpp"
#include "model/changes.hpp"
#include "store/event_log.hpp"
#include "store/requesters.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using model::Requester;

constexpr int kMostTold = 6;
/// Digits alone are a number of ours up to here, and a phone number beyond.
constexpr std::size_t kLongestNumber = 9;

bool is_number(OpenDesk& desk, std::string const& typed) {
  bool const digits = typed.find_first_not_of("0123456789") == std::string::npos;
  if (digits) return !typed.empty() && typed.size() <= kLongestNumber;
  return typed.starts_with('#') || typed == "@last" || desk.requester_numbers().normalise(typed).has_value();
}

[[noreturn]] void refuse_ambiguous(store::Connection& db, std::string const& typed,
                                   std::vector<std::int64_t> const& places) {
  std::string names;
  base::Value::List numbers;
  for (auto const place : places) {
    auto const person = store::requester_at(db, place);
    if (!person) continue;
    names.append(names.empty() ? "" : ", ").append(person->requester_number);
    numbers.emplace_back(person->requester_number);
  }
  throw base::Error(base::errors::requester_ambiguous, {{"id", typed}, {"candidates", names}})
      .detail(base::Value::Object{{"candidates", std::move(numbers)}});
}

std::int64_t place_of(Requester const& requester) { return store::place_in_number(requester.requester_number); }

}  // namespace

Subject const& requesters() {
  static Subject const kRequesters{store::requester_table(), base::errors::requester_ambiguous,
                                   base::errors::requester_stale, &OpenDesk::requester_numbers};
  return kRequesters;
}

Requester find_requester(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  auto const by_name = [&]() -> std::optional<Requester> {
    auto const places = store::requesters_called(db, model::lookup_name(typed), kMostTold);
    if (places.size() > 1) refuse_ambiguous(db, typed, places);
    return places.empty() ? std::nullopt : store::requester_at(db, places.front());
  };
  bool const number = is_number(desk, typed);
  if (!number) {
    if (auto found = by_name()) return *std::move(found);
  }
  try {
    return store::to_requester(find_record(desk, db, requesters(), typed));
  } catch (base::Error const& error) {
    if (!number || &error.code() != &base::errors::requester_not_found) throw;
    // An account may look like a number.
    if (auto found = by_name()) return *std::move(found);
    throw;
  }
}

model::Event first_event(OpenDesk const& desk, Requester const& requester, std::string kind, std::string reason) {
  auto event = event_of(desk, model::ref_of(requester), requester.rev, {std::move(kind), std::move(reason)});
  event.first = true;
  return event;
}

Requester store_new_requester(OpenDesk& desk, store::WriteTx& tx, Requester requester, std::string const& reason) {
  tx.take_turn();  // nobody else may take the account meanwhile
  auto const n = store::next_number(tx, store::requester_table());
  requester.requester_number = desk.requester_numbers().render(n, requester.created_at);
  refuse_unsound(requester);
  refuse_known_account(tx.connection(), requester);
  std::string const state = store::insert_record(tx, store::requester_table(), store::columns_of(requester), {n});
  auto event = first_event(desk, requester, "created", reason);
  store::append_event(tx, event, state, desk.ids());
  store::change_names(tx, n, {}, store::stored_names(requester));
  return requester;
}

RequesterResult store_step(OpenDesk& desk, store::WriteTx& tx, Requester const& before, Requester after,
                           char const* kind, std::string const& reason) {
  settle_state(after, desk.now());
  if (model::changes_between(model::requester_type(), to_row(before), to_row(after)).empty())
    return {before, Result::unchanged};
  tx.take_turn();
  after.rev = before.rev + 1;
  after.updated_at = std::max(desk.now(), after.created_at);
  refuse_unsound(after);
  if (after.account != before.account) refuse_known_account(tx.connection(), after);
  store_record(desk, tx, store::requester_table(), to_row(before), to_row(after), {kind, reason});
  store::change_names(tx, place_of(after), store::stored_names(before), store::stored_names(after));
  return {std::move(after), Result::updated};
}

void settle_state(Requester& requester, base::TimePoint now) {
  bool const left = requester.state == model::RequesterState::left;
  if (left && !requester.left_at) requester.left_at = std::max(now, requester.created_at);
  if (!left) requester.left_at.reset();
}

void refuse_known_account(store::Connection& db, Requester const& requester) {
  auto const account = model::lookup_name(requester.account);
  for (auto const place : store::requesters_called(db, account, kMostTold)) {
    auto const other = store::requester_at(db, place);
    if (!other || other->id == requester.id || model::lookup_name(other->account) != account) continue;
    throw base::Error(base::errors::requester_known, {{"account", requester.account}, {"id", other->requester_number}});
  }
}

}  // namespace umsops::desk
