// SPDX-License-Identifier: Apache-2.0
#include "umsops/service/incident_assessment.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace umsops::service {
namespace {

using Kind = Reason::Kind;

constexpr std::array<std::string_view, 9> kKinds{"NOTHING_KNOWN", "USERS",     "BUSINESS_IMPACT", "TIER",  "SENDER",
                                                 "NO_FAILOVER",   "DEPENDANT", "NO_DEPENDANT",    "MATRIX"};

/// A further reason counts where it says more than those before it.
void raise(Graded& graded, Grade value, Reason because) {
  if (value > graded.value || graded.because.kind == Kind::nothing_known) graded = {value, std::move(because)};
}

class Assessor {
 public:
  Assessor(IncidentFacts const& facts, Catalogue const& catalogue) : facts_(facts), catalogue_(catalogue) {
    std::vector<Catalogue::Index> failed;
    std::unordered_set<std::string_view> unknown;
    for (auto const& name : facts.services) {
      auto const index = catalogue.find(name);
      if (index) failed.push_back(*index);
      if (!index && unknown.insert(name).second) out_.unknown.push_back(name);
    }
    hits_ = hits_of(catalogue, failed);
    for (auto const& hit : hits_) {
      int const tier = catalogue.at(hit.service).tier;
      if (hit.distance == 0) out_.services.push_back(catalogue.at(hit.service).name);
      out_.overall_tier = std::min(tier, out_.overall_tier.value_or(tier));
    }
  }

  Assessment run(PriorityMatrix const& matrix) {
    if (facts_.affected_users > 0)
      raise(out_.impact, band_of(facts_.affected_users), {Kind::users, facts_.affected_users, {}});
    if (facts_.business_impact) raise(out_.impact, *facts_.business_impact, {Kind::business_impact, 0, {}});
    raise_by_tier(out_.impact, 0);
    out_.overall_impact = out_.impact;
    raise_by_tier(out_.overall_impact, SIZE_MAX);
    out_.urgency = urgency();
    out_.priority = {matrix.at(out_.impact.value, out_.urgency.value), {Kind::matrix, 0, {}}};
    return std::move(out_);
  }

 private:
  /// The first of the most important services, of those that are no farther away.
  void raise_by_tier(Graded& graded, std::size_t farthest) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < hits_.size() && hits_[i].distance <= farthest; ++i) {
      if (!best || tier_of(i) < tier_of(*best)) best = i;
    }
    if (best) raise(graded, importance(tier_of(*best)), {Kind::tier, tier_of(*best), path(*best)});
  }

  Graded urgency() const {
    if (facts_.sender_severity) return {*facts_.sender_severity, {Kind::sender, 0, {}}};
    for (std::size_t i = 0; i < hits_.size() && hits_[i].distance == 0; ++i) {
      bool const alone = tier_of(i) == 1 && catalogue_.at(hits_[i].service).failover.empty();
      if (alone) return {Grade::critical, {Kind::no_failover, 1, path(i)}};
    }
    auto const dependant = std::find_if(hits_.begin(), hits_.end(), [](Hit const& hit) { return hit.distance > 0; });
    if (dependant != hits_.end())
      return {Grade::high, {Kind::dependant, 0, path(static_cast<std::size_t>(dependant - hits_.begin()))}};
    return {Grade::medium, {Kind::no_dependant, 0, {}}};
  }

  int tier_of(std::size_t hit) const { return catalogue_.at(hits_[hit].service).tier; }
  std::vector<std::string> path(std::size_t hit) const { return path_of(catalogue_, hits_, hit); }

  IncidentFacts const& facts_;
  Catalogue const& catalogue_;
  std::vector<Hit> hits_;
  Assessment out_;
};

base::Value list_of(std::vector<std::string> const& names) {
  base::Value::List out;
  for (auto const& name : names) out.emplace_back(name);
  return out;
}

base::Value value_of(Graded const& graded) {
  bool const counted = graded.because.kind == Kind::users || graded.because.kind == Kind::tier;
  return base::Value::Object{{"value", to_string(graded.value)},
                             {"because", to_string(graded.because.kind)},
                             {"number", counted ? base::Value(graded.because.number) : base::Value()},
                             {"path", list_of(graded.because.path)}};
}

}  // namespace

std::string_view to_string(Reason::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

Grade band_of(std::int64_t users) {
  return users > 1000 ? Grade::critical : users > 100 ? Grade::high : users > 10 ? Grade::medium : Grade::low;
}

Assessment assess(IncidentFacts const& facts, Catalogue const& catalogue, PriorityMatrix const& matrix) {
  return Assessor(facts, catalogue).run(matrix);
}

base::Value to_value(Assessment const& assessment) {
  return base::Value::Object{
      {"impact", value_of(assessment.impact)},
      {"overall_impact", value_of(assessment.overall_impact)},
      {"overall_tier", assessment.overall_tier ? base::Value(std::int64_t{*assessment.overall_tier}) : base::Value()},
      {"urgency", value_of(assessment.urgency)},
      {"priority", value_of(assessment.priority)},
      {"services", list_of(assessment.services)},
      {"unknown_services", list_of(assessment.unknown)}};
}

}  // namespace umsops::service
