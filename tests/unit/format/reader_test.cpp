// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/format/reader.hpp"

using namespace umsops::format;

namespace {

ByteSource bytes_of(std::string text) {
  auto const held = std::make_shared<std::pair<std::string, std::size_t>>(std::move(text), 0);
  return [held](char* into, std::size_t most) {
    std::size_t const n = std::min(most, held->first.size() - held->second);
    std::copy_n(held->first.data() + held->second, n, into);
    held->second += n;
    return n;
  };
}

/// The records as JSON, errors as `line:code`.
std::vector<std::string> read(std::string text, InputFormat format) {
  std::vector<std::string> out;
  auto const reader = record_reader(bytes_of(std::move(text)), format, "in");
  while (auto record = reader->next()) {
    out.push_back(record->error ? std::to_string(record->error->spot().line) + ":" + std::string(record->error->code().code)
                                : umsops::base::to_json(record->object));
    if (out.size() > 100) break;
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("CSV as it comes") {
  CHECK(read("a,b\n1,2\n", InputFormat::csv) == Lines{R"({"a":"1","b":"2"})"});
  CHECK(read("\xEF\xBB\xBF" "a,b\r\n\"x\r\ny\",\"\"\"q\"\"\"\r\n\r\n3,4", InputFormat::csv) ==
        Lines{R"({"a":"x\ny","b":"\"q\""})", R"({"a":"3","b":"4"})"});
  CHECK(read("a\n\xE4\xB8\xAD\n", InputFormat::csv) == Lines{R"({"a":"中"})"});
  CHECK(read("", InputFormat::csv).empty());
  CHECK(read("a,b\n", InputFormat::csv).empty());
}

TEST_CASE("CSV that is broken says where and goes on") {
  CHECK(read("a,b\n1\n3,4\n", InputFormat::csv) == Lines{"2:csv.invalid", R"({"a":"3","b":"4"})"});
  CHECK(read("a,b\n1\"x,2\n3,4\n", InputFormat::csv) == Lines{"2:csv.invalid", R"({"a":"3","b":"4"})"});
  CHECK(read("a,b\n\"1\"x,2\n3,4\n", InputFormat::csv) == Lines{"2:csv.invalid", R"({"a":"3","b":"4"})"});
  CHECK(read("a,b\n\"open,2\n3,4\n", InputFormat::csv) == Lines{"2:csv.invalid"});
  CHECK(read("a,b\n1,\xff\n", InputFormat::csv) == Lines{"2:text.invalid"});
  CHECK(read(std::string("a,b\n1,\0\n", 8), InputFormat::csv) == Lines{"2:text.invalid"});
  CHECK(read("a\n" + std::string(2 << 20, 'x') + "\ny\n", InputFormat::csv) == Lines{"2:input.too_large", R"({"a":"y"})"});
  CHECK_THROWS(read("a,a\n1,2\n", InputFormat::csv));
  CHECK_THROWS(read("a,\n1,2\n", InputFormat::csv));
  CHECK_THROWS(read("\xFF\xFE" "a", InputFormat::csv));
}

TEST_CASE("JSON lines and lists") {
  CHECK(read("{\"a\":1}\n\n{\"a\":2}", InputFormat::jsonl) == Lines{R"({"a":1})", R"({"a":2})"});
  CHECK(read("{\"a\":1}\n{\"a\":\n[1]\n{\"a\":3}\n", InputFormat::jsonl) ==
        Lines{R"({"a":1})", "2:json.invalid", "3:json.invalid", R"({"a":3})"});
  CHECK(read(std::string(2 << 20, ' ') + "\n{\"a\":3}\n", InputFormat::jsonl) == Lines{"1:input.too_large", R"({"a":3})"});
  CHECK(read(" [ {\"a\":\"],}\"} ,\n {\"a\":2} ] ", InputFormat::json) == Lines{R"({"a":"],}"})", R"({"a":2})"});
  CHECK(read("[]", InputFormat::json).empty());
  CHECK(read(R"({"schema":"x","items":[{"a":1}],"count":1})", InputFormat::json) == Lines{R"({"a":1})"});
  CHECK(read("[{\"a\":1},\n{\"a\" 2}]", InputFormat::json) == Lines{R"({"a":1})", "2:json.invalid"});
  for (auto const* bad : {"[{\"a\":1}", "[{\"a\":1} {\"a\":2}]", "{\"x\":1}", "5", "", "[] x", "[1"}) {
    CAPTURE(bad);
    auto const got = read(bad, InputFormat::json);
    REQUIRE(!got.empty());
    CHECK_THAT(got.back(), Catch::Contains("json.invalid"));
  }
  CHECK(read(std::string(100'000, '['), InputFormat::json).size() <= 2);
}

TEST_CASE("other encodings, cut anywhere") {
  std::string const gbk = "\xB1\xEA\xCC\xE2\n\xCD\xFC\xBC\xC7\xC3\xDC\xC2\xEB\n";  // 标题 忘记密码
  for (std::size_t piece : {1u, 2u, 3u, 1000u}) {
    auto const whole = bytes_of(gbk);
    auto const source = decode([&](char* into, std::size_t most) { return whole(into, std::min(most, piece)); }, "gb18030", "in");
    auto const reader = record_reader(source, InputFormat::csv, "in");
    auto const record = reader->next();
    REQUIRE(record);
    CHECK(umsops::base::to_json(record->object) == R"({"标题":"忘记密码"})");
  }
  CHECK_THROWS_WITH(decode(bytes_of(""), "klingon", "in"), Catch::Contains("klingon"));
  CHECK_THROWS(decode(bytes_of(""), "utf-8//IGNORE", "in"));
  auto const bad = decode(bytes_of("ok\xff\xff"), "gb18030", "in");
  char buffer[64];
  CHECK_THROWS_WITH([&] { while (bad(buffer, sizeof buffer) > 0) {} }(), Catch::Contains("byte 2"));
}
