// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/finding.hpp"

#include <catch2/catch.hpp>

using namespace umsops;
using namespace umsops::review;
using namespace std::chrono_literals;

namespace {

Facts quiet() {
  Facts facts;
  facts.incident.status = model::IncidentStatus::resolved;
  facts.incident.detected_at = *base::parse_rfc3339("2026-11-23T09:00:00Z");
  facts.incident.acknowledged_at = facts.incident.detected_at + 4min;
  facts.acknowledge_within = 5min;
  facts.steps = {{facts.incident.detected_at, "auth", "restart", "SUCCEEDED", ""}};
  facts.articles = {{"KB-000001", "t", true}};
  return facts;
}

std::vector<std::string> codes(Facts const& facts) {
  std::vector<std::string> out;
  for (auto const& finding : findings(facts)) out.push_back(finding.code);
  return out;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an incident that went well suggests nothing") { CHECK(codes(quiet()).empty()); }

TEST_CASE("late and missing acknowledgements are told by the escalation policy") {
  auto facts = quiet();
  facts.incident.acknowledged_at = facts.incident.detected_at + 5min;
  CHECK(codes(facts).empty());
  *facts.incident.acknowledged_at += 1s;
  CHECK(codes(facts) == Codes{"acknowledged_late"});
  CHECK(findings(facts)[0].evidence == "acknowledged after 5 min 1 s; the escalation calls after 5 min");
  facts.incident.acknowledged_at.reset();
  CHECK(codes(facts) == Codes{"never_acknowledged"});
  facts.acknowledge_within.reset();
  CHECK(codes(facts).empty());
}

TEST_CASE("steps, messages, articles, the past and corrections are looked at") {
  auto facts = quiet();
  facts.steps = {{{}, "auth", "check", "FAILED", "exit 1"},
                 {{}, "auth", "check", "FAILED", "exit 2"},
                 {{}, "auth", "slow", "TIMED_OUT", ""},
                 {{}, "auth", "restart", "ASSUMED", ""},
                 {{}, "auth", "reconnect", "PASSED_OVER", "li.na"}};
  facts.told = {{{}, "incident.alert", "operations", "li.na", "mail", "DEAD", "550"},
                {{}, "incident.alert", "operations", "wang", "mail", "SENT", ""}};
  model::TimelineEntry forced;
  forced.kind = model::TimelineKind::phase;
  forced.data = base::Value::Object{{"phase", "VERIFY"}, {"forced", true}, {"reason", "by phone"}};
  facts.timeline = {forced};
  facts.articles.clear();
  facts.earlier = {{"INC-1", "t", {}}, {"INC-2", "t", {}}, {"INC-3", "t", {}}, {"INC-4", "t", {}}};
  model::FieldDecision judged;
  judged.field = "severity";
  judged.value = "CRITICAL";
  judged.origin = "caller";
  judged.suggested = "MEDIUM";
  facts.incident.classification.decisions = {judged};
  CHECK(codes(facts) == Codes{"undelivered", "phase_forced:VERIFY", "step_failed:check", "step_failed:slow",
                              "step_assumed:restart", "step_passed_over:reconnect", "no_article", "recurred",
                              "severity_corrected"});
  auto const all = findings(facts);
  CHECK(all[0].evidence == "1 messages did not arrive: li.na (mail)");
  CHECK(all[2].title == "Mend the step check of the runbook auth");
  CHECK(all[2].evidence == "the step failed: exit 1");
  CHECK(all[7].evidence == "4 of the same type in the 30 days before: INC-1, INC-2, INC-3 (+1)");
  facts.steps.clear();
  CHECK(codes(facts)[2] == "no_runbook");
}
