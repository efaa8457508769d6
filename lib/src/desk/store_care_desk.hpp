// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/session.hpp"
#include "umsops/desk/store_desk.hpp"

namespace umsops::desk {

/// StoreDesk: care of the store, and the history over it.
class StoreCareDesk final : public StoreDesk {
 public:
  explicit StoreCareDesk(Session& session) : session_(session) {}

  bool init() override;
  std::vector<Migration> migrate(bool dry_run) override;
  std::vector<Migration> migrations() override;
  StoreStatus status() override;
  std::string backup(std::string const& target) override;
  StoreCopy copy(std::string const& from, std::string const& to) override;
  std::vector<Finding> check() override;
  void log(query::Query const& query, std::function<bool(model::Event const&)> const& visit) override;
  std::vector<Finding> verify(std::optional<ChainHead> const& against) override;
  ChainHead head() override;

 private:
  store::Store& existing();

  Session& session_;
};

}  // namespace umsops::desk
