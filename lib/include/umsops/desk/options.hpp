// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "umsops/base/id_source.hpp"
#include "umsops/desk/hooks.hpp"
#include "umsops/desk/incident_flood.hpp"
#include "umsops/ladder/incident_escalation.hpp"
#include "umsops/model/event.hpp"
#include "umsops/mute/muter.hpp"
#include "umsops/people/roster.hpp"
#include "umsops/rules/rule_set.hpp"
#include "umsops/service/catalogue.hpp"
#include "umsops/service/priority_matrix.hpp"
#include "umsops/sla/policy.hpp"

namespace umsops::base {
class Clock;
}

namespace umsops::learn {
class Model;
}

namespace umsops::model {
class DeclaredFields;
}

namespace umsops::notify {
class Sender;
struct Setup;
}  // namespace umsops::notify

namespace umsops::desk {

/// What files say of incidents that wake nobody, beside the stored silences.
struct MuteRules {
  std::vector<mute::Inhibition> inhibitions;
  std::vector<mute::Silence> silences;
};

/// How to open a desk. All references must outlive it.
struct Options {
  std::string store;        ///< file of the embedded store
  bool may_create = false;  ///< an absent store is made by the first write, and reads as empty before
  model::Actor actor;
  std::string number_format =
      "T-{seq:6}";  ///< {seq:N}: counter with at least N digits; {yyyy} {mm}: of the create time, UTC
  std::string incident_number_format = "INC-{seq:6}", kb_number_format = "KB-{seq:6}",
              requester_number_format = "P-{seq:6}",
              review_number_format = "REV-{seq:6}";  ///< of a review {seq} is that of its incident
  base::Milliseconds lock_wait{60'000};              ///< how long a write waits for its turn
  base::Milliseconds duplicate_window{base::Milliseconds(7LL * 24 * 3600 * 1000)};
  double duplicate_score = 0.6;  ///< candidates below it are not named
  FloodRule flood;               ///< when a new ticket suggests an incident
  base::Clock const* clock = nullptr;
  base::IdSource* ids = nullptr;
  /// Gives the key that the history's hashes are made with, when events are written or verified; called at most once,
  /// and never within a transaction. None, or an empty key: hashes are made without.
  std::function<std::string()> load_audit_key;
  /// Gives the rule set when a change needs it; called at most once.
  std::function<rules::RuleSet()> load_rules;
  std::function<rules::RuleSet()> load_incident_rules;  ///< the same for incidents
  /// Gives the learned model when rules leave something open; called at most once. None, or null: nothing was learned.
  std::function<std::shared_ptr<learn::Model const>()> load_classifier;
  /// Gives the services and the matrix of priorities when an incident is judged; each called at most once. None, or
  /// nullopt: no services are known, and the built-in matrix holds.
  std::function<std::optional<service::Catalogue>()> load_services;
  std::function<service::PriorityMatrix()> load_matrix;
  /// Gives what mutes incidents, and who is told when nobody acknowledges one; each called at most once. None: only
  /// stored silences mute, and the built-in policies hold.
  std::function<MuteRules()> load_mute_rules;
  std::function<ladder::Escalation()> load_escalation;
  /// Gives how messages leave, when some do; called at most once. None: they stay.
  std::function<notify::Setup()> load_channels;
  /// Makes what carries them away.
  std::function<std::unique_ptr<notify::Sender>()> make_sender;
  /// Gives the roster when an assignment needs it; called at most once. None, or nullopt: there is no roster.
  std::function<std::optional<people::Roster>()> load_roster;
  /// Gives the declared attributes of tickets when one has attributes or a category; called at most once. None, or
  /// nullopt: nothing is declared, and any name will do.
  std::function<std::optional<model::DeclaredFields>()> load_fields;
  /// Gives policies and calendars when due times are needed; called at most once. None: tickets have no due times.
  std::function<sla::Book()> load_sla;
  /// Says where those stand, host and files, to tell hosts of one store apart; asked by tick alone.
  std::function<std::string()> sla_place;
  std::int64_t attachment_limit = std::int64_t{1} << 20;                      ///< bytes of one attachment
  std::vector<std::string> attachment_types;                                  ///< `image/*`, `text/plain`; empty: any
  base::Milliseconds auto_close{base::Milliseconds(7LL * 24 * 3600 * 1000)};  ///< from RESOLVED to CLOSED; 0: never
  base::Milliseconds outbox_retention{base::Milliseconds(90LL * 24 * 3600 * 1000)};  ///< of sent messages; 0: for ever
  base::Milliseconds reopen_window{base::Milliseconds(14LL * 24 * 3600 * 1000)};  ///< how long CLOSED can be reopened
  /// Asked between the items of long work; true stops it with `process.interrupted` and a rollback.
  std::function<bool()> interrupted;
  HookRunner* hooks = nullptr;  ///< null: no program looks at changes
};

}  // namespace umsops::desk
