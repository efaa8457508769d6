// SPDX-License-Identifier: Apache-2.0
#include "cli/classifier/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

#include "cli/configured.hpp"
#include "cli/input.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::cli::classifier {

desk::ModelFile file_of(Env& env, Call const& call) {
  if (auto const given = call.text("model")) return {*given, nullptr};
  auto file = configured_model(env);
  if (file.path().empty()) call.missing("--model");
  return file;
}

std::shared_ptr<learn::Model const> model_of(Env& env, Call const& call) {
  auto const file = file_of(env, call);
  auto model = file.open();
  if (!model) throw base::Error(base::errors::classifier_none, {{"path", file.path()}});
  return model;
}

unsigned threads_of(Call const& call) {
  constexpr unsigned kMost = 8, kMostAsked = 64;
  if (auto const given = call.integer("threads"); given && *given > 0)
    return static_cast<unsigned>(std::min<std::int64_t>(*given, kMostAsked));
  return std::clamp(std::thread::hardware_concurrency(), 1u, kMost);
}

std::size_t target_named(learn::Model const& model, std::string const& name, char const* flag) {
  auto const index = model.find_target(name);
  if (index != learn::Model::npos) return index;
  std::string known;
  for (std::size_t i = 0; i < model.targets(); ++i) (known += i == 0 ? "" : ", ") += model.name(i);
  throw base::Error(
      base::errors::usage_bad_value,
      {{"flag", flag}, {"value", name}, {"expected", "something that the model judges"}, {"suggestion", known}});
}

std::optional<double> threshold_of(Call const& call) {
  auto const given = call.text("threshold");
  if (!given) return std::nullopt;
  auto const p = base::parse_decimal(*given);
  if (!p || *p < 0 || *p > 1) {
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", "--threshold"}, {"value", *given}, {"expected", "a number from 0 to 1"}});
  }
  return p;
}

namespace {

constexpr std::size_t kLongestLabel = 200;

/// A column, and the target that it teaches.
struct LabelColumn {
  std::string target, column;
};

std::vector<LabelColumn> label_columns(Call const& call, TextFile const& file) {
  std::vector<LabelColumn> out;
  for (auto const& word : call.all("label")) {
    auto const equals = word.find('=');
    if (equals == std::string::npos) {
      out.push_back({word, word});
    } else {
      out.push_back({word.substr(0, equals), word.substr(equals + 1)});
    }
    auto const& columns = file.columns();
    if (std::find(columns.begin(), columns.end(), out.back().column) == columns.end())
      file.refuse_column("label", "--label");
  }
  if (!out.empty()) return out;
  auto const column = file.label_column();
  return {{column, column}};
}

std::string label_in(TextFile const& file, TextFile::Record const& record, std::string const& column) {
  auto const* const value = record.object.find(column);
  if (!value || value->is_null()) return {};
  std::string label(base::trimmed(value->text()));
  if (auto const* number = value->get_if<std::int64_t>()) label = std::to_string(*number);
  if (auto const fault = base::text_fault(label, base::TextShape::line, kLongestLabel))
    file.refuse(record.line, "label: " + *fault);
  return label;
}

desk::LearningTexts from_file(Call const& call, std::string const& path) {
  desk::LearningTexts out;
  TextFile file(call, path);
  std::vector<LabelColumn> columns;
  while (auto record = file.next()) {
    if (columns.empty()) {
      columns = label_columns(call, file);
      for (auto const& column : columns) {
        out.lessons.push_back({column.target, {}, desk::default_manner(column.target)});
      }
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
      out.lessons[i].labels.push_back(label_in(file, *record, columns[i].column));
    out.names.push_back(std::to_string(record->line));
    out.titles.push_back(std::move(record->title));
    out.bodies.push_back(std::move(record->body));
  }
  return out;
}

std::vector<std::string> targets_of(Call const& call) {
  std::vector<std::string> out;
  for (auto const& word : call.all("targets")) {
    for (std::size_t at = 0; at <= word.size();) {
      auto const comma = std::min(word.find(',', at), word.size());
      auto name = word.substr(at, comma - at);
      auto const known = desk::learned_targets();
      if (!desk::is_learned(name)) {
        throw base::Error(base::errors::usage_bad_value, {{"flag", "--targets"},
                                                          {"value", name},
                                                          {"expected",
                                                           "category, subcategory, priority, assignee_id, team, "
                                                           "attributes.NAME, incident.type or incident.category"},
                                                          {"suggestion", base::nearest(name, known)}});
      }
      out.push_back(name);
      at = comma + 1;
    }
  }
  if (out.empty()) out.assign(desk::learned_targets().begin(), desk::learned_targets().end());
  return out;
}

/// Thresholds and what becomes of answers, as flags say.
void set_manners(Call const& call, desk::LearningTexts& texts) {
  auto const find = [&](std::string const& target, char const* flag) -> learn::Lesson& {
    for (auto& lesson : texts.lessons) {
      if (lesson.target == target) return lesson;
    }
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", flag},
                       {"value", target},
                       {"expected", "something that is learned"},
                       {"suggestion", texts.lessons.empty() ? "" : texts.lessons[0].target}});
  };
  for (auto const& target : call.all("apply")) find(target, "--apply").manner.applies = true;
  for (auto const& target : call.all("suggest")) find(target, "--suggest").manner.applies = false;
  if (auto const threshold = threshold_of(call)) {
    for (auto& lesson : texts.lessons) lesson.manner.threshold = *threshold;
  }
}

}  // namespace

