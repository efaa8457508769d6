// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/desk/model_training.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::learn {
class Judge;
}
namespace umsops::base {
struct RecordType;
}

namespace umsops::desk {

class OpenDesk;

/// What can be learned from a desk's records, that whose answers become values first: fields of tickets by their names,
/// of incidents with `incident.` before them.
std::span<std::string_view const> learned_targets();
/// Whether that can be learned: one of these, or `attributes.NAME` of tickets.
bool is_learned(std::string_view target);
/// Whether it is one of incidents.
bool is_of_incidents(std::string_view target);
/// What a model judges.
std::vector<std::string> targets_of(learn::Model const& model);
/// What holds of a target unless more is said: answers on priority and assignee only suggest.
learn::Manner default_manner(std::string_view target);

/// How a model has fared in one week, by the tickets that it judged when they came.
struct DriftWeek {
  std::string week;  ///< `2026-W45`
  std::string target;
  std::uint64_t judged = 0, doubted = 0;       ///< doubted: it had no word to give
  std::uint64_t confirmed = 0, corrected = 0;  ///< of those on which a person spoke: the same, or something else
  double probability = 0;                      ///< mean
};

/// Filters by the fields of each kind.
struct WhichRecords {
  query::Filter tickets, incidents;
};

/// Judgement that was learned.
class ClassifierDesk {
 public:
  explicit ClassifierDesk(OpenDesk& desk) : desk_(desk) {}

  /// Titles and descriptions of the desk's records, with what a person said of these targets: what rules, a model, a
  /// hook or a default set teaches nothing. Records of a kind that no target is of are left out.
  LearningTexts learn_from(std::vector<std::string> const& targets, WhichRecords const& which = {});
  /// How many of these texts that model has not learned from; counting ends with `enough`.
  std::uint64_t unseen(learn::Model const& model, std::uint64_t enough);
  /// What rules alone say of them: one value a text, empty where they say nothing.
  std::vector<std::string> by_rules(LearningTexts const& texts, std::string_view target);
  /// Oldest first.
  std::vector<DriftWeek> drift(WhichRecords const& which = {});

 private:
  OpenDesk& desk_;
};

/// What a model says of one field of a record.
struct ModelWord {
  std::string_view field, label;
  double probability = 0;  ///< to three places
  std::string_view doubt;  ///< see `FieldDecision`; empty: it may become the value
};
/// Of a record of that kind, by its title and description. What its field cannot hold is left out.
std::vector<ModelWord> words_of(learn::Judge& judge, base::RecordType const& type, learn::Text const& text);
/// Notes the word beside what was decided. True: it decides, since neither the caller (`said`) nor a rule spoke, and
/// the model is sure. A default speaks last: it says what holds when nobody knows.
bool note_word(model::FieldDecision& decision, ModelWord const& word, bool said);

/// Notes what the model says of a record that no caller has said anything of, with the words that its decisions stand
/// on.
void note_words(model::Classification& classification, learn::Judge& judge, base::RecordType const& type,
                learn::Text const& text);
/// Fills in the words that a model's decisions stand on, where this is the model that decided. A stored classification
/// leaves them out.
void restore_words(model::Classification& classification, learn::Judge& judge, base::RecordType const& type,
                   learn::Text const& text);

}  // namespace umsops::desk
