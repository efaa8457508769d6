// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/alert/reader.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

using namespace umsops;
using namespace umsops::alert;
using base::Value;

namespace {

auto const kNow = *base::parse_rfc3339("2026-11-23T09:30:00Z");

Choice choice(std::vector<std::string> const& texts) {
  Choice out;
  for (auto const& text : texts) REQUIRE(parse_template(text, out.emplace_back()) == "");
  return out;
}

Condition exists(std::string const& path) {
  Condition out;
  REQUIRE(parse_path(path, out.path) == "");
  return out;
}

/// A sender of {host, state, ...}.
Sender plain(std::string name) {
  Sender out;
  out.name = std::move(name);
  out.file = out.name + ".yaml";
  out.recognise = {exists("host"), exists("state")};
  out.state.from = choice({"{state}"});
  out.state.map = {{"bad", {Decision::Act::firing, "", 7}}, {"good", {Decision::Act::resolved, "", 8}}};
  out.key = choice({"k:{host}"});
  out.title_of = choice({"{title}"});
  out.severity.from = choice({"{severity}"});
  out.services = choice({"{services}"});
  out.starts_at = choice({"{begin}"});
  out.ends_at = choice({"{end}"});
  REQUIRE(parse_path("labels", out.labels.take.emplace_back()) == "");
  return out;
}

Reading read(std::string_view json, std::string_view name = "") {
  std::vector<Sender> senders;
  senders.push_back(plain("plain"));
  return Reader(std::move(senders)).read(base::parse_json(json), Input::json, name, kNow);
}

Item only(std::string_view json) {
  auto reading = read(json);
  REQUIRE(reading.items.size() == 1);
  return reading.items[0];
}

std::string refused(std::string_view json) {
  auto const item = only(json);
  CHECK(item.outcome == Outcome::refuse);
  return item.error ? item.error->message() : "";
}

}  // namespace

TEST_CASE("an alarm and its end have one key, and say which line decided") {
  auto const bad = only(R"({"host":"a","state":"BAD","severity":"Average"})");
  CHECK(bad.outcome == Outcome::open);
  CHECK(bad.rule.line == 7);
  CHECK(bad.event.key == "k:a");
  CHECK(bad.event.title == "k:a");
  CHECK(bad.event.severity == model::Priority::medium);
  auto const good = only(R"({"host":"a","state":"good"})");
  CHECK(good.outcome == Outcome::resolve);
  CHECK(good.event.key == bad.event.key);
}

TEST_CASE("what cannot be read is refused, with what is missing") {
  CHECK(refused(R"({"host":"","state":"bad"})") == "plain: key is missing; looked for k:{host}");
  CHECK(refused(R"({"host":"a","state":""})") == "plain: state is missing; looked for {state}");
  CHECK(refused(R"({"host":"a","state":"odd"})") == "plain: unknown state odd");
  CHECK(refused(R"({"host":"a"})") == "no sender file recognises this (nearest: plain, but for state)");
  CHECK(refused(R"({"x":"a"})") == "no sender file recognises this");
  CHECK(refused(R"("text")") == "no sender file recognises this");
  CHECK_THROWS_AS(read("{}", "plian"), base::Error);
}

TEST_CASE("a list is many bodies, each for itself") {
  auto const reading = read(R"([{"host":"a","state":"bad"},{"x":1},{"host":"b","state":"good"}])");
  REQUIRE(reading.items.size() == 3);
  CHECK(reading.items[0].place == "[0]");
  CHECK(reading.items[1].outcome == Outcome::refuse);
  CHECK(reading.items[2].event.key == "k:b");
  CHECK(read("[]").items.at(0).reason == "empty");
  Value::List many(kMostEvents + 5, base::parse_json(R"({"host":"a","state":"bad"})"));
  auto const cut = Reader({plain("plain")}).read(Value(std::move(many)), Input::json, "", kNow);
  CHECK(cut.items.size() == kMostEvents + 1);
  CHECK(cut.items.back().error->code().code == "alert.too_many");
}

TEST_CASE("the sender with the most conditions reads, the first of equals") {
  auto more = plain("more");
  more.recognise.push_back(exists("extra"));
  auto silent = plain("silent");
  silent.automatic = false;
  silent.recognise.push_back(exists("extra"));
  silent.recognise.push_back(exists("title"));
  Reader const reader({plain("first"), plain("second"), more, silent});
  auto const sender = [&](std::string_view json, std::string_view name = "") {
    return reader.read(base::parse_json(json), Input::json, name, kNow).items.at(0).sender;
  };
  CHECK(sender(R"({"host":"a","state":"bad"})") == "first");
  CHECK(sender(R"({"host":"a","state":"bad","extra":1,"title":"x"})") == "more");
  CHECK(sender(R"({"host":"a","state":"bad"})", "silent") == "silent");
  CHECK(recognise_alike(plain("first"), plain("second")));
  CHECK_FALSE(recognise_alike(plain("first"), more));
}

