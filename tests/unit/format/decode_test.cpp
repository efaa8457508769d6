// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops::tests;
using umsops::format::decode;

namespace {

std::string all(umsops::format::ByteSource const& source, std::size_t room = 64) {
  std::string out, buffer(room, '\0');
  for (std::size_t got; (got = source(buffer.data(), buffer.size())) > 0;) out += buffer.substr(0, got);
  return out;
}

}  // namespace

TEST_CASE("other encodings, cut anywhere") {
  std::string const gbk = "\xB1\xEA\xCC\xE2\n\xCD\xFC\xBC\xC7\xC3\xDC\xC2\xEB\n";  // 标题 忘记密码
  for (std::size_t piece : {1u, 2u, 3u, 1000u}) {
    auto const reader = record_reader(decode(bytes_of(gbk, piece), "gb18030", "in"), InputFormat::csv, "in");
    auto const record = reader->next();
    REQUIRE(record);
    CHECK(umsops::base::to_json(record->object) == R"({"标题":"忘记密码"})");
  }
  std::string const utf16(
      "\xFF\xFE"
      "a\0\n\0\x2D\x4E\n\0",
      10);
  CHECK(all(decode(bytes_of(utf16, 1), "UTF-16", "in")) == "a\n中\n");
  std::string many, wanted;
  for (int i = 0; i < 20'000; ++i) {
    many += "\xB1\xEAx";
    wanted += "标x";
  }
  CHECK(all(decode(bytes_of(many, 4093), "gbk", "in"), 777) == wanted);
  CHECK(all(decode(bytes_of(""), "gbk", "in")).empty());
}

TEST_CASE("what is not of the encoding is named by its byte") {
  CHECK_THROWS_WITH(all(decode(bytes_of("ok\xff\xff"), "gb18030", "in")), Catch::Contains("byte 2"));
  CHECK_THROWS_WITH(all(decode(bytes_of("ok\xB1"), "gb18030", "in")), Catch::Contains("byte 2"));
  CHECK_THROWS_WITH(all(decode(bytes_of(std::string(50'000, 'x') + "\xff\xff", 100), "gb18030", "in")),
                    Catch::Contains("byte 50000"));
}

TEST_CASE("only names of encodings reach the converter") {
  for (auto const* name :
       {"klingon", "utf-8//IGNORE", "utf-8//TRANSLIT", "", "../x", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    CAPTURE(name);
    CHECK_THROWS_WITH(decode(bytes_of(""), name, "in"), Catch::Contains("unknown encoding"));
  }
}

TEST_CASE("a broken encoding ends an import") {
  auto const reader = record_reader(decode(bytes_of("a\n1\n\xff\xff\n2\n"), "gb18030", "in"), InputFormat::csv, "in");
  int records = 0;
  CHECK_THROWS_AS(
      [&] {
        while (reader->next() && records < 100) ++records;
      }(),
      umsops::base::Error);
  CHECK(records < 5);
}
