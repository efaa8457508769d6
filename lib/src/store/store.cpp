// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <chrono>
#include <thread>

#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/late_events.hpp"
#include "store/record_table.hpp"
#include "store/table.hpp"
#include "store/ticket_days.hpp"

namespace umsops::store {
namespace {

/// With waits that double, up to half a second at the last: enough for any crowd of writers that makes progress.
constexpr int kMostAttempts = 8;

/// A number that differs between processes and moments, so that writers who ran into each other do not do so again at
/// the same moment. Nothing depends on how good it is.
std::uint64_t scatter() {
  static int place = 0;
  auto const now = std::chrono::steady_clock::now().time_since_epoch().count();
  return (static_cast<std::uint64_t>(now) ^ reinterpret_cast<std::uintptr_t>(&place)) * 0x9e3779b97f4a7c15ULL >> 33;
}

}  // namespace

std::string stored_info(Connection& db, std::string_view name) {
  Reading row(db.prepare("SELECT value FROM store_info WHERE name = $1"));
  row->bind(1, name);
  return row->step() ? row->text(0) : std::string();
}

void set_info(WriteTx& tx, std::string_view name, std::string const& value) {
  tx.take_turn();
  insert_hashed(tx.connection(), kStoreInfo, {name, value},
                " ON CONFLICT(name) DO UPDATE SET value = excluded.value, row_hash = excluded.row_hash");
}

std::string Store::store_id() {
  std::string id = stored_info(connection(), "store_id");
  if (id.empty()) throw base::Error(base::errors::store_damaged, {{"problem", "it has no store id"}});
  return id;
}

WriteTx::WriteTx(Store& store) : store_(store) { store_.begin_write(); }

WriteTx::~WriteTx() {
  if (open_) store_.rollback();
}

void WriteTx::take_turn() {
  // Every function that changes something asks for the turn, so none can forget it.
  if (turn_) return;
  store_.take_turn(places_);
  turn_ = true;
}

Head& WriteTx::head() {
  // Kept from event to event: nobody else can append while this transaction has its turn.
  if (!places_.head) places_.head = chain_head(connection());
  refuse_wild_place(places_.head->seq);
  return *places_.head;
}

void WriteTx::commit() {
  // A row that no event vouches for would be taken for a forged one.
  if (!unbound_.empty()) throw base::Error(base::errors::internal, {{"problem", "rows without an event"}});
  finish_events(*this);
  put_down(*this);
  if (day_changes_) day_changes_->write(connection());
  late_indexes_.build(connection());
  open_ = false;  // whatever commit ends in, the engine has left the transaction
  store_.commit();
}

void WriteTx::rollback() {
  open_ = false;
  store_.rollback();
}

bool wait_to_retry(int attempt) {
  if (attempt >= kMostAttempts) return false;
  std::uint64_t const longest = std::uint64_t{4} << attempt;
  std::this_thread::sleep_for(std::chrono::milliseconds(1 + scatter() % longest));
  return true;
}

ReadTx::ReadTx(Store& store) : store_(store) { store_.begin_read(); }

ReadTx::~ReadTx() { store_.end_read(); }

}  // namespace umsops::store
