// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/classifier_desk.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include "desk/decisions.hpp"
#include "desk/open_desk.hpp"
#include "desk/record_search.hpp"
#include "model/ticket_changes.hpp"
#include "store/tickets.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/rule_desk.hpp"
#include "umsops/learn/model.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kFields[] = {"category", "subcategory", "priority", "assignee_id"};
constexpr double kClear = 2;  ///< standard errors that chance does not explain
/// A class of fewer examples is told, and never becomes a value.
constexpr std::uint64_t kFewestToApply = 3;
constexpr std::string_view kSuggestOnly = "suggest-only";

model::FieldDecision& decision_on(model::Ticket& ticket, std::string_view field) {
  auto& decisions = ticket.classification.decisions;
  auto const found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  if (found != decisions.end()) return *found;
  model::FieldDecision decision;
  decision.field = field;
  decision.value = model::carried_value(ticket, field);
  decision.origin = "default";
  return decisions.emplace_back(std::move(decision));
}

/// Whether the ticket can carry it: a model is a file, and says what it was taught.
bool fits(std::string_view field, std::string_view label) {
  auto const index = model::ticket_type().find(field);
  if (!index) return false;
  auto const& described = model::ticket_type().fields[*index];
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

double paired(std::uint64_t wins, std::uint64_t losses) {
  auto const w = static_cast<double>(wins), l = static_cast<double>(losses);
  return w + l > 0 ? (w - l) / std::sqrt(w + l) : 0;
}

}  // namespace

std::vector<learn::Text> LearningTexts::texts() const {
  std::vector<learn::Text> out;
  out.reserve(titles.size());
  for (std::size_t i = 0; i < titles.size(); ++i) out.push_back({titles[i], bodies[i]});
  return out;
}

std::span<std::string_view const> learned_fields() { return kFields; }

learn::Manner default_manner(std::string_view target) {
  return {0.5, target != "priority" && target != "assignee_id" && target != "assignee"};
}

LearningTexts ClassifierDesk::learn_from(std::vector<std::string> const& targets, query::Filter const& filter) {
  LearningTexts out;
  std::vector<std::size_t> fields;
  for (auto const& target : targets) {
    out.lessons.push_back({target, {}, default_manner(target)});
    fields.push_back(model::ticket_type().require(target));
  }
  auto* const store = desk_.reading();
  if (!store) return out;
  query::Query query;
  query.filter = with_found(store->connection(), model::ticket_type(), filter);
  query.sort = {{model::ticket_type().require("created_at"), false}};
  store::list_tickets(store->connection(), query, [&](model::Ticket& ticket) {
    bool any = false;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      bool const taught = is_by_person(ticket.classification, targets[i]);
      out.lessons[i].labels.emplace_back(taught ? std::string(model::get(ticket, fields[i]).text()) : std::string());
      any = any || !out.lessons[i].labels.back().empty();
    }
    if (!any) {
      for (auto& lesson : out.lessons) lesson.labels.pop_back();
      return true;
    }
    out.names.push_back(std::move(ticket.ticket_number));
    out.titles.push_back(std::move(ticket.title));
    out.bodies.push_back(std::move(ticket.description));
    out.times.push_back(ticket.created_at);
    if (out.names.size() % 1024 == 0) desk_.check_interrupted();
    return true;
  });
  return out;
}

std::vector<std::string> ClassifierDesk::by_rules(LearningTexts const& texts, std::string_view target) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < texts.titles.size(); ++i) {
    std::string said;
    for (auto const& outcome :
         desk_.rules().classify({{"title", texts.titles[i]}, {"description", texts.bodies[i]}}).outcomes) {
      if (outcome.field == target && outcome.origin != "default") said = outcome.value;
    }
    out.push_back(std::move(said));
  }
  return out;
}

