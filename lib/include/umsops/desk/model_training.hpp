// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/learn/train.hpp"

namespace umsops::learn {
class Model;
}

namespace umsops::desk {

/// Texts with what is known of them, to learn from, oldest first.
struct LearningTexts {
  std::vector<std::string> names;  ///< what a person calls them: numbers of tickets, or places in a file
  std::vector<std::string> titles, bodies;
  std::vector<base::TimePoint> times;  ///< when they were written; empty: not known
  std::vector<learn::Lesson> lessons;

  std::vector<learn::Text> texts() const;
};

/// What there is too little of to learn it.
struct PoorLesson {
  std::string target;
  std::size_t known = 0;  ///< texts on which a person spoke
};
/// Takes them out.
std::vector<PoorLesson> drop_poor_lessons(LearningTexts& texts);

/// How a new model compares with the one in use on texts that neither has learned from.
struct Comparison {
  std::string target;
  std::uint64_t texts = 0, before = 0, now = 0;  ///< how many, and how many of them each has right
  std::uint64_t only_before = 0, only_now = 0;   ///< right where the other is wrong

  /// By more than chance explains: two standard errors of the paired difference.
  bool worse() const;
  bool better() const;
};

/// A model made of texts, beside the one whose place it may take.
struct TrainedModel {
  std::shared_ptr<std::string const> bytes;
  std::shared_ptr<learn::Model const> model;
  std::vector<Comparison> comparisons;  ///< with the one in use, of targets with enough texts that neither has seen
  std::optional<base::Error> worse;     ///< `classifier.worse`: by these, or by a clear fall in cross-validation
};
/// `in_use`: null where there is none. `path` is what messages call it. Throws `classifier.too_little`.
TrainedModel train_model(LearningTexts const& texts, learn::Model const* in_use, std::string const& path,
                         unsigned threads);

}  // namespace umsops::desk
