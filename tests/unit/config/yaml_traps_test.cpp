// SPDX-License-Identifier: Apache-2.0
// Every text that the parser library accepts, misreads or chokes on, and that must be refused with its place.
#include <catch2/catch.hpp>

#include "umsops/config/yaml.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

namespace {

std::string refusal(std::string const& text, config::YamlLimits limits = {}) {
  return thrown([&] { config::parse_yaml(text, "f.yaml", limits); });
}

std::string repeated(std::string_view piece, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += piece;
  return out;
}

constexpr std::string_view kAfter = "text after the end of the document: one file holds one document";

}  // namespace

TEST_CASE("text behind the root is refused") {
  CHECK(refusal(",").starts_with("yaml.invalid 1:1 no text can begin with this character"));
  CHECK(refusal(",a\nb: 1\n").starts_with("yaml.invalid 1:1 no text can begin with this character"));
  CHECK(refusal("[1,2] garbage") == "yaml.invalid 1:7 " + std::string(kAfter));
  CHECK(refusal("\"\" \"\" \"\"") == "yaml.invalid 1:4 " + std::string(kAfter));
  CHECK(refusal("a: 1\n---\nb: 2\n") == "yaml.invalid 2:1 " + std::string(kAfter));
}

TEST_CASE("open quotes are refused, whatever ends the file") {
  for (std::string const quote : {"\"", "'"}) {
    for (std::string const end : {"", "\n", "\n\n\n", "\r\n", " \n"}) {
      INFO(quote << " " << end.size());
      CHECK(refusal("a: " + quote + "open\nb: 2" + end).find("a quote is never closed") != std::string::npos);
    }
  }
}

TEST_CASE("duplicate keys are refused with both lines") {
  CHECK(refusal("a: 1\nb: 2\na: 3\n") == "yaml.invalid 3:1 duplicate key \"a\", first at line 1");
  CHECK(refusal("x: {k: 1, 'k': 2}") == "yaml.invalid 1:11 duplicate key \"k\", first at line 1");
  CHECK(refusal("a: {k: 1}\nb: {k: 1}\n").empty());
}

TEST_CASE("anchors, aliases and bombs made of them") {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'j'; ++c) {
    std::string const before(1, static_cast<char>(c - 1));
    bomb += std::string(1, c) + ": &" + c + " [*" + before + repeated(",*" + before, 8) + "]\n";
  }
  CHECK(refusal(bomb).starts_with("yaml.invalid 1:4 anchors"));
  CHECK(refusal("&a [*a]").starts_with("yaml.invalid 1:1 anchors"));
  CHECK(refusal("&a {b: *a}").starts_with("yaml.invalid 1:1 anchors"));
  CHECK(refusal("&a {*a : 1}").starts_with("yaml.invalid 1:1 anchors"));
  CHECK(refusal("a: *b").starts_with("yaml.invalid 1:4 aliases"));
  CHECK(refusal("a: &b x").starts_with("yaml.invalid 1:4 anchors"));
}

