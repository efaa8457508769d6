// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "alert/times.hpp"

using namespace umsops;

namespace {

std::string read(std::string_view text) {
  auto const time = alert::read_time(text);
  if (!time.understood) return "?";
  return time.at ? base::format_rfc3339(*time.at) : "none";
}

}  // namespace

TEST_CASE("times as monitoring systems write them") {
  CHECK(read("2016-08-01T13:27:08.008+03:00") == "2016-08-01T10:27:08.008Z");
  CHECK(read("2020-02-06T00:17:58.432911368Z") == "2020-02-06T00:17:58.432Z");
  CHECK(read("2015-07-17T08:42:58.315+0000") == "2015-07-17T08:42:58.315Z");
  CHECK(read("2016-09-28 18:33:47 UTC") == "2016-09-28T18:33:47Z");
  CHECK(read("2020-07-20 16:27:20 (UTC)") == "2020-07-20T16:27:20Z");
  CHECK(read("2021-04-12 16:29:00+00:00") == "2021-04-12T16:29:00Z");
  CHECK(read("2017-06-30T22:25:43") == "2017-06-30T22:25:43Z");
  CHECK(read("2025-02-03T21:41:42.853014+01.00") == "2025-02-03T20:41:42.853Z");
  CHECK(read("2026-05-27 15:36:00.112013015 +0000 UTC m=+8560.28") == "2026-05-27T15:36:00.112Z");
  CHECK(read("2024/08/14 21:28:56 GMT") == "2024-08-14T21:28:56Z");
  CHECK(read("2026.11.23 09:30") == "2026-11-23T09:30:00Z");
}

TEST_CASE("counts since 1970, in the unit that their size tells") {
  CHECK(read("1498861543") == "2017-06-30T22:25:43Z");
  CHECK(read("1498861543.5") == "2017-06-30T22:25:43.500Z");
  CHECK(read("1713769949493") == "2024-04-22T07:12:29.493Z");
  CHECK(read("1420452224764002") == "2015-01-05T10:03:44.764Z");
  CHECK(read("1420452224764002246") == "2015-01-05T10:03:44.764Z");
}

TEST_CASE("no time, and what is none") {
  for (auto const* text : {"", " ", "0", "0001-01-01T00:00:00Z", "0001-01-01 00:00:00 +0000 UTC"})
    CHECK(read(text) == "none");
  for (auto const* text : {"None", "1713766657asdasd383", "9/9/2018 7:04 PM", "2026-13-01T00:00:00Z", "yesterday",
                           "99999999999999999999999", "1.2.3", "2026-11-23", "2026-11-23T09:30:00 CEST"}) {
    CHECK(read(text) == "?");
  }
}
