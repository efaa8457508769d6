// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "desk/number_format.hpp"
#include "store/store.hpp"
#include "umsops/desk/desk.hpp"

namespace umsops::desk {

/// What the use cases of one open desk share: options, and the store, opened when first needed.
class Session {
 public:
  explicit Session(Options options);

  Options const& options() const { return options_; }
  base::TimePoint now() const { return options_.clock->now(); }
  base::IdSource& ids() { return *options_.ids; }
  NumberFormat const& numbers();
  rules::RuleSet const& rules();

  /// The store for reading; null while a default store does not exist yet: then there is nothing to read.
  store::Store* reading();
  /// The store for a change; makes an absent default store.
  store::Store& writing();
  /// Nothing was stored yet, and the first write makes the store.
  bool absent_default() const;
  /// Throws `process.interrupted` when a signal asked to stop.
  void check_interrupted() const;

 private:
  Options options_;
  std::unique_ptr<store::Store> store_;
  bool may_write_ = false;
  std::optional<NumberFormat> numbers_;
  std::optional<rules::RuleSet> rules_;
};

}  // namespace umsops::desk
