// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/classifier_desk.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>

#include "desk/decisions.hpp"
#include "desk/past_records.hpp"
#include "model/attributes.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/learn/model.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kTargets[] = {"category", "subcategory",   "priority",         "assignee_id",
                                         "team",     "incident.type", "incident.category"};
constexpr std::string_view kIncident = "incident.";
/// A class of fewer examples is told, and never becomes a value.
constexpr std::uint64_t kFewestToApply = 3;
constexpr std::string_view kSuggestOnly = "suggest-only";

/// The kinds of records that are judged, with what their targets begin with.
struct JudgedKind {
  base::RecordType const& type;
  std::string_view before;
  query::Filter WhichRecords::*which;

  /// The field's name; nothing: the target is of another kind.
  std::string_view field_of(std::string_view target) const {
    bool const is_ours = is_of_incidents(target) == !before.empty();
    return is_ours ? target.substr(before.size()) : std::string_view();
  }
};
std::array<JudgedKind, 2> kinds() {
  return {JudgedKind{model::ticket_type(), "", &WhichRecords::tickets},
          JudgedKind{model::incident_type(), kIncident, &WhichRecords::incidents}};
}
JudgedKind kind_of(std::string_view noun) {
  auto const all = kinds();
  return noun == all[0].type.noun ? all[0] : all[1];
}

/// `attributes.team`: any name that a ticket's attributes may have.
bool is_attribute(std::string_view target) {
  return target.starts_with(model::kAttributePrefix) &&
         model::is_attribute_name(target.substr(model::kAttributePrefix.size()));
}

/// Whether such a record can carry it: a model is a file, and says what it was taught.
bool fits(base::RecordType const& type, std::string_view field, std::string_view label) {
  if (&type == &model::ticket_type() && is_attribute(field))
    return !base::text_fault(label, base::TextShape::line, model::kLongestAttribute);
  auto const index = type.find(field);
  if (!index) return false;
  auto const& described = type.fields[*index];
  if (described.type == base::FieldType::choice)
    return std::find(described.choices.begin(), described.choices.end(), label) != described.choices.end();
  return !base::text_fault(label, base::TextShape::line, described.max_length);
}

/// Of ISO 8601, in UTC.
std::string week_of(base::TimePoint at) {
  using namespace std::chrono;
  auto const day = floor<days>(at);
  auto const thursday = day - (weekday(day) - Monday) + days(3);
  year const in = year_month_day(thursday).year();
  auto const number = (thursday - sys_days(in / January / 1)).count() / 7 + 1;
  return std::to_string(static_cast<int>(in)) + (number < 10 ? "-W0" : "-W") + std::to_string(number);
}

}  // namespace

std::span<std::string_view const> learned_targets() { return kTargets; }

bool is_learned(std::string_view target) {
  return is_attribute(target) || std::find(std::begin(kTargets), std::end(kTargets), target) != std::end(kTargets);
}

bool is_of_incidents(std::string_view target) { return target.starts_with(kIncident); }

std::vector<std::string> targets_of(learn::Model const& model) {
  std::vector<std::string> targets;
  for (std::size_t i = 0; i < model.targets(); ++i) targets.emplace_back(model.name(i));
  return targets;
}

learn::Manner default_manner(std::string_view target) {
  return {0.5, target != "priority" && target != "assignee_id" && target != "assignee" && target != "team"};
}

namespace {

/// Gives the records of one kind on which a person spoke, each with what was said of the targets, in their order; false
/// ends it.
using Taught = std::function<bool(HeldRecord const&, std::vector<std::string>& labels)>;
void each_taught(OpenDesk& desk, JudgedKind const& kind, std::vector<std::string> const& targets,
                 query::Filter const& filter, Taught const& visit) {
  std::vector<std::string_view> fields;
  for (auto const& target : targets) fields.push_back(kind.field_of(target));
  if (std::all_of(fields.begin(), fields.end(), [](auto field) { return field.empty(); })) return;
  each_record(desk, kind.type.noun, filter, [&](HeldRecord const& record) {
    std::vector<std::string> labels;
    bool any = false;
    for (auto const field : fields) {
      bool const taught = !field.empty() && is_by_person(record.classification, field);
      labels.push_back(taught ? record.carried(field) : std::string());
      any = any || !labels.back().empty();
    }
    return !any || visit(record, labels);
  });
}

/// Records of several kinds, in the order of time.
void sort_by_time(LearningTexts& texts) {
  if (std::is_sorted(texts.times.begin(), texts.times.end())) return;
  std::vector<std::size_t> order(texts.times.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return texts.times[a] < texts.times[b]; });
  auto const arrange = [&](auto& values) {
    std::remove_reference_t<decltype(values)> sorted;
    sorted.reserve(values.size());
    for (auto const i : order) sorted.push_back(std::move(values[i]));
    values = std::move(sorted);
  };
  arrange(texts.names);
  arrange(texts.titles);
  arrange(texts.bodies);
  arrange(texts.times);
  for (auto& lesson : texts.lessons) arrange(lesson.labels);
}

}  // namespace

