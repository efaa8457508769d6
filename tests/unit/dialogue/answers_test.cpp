// SPDX-License-Identifier: Apache-2.0
#include "umsops/dialogue/answers.hpp"

#include <catch2/catch.hpp>

#include "builders.hpp"

using namespace umsops;
using namespace umsops::dialogue;

namespace {

std::string found(FlowAnswers const& answers, std::string const& said) {
  auto const answer = answers.find(said);
  return answer ? answer->id : "-";
}

}  // namespace

TEST_CASE("known answers are found by words and phrases") {
  FlowAnswers const answers({question("password", {"forgot password", "password", "忘记密码", "密码"}, "reset it"),
                             question("mfa", {"mfa", "authenticator", "动态口令"}, "new device")});
  CHECK(found(answers, "I FORGOT my password") == "password");
  CHECK(found(answers, "我忘记密码了") == "password");
  CHECK(found(answers, "the authenticator says no") == "mfa");
  CHECK(found(answers, "动态口令无效") == "mfa");
  CHECK(found(answers, "passwordless sign-in") == "-");  // a word ends where it ends
  CHECK(found(answers, "the printer is on fire") == "-");
  CHECK(found(answers, "") == "-");
}

TEST_CASE("what is denied is not meant") {
  FlowAnswers const answers({question("urgent", {"urgent", "紧急"}, "call")});
  CHECK(found(answers, "this is urgent") == "urgent");
  CHECK(found(answers, "this is not urgent") == "-");
  CHECK(found(answers, "不紧急") == "-");
}

TEST_CASE("the answer with the most words wins, the first among equals") {
  FlowAnswers const answers(
      {question("one", {"vpn"}, "x"), question("two", {"vpn", "certificate"}, "y"), question("three", {"vpn"}, "z")});
  CHECK(found(answers, "vpn certificate") == "two");
  CHECK(found(answers, "vpn") == "one");
}

TEST_CASE("a flow without questions knows nothing") { CHECK(found(FlowAnswers({}), "anything") == "-"); }

TEST_CASE("a condition that the engine refuses is told with its place") {
  auto broken = question("x", {"("}, "y");
  broken.when.kind = rules::Test::Kind::regex;
  try {
    FlowAnswers const answers({broken});
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(error.code().code == std::string_view("rules.invalid"));
    CHECK(error.spot().file == "flow.yaml");
    CHECK(error.spot().line == 9);
  }
}

TEST_CASE("a pattern holds for the whole answer") {
  auto wanted = flow({ask("number", "attributes.badge", "human"), hand_over("human")});
  wanted.nodes[0].pattern = "[A-Z]{2}\\d{4}|none";
  AnswerPatterns const patterns(wanted);
  CHECK(patterns.fits(wanted.nodes[0], "AB1234"));
  CHECK(patterns.fits(wanted.nodes[0], "none"));
  CHECK_FALSE(patterns.fits(wanted.nodes[0], "AB12345"));
  CHECK_FALSE(patterns.fits(wanted.nodes[0], "xAB1234"));
  CHECK_FALSE(patterns.fits(wanted.nodes[0], "nonesuch"));
}
