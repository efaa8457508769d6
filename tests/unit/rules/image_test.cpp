// SPDX-License-Identifier: Apache-2.0
#include "rules/image.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "rules/image_writer.hpp"
#include "umsops/base/error.hpp"
#include "unit/rules/builders.hpp"

using namespace umsops;
using namespace umsops::rules;

namespace {

RuleSource rich_source() {
  RuleSource source;
  Test guarded = keywords({"紧急", "urgent", "cannot log in", "log in", "log"});
  guarded.except = {"一般来说", "blog"};
  Rule first = rule("first", any({guarded, all({regex("(?P<host>srv\\d+)"), none({equals("source", "CHAT")})})}),
                    {{"priority", "CRITICAL"}, {"category", "sign-in"}});
  first.extracts = {{"attributes.host", "host"}};
  Test range = test_of(Test::Kind::range, {"attributes.users"}, {});
  range.has_min = true;
  range.min = 100;
  Rule second = rule("second", all({range, exists("title")}), {{"priority", "HIGH"}});
  second.stop = true;
  source.rules = {first, second,
                  rule("third", keywords({"慢", "slow"}), {{"priority", "MEDIUM"}, {"category", "network-access"}})};
  Mapping mapping;
  mapping.id = "departments";
  mapping.fact = "requester_id";
  mapping.columns = {"attributes.department", "assignee_id"};
  mapping.rows = {{"zhang.wei", {"finance", ""}}, {"k.lee", {"ops", "li.na"}}};
  source.mappings = {mapping};
  source.decide = {{"category", Decide::weight}};
  source.defaults = {{"priority", "LOW"}};
  source.without_text = {{"priority", "MEDIUM"}};
  return source;
}

Facts rich_facts() {
  return {{"title", "URGENT: 紧急 cannot log in to srv12, very slow, 一般来说 not urgent"},
          {"description", "e\u0301 SRV13 srv14 慢"},
          {"requester_id", "K.Lee"},
          {"attributes.users", "250"}};
}

void check_refused(std::string const& bytes) {
  try {
    RuleSet::from_image(bytes, nullptr);
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "rules.invalid");
  }
}

}  // namespace

TEST_CASE("an image is used where it lies, on any address") {
  auto const set = RuleSet::compile(rich_source());
  std::string const copy = "x" + std::string(set.image());
  auto const again = RuleSet::from_image(std::string_view(copy).substr(1), nullptr);
  CHECK(again.version() == set.version());
  CHECK(again.size() == 3);
  auto const a = set.classify(rich_facts()), b = again.classify(rich_facts());
  REQUIRE(a.hits.size() == 2);
  REQUIRE(b.hits.size() == 2);
  CHECK(value_of(b, "attributes.host") == "srv12");
  CHECK(value_of(b, "assignee_id") == "li.na");
  CHECK(value_of(b, "priority") == "CRITICAL");
}

TEST_CASE("the owner of the bytes lives as long as the set") {
  auto const bytes = std::make_shared<std::string>(RuleSet::compile(rich_source()).image());
  std::weak_ptr<std::string> const watch = bytes;
  {
    auto const set = RuleSet::from_image(*bytes, bytes);
    CHECK(watch.use_count() == 2);
  }
  CHECK(watch.use_count() == 1);
}

TEST_CASE("foreign, cut and altered bytes are no image") {
  std::string const image(RuleSet::compile(rich_source()).image());
  check_refused("");
  check_refused("umsrules");
  check_refused(std::string(4096, '\0'));
  check_refused(image.substr(0, image.size() - 1));
  check_refused(image + "x");
  std::string other = image;
  other[8] = 99;  // format
  seal(other);
  check_refused(other);
}

TEST_CASE("20,000 flipped bits never crash") {
  std::string const image(RuleSet::compile(rich_source()).image());
  std::mt19937 random(5);
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = image;
    for (unsigned flips = 1 + random() % 3; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<char>(1u << random() % 8);
    }
    // Half of them with a checksum that fits: then only the reader's own care is left.
    bool const forged = round % 2 == 0;
    if (forged) seal(bytes);
    try {
      RuleSet::from_image(bytes, nullptr).classify(rich_facts());
      CHECK((forged || bytes == image));
      ++accepted;
    } catch (base::Error const& error) {
      CHECK(error.code().code == "rules.invalid");
    }
  }
  CHECK(accepted > 5000);
}

TEST_CASE("numbers in an image are trusted nowhere") {
  std::string const image(RuleSet::compile(rich_source()).image());
  std::mt19937 random(6);
  for (std::size_t at = sizeof(ImageHeader); at + 4 <= image.size(); at += 4) {
    for (std::uint32_t const value : {0u, 1u, 0x7FFFFFFFu, 0xFFFFFFFFu, static_cast<std::uint32_t>(random() % 200)}) {
      std::string bytes = image;
      std::memcpy(bytes.data() + at, &value, sizeof value);
      seal(bytes);
      try {
        RuleSet::from_image(bytes, nullptr).classify(rich_facts());
      } catch (base::Error const& error) {
        CHECK(error.code().code == "rules.invalid");
      }
    }
  }
}

TEST_CASE("any text at all is classified") {
  auto const set = RuleSet::compile(rich_source());
  std::mt19937 random(8);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (unsigned i = random() % 300; i > 0; --i) text += static_cast<char>(random());
    set.classify({{"title", text}, {"description", text + "紧急" + text}});
  }
  CHECK(set.classify(title(std::string(1 << 20, 'a') + " urgent")).hits.size() == 1);
  std::string flood;
  for (int i = 0; i < 50000; ++i) flood += "urgent ";
  CHECK(set.classify(title(flood)).hits.at(0).matches.size() == 32);
}