std::vector<DriftWeek> ClassifierDesk::drift(query::Filter const& filter) {
  std::map<std::pair<std::string, std::string>, DriftWeek> weeks;
  auto* const store = desk_.reading();
  if (!store) return {};
  query::Query query;
  query.filter = with_found(store->connection(), model::ticket_type(), filter);
  query.sort = {{model::ticket_type().require("created_at"), false}};
  store::list_tickets(store->connection(), query, [&](model::Ticket& ticket) {
    if (ticket.classification.model_version.empty()) return true;
    auto const week = week_of(ticket.created_at);
    for (auto const& decision : ticket.classification.decisions) {
      if (decision.model.empty()) continue;
      auto& sums = weeks[{week, decision.field}];
      sums.week = week;
      sums.target = decision.field;
      ++sums.judged;
      sums.doubted += !decision.doubt.empty() && decision.doubt != kSuggestOnly;
      sums.probability += decision.probability;
      if (decision.origin != "caller") continue;
      ++(decision.value == decision.model ? sums.confirmed : sums.corrected);
    }
    return true;
  });
  std::vector<DriftWeek> out;
  for (auto& [key, sums] : weeks) {
    sums.probability /= static_cast<double>(sums.judged);
    out.push_back(std::move(sums));
  }
  return out;
}

void apply_model(model::Ticket& ticket, learn::Judge& judge, std::vector<std::string> const& said) {
  auto const& model = judge.model();
  auto const& answers = judge.judge({ticket.title, ticket.description});
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto const& answer = answers[i];
    std::string_view const field = model.name(i), label = model.label(i, answer.label);
    if (label.empty() || !fits(field, label)) continue;
    auto& decision = decision_on(ticket, field);
    decision.model = label;
    decision.probability = std::floor(answer.probability * 1000 + 0.5) / 1000;
    decision.doubt = learn::to_string(answer.doubt);
    if (decision.doubt.empty() && (!model.manner(i).applies || model.examples(i, answer.label) < kFewestToApply))
      decision.doubt = kSuggestOnly;
    // A default speaks last: it says what holds when nobody knows.
    bool const open = decision.origin == "default" && !is_said(said, field);
    if (!open || !decision.doubt.empty()) {
      if (!open) decision.doubt.clear();
      continue;
    }
    model::set(ticket, model::ticket_type().require(field), label);
    decision.origin = "model";
    decision.value = label;
  }
  ticket.classification.model_version = model.version();
}

void restore_words(model::Ticket& ticket, learn::Judge& judge) {
  constexpr std::size_t kMost = 5;
  auto const& model = judge.model();
  if (ticket.classification.model_version != model.version()) return;
  for (auto& decision : ticket.classification.decisions) {
    auto const target = model.find_target(decision.field);
    if (decision.origin != "model" || target == learn::Model::npos) continue;
    for (std::size_t i = 0; i < model.classes(target); ++i) {
      auto const label = static_cast<std::int32_t>(i);
      if (model.label(target, label) != decision.model) continue;
      for (auto const& part : judge.explain({ticket.title, ticket.description}, target, label).contributions) {
        if (part.weight <= 0 || decision.words.size() == kMost) break;
        if (!part.shown.empty()) decision.words.push_back(part.shown);
      }
    }
  }
}

bool Comparison::worse() const { return paired(only_before, only_now) > kClear; }
bool Comparison::better() const { return paired(only_now, only_before) > kClear; }

std::vector<Comparison> compare_models(learn::Model const& in_use, learn::Model const& probe,
                                       LearningTexts const& texts, std::size_t learned_until) {
  std::vector<Comparison> out;
  auto const borrowed = [](learn::Model const& model) {
    return learn::Judge(std::shared_ptr<learn::Model const>(std::shared_ptr<void>(), &model));
  };
  auto before = borrowed(in_use), now = borrowed(probe);
  for (auto const& lesson : texts.lessons) {
    auto const old = in_use.find_target(lesson.target), fresh = probe.find_target(lesson.target);
    if (old == learn::Model::npos || fresh == learn::Model::npos) continue;
    Comparison one{lesson.target, 0, 0, 0, 0, 0};
    for (std::size_t i = learned_until; i < texts.titles.size(); ++i) {
      learn::Text const text{texts.titles[i], texts.bodies[i]};
      if (lesson.labels[i].empty() || in_use.has_seen(learn::text_digest(text))) continue;
      bool const was = in_use.label(old, before.judge(text)[old].label) == lesson.labels[i];
      bool const is = probe.label(fresh, now.judge(text)[fresh].label) == lesson.labels[i];
      ++one.texts;
      one.before += was;
      one.now += is;
      one.only_before += was && !is;
      one.only_now += is && !was;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace umsops::desk
