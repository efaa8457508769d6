// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "desk/hooks.hpp"
#include "model/number_format.hpp"
#include "store/store.hpp"
#include "umsops/base/clock.hpp"
#include "umsops/desk/options.hpp"
#include "umsops/learn/model.hpp"
#include "umsops/model/declared_fields.hpp"
#include "umsops/notify/channel.hpp"

namespace umsops::desk {

using model::NumberFormat;

/// What the use cases of one open desk share: options, and the store, opened when first needed.
class OpenDesk {
 public:
  explicit OpenDesk(Options options);

  Options const& options() const { return options_; }
  /// From here on the history names this person: the author of what comes in, not the account that runs the program.
  void act_as(std::string name) { options_.actor.name = std::move(name); }
  base::TimePoint now() const { return pretended_ ? *pretended_ : frozen_ ? *frozen_ : options_.clock->now(); }
  /// For a look ahead, in a transaction that is rolled back: while this lives, it is the time that was set last. A
  /// guard, so that no error on the way can leave a pretended time behind for a change that is stored.
  class PretendedTime {
   public:
    explicit PretendedTime(OpenDesk& desk) : desk_(desk) {}
    ~PretendedTime() { desk_.pretended_.reset(); }
    PretendedTime(PretendedTime const&) = delete;
    void set(base::TimePoint at) { desk_.pretended_ = at; }

   private:
    OpenDesk& desk_;
  };
  base::IdSource& ids() { return *options_.ids; }
  NumberFormat const& numbers();
  NumberFormat const& incident_numbers();
  NumberFormat const& kb_numbers();
  NumberFormat const& review_numbers();
  NumberFormat const& requester_numbers();
  std::string const& audit_key();
  rules::RuleSet const& rules();
  rules::RuleSet const& incident_rules();
  /// Null: nothing was learned, or what was cannot be used.
  learn::Judge* classifier();
  /// What went wrong beside the matter itself, as that the classifier cannot be used: told once.
  void warn(std::string what) { warnings_.push_back(std::move(what)); }
  std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }
  /// It met damage: nobody is judged by it any more.
  void drop_classifier(base::Error const& problem);
  service::Catalogue const& services();
  service::PriorityMatrix const& matrix();
  MuteRules const& mute_rules();
  ladder::Escalation const& escalation();
  notify::Setup const& channels();
  /// Null: none is configured.
  people::Roster const* roster();
  sla::Book const& book();
  /// Null: none are declared.
  model::DeclaredFields const* declared_fields();

  /// The store for reading; null while a default store does not exist yet: then there is nothing to read.
  store::Store* reading();
  /// Runs `body(WriteTx&)` in a transaction, as `store::write` does; where hooks want to see its changes, once more
  /// after they have. Every use case that changes records goes through here.
  template <class Body>
  auto write(Body&& body);
  Hooks& hooks() { return hooks_; }

  /// The store for a change; makes an absent default store.
  store::Store& writing();
  /// Nothing was stored yet, and the first write makes the store.
  bool absent_default() const;
  /// Throws `process.interrupted` when a signal asked to stop.
  void check_interrupted() const;

 private:
  /// While hooks are asked, time stands still: the transaction runs again after them, and answers are found by exactly
  /// what the hooks were shown, times included.
  class FrozenTime {
   public:
    explicit FrozenTime(OpenDesk& desk) : desk_(desk) { desk_.frozen_ = desk_.options_.clock->now(); }
    ~FrozenTime() {
      desk_.frozen_.reset();
      desk_.hooks_.end_transaction();
    }
    FrozenTime(FrozenTime const&) = delete;

   private:
    OpenDesk& desk_;
  };
  /// Before another round with hooks; throws `store.contended` after too many.
  void ask_hooks(int round);

  Options options_;
  Hooks hooks_;
  std::optional<base::TimePoint> frozen_, pretended_;
  std::unique_ptr<store::Store> store_;
  bool may_write_ = false;
  std::optional<std::string> audit_key_;
  std::optional<NumberFormat> numbers_, incident_numbers_, kb_numbers_, review_numbers_, requester_numbers_;
  std::optional<rules::RuleSet> rules_, incident_rules_;
  bool looked_for_classifier_ = false;
  std::unique_ptr<learn::Judge> classifier_;
  std::vector<std::string> warnings_;
  std::optional<service::Catalogue> services_;
  std::optional<service::PriorityMatrix> matrix_;
  std::optional<MuteRules> mute_rules_;
  std::optional<ladder::Escalation> escalation_;
  std::optional<notify::Setup> channels_;
  bool looked_for_roster_ = false;
  std::optional<people::Roster> roster_;
  std::optional<sla::Book> book_;
  bool looked_for_fields_ = false;
  std::optional<model::DeclaredFields> fields_;
};

template <class Body>
auto OpenDesk::write(Body&& body) {
  check_interrupted();
  if (!hooks_.active()) return store::write(writing(), body);
  FrozenTime const frozen(*this);
  hooks_.begin();
  for (int round = 1;; ++round) {
    auto result = store::write(writing(), [&](store::WriteTx& tx) {
      hooks_.begin_transaction();
      auto made = body(tx);
      if (hooks_.rehearsal()) tx.discard();
      return made;
    });
    if (!hooks_.rehearsal()) return result;
    ask_hooks(round);
  }
}

}  // namespace umsops::desk
