// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/matcher.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::mute;

namespace {

std::string read(std::string_view text) { return text_of(parse_matchers(text)); }

std::string refusal(std::string_view text) {
  try {
    return "taken as " + read(text);
  } catch (base::Error const& error) {
    CHECK(error.code().code == base::errors::matcher_invalid.code);
    return error.message();
  }
}

bool holds(std::string_view matcher, std::string_view value) { return parse_matcher(matcher).matches(value); }

}  // namespace

TEST_CASE("the four operators, and an expression matches the whole value") {
  CHECK(holds("a=b", "b"));
  CHECK_FALSE(holds("a=b", "bc"));
  CHECK(holds("a!=b", "bc"));
  CHECK_FALSE(holds("a!=b", "b"));
  CHECK(holds("a=~b.*", "bcd"));
  CHECK_FALSE(holds("a=~b", "abc"));
  CHECK_FALSE(holds("a=~b|c", "bc"));
  CHECK(holds("a!~b", "abc"));
  CHECK_FALSE(holds("a!~b.*", "bcd"));
  CHECK_FALSE(holds("a=~.*", "two\nlines"));  // a dot stands for no line break
  CHECK(holds("a=~\"登录|数据库\"", "登录"));
  CHECK(holds("a=~一.", "一二"));
}

TEST_CASE("a missing label is the same as an empty one") {
  Labels const labels{{"b", ""}, {"c", "x"}};
  auto const match = [&](std::string_view text) { return matches(parse_matchers(text), labels); };
  CHECK(match("a=\"\""));
  CHECK(match("b=\"\""));
  CHECK(match("a!=x"));
  CHECK(match("a!~x"));
  CHECK(match("a=~.*"));
  CHECK_FALSE(match("a=~.+"));
  CHECK_FALSE(match("a!=\"\""));
  CHECK(match("c!=\"\""));
  CHECK(match("{a!=x, c=x}"));
  CHECK_FALSE(match("{a=x, c=x}"));
  CHECK(match("{}"));
}

TEST_CASE("one matcher, as people write it") {
  CHECK(read("severity=critical") == "{severity=\"critical\"}");
  CHECK(read("  severity  !=  \"critical\"  ") == "{severity!=\"critical\"}");
  CHECK(read("a=") == "{a=\"\"}");
  CHECK(read("a=two words") == "{a=\"two words\"}");
  CHECK(read("{a=~web[0-9]{2}}") == "{a=~\"web[0-9]{2}\"}");
  CHECK(read(R"(a=~\d+\.x)") == R"({a=~"\\d+\\.x"})");
  CHECK(read(R"(a="say \"hi\" \\ \n")") == R"({a="say \"hi\" \\ \n"})");
  // Where both syntaxes of Alertmanager take a text, the older one tells what it means.
  CHECK(parse_matcher(R"(a="x\ty")").value() == R"(x\ty)");
  CHECK(parse_matcher(R"("a.b"="x\ty")").value() == "x\ty");
}

TEST_CASE("names of any characters, in quotes or bare") {
  CHECK(read("\"名称\"=登录") == "{名称=\"登录\"}");
  CHECK(read("名称=~\"登.\"") == "{名称=~\"登.\"}");
  CHECK(read("\"two words\"!=x") == "{\"two words\"!=\"x\"}");
  CHECK(parse_matcher(R"("a b"="中\x21\041")").value() == "中!!");
  // The expression is refused in the older syntax, and means this in the newer one.
  CHECK(parse_matcher(R"(a=~"\u4e2d")").value() == "中");
}

TEST_CASE("lists") {
  CHECK(read("") == "{}");
  CHECK(read("{}") == "{}");
  CHECK(read("a=b,c!=d") == "{a=\"b\",c!=\"d\"}");
  CHECK(read("{ a = \"b\" , c =~ \"d,e\" , }") == "{a=\"b\",c=~\"d,e\"}");
  CHECK(read("{\"a b\"=\"c\",d=e}") == "{\"a b\"=\"c\",d=\"e\"}");
  CHECK(read("{a=\"b\"") == "{a=\"b\"}");  // the older syntax passes over a missing brace
}

TEST_CASE("a matcher that is written is read back as it was") {
  for (auto const* const text :
       {R"({a="b",c!="",d=~"e|f",g!~"\\d+"})", R"({"名 称"="x\"y\\z\nw"})", "{登录=~\"一.*\"}"}) {
    CHECK(read(text) == text);
    auto const matchers = parse_matchers(text);
    CHECK(stored_matchers(base::parse_json(base::to_json(to_value(matchers)))) == matchers);
  }
}

