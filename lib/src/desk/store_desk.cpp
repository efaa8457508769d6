// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/store_desk.hpp"

#include "desk/open_desk.hpp"
#include "store/copy.hpp"
#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "store/postgres/server_roles.hpp"
#include "store/restore.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/desk/server_roles.hpp"

namespace umsops::desk {
namespace {

ChainHead shown(store::Head const& head) { return {head.seq, base::to_hex(head.hash)}; }

Migration to_migration(store::AppliedMigration const& applied) {
  return {applied.version, applied.name, applied.applied_at};
}

/// Care needs a store that is there, also where a change would make one.
store::Store& existing(OpenDesk& desk) {
  auto* const store = desk.reading();
  if (!store) throw base::Error(base::errors::store_absent, {{"path", base::shown_store(desk.options().store)}});
  return *store;
}

void add(Findings& findings, store::Flaw const& flaw) {
  ++findings.total;
  if (findings.told.size() < Findings::kMostTold) findings.told.push_back({flaw.what, flaw.record, flaw.problem});
}

}  // namespace

std::string server_roles() { return store::server_roles(store::desk_schema()); }

bool StoreDesk::init() {
  auto const& path = desk_.options().store;
  if (store::store_exists(path)) {
    existing(desk_);  // says what is wrong when it is no store of ours
    return false;
  }
  store::create_store(path, desk_.ids().next_id(desk_.now()), desk_.now());
  return true;
}

std::vector<Migration> StoreDesk::migrations() {
  std::vector<Migration> out;
  for (auto const& applied : store::applied_migrations(desk_.options().store)) out.push_back(to_migration(applied));
  return out;
}

std::vector<Migration> StoreDesk::migrate(bool dry_run) {
  std::vector<Migration> out;
  auto const& options = desk_.options();
  if (!dry_run) {
    for (auto const& step : store::migrate_store(options.store, desk_.now(), options.lock_wait, desk_.audit_key())) {
      out.push_back(to_migration(step));
    }
    return out;
  }
  auto const applied = store::applied_migrations(options.store);
  for (auto const& step : store::desk_schema().steps) {
    bool known = false;
    for (auto const& done : applied) known = known || done.version == step.version;
    if (!known) out.push_back({step.version, std::string(step.name), std::nullopt});
  }
  return out;
}

StoreStatus StoreDesk::status() {
  auto const figures = store::figures(existing(desk_));
  StoreStatus status;
  status.path = base::shown_store(desk_.options().store);
  status.store_id = figures.store_id;
  status.engine = figures.engine;
  status.engine_version = figures.engine_version;
  status.schema_version = figures.schema_version;
  status.schema_needed = store::desk_schema().steps.back().version;
  status.tickets = figures.records.front();
  status.events = figures.events;
  status.outbox_waiting = figures.outbox_waiting;
  status.bytes = figures.bytes;
  status.log_bytes = figures.log_bytes;
  return status;
}

std::string StoreDesk::backup(std::string const& target) { return store::backup_store(existing(desk_), target); }

StoreCopy StoreDesk::copy(std::string const& from, std::string const& to,
                          std::function<void(std::int64_t rows)> const& progress) {
  store::CopyOptions options{from, to, desk_.now(), desk_.options().lock_wait};
  options.progress = [&](std::int64_t rows) {
    progress(rows);
    desk_.check_interrupted();
  };
  auto const done = store::copy_store(options);
  return {done.store_id, done.records.front(), done.events, done.rows, done.resumed, shown(done.head)};
}

Restored StoreDesk::restore(RestoreRequest const& request) {
  auto const& path = request.store.empty() ? desk_.options().store : request.store;
  auto const done = store::restore_store({request.backup, path, desk_.now(), desk_.options().lock_wait,
                                          desk_.audit_key(), request.other_desk, request.older, request.dry_run});
  return {done.store_id, done.records.front(), done.events, shown(done.head), done.replaced, done.kept, done.lost};
}

Findings StoreDesk::check() {
  Findings findings;
  auto& store = existing(desk_);
  store::check_store(store, desk_.audit_key(), [&](store::Flaw const& flaw) { add(findings, flaw); });
  return findings;
}

void StoreDesk::log(query::Query const& query, std::function<bool(model::Event const&)> const& visit) {
  if (auto* const store = desk_.reading()) store::list_events(store->connection(), query, visit);
}

Verification StoreDesk::verify(std::optional<ChainHead> const& against) {
  Verification out;
  auto* const store = desk_.reading();
  if (!store) return out;
  auto const& key = desk_.audit_key();
  store::ReadTx tx(*store);
  std::optional<store::Head> head;
  if (against) head = store::Head{against->seq, base::from_hex(against->hash).value_or("")};
  auto const figures =
      store::verify_history(store->connection(), head, key, [&](store::Flaw const& flaw) { add(out.findings, flaw); });
  out.entries = figures.events;
  out.erased_values = figures.erased_values;
  out.given_times = figures.given_times;
  out.backwards = figures.backwards;
  out.first_backwards = figures.first_backwards;
  out.keyed_from = figures.keyed_from;
  return out;
}

ChainHead StoreDesk::head() {
  auto const head = store::chain_head(existing(desk_).connection());
  return shown(head);
}

}  // namespace umsops::desk
