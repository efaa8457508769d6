// SPDX-License-Identifier: Apache-2.0
#include "desk/store_care_desk.hpp"

#include "store/copy.hpp"
#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::desk {
namespace {

Migration to_migration(store::AppliedMigration const& applied) {
  return {applied.version, applied.name, applied.applied_at};
}

}  // namespace

/// Care needs a store that is there, also where a change would make one.
store::Store& StoreCareDesk::existing() {
  auto* const store = session_.reading();
  if (!store) throw base::Error(base::errors::store_absent, {{"path", base::shown_store(session_.options().store)}});
  return *store;
}

bool StoreCareDesk::init() {
  auto const& path = session_.options().store;
  if (store::store_exists(path)) {
    existing();  // says what is wrong when it is no store of ours
    return false;
  }
  store::create_store(path, session_.ids().next_id(session_.now()), session_.now());
  return true;
}

std::vector<Migration> StoreCareDesk::migrations() {
  std::vector<Migration> out;
  for (auto const& applied : store::applied_migrations(session_.options().store)) out.push_back(to_migration(applied));
  return out;
}

std::vector<Migration> StoreCareDesk::migrate(bool dry_run) {
  std::vector<Migration> out;
  auto const& options = session_.options();
  if (!dry_run) {
    for (auto const& step : store::migrate_store(options.store, session_.now(), options.lock_wait)) {
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

StoreStatus StoreCareDesk::status() {
  auto const figures = store::figures(existing());
  StoreStatus status;
  status.path = base::shown_store(session_.options().store);
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

std::string StoreCareDesk::backup(std::string const& target) { return store::backup_store(existing(), target); }

StoreCopy StoreCareDesk::copy(std::string const& from, std::string const& to) {
  store::CopyOptions options{from, to, session_.now(), session_.options().lock_wait};
  options.progress = [this](std::int64_t) { session_.check_interrupted(); };
  auto const done = store::copy_store(options);
  return {done.store_id, done.records.front(), done.events, done.rows, done.resumed, {done.head.seq, done.head.hash}};
}

std::vector<Finding> StoreCareDesk::check() {
  std::vector<Finding> findings;
  store::check_store(existing(), [&](store::Flaw const& flaw) {
    findings.push_back({flaw.what, flaw.record, flaw.problem});
  });
  return findings;
}

void StoreCareDesk::log(query::Query const& query, std::function<bool(model::Event const&)> const& visit) {
  if (auto* const store = session_.reading()) store::list_events(store->connection(), query, visit);
}

std::vector<Finding> StoreCareDesk::verify(std::optional<ChainHead> const& against) {
  std::vector<Finding> findings;
  auto* const store = session_.reading();
  if (!store) return findings;
  store::ReadTx tx(*store);
  std::optional<store::Head> head;
  if (against) head = store::Head{against->seq, against->hash};
  store::verify_history(store->connection(), head, [&](store::Flaw const& flaw) {
    findings.push_back({flaw.what, flaw.record, flaw.problem});
  });
  return findings;
}

ChainHead StoreCareDesk::head() {
  auto const head = store::chain_head(existing().connection());
  return {head.seq, head.hash};
}

}  // namespace umsops::desk