LearningTexts ClassifierDesk::learn_from(std::vector<std::string> const& targets, WhichRecords const& which) {
  LearningTexts out;
  for (auto const& target : targets) out.lessons.push_back({target, {}, default_manner(target)});
  for (auto const& kind : kinds()) {
    each_taught(desk_, kind, targets, which.*kind.which, [&](HeldRecord const& record, auto& labels) {
      for (std::size_t i = 0; i < labels.size(); ++i) out.lessons[i].labels.push_back(std::move(labels[i]));
      out.names.push_back(record.number);
      out.titles.push_back(record.title);
      out.bodies.push_back(record.description);
      out.times.push_back(record.created_at);
      return true;
    });
  }
  sort_by_time(out);
  return out;
}

std::uint64_t ClassifierDesk::unseen(learn::Model const& model, std::uint64_t enough) {
  auto const targets = targets_of(model);
  std::uint64_t found = 0;
  for (auto const& kind : kinds()) {
    each_taught(desk_, kind, targets, {}, [&](HeldRecord const& record, auto const&) {
      found += !model.has_seen(learn::text_digest({record.title, record.description}));
      return found < enough;
    });
  }
  return found;
}

std::vector<std::string> ClassifierDesk::by_rules(LearningTexts const& texts, std::string_view target) {
  auto const& rules = is_of_incidents(target) ? desk_.incident_rules() : desk_.rules();
  auto const field = kind_of(is_of_incidents(target) ? "incident" : "ticket").field_of(target);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < texts.titles.size(); ++i) {
    std::string said;
    for (auto const& outcome :
         rules.classify({{"title", texts.titles[i]}, {"description", texts.bodies[i]}}).outcomes) {
      if (outcome.field == field && outcome.origin != "default") said = outcome.value;
    }
    out.push_back(std::move(said));
  }
  return out;
}

namespace {

using Weeks = std::map<std::pair<std::string, std::string>, DriftWeek>;

void add_to_drift(Weeks& weeks, JudgedKind const& kind, HeldRecord const& record) {
  auto const week = week_of(record.created_at);
  for (auto const& decision : record.classification.decisions) {
    if (decision.model.empty()) continue;
    auto const target = std::string(kind.before) + decision.field;
    auto& sums = weeks[{week, target}];
    sums.week = week;
    sums.target = target;
    ++sums.judged;
    sums.doubted += !decision.doubt.empty() && decision.doubt != kSuggestOnly;
    sums.probability += decision.probability;
    if (decision.origin != "caller") continue;
    ++(decision.value == decision.model ? sums.confirmed : sums.corrected);
  }
}

}  // namespace

std::vector<DriftWeek> ClassifierDesk::drift(WhichRecords const& which) {
  Weeks weeks;
  for (auto const& kind : kinds()) {
    each_record(desk_, kind.type.noun, which.*kind.which, [&](HeldRecord const& record) {
      if (!record.classification.model_version.empty()) add_to_drift(weeks, kind, record);
      return true;
    });
  }
  std::vector<DriftWeek> out;
  for (auto& [key, sums] : weeks) {
    sums.probability /= static_cast<double>(sums.judged);
    out.push_back(std::move(sums));
  }
  return out;
}

std::vector<ModelWord> words_of(learn::Judge& judge, base::RecordType const& type, learn::Text const& text) {
  auto const& model = judge.model();
  auto const kind = kind_of(type.noun);
  std::vector<ModelWord> out;
  auto const& answers = judge.judge(text);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto const& answer = answers[i];
    auto const field = kind.field_of(model.name(i)), label = model.label(i, answer.label);
    if (label.empty() || !fits(type, field, label)) continue;
    ModelWord word{field, label, std::floor(answer.probability * 1000 + 0.5) / 1000, learn::to_string(answer.doubt)};
    if (word.doubt.empty() && (!model.manner(i).applies || model.examples(i, answer.label) < kFewestToApply))
      word.doubt = kSuggestOnly;
    out.push_back(word);
  }
  return out;
}

bool note_word(model::FieldDecision& decision, ModelWord const& word, bool said) {
  bool const open = decision.origin == "default" && !said;
  decision.model = word.label;
  decision.probability = word.probability;
  decision.doubt = open ? word.doubt : std::string_view();
  if (!open || !word.doubt.empty()) return false;
  decision.origin = "model";
  decision.value = word.label;
  return true;
}

void note_words(model::Classification& classification, learn::Judge& judge, base::RecordType const& type,
                learn::Text const& text) {
  for (auto const& word : words_of(judge, type, text)) note_word(decision_on(classification, word.field), word, false);
  classification.model_version = judge.model().version();
  restore_words(classification, judge, type, text);
}

void restore_words(model::Classification& classification, learn::Judge& judge, base::RecordType const& type,
                   learn::Text const& text) {
  constexpr std::size_t kMost = 5;
  auto const& model = judge.model();
  if (classification.model_version != model.version()) return;
  for (auto& decision : classification.decisions) {
    auto const target = model.find_target(std::string(kind_of(type.noun).before) + decision.field);
    if (decision.origin != "model" || target == learn::Model::npos) continue;
    for (std::size_t i = 0; i < model.classes(target); ++i) {
      auto const label = static_cast<std::int32_t>(i);
      if (model.label(target, label) != decision.model) continue;
      for (auto const& part : judge.explain(text, target, label).contributions) {
        if (part.weight <= 0 || decision.words.size() == kMost) break;
        if (!part.shown.empty()) decision.words.push_back(part.shown);
      }
    }
  }
}

}  // namespace umsops::desk