TEST_CASE("depth, nodes and bytes are bounded") {
  for (std::string const piece : {"[", "{a: ", "- ", "? "}) {
    INFO(piece);
    std::string const message = refusal(repeated(piece, 100'000));
    CHECK(message.starts_with("yaml.invalid 1:"));
    CHECK(message.size() < 300);
  }
  CHECK(refusal(repeated("[", 65) + repeated("]", 65)) == "yaml.invalid 1:65 nested deeper than 64 levels");
  CHECK(refusal(repeated("[", 64) + repeated("]", 64)).empty());
  CHECK(refusal("[" + repeated("x,", 10'001) + "x]").find("more than 10000 nodes") != std::string::npos);
  CHECK(refusal("[" + repeated("x,", 10'001) + "x]", {20'000, 1 << 20}).empty());
  CHECK(refusal(std::string((1 << 20) + 1, 'x')) == "yaml.invalid 0:0 the file is over the limit of 1024 KiB");
  CHECK(refusal("a: " + std::string((1 << 20) - 100, 'x')).empty());
}

TEST_CASE("other encodings and control characters") {
  CHECK(refusal(std::string("\xFF\xFE"
                            "a\0:\0 \0"
                            "1\0",
                            10))
            .find("UTF-16") != std::string::npos);
  CHECK(refusal(std::string("\0a\0:", 4)).find("UTF-16") != std::string::npos);
  CHECK(refusal(std::string("a\0: b", 5)).starts_with("yaml.invalid 1:2 "));
  CHECK(refusal("a: \xff\xfe\x80\xc0\xaf").starts_with("yaml.invalid 1:4 "));
  CHECK(refusal("a: 1\nb: \x1b[31m").starts_with("yaml.invalid 2:4 "));
  CHECK(refusal("a: \x7f").starts_with("yaml.invalid 1:4 "));
  CHECK(refusal("a: x\ry").starts_with("yaml.invalid 1:5 "));
  CHECK(refusal("a: \"\\e[31m\"").starts_with("yaml.invalid 1:4 "));
  CHECK(refusal("a: \"x\\0\"").starts_with("yaml.invalid 1:4 "));
  CHECK(refusal("a: \"\\uD800\"").starts_with("yaml.invalid 1:"));
}

TEST_CASE("merge keys, tags, directives, keys that are no texts") {
  CHECK(refusal("b: {x: 1}\na:\n  <<: {y: 1}\n").starts_with("yaml.invalid 3:3 merge keys"));
  for (std::string const tag : {"!!python/object:os.system", "!foo", "!!int", "!", "!<tag:yaml.org,2002:str>"}) {
    INFO(tag);
    CHECK(refusal("a: " + tag + " \"x\"").starts_with("yaml.invalid 1:4 tags"));
    CHECK(refusal("a: " + tag + " x").starts_with("yaml.invalid 1:4 tags"));
  }
  CHECK(refusal("! {a: b}").starts_with("yaml.invalid 1:1 tags"));
  CHECK(refusal("%YAML 1.2\n---\na: 1\n").starts_with("yaml.invalid 1:1 directives"));
  CHECK(refusal("# c\n%TAG ! x\n---\na: 1\n").starts_with("yaml.invalid 2:1 directives"));
  CHECK(refusal("? [a]\n: b\n").starts_with("yaml.invalid 1:3 a key must be one text"));
  CHECK(refusal("{{a: b}: c}").starts_with("yaml.invalid 1:2 a key must be one text"));
  CHECK(refusal("~: x").starts_with("yaml.invalid 1:1 a key must be a text"));
  CHECK(refusal(": x").starts_with("yaml.invalid 1:1 "));
}

TEST_CASE("tabs where a line begins") {
  CHECK(refusal("rules:\n\t- id: a\n").starts_with("yaml.invalid 2:1 a tab"));
  CHECK(refusal("a:\n  \tb: 1\n").starts_with("yaml.invalid 2:3 a tab"));
  CHECK(refusal("a: 1\t# fine\n").empty());
  CHECK(refusal("a: 1\n\t\n").starts_with("yaml.invalid 2:1 a tab"));
}

TEST_CASE("the parser's own refusals name the way out") {
  CHECK(refusal("a: b: c\n").starts_with("yaml.invalid 1:5 ':' is not expected here"));
  CHECK(refusal(std::string(1025, 'k') + ": v").find("1,024") != std::string::npos);
  CHECK(refusal("a: [\n").find("not closed with ]") != std::string::npos);
  CHECK(refusal("a: {b: 1\n").find("not closed with }") != std::string::npos);
  CHECK(refusal("a: @x\n") == "yaml.invalid 1:4 this character cannot begin a text; quote the text");
  CHECK(refusal("a: 1\n b: 2\n").starts_with("yaml.invalid 2:"));
  CHECK(refusal("a: \"\\d\"").find("unknown escape") != std::string::npos);
}

TEST_CASE("lines that the parser loses or takes for something else") {
  CHECK(refusal("a: 1\n%b: 2\n") == "yaml.invalid 2:1 " + std::string(kAfter));  // read as a directive
  CHECK(refusal("|\n%\n") == "yaml.invalid 2:1 " + std::string(kAfter));
  CHECK(refusal("a: \"x\n%b\"\n").empty());
  CHECK(refusal("a: 1\n...\nb\n") == "yaml.invalid 3:1 " + std::string(kAfter));
  for (std::string const end : {"", "\n", "\n...\n"}) {
    INFO(end);
    CHECK(refusal("x: y\nfoo" + end).starts_with("yaml.invalid 2:1 "));  // no key with an empty value
  }
  CHECK(refusal("a:\nb\n") == "yaml.invalid 2:1 a key without ':'; quote a text that goes over several lines");
  CHECK(refusal("x:\n  a:\n  'b'\n").starts_with("yaml.invalid 3:3 a key without ':'"));
  CHECK(refusal("a:\n- b\nc:\n  d\n").empty());
  CHECK(refusal("-\ta\n").starts_with("yaml.invalid 1:3 a tab behind a dash"));
  CHECK(refusal("- -\t[a]\n").starts_with("yaml.invalid 1:5 a tab behind a dash"));
}

TEST_CASE("values that are left out") {
  for (std::string const text : {"[a,, b]", "[,]", "{,}", "{a: 1,, b: 2}", "[: x]", "{: x}"}) {
    INFO(text);
    CHECK(refusal(text).find("a value is missing") != std::string::npos);
  }
  CHECK(refusal("a: ,\n") == "yaml.invalid 1:4 no text can begin with this character; quote the text");
  auto const root = config::parse_yaml("a:\nb:\n- x\n-\n  # nothing\n\n-\n- - y\n  -\nc: {d: , e}\n", "f.yaml");
  CHECK(root.find("a")->kind == config::Node::Kind::null);
  CHECK(root.find("a")->spot.line == 1);
  auto const& items = root.find("b")->items;
  REQUIRE(items.size() == 4);
  CHECK(items[1].spot.line == 4);  // behind its dash, not at what follows
  CHECK(items[1].spot.column == 2);
  CHECK(items[2].spot.line == 7);
  CHECK(items[3].items[1].spot.line == 9);
  CHECK(items[3].items[1].spot.column == 4);
  CHECK(root.find("c")->find("d")->kind == config::Node::Kind::null);
  CHECK(root.find("c")->find("e")->kind == config::Node::Kind::null);
}

TEST_CASE("texts that the parser would end, or write wrongly") {
  auto const root = config::parse_yaml("[really?, {q: 'a?', u: http://x/?y=1, v: which one?}, ?x]\n", "f.yaml");
  REQUIRE(root.items.size() == 3);
  CHECK(root.items[0].scalar == "really?");
  CHECK(root.items[1].find("q")->scalar == "a?");
  CHECK(root.items[1].find("u")->scalar == "http://x/?y=1");
  CHECK(root.items[1].find("v")->scalar == "which one?");
  CHECK(root.items[2].scalar == "?x");
  CHECK(config::parse_yaml("? a\n: b?\n", "f.yaml").find("a")->scalar == "b?");
  CHECK(config::parse_yaml("\"\\_x\\_\"", "f.yaml").scalar == "\u00a0x\u00a0");
  CHECK(refusal("a: \"\\N\"").starts_with("yaml.invalid 1:4 "));
  CHECK(refusal("a: \"\\xFF\"").empty());
}

TEST_CASE("what is never closed is told as that, not as a key") {
  CHECK(refusal("- [a, b\n- c\n") == "yaml.invalid 1:3 a list opened with [ is not closed with ]");
  CHECK(refusal("[[a], b\n") == "yaml.invalid 1:1 a list opened with [ is not closed with ]");
  CHECK(refusal("- {a: b\n") == "yaml.invalid 1:3 a map opened with { is not closed with }");
  CHECK(refusal("- 'x': " + repeated("[", 70)) == "yaml.invalid 1:70 nested deeper than 64 levels");
  CHECK(refusal("- " + repeated("[", 70)) == "yaml.invalid 1:66 nested deeper than 64 levels");
  CHECK(refusal("[a]: b\n") == "yaml.invalid 1:1 a key must be one text, not a list or a map");
}

TEST_CASE("what the parser keeps until a list ends is bounded") {
  CHECK(refusal(repeated("[", 1'100'000), {500'000, 8 << 20}).find("more than a million items") != std::string::npos);
}

TEST_CASE("long texts of one kind take no more than their length") {
  for (std::string const piece :
       {"- ", "? ",   "\n",  "#\n", "# ",   "\r\n", "%a\n",  "&a ", "*a ", "!a ",     "'",     "\"",    "\\",
        "a ", "\na ", "a: ", ": ",  "{a, ", "[a, ", "- a\n", "-\n", "|\n", "- - a\n", "---\n", "...\n", "? a\n"}) {
    INFO(piece);
    std::string const text = repeated(piece, 40'000 / piece.size());
    CHECK(refusal(text, {200'000, 8 << 20}).size() < 300);
    CHECK(refusal("a: \"" + text, {200'000, 8 << 20}).size() < 300);
  }
  CHECK(refusal("&" + std::string(200'000, 'a') + " b").starts_with("yaml.invalid 1:1 anchors"));
  std::string line = "{";
  for (int i = 0; i < 4'000; ++i) line += "钥" + std::to_string(10'000 + i) + ": 值, ";
  auto const root = config::parse_yaml(line + "}", "f.yaml");
  REQUIRE(root.members.size() == 4'000);
  CHECK(root.members.back().second.spot.column == 2 + 3'999 * 11 + 8);
}
