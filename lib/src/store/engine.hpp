// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/maintenance.hpp"
#include "store/restore.hpp"
#include "store/store.hpp"

namespace umsops::store {

/// One engine: how its stores are found, made, opened and brought up to date. Everything else about it is behind Store
/// and Connection. The functions of the same names choose the engine by the store's name, here and nowhere else.
class Engine {
 public:
  virtual std::unique_ptr<Store> open(OpenOptions const& options) const = 0;
  virtual bool exists(std::string const& path) const = 0;
  virtual void create(std::string const& path, std::string const& store_id, base::TimePoint now,
                      Schema const& schema) const = 0;
  virtual std::vector<AppliedMigration> applied(std::string const& path) const = 0;
  virtual std::vector<AppliedMigration> migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                                base::TimePoint now, base::Milliseconds lock_wait,
                                                std::string const& audit_key) const = 0;
  virtual RestoreSummary restore(RestoreOptions const& options) const = 0;

 protected:
  ~Engine() = default;
};

Engine const& sqlite_engine();
Engine const& postgres_engine();

}  // namespace umsops::store
