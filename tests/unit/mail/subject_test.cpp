// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "umsops/base/json.hpp"
#include "umsops/mail/text.hpp"

using namespace umsops;
using mail::bare_subject;

TEST_CASE("reply and forward prefixes go away, in the languages people write", "[mail]") {
  CHECK(bare_subject("Re: 无法登录") == "无法登录");
  CHECK(bare_subject("回复：无法登录") == "无法登录");
  CHECK(bare_subject("答复: 转发: Re: VPN 证书") == "VPN 证书");
  CHECK(bare_subject("AW: WG: Passwort") == "Passwort");
  CHECK(bare_subject("Re[2]: Re(3): x") == "x");
  CHECK(bare_subject("RE: [EXTERNAL] Re: x") == "[EXTERNAL] Re: x");
  CHECK(bare_subject("  ") == "");
}

TEST_CASE("what only looks like a prefix stays", "[mail]") {
  for (auto const* subject : {"Re-open my account", "Reset the password", "VS Code cannot sign in", "SV 12 is down",
                              "Regarding: x", "[T-000001] x", "list [a] (b)", "fwd is an acronym", "关于回复：什么"}) {
    CHECK(bare_subject(subject) == subject);
  }
}

TEST_CASE("the subjects that another help desk collected become what it expects", "[mail]") {
  std::ifstream file(UMSOPS_SOURCE_DIR "/tests/fixtures/mail/zulip/subjects.json");
  std::string const text{std::istreambuf_iterator<char>(file), {}};
  auto const cases = base::parse_json(text);
  auto const* list = cases.get_if<base::Value::List>();
  REQUIRE(list != nullptr);
  REQUIRE(list->size() > 20);
  for (auto const& item : *list) {
    CAPTURE(item.find("original_subject")->text());
    CHECK(bare_subject(item.find("original_subject")->text()) == item.find("stripped_subject")->text());
  }
}