desk::WhichRecords which_records(Env& env, Call const& call, std::vector<std::string>& targets) {
  desk::WhichRecords which;
  which.tickets = where_filter(env, call, model::ticket_type());
  if (!std::any_of(targets.begin(), targets.end(), [](auto const& one) { return desk::is_of_incidents(one); }))
    return which;
  try {
    which.incidents = where_filter(env, call, model::incident_type());
  } catch (base::Error const& error) {
    // A condition on what only tickets have chooses among them. Where incidents are asked for by name, it is wrong.
    if (call.has("targets")) throw;
    env.hint(error.message(env.language()) + std::string(env.text({"; incidents are left out", "；不含事件"})));
    std::erase_if(targets, [](auto const& one) { return desk::is_of_incidents(one); });
  }
  return which;
}

desk::LearningTexts texts_of(Env& env, Call const& call) {
  desk::LearningTexts out;
  if (auto const path = call.text("from")) {
    out = from_file(call, *path);
  } else {
    auto targets = targets_of(call);
    auto const which = which_records(env, call, targets);
    out = env.desk().classifier().learn_from(targets, which);
  }
  set_manners(call, out);
  return out;
}

void drop_poor_lessons(Env& env, Call const& call, desk::LearningTexts& texts) {
  if (call.has("targets") || call.has("from")) return;  // what is asked for is learned, or refused with a reason
  for (auto const& poor : desk::drop_poor_lessons(texts)) {
    env.hint(poor.target +
             std::string(env.text({": too few records on which a person spoke: ", "：由人给出取值的记录太少："})) +
             std::to_string(poor.known));
  }
  if (!texts.lessons.empty()) return;
  throw base::Error(
      base::errors::classifier_too_little,
      {{"target", "anything"}, {"problem", std::to_string(texts.names.size()) + " records on which a person spoke"}});
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  auto const tenths = (part * 2000 + whole) / (2 * whole);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

double rounded(double value) { return std::round(value * 10'000) / 10'000; }

base::Interval interval(std::uint64_t part, std::uint64_t whole) {
  return base::share_interval(static_cast<double>(part), static_cast<double>(whole));
}

base::Value value_of(learn::Quality const& quality) {
  auto const share = [](std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? base::Value() : base::Value(rounded(static_cast<double>(part) / static_cast<double>(whole)));
  };
  auto const [low, high] = interval(quality.right, quality.judged);
  return base::Value::Object{{"judged", static_cast<std::int64_t>(quality.judged)},
                             {"accuracy", share(quality.right, quality.judged)},
                             {"accuracy_low", rounded(low)},
                             {"accuracy_high", rounded(high)},
                             {"majority", share(quality.majority, quality.judged)},
                             {"macro_f1", rounded(quality.macro_f1)},
                             {"answered", share(quality.answered, quality.judged)},
                             {"answered_accuracy", share(quality.right_answered, quality.answered)},
                             {"calibration_error", rounded(quality.calibration_error)}};
}

}  // namespace umsops::cli::classifier
