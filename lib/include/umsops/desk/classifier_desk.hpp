// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/learn/train.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/query/query.hpp"

namespace umsops::learn {
class Judge;
}

namespace umsops::desk {

class OpenDesk;

/// Texts with what is known of them, to learn from, oldest first.
struct LearningTexts {
  std::vector<std::string> names;  ///< what a person calls them: numbers of tickets, or places in a file
  std::vector<std::string> titles, bodies;
  std::vector<base::TimePoint> times;  ///< when they were written; empty: not known
  std::vector<learn::Lesson> lessons;

  std::vector<learn::Text> texts() const;
};

/// Fields of a ticket that can be learned, those whose answers become values first.
std::span<std::string_view const> learned_fields();
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

/// Judgement that was learned.
class ClassifierDesk {
 public:
  explicit ClassifierDesk(OpenDesk& desk) : desk_(desk) {}

  /// Titles and descriptions of the desk's tickets, with the values of these fields that a person gave: what rules, a
  /// model, a hook or a default set teaches nothing.
  LearningTexts learn_from(std::vector<std::string> const& targets, query::Filter const& filter);
  /// What rules alone say of them: one value a text, empty where they say nothing.
  std::vector<std::string> by_rules(LearningTexts const& texts, std::string_view target);
  /// Oldest first.
  std::vector<DriftWeek> drift(query::Filter const& filter);

 private:
  OpenDesk& desk_;
};

/// Gives the ticket what the model says where neither the caller nor a rule spoke and it is sure, and notes its word
/// beside theirs in any case.
void apply_model(model::Ticket& ticket, learn::Judge& judge, std::vector<std::string> const& said);

/// Fills in the words that a model's decisions stand on, where this is the model that decided. A stored classification
/// leaves them out.
void restore_words(model::Ticket& ticket, learn::Judge& judge);

/// How a new model compares with the one in use on texts that neither has learned from.
struct Comparison {
  std::string target;
  std::uint64_t texts = 0, before = 0, now = 0;  ///< how many, and how many of them each has right
  std::uint64_t only_before = 0, only_now = 0;   ///< right where the other is wrong

  /// By more than chance explains: two standard errors of the paired difference.
  bool worse() const;
  bool better() const;
};
/// `learned_until`: the texts from this place on were kept from a model made for the comparison (`probe`), and count
/// where the one in use has not seen them.
std::vector<Comparison> compare_models(learn::Model const& in_use, learn::Model const& probe,
                                       LearningTexts const& texts, std::size_t learned_until);

}  // namespace umsops::desk
