// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/classifier/classifier.hpp"

/// How well a target of the desk is judged, as it is told.
namespace umsops::cli::classifier {

/// What a threshold would give.
struct CurvePoint {
  double threshold = 0;
  std::uint64_t answered = 0, right = 0;
};
/// Texts of about the same probability.
struct Bin {
  std::uint64_t texts = 0, right = 0;
  double probability = 0;  ///< mean
};
struct LabelFigures {
  std::string label;
  std::uint64_t examples = 0;  ///< in all texts
  std::uint64_t judged = 0, given = 0, right = 0, answered = 0;
};
struct Confusion {
  std::string label, given;
  std::uint64_t texts = 0;
  std::vector<std::string> examples;  ///< names of texts
};
/// A text whose label is probably wrong: another one fits almost certainly.
struct Doubtful {
  std::string name, label, given;
  double probability = 0;
};

struct TargetReport {
  std::string target;
  learn::Checked checked;
  std::uint64_t by_rules = 0, by_rules_right = 0;  ///< of the judged texts: rules speak, and are right
  std::vector<CurvePoint> curve;
  std::vector<Bin> bins;
  std::vector<LabelFigures> labels;
  std::vector<Confusion> confusions;
  std::vector<Doubtful> doubtful;
  std::vector<desk::DriftWeek> drift;
};

TargetReport report_of(Env& env, desk::LearningTexts const& texts, learn::Lesson const& lesson, unsigned threads);

base::Value value_of(TargetReport const& report);
std::string text_of(Env& env, TargetReport const& report);
/// Of a page: HTML with its plots.
std::string section_of(Env& env, TargetReport const& report);

}  // namespace umsops::cli::classifier
