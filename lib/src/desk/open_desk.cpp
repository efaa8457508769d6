// SPDX-License-Identifier: Apache-2.0
#include "desk/open_desk.hpp"

#include <utility>

#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"

namespace umsops::desk {

using Access = store::OpenOptions::Access;

OpenDesk::OpenDesk(Options options) : options_(std::move(options)), hooks_(options_.hooks) {}

NumberFormat const& OpenDesk::numbers() {
  if (!numbers_) numbers_.emplace(options_.number_format);
  return *numbers_;
}

NumberFormat const& OpenDesk::incident_numbers() {
  if (!incident_numbers_) incident_numbers_.emplace(options_.incident_number_format);
  return *incident_numbers_;
}

NumberFormat const& OpenDesk::kb_numbers() {
  if (!kb_numbers_) kb_numbers_.emplace(options_.kb_number_format);
  return *kb_numbers_;
}

NumberFormat const& OpenDesk::requester_numbers() {
  if (!requester_numbers_) requester_numbers_.emplace(options_.requester_number_format);
  return *requester_numbers_;
}

NumberFormat const& OpenDesk::review_numbers() {
  if (!review_numbers_) review_numbers_.emplace(options_.review_number_format);
  return *review_numbers_;
}

std::string const& OpenDesk::audit_key() {
  if (!audit_key_) audit_key_ = options_.load_audit_key ? options_.load_audit_key() : std::string();
  return *audit_key_;
}

rules::RuleSet const& OpenDesk::rules() {
  if (!rules_) rules_.emplace(options_.load_rules());
  return *rules_;
}

rules::RuleSet const& OpenDesk::incident_rules() {
  if (!incident_rules_) incident_rules_.emplace(options_.load_incident_rules());
  return *incident_rules_;
}

learn::Judge* OpenDesk::classifier() {
  if (std::exchange(looked_for_classifier_, true) || !options_.load_classifier) return classifier_.get();
  try {
    if (auto model = options_.load_classifier()) classifier_ = std::make_unique<learn::Judge>(std::move(model));
  } catch (base::Error const& error) {
    drop_classifier(error);
  }
  return classifier_.get();
}

void OpenDesk::drop_classifier(base::Error const& problem) {
  bool const is_of_model =
      &problem.code() == &base::errors::classifier_unfit || &problem.code() == &base::errors::file_untrusted;
  if (!is_of_model) throw base::Error(problem);
  // A report is worth more than its classification.
  classifier_.reset();
  warnings_.push_back(problem.message());
}

service::Catalogue const& OpenDesk::services() {
  if (!services_) {
    auto loaded = options_.load_services ? options_.load_services() : std::nullopt;
    services_.emplace(loaded ? *std::move(loaded) : service::Catalogue());
  }
  return *services_;
}

service::PriorityMatrix const& OpenDesk::matrix() {
  if (!matrix_) matrix_.emplace(options_.load_matrix ? options_.load_matrix() : service::builtin_matrix());
  return *matrix_;
}

MuteRules const& OpenDesk::mute_rules() {
  if (!mute_rules_) mute_rules_.emplace(options_.load_mute_rules ? options_.load_mute_rules() : MuteRules());
  return *mute_rules_;
}

ladder::Escalation const& OpenDesk::escalation() {
  if (!escalation_)
    escalation_.emplace(options_.load_escalation ? options_.load_escalation() : ladder::builtin_escalation());
  return *escalation_;
}

notify::Setup const& OpenDesk::channels() {
  if (!channels_) channels_.emplace(options_.load_channels ? options_.load_channels() : notify::builtin_setup());
  return *channels_;
}

people::Roster const* OpenDesk::roster() {
  // That there is none is remembered too, and not looked up again for each ticket.
  if (!std::exchange(looked_for_roster_, true) && options_.load_roster) roster_ = options_.load_roster();
  return roster_ ? &*roster_ : nullptr;
}

sla::Book const& OpenDesk::book() {
  if (!book_) book_.emplace(options_.load_sla ? options_.load_sla() : sla::Book());
  return *book_;
}

model::DeclaredFields const* OpenDesk::declared_fields() {
  if (!std::exchange(looked_for_fields_, true) && options_.load_fields) fields_ = options_.load_fields();
  return fields_ ? &*fields_ : nullptr;
}

bool OpenDesk::absent_default() const { return options_.may_create && !store::store_exists(options_.store); }

store::Store* OpenDesk::reading() {
  if (store_) return store_.get();
  if (absent_default()) return nullptr;
  store_ = store::open_store({options_.store, Access::read, options_.lock_wait});
  return store_.get();
}

store::Store& OpenDesk::writing() {
  if (store_ && may_write_) return *store_;
  // Before anything of the store is made or locked: a keeper of secrets may take its time, or fail.
  auto const& key = audit_key();
  // A store that was opened for reading is opened anew: most commands only read, and need no right to write.
  store_.reset();
  if (absent_default()) {
    try {
      store::create_store(options_.store, ids().next_id(now()), now());
    } catch (base::Error const& error) {
      // Another process was quicker: its store is as good.
      if (&error.code() != &base::errors::store_exists) throw;
    }
  }
  store_ = store::open_store({options_.store, Access::write, options_.lock_wait, &store::desk_schema(), key});
  may_write_ = true;
  return *store_;
}

void OpenDesk::ask_hooks(int round) {
  constexpr int kMostRounds = 8;
  // Each round shows hooks what is stored by then. Tickets that change faster than hooks run would keep this going
  // forever.
  if (round == kMostRounds)
    throw base::Error(base::errors::store_contended, {{"problem", "while hooks ran, the tickets changed"}});
  hooks_.answer([this] { check_interrupted(); });
}

void OpenDesk::check_interrupted() const {
  if (options_.interrupted && options_.interrupted()) {
    base::check_interruption();  // with its name, if it was a signal
    throw base::Error(base::errors::interrupted, {{"signal", "a signal"}});
  }
}

}  // namespace umsops::desk
