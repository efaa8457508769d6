// SPDX-License-Identifier: Apache-2.0
// Why an incident matters as much as it does.
#include "cli/service/services.hpp"

namespace umsops::cli::services {

namespace {

using Kind = service::Reason::Kind;

constexpr Text kImpact{"impact", "影响"}, kOverall{"overall impact", "总体影响"}, kUrgency{"urgency", "紧急程度"},
    kPriority{"priority", "优先级"};

Phrase phrase_of(service::Reason const& reason) {
  switch (reason.kind) {
    case Kind::nothing_known:
      return Phrase::grade_nothing;
    case Kind::users:
      return Phrase::grade_users;
    case Kind::business_impact:
      return Phrase::grade_business_impact;
    case Kind::tier:
      return reason.path.size() > 1 ? Phrase::grade_tier_path : Phrase::grade_tier;
    case Kind::sender:
      return Phrase::grade_sender;
    case Kind::no_failover:
      return Phrase::grade_no_failover;
    case Kind::dependant:
      return Phrase::grade_dependant;
    case Kind::no_dependant:
      return Phrase::grade_no_dependant;
    case Kind::matrix:
      return Phrase::grade_matrix;
  }
  return Phrase::grade_nothing;
}

}  // namespace

std::vector<std::string> reasons(service::Assessment const& assessment, base::Language language) {
  std::vector<std::string> lines;
  std::string const colon = language == base::Language::zh ? "：" : ": ";
  auto const add = [&](Text const& label, service::Graded const& graded) {
    auto const& because = graded.because;
    Fill const fill{{"number", std::to_string(because.number)},
                    {"service", because.path.empty() ? "" : because.path.back()},
                    {"path", service::arrows(because.path)},
                    {"impact", std::string(to_string(assessment.impact.value))},
                    {"urgency", std::string(to_string(assessment.urgency.value))}};
    lines.push_back(std::string(label.in(language)) + " " + std::string(to_string(graded.value)) + colon +
                    say(phrase_of(because), language, fill));
  };
  add(kImpact, assessment.impact);
  add(kOverall, assessment.overall_impact);
  add(kUrgency, assessment.urgency);
  add(kPriority, assessment.priority);
  if (assessment.overall_tier)
    lines.push_back(say(Phrase::overall_tier, language, {{"tier", std::to_string(*assessment.overall_tier)}}));
  std::string names;
  for (auto const& name : assessment.unknown) names += (names.empty() ? "" : ", ") + name;
  if (!names.empty()) lines.push_back(say(Phrase::not_in_catalogue, language, {{"names", names}}));
  return lines;
}

}  // namespace umsops::cli::services