TEST_CASE("refusals name the place") {
  CHECK(refusal("severity") == "matcher severity: at character 9: expected =, !=, =~ or !~");
  CHECK(refusal("=x") == "matcher =x: at character 1: expected the name of a label");
  CHECK(refusal("a==b c") == "taken as {a=\"=b c\"}");  // so the older syntax has it
  CHECK(refusal("{名=a b}") == "matcher {名=a b}: at character 6: expected a comma or }");
  CHECK(refusal("a=\"b") == "matcher a=\"b: at character 3: this quote is not closed");
  CHECK(refusal("a=b}x{").find("taken") == 0);
  CHECK(refusal("a=~x{2}") ==
        "matcher a=~x{2}: at character 7: a brace needs quotes around the value, or its opening one");
  CHECK(refusal("名=\"\\q\"") == "matcher 名=\"\\q\": at character 4: no such escape; a backslash is written \\\\");
  CHECK(refusal("a=~\"(\"").find("matcher a=~(: at character 4: regex: missing )") == 0);
  CHECK(refusal("a=~(?=x)").find("regex:") != std::string::npos);
  CHECK(refusal("a=~((x{1000}){1000})").find("regex:") != std::string::npos);
  CHECK(refusal("a=~\"\\pL{20}\"").find("too costly") != std::string::npos);
  CHECK(refusal("a=~" + std::string(2000, 'x') + ".").find("at most 1024 bytes") != std::string::npos);
  CHECK(refusal(std::string("a=\x1b[31m")).find("control character U+001B") != std::string::npos);
  CHECK(refusal(std::string("a=b\0c", 5)).find("NUL") != std::string::npos);
  CHECK(refusal("a=\xff").find("invalid UTF-8") != std::string::npos);
  CHECK(refusal("a=" + std::string(5000, 'x')).find("longer than 4096 characters") != std::string::npos);
  CHECK(refusal(std::string(20'000, 'x')).find("longer than 16 KiB") != std::string::npos);
  std::string many;
  for (int i = 0; i < 65; ++i) many += "a=b,";
  CHECK(refusal(many).find("more than 64 matchers") != std::string::npos);
  CHECK_THROWS_AS(parse_matcher("{a=b}"), base::Error);
  CHECK_THROWS_AS(parse_matcher("名=b,c=d"), base::Error);
}

TEST_CASE("plain alternatives need no expression") {
  MatchCost cost;
  auto const matcher = parse_matcher("a=~b|c|d");
  CHECK(matcher.matches("c", &cost));
  CHECK_FALSE(matcher.matches("bc", &cost));
  CHECK(cost.matchers == 2);
  CHECK(cost.expressions == 0);
  CHECK(matcher.alternatives().size() == 3);
  CHECK(parse_matcher("a!~b|c").alternatives().empty());
  CHECK_FALSE(parse_matcher("a!~b|c").matches("b"));
  CHECK(parse_matcher("a=~b|").matches(""));
  CHECK(parse_matcher("a=~b|").matches_absence());
}

TEST_CASE("a stored expression that cannot be compiled any more matches nothing") {
  CHECK_FALSE(Matcher::stored("a", MatchOp::matches, "(").matches("("));
  CHECK_FALSE(Matcher::stored("a", MatchOp::not_matches, "(").matches("x"));
  CHECK_THROWS_AS(stored_matchers(base::parse_json(R"([["a","?","b"]])")), base::Error);
}
