// SPDX-License-Identifier: Apache-2.0
#include "base/json_plain.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

using namespace umsops::base;

namespace {

constexpr int kDepth = 64;

/// What the reader of record says. It passes over a byte order mark, with which no text is plain.
std::optional<Value> of_record(std::string const& text) {
  try {
    return parse_json("\xEF\xBB\xBF" + text);
  } catch (Error const&) {
    return std::nullopt;
  }
}

/// Whether the plain reader reads the text; what it reads must be what the reader of record does.
bool plain(std::string const& text) {
  auto const read = parse_plain_json(text, kDepth);
  CAPTURE(text);
  if (read) CHECK(read == of_record(text));
  return read.has_value();
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

}  // namespace

TEST_CASE("what most texts are made of is plain") {
  for (std::string const text :
       {R"({"a":"x","b":[true,false,null,-5,0,-0,999999999999999999],"c":{}, "d" : [ ] })", " \t\r\n[1 , 2]\n", "{}",
        R"("\"\\\/\b\f\n\r\t\u00e9\u4E2D\ud83d\ude00\u0000")",
        R"("é中😀 DEL)"
        "\x7f\"",
        R"({"title":"登录失败 VPN timeout","created_at":"2023-01-02T00:07:53Z"})", "\"\"", "7"}) {
    CAPTURE(text);
    CHECK(plain(text));
  }
  CHECK(plain(nested(kDepth)));
}

TEST_CASE("what is not plain is left to the reader of record") {
  for (std::string const text : {"",
                                 " ",
                                 "{",
                                 "[1,]",
                                 "[,1]",
                                 "[1 2]",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{\"a\":1,}",
                                 "{\"a\":1,\"a\":2}",
                                 "{a:1}",
                                 "01",
                                 "-",
                                 "-01",
                                 "+1",
                                 "1.5",
                                 "1e3",
                                 "1E3",
                                 "9223372036854775807",
                                 "1000000000000000000",
                                 "tru",
                                 "True",
                                 "nul",
                                 "NaN",
                                 "1 2",
                                 "[]]",
                                 "\"",
                                 "\"\\",
                                 "\"\\x\"",
                                 "\"\\u12\"",
                                 "\"\\u12G4\"",
                                 "\"\\ud800\"",
                                 "\"\\ude00\"",
                                 "\"\\ud800\\u0041\"",
                                 "\"a\nb\"",
                                 "\"\xff\"",
                                 "\"\xc0\x80\"",
                                 "\"\xed\xa0\x80\"",
                                 "\"\xe4\xb8",
                                 "\xEF\xBB\xBF{}",
                                 "//x\n1",
                                 "'a'",
                                 "[1]x"}) {
    CAPTURE(text);
    CHECK_FALSE(plain(text));
  }
  CHECK_FALSE(plain(std::string("1\0", 2)));
  CHECK_FALSE(plain(std::string("\"a\0b\"", 5)));
  CHECK_FALSE(plain(nested(kDepth + 1)));
  CHECK_FALSE(plain(std::string(100'000, '[')));
}

TEST_CASE("both readers agree on damaged texts") {
  std::string const seeds[] = {
      R"({"key":"EXT-1","title":"for disk 网络中断 \u7f51\ud83d\ude00","n":[-12,0,3.5,1e3],"o":{"a":null,"b":true}})",
      R"([{"a":"\"\\\n"},{"b":[]},"é",18446744073709551616,-9223372036854775808])"};
  constexpr std::string_view kBytes = "\"\\{}[]:,0123456789-+.eEtrufalsn \n\t\x01\x7f\xff\xe4\xb8\xad\xf0\x9f";
  std::mt19937 dice(7);
  int read = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = seeds[dice() % std::size(seeds)];
    for (auto damages = dice() % 3 + 1; damages > 0; --damages) {
      auto const at = dice() % text.size();
      char const byte = kBytes[dice() % kBytes.size()];
      switch (dice() % 3) {
        case 0:
          text[at] = byte;
          break;
        case 1:
          text.insert(at, 1, byte);
          break;
        default:
          text.erase(at, dice() % 4 + 1);
      }
      if (text.empty()) text = "0";
    }
    auto const ours = parse_plain_json(text, kDepth);
    read += ours.has_value() ? 1 : 0;
    if (!ours || ours == of_record(text)) continue;
    CAPTURE(text);
    FAIL("read otherwise");
  }
  CHECK(parse_plain_json(R"([1,"x"])", kDepth));
  CHECK(read > 0);
}