TEST_CASE("hostile texts are cleaned and cut, and remarks say so") {
  auto const item = only(R"({"host":"a","state":"bad","title":"x\u001b[31m\ny","severity":"odd",)"
                         R"("labels":{"a\u0007b":"c\u0000d","long":")" +
                         std::string(2000, 'x') + R"(","":"x","n":1,"deep":{"x":1}}})");
  CHECK(item.event.title == "x\xEF\xBF\xBD[31m y");
  REQUIRE(item.event.labels.size() == 3);
  CHECK(item.event.labels[0].first ==
        "a\xEF\xBF\xBD"
        "b");
  CHECK(base::code_points(item.event.labels[1].second) == kLongestLabel);
  CHECK(item.event.labels[2].second == "1");
  CHECK(item.event.severity == std::nullopt);
  CHECK(item.event.remarks.size() == 5);
}

TEST_CASE("a long key ends in a digest, so that different ones stay apart") {
  auto const key = [](std::string const& host) { return only(R"({"state":"bad","host":")" + host + "\"}").event.key; };
  CHECK(key(std::string(198, 'a')).size() == 200);
  auto const one = key(std::string(300, 'a') + "1"), two = key(std::string(300, 'a') + "2");
  CHECK(one.size() == 200);
  CHECK(one != two);
  CHECK(one == key(std::string(300, 'a') + "1"));
}

TEST_CASE("impossible times are left out") {
  auto const event = [](std::string const& times) {
    return only(R"({"host":"a","state":"good",)" + times + "}").event;
  };
  auto const sound = event(R"("begin":"2026-11-23T08:00:00Z","end":"2026-11-23T09:00:00Z")");
  CHECK(sound.ends_at == *base::parse_rfc3339("2026-11-23T09:00:00Z"));
  CHECK(sound.remarks.empty());
  auto const early = event(R"("begin":"2026-11-23T08:00:00Z","end":"2026-11-23T07:00:00Z")");
  CHECK_FALSE(early.ends_at);
  CHECK(early.remarks == std::vector<std::string>{"ends_at: 2026-11-23T07:00:00Z is before the start, left out"});
  auto const future = event(R"("begin":"2027-01-01T00:00:00Z","end":"soon")");
  CHECK_FALSE(future.starts_at);
  CHECK(future.remarks.size() == 2);
}

TEST_CASE("labels and services in whatever shape") {
  auto const labels = [](std::string const& json) {
    std::string out;
    for (auto const& [name, value] : only(R"({"host":"a","state":"bad","labels":)" + json + "}").event.labels)
      out += name + "=" + value + ";";
    return out;
  };
  CHECK(labels(R"({"a":"b","a2":true})") == "a=b;a2=true;");
  CHECK(labels(R"([{"key":"a","value":"b"},{"name":"c","value":{"stringValue":"d"}}])") == "a=b;c=d;");
  CHECK(labels(R"([["a","b"],["c"],"x:y","tag"])") == "a=b;x=y;tag=true;");
  CHECK(labels(R"("env:prod, team=db,")") == "env=prod;team=db;");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "l" + std::to_string(i) + ":x,";
  auto const event = only(R"({"host":"a","state":"bad","services":["s","t","s"],"labels":")" + many + "\"}").event;
  CHECK(event.labels.size() == kMostLabels);
  CHECK(event.services == std::vector<std::string>{"s", "t"});
  CHECK(event.remarks == std::vector<std::string>{"labels: only the first 64 are kept"});
  auto listed = plain("listed");
  listed.services = choice({"{services|list}"});
  auto const words = base::parse_json(R"({"host":"a","state":"bad","services":"db, 'web 1',,db"})");
  CHECK(Reader({listed}).read(words, Input::json, "", kNow).items.at(0).event.services ==
        std::vector<std::string>{"db", "web 1"});
}

TEST_CASE("reasons have words in both languages, severities in many") {
  CHECK(reason_text("running", base::Language::zh) == "尚未结束");
  CHECK(reason_text("free text", base::Language::zh) == "free text");
  CHECK(to_string(State::acknowledged) == "acknowledged");
  CHECK(model::parse_priority("high") == model::Priority::high);
  CHECK_FALSE(model::parse_priority("page"));
}
