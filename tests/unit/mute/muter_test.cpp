// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/muter.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "umsops/base/time.hpp"

using namespace umsops;
using namespace umsops::mute;

namespace {

base::TimePoint const kNow = *base::parse_rfc3339("2026-11-23T09:30:00Z");

Silence silence(std::string id, std::string_view matchers) {
  Silence out;
  out.id = std::move(id);
  out.matchers = parse_matchers(matchers);
  out.starts_at = kNow;
  out.comment = "c";
  return out;
}

Inhibition rule(std::string name, std::string_view source, std::string_view target,
                std::vector<std::string> equal = {}) {
  return {std::move(name), parse_matchers(source), parse_matchers(target), std::move(equal)};
}

std::string why(Muter const& muter, Labels const& labels) {
  std::string out;
  auto const muting = muter.reasons(labels, kNow);
  for (auto const* by : muting.silences) out += by->id + " ";
  for (auto const& by : muting.inhibited) {
    out += by.rule->name + "<" + by.source + (by.service.empty() ? "" : "@" + by.service) + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("silences mute what all their matchers match, at their time") {
  auto later = silence("later", "a=b");
  later.starts_at = kNow + base::Milliseconds(1);
  Muter const muter({silence("one", "a=b"), silence("two", "a=~b.*,c!=d"), silence("three", "a=x"), later}, {});
  CHECK(why(muter, {{"a", "b"}}) == "one two ");
  CHECK(why(muter, {{"a", "b"}, {"c", "d"}}) == "one ");
  CHECK(why(muter, {{"a", "bb"}}) == "two ");
  CHECK(why(muter, {{"c", "d"}}).empty());
  CHECK(why(muter, {}).empty());
}

TEST_CASE("a source mutes targets with the same labels") {
  Muter muter({}, {rule("db", "alertname=Down", "severity=warning", {"cluster", "zone"})});
  Labels const target{{"severity", "warning"}, {"cluster", "a"}};
  CHECK(why(muter, target).empty());
  muter.fire("1", {{"alertname", "Down"}, {"cluster", "a"}});
  CHECK(why(muter, target) == "db<1 ");
  CHECK(why(muter, {{"severity", "warning"}, {"cluster", "a"}, {"zone", ""}}) == "db<1 ");  // missing is empty
  CHECK(why(muter, {{"severity", "warning"}, {"cluster", "a"}, {"zone", "x"}}).empty());
  CHECK(why(muter, {{"severity", "warning"}, {"cluster", "b"}}).empty());
  CHECK(why(muter, {{"severity", "info"}, {"cluster", "a"}}).empty());
  muter.fire("1", {{"alertname", "Down"}, {"cluster", "b"}});
  CHECK(why(muter, target).empty());
  muter.fire("1", {{"alertname", "Down"}, {"cluster", "a"}});
  muter.resolve("1");
  muter.resolve("1");
  CHECK(why(muter, target).empty());
}

TEST_CASE("labels of `equal` that both lack are equal") {
  Muter muter({}, {rule("r", "a=1", "b=1", {"cluster"})});
  muter.fire("s", {{"a", "1"}});
  CHECK(why(muter, {{"b", "1"}}) == "r<s ");
}

TEST_CASE("values cannot run into each other") {
  Muter muter({}, {rule("r", "a=1", "b=1", {"x", "y"})});
  muter.fire("s", {{"a", "1"}, {"x", "1:"}, {"y", "2"}});
  CHECK(why(muter, {{"b", "1"}, {"x", "1"}, {"y", ":2"}}).empty());
}

TEST_CASE("what matches both sides is not inhibited by another that also does") {
  Muter muter({}, {rule("r", "a=1", "b=1", {"e"})});
  muter.fire("both", {{"a", "1"}, {"b", "1"}});
  CHECK(why(muter, {{"a", "1"}, {"b", "1"}}).empty());  // nor by itself
  CHECK(why(muter, {{"b", "1"}}) == "r<both ");
  muter.fire("source", {{"a", "1"}});
  CHECK(why(muter, {{"a", "1"}, {"b", "1"}}) == "r<source ");
  muter.resolve("source");
  CHECK(why(muter, {{"a", "1"}, {"b", "1"}}).empty());
}

TEST_CASE("several rules and sources give one source each, the first of them") {
  Muter muter({silence("s", "b=1")}, {rule("r1", "a=1", "b=1"), rule("r2", "a=~1|2", "b=1"), rule("r3", "a=9", "b=1")});
  muter.fire("y", {{"a", "1"}});
  muter.fire("x", {{"a", "1"}});
  CHECK(why(muter, {{"b", "1"}}) == "s r1<x r2<x ");
}

TEST_CASE("along the services, from what is beneath") {
  auto const depends_on = [](std::string_view service) {
    if (service == "portal") return std::vector<std::string>{"sso", "ldap"};
    return service == "sso" ? std::vector<std::string>{"ldap"} : std::vector<std::string>{};
  };
  auto graph = rule("graph", "", "", {"site"});
  graph.along_services = true;
  auto critical = rule("critical", "severity=critical", "severity!=critical");
  critical.along_services = true;
  Muter muter({}, {graph, critical}, depends_on);
  muter.fire("1", {{"service", "ldap"}});
  muter.fire("2", {{"service", "sso"}, {"severity", "critical"}});
  CHECK(why(muter, {{"service", "portal"}}) == "graph<2@sso critical<2@sso ");
  CHECK(why(muter, {{"service", "sso"}}) == "graph<1@ldap ");
  CHECK(why(muter, {{"service", "ldap"}}).empty());
  CHECK(why(muter, {{"service", "portal"}, {"site", "x"}, {"severity", "critical"}}).empty());
  CHECK(why(muter, {{"service", "other"}}).empty());
  CHECK(why(muter, {}).empty());
  muter.resolve("2");
  CHECK(why(muter, {{"service", "portal"}}) == "graph<1@ldap ");
  Muter alone({}, {graph});
  alone.fire("1", {{"service", "ldap"}});
  CHECK(why(alone, {{"service", "portal"}}).empty());
}

TEST_CASE("the check looks at what may match, and at no expression of the others") {
  std::vector<Silence> silences;
  std::vector<Inhibition> rules;
  for (int i = 0; i < 1000; ++i) {
    auto const n = std::to_string(i);
    silences.push_back(silence(n, i % 2 ? "alertname=A" + n + ",instance=~\"web.*\"" : "team" + n + "=~\"x.*\""));
  }
  for (int i = 0; i < 100; ++i) {
    auto const n = std::to_string(i);
    rules.push_back(rule(n, "alertname=Down" + n, "alertname=~\"A" + n + "|B" + n + "\",job=~\"j.*\"", {"cluster"}));
  }
  Muter muter(std::move(silences), std::move(rules));
  for (int i = 0; i < 5000; ++i)
    muter.fire(std::to_string(i), {{"alertname", "Down7"}, {"cluster", "c" + std::to_string(i)}});
  MatchCost cost;
  auto const muting =
      muter.reasons({{"alertname", "A7"}, {"instance", "web7"}, {"job", "j"}, {"cluster", "c4711"}}, kNow, &cost);
  REQUIRE(muting.silences.size() == 1);
  CHECK(muting.silences[0]->id == "7");
  REQUIRE(muting.inhibited.size() == 1);
  CHECK(muting.inhibited[0].source == "4711");
  CHECK(cost.matchers <= 6);
  CHECK(cost.expressions == 2);
}

TEST_CASE("the index finds what a look at all of them finds") {
  std::mt19937 dice(7);
  auto const pick = [&](std::initializer_list<char const*> of) {
    return std::string(*(of.begin() + static_cast<long>(dice() % of.size())));
  };
  std::vector<Silence> silences;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (unsigned k = 0; k < 1 + dice() % 3; ++k) {
      text += pick({"a", "b", "c"}) + pick({"=", "!=", "=~", "!~"}) + "\"" + pick({"", "1", "2", "1|2", ".*", "1.?"}) +
              "\",";
    }
    silences.push_back(silence(std::to_string(i), text));
  }
  auto const all = silences;
  Muter const muter(std::move(silences), {});
  for (int i = 0; i < 100; ++i) {
    Labels labels;
    for (auto const* name : {"a", "b", "c"}) {
      if (dice() % 2) labels[name] = pick({"", "1", "2", "12", "1|2"});
    }
    std::string wanted;
    for (auto const& one : all) {
      if (matches(one.matchers, labels)) wanted += one.id + " ";
    }
    CHECK(why(muter, labels) == wanted);
  }
}
