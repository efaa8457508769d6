// SPDX-License-Identifier: Apache-2.0
#include "desk/session.hpp"

#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::desk {

using Access = store::OpenOptions::Access;

Session::Session(Options options) : options_(std::move(options)), hooks_(options_.hooks) {}

NumberFormat const& Session::numbers() {
  if (!numbers_) numbers_.emplace(options_.number_format);
  return *numbers_;
}

rules::RuleSet const& Session::rules() {
  if (!rules_) rules_.emplace(options_.load_rules());
  return *rules_;
}

people::Roster const* Session::roster() {
  if (!std::exchange(looked_for_roster_, true) && options_.load_roster) roster_ = options_.load_roster();
  return roster_ ? &*roster_ : nullptr;
}

sla::Book const& Session::book() {
  if (!book_) book_.emplace(options_.load_sla ? options_.load_sla() : sla::Book());
  return *book_;
}

bool Session::absent_default() const { return options_.may_create && !store::store_exists(options_.store); }

store::Store* Session::reading() {
  if (store_) return store_.get();
  if (absent_default()) return nullptr;
  store_ = store::open_store({options_.store, Access::read, options_.lock_wait});
  return store_.get();
}

store::Store& Session::writing() {
  if (store_ && may_write_) return *store_;
  store_.reset();
  if (absent_default()) {
    try {
      store::create_store(options_.store, ids().next_id(now()), now());
    } catch (base::Error const& error) {
      // Another process was quicker: its store is as good.
      if (&error.code() != &base::errors::store_exists) throw;
    }
  }
  store_ = store::open_store({options_.store, Access::write, options_.lock_wait});
  may_write_ = true;
  return *store_;
}

void Session::ask_hooks(int round) {
  constexpr int kMostRounds = 8;
  if (round == kMostRounds)
    throw base::Error(base::errors::store_contended, {{"problem", "while hooks ran, the tickets changed"}});
  hooks_.answer([this] { check_interrupted(); });
}

void Session::check_interrupted() const {
  if (options_.interrupted && options_.interrupted()) {
    throw base::Error(base::errors::interrupted, {{"signal", "a signal"}});
  }
}

}  // namespace umsops::desk
