// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <iterator>

#include "build.hpp"
#include "umsops/base/json.hpp"
#include "umsops/service/incident_assessment.hpp"

using namespace umsops;
using namespace umsops::service;
using Kind = Reason::Kind;

namespace {

Assessment assessed(IncidentFacts const& facts) { return assess(facts, platform(), builtin_matrix()); }

/// `HIGH TIER 2 database → sso`
std::string said(Graded const& graded) {
  std::string out(to_string(graded.value));
  out.append(" ").append(to_string(graded.because.kind));
  if (graded.because.number != 0) out += " " + std::to_string(graded.because.number);
  if (!graded.because.path.empty()) out += " " + arrows(graded.because.path);
  return out;
}

}  // namespace

TEST_CASE("every cell of the built-in matrix") {
  using enum model::Priority;
  model::Priority const all[] = {low, medium, high, critical};
  // As in the design: rows are urgency from CRITICAL down, columns impact from LOW up.
  char const* const kRows[] = {"MEDIUM HIGH CRITICAL CRITICAL", "MEDIUM HIGH HIGH CRITICAL", "LOW MEDIUM HIGH HIGH",
                               "LOW LOW MEDIUM MEDIUM"};
  for (std::size_t row = 0; row < std::size(kRows); ++row) {
    std::string line;
    for (auto const impact : all)
      line.append(line.empty() ? "" : " ").append(to_string(builtin_matrix().at(impact, all[3 - row])));
    CHECK(line == kRows[row]);
  }
}

TEST_CASE("bands of users: more than 10, 100, 1000") {
  using enum model::Priority;
  std::pair<std::int64_t, model::Priority> const kBands[] = {{-1, low},    {0, low},         {10, low},
                                                             {11, medium}, {100, medium},    {101, high},
                                                             {1000, high}, {1001, critical}, {INT64_MAX, critical}};
  for (auto const& [users, band] : kBands) {
    INFO(users);
    CHECK(band_of(users) == band);
    IncidentFacts facts;
    facts.affected_users = users;
    CHECK(assessed(facts).impact.value == band);
  }
}

TEST_CASE("impact is the highest of users, business impact and tiers, and says which") {
  IncidentFacts facts;
  CHECK(said(assessed(facts).impact) == "LOW NOTHING_KNOWN");
  facts.affected_users = 5;
  CHECK(said(assessed(facts).impact) == "LOW USERS 5");
  facts.business_impact = Grade::medium;
  CHECK(said(assessed(facts).impact) == "MEDIUM BUSINESS_IMPACT");
  facts.services = {"database"};  // tier 3, MEDIUM as well: the first reason stays
  CHECK(said(assessed(facts).impact) == "MEDIUM BUSINESS_IMPACT");
  facts.services = {"database", "portal"};
  CHECK(said(assessed(facts).impact) == "HIGH TIER 2 portal");
  facts.affected_users = 1001;
  CHECK(said(assessed(facts).impact) == "CRITICAL USERS 1001");
}

TEST_CASE("overall impact counts those that depend on the affected ones, by their way") {
  IncidentFacts facts;
  facts.services = {"database"};
  auto const all = assessed(facts);
  CHECK(said(all.impact) == "MEDIUM TIER 3 database");
  CHECK(said(all.overall_impact) == "CRITICAL TIER 1 database → sso");
  CHECK(all.overall_tier == 1);
  CHECK(all.services == std::vector<std::string>{"database"});
  facts.services = {"mail"};
  CHECK(said(assessed(facts).overall_impact) == "LOW TIER 4 mail");
  CHECK(assessed(facts).overall_tier == 4);
}

TEST_CASE("urgency: the sender, tier 1 without fail-over, dependants, else MEDIUM") {
  IncidentFacts facts;
  CHECK(said(assessed(facts).urgency) == "MEDIUM NO_DEPENDANT");
  facts.services = {"mail"};
  CHECK(said(assessed(facts).urgency) == "MEDIUM NO_DEPENDANT");
  facts.services = {"mail", "database"};
  CHECK(said(assessed(facts).urgency) == "HIGH DEPENDANT database → sso");
  facts.services = {"sso"};  // tier 1, but it has a fail-over
  CHECK(said(assessed(facts).urgency) == "HIGH DEPENDANT sso → portal");
  facts.services = {"directory"};
  CHECK(said(assessed(facts).urgency) == "CRITICAL NO_FAILOVER 1 directory");
  facts.sender_severity = Grade::low;
  CHECK(said(assessed(facts).urgency) == "LOW SENDER");
}

TEST_CASE("the priority is that of the matrix given") {
  IncidentFacts facts;
  facts.services = {"directory"};
  CHECK(said(assessed(facts).priority) == "CRITICAL MATRIX");
  facts.sender_severity = Grade::medium;
  CHECK(said(assessed(facts).priority) == "HIGH MATRIX");
  PriorityMatrix other = builtin_matrix();
  other.cells[1][3] = Grade::low;  // urgency MEDIUM, impact CRITICAL
  CHECK(said(assess(facts, platform(), other).priority) == "LOW MATRIX");
}

TEST_CASE("names are the catalogue's, and unknown ones are told once") {
  IncidentFacts facts;
  facts.services = {"单点登录", "billing", "SSO", "billing", "wiki"};
  auto const all = assessed(facts);
  CHECK(all.services == std::vector<std::string>{"sso"});
  CHECK(all.unknown == std::vector<std::string>{"billing", "wiki"});
  CHECK(said(assess(facts, Catalogue(), builtin_matrix()).impact) == "LOW NOTHING_KNOWN");
  CHECK_FALSE(assess(facts, Catalogue(), builtin_matrix()).overall_tier);
}

TEST_CASE("an assessment as JSON") {
  IncidentFacts facts;
  facts.affected_users = 11;
  facts.services = {"database", "nothing"};
  CHECK(base::to_json(to_value(assessed(facts))) ==
        R"({"impact":{"value":"MEDIUM","because":"USERS","number":11,"path":[]},)"
        R"("overall_impact":{"value":"CRITICAL","because":"TIER","number":1,"path":["database","sso"]},)"
        R"("overall_tier":1,"urgency":{"value":"HIGH","because":"DEPENDANT","number":null,"path":["database","sso"]},)"
        R"("priority":{"value":"HIGH","because":"MATRIX","number":null,"path":[]},)"
        R"("services":["database"],"unknown_services":["nothing"]})");
}
