// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/model/requester.hpp"

using namespace umsops;

TEST_CASE("a person is looked up by names as people write them") {
  CHECK(model::lookup_name("Zhang.Wei") == "zhang.wei");
  CHECK(model::lookup_name(" Zhang.Wei@Example.com ") == "zhang.wei@example.com");
  CHECK(model::lookup_name("CORP\\zhang.wei") == "zhang.wei");
  CHECK(model::lookup_name("ｚｈａｎｇ．ｗｅｉ") == "zhang.wei");
  CHECK(model::lookup_name("张伟") == "张伟");
  for (auto const* phone : {"13800000000", "+86 138 0000 0000", "0086-138-0000-0000", "138-0000-0000"})
    CHECK(model::lookup_name(phone) == "13800000000");
  CHECK(model::lookup_name("+1 (555) 010-0000") == "15550100000");
  CHECK(model::lookup_name("12345") == "12345");
  CHECK(model::lookup_name("  ").empty());
}

TEST_CASE("all names of a person, each once") {
  model::Requester person;
  person.account = "Zhang.Wei";
  person.mails = {"zhang.wei@example.com", "ZHANG.WEI@example.com"};
  person.phones = {"+86 138 0000 0000"};
  person.aliases = {"老张", "zhang.wei"};
  CHECK(model::lookup_names(person) ==
        std::vector<std::string>{"zhang.wei", "zhang.wei@example.com", "13800000000", "老张"});
}

TEST_CASE("what a requester must be") {
  model::Requester person;
  person.name = "nobody's";
  auto const problems = [&] { return model::check(person).size(); };
  CHECK(problems() == 1);
  person.phones = {"13800000000"};
  CHECK(problems() == 0);
  person.mails = {"no address"};
  CHECK(problems() == 1);
  person.mails.clear();
  person.state = model::RequesterState::left;
  CHECK(problems() == 1);
}

TEST_CASE("names of facts") {
  CHECK(model::is_requester_fact("requester.department"));
  CHECK(model::is_requester_fact("requester.attributes_cost_centre"));
  CHECK_FALSE(model::is_requester_fact("requester.phone"));
  CHECK_FALSE(model::is_requester_fact("department"));
}
