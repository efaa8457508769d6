// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <random>

#include "model/time_form.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/import_mapping.hpp"

using namespace umsops::model;
using umsops::base::format_rfc3339;
using umsops::base::parse_json;
using umsops::base::TimeZone;
using umsops::base::to_json;

namespace {

ImportMapping mapping_of(std::vector<FieldMapping> fields) {
  ImportMapping mapping;
  mapping.fields = std::move(fields);
  mapping.file = "map.yaml";
  return mapping;
}

std::string read(char const* text, char const* form, TimeZone const& zone = {}) {
  auto const at = read_time_form(text, form, zone);
  return at ? format_rfc3339(*at) : "none";
}

}  // namespace

TEST_CASE("foreign records under our names") {
  auto const mapping = mapping_of({{"title", {"Document"}, " ", {}, "", "", 10},
                                   {"priority", {"Urgency"}, " ", {{"0", "CRITICAL"}}, "LOW", "", 0},
                                   {"created_at", {"opened"}, " ", {}, "", "%d/%m/%Y %H:%M", 0},
                                   {"attributes.topic", {"Topic"}, " ", {}, "", "", 0},
                                   {"source", {}, " ", {}, "EMAIL", "", 0}});
  CHECK(to_json(apply(mapping, parse_json(R"({"Document":"一二三四五六七八九十十一","Urgency":0,)"
                                          R"("opened":"29/02/2016 01:16","Topic":"Access"})"))) ==
        R"({"title":"一二三四五六七八九…","priority":"CRITICAL","created_at":"2016-02-29T01:16:00Z","source":"EMAIL",)"
        R"("attributes":{"topic":"Access"}})");
  CHECK(to_json(apply(mapping, parse_json(R"({"Document":"exactly 10","Urgency":"9","opened":"","Topic":null})"))) ==
        R"({"title":"exactly 10","priority":"LOW","source":"EMAIL"})");
}

TEST_CASE("columns are joined, and what is empty is left out") {
  auto const mapping = mapping_of({{"description", {"a", "b", "c"}, " / ", {}, "", "", 0}});
  CHECK(to_json(apply(mapping, parse_json(R"({"a":"x","b":"","c":5})"))) == R"({"description":"x / 5"})");
  CHECK(to_json(apply(mapping, parse_json(R"({"b":"y"})"))) == R"({"description":"y"})");
  CHECK(to_json(apply(mapping, parse_json("{}"))) == "{}");
}

TEST_CASE("what the mapping itself says is in our words") {
  auto const mapping = mapping_of({{"created_at", {"opened"}, " ", {}, "2020-01-01T00:00:00Z", "%d/%m/%Y", 0},
                                   {"assignee_id", {"who"}, " ", {{"nobody", ""}, {"ln", "li.na"}}, "", "", 0}});
  CHECK(to_json(apply(mapping, parse_json(R"({"opened":"","who":"nobody"})"))) == R"({"created_at":"2020-01-01T00:00:00Z"})");
  CHECK(to_json(apply(mapping, parse_json(R"({"opened":"02/03/2020","who":"ln"})"))) ==
        R"({"created_at":"2020-03-02T00:00:00Z","assignee_id":"li.na"})");
}

TEST_CASE("foreign records that a mapping does not fit") {
  auto const mapping = mapping_of({{"title", {"t"}, " ", {}, "", "", 0},
                                   {"priority", {"p"}, " ", {{"1", "HIGH"}}, "", "", 0},
                                   {"created_at", {"c"}, " ", {}, "", "%d/%m/%Y", 0}});
  struct Case {
    char const *record, *says;
  };
  for (Case const& c : {Case{R"({"other":1})", "map.yaml"}, Case{R"({"p":"2"})", "2 has no mapping in map.yaml"},
                        Case{R"({"c":"x"})", "x does not look like %d/%m/%Y"},
                        Case{R"({"c":"31/02/2020"})", "31/02/2020 does not look like"}, Case{"[]", "not an object"}}) {
    CAPTURE(c.record);
    try {
      apply(mapping, parse_json(c.record));
      FAIL("accepted");
    } catch (umsops::base::Error const& error) {
      CHECK(&error.code() == &umsops::base::errors::record_invalid);
      CHECK_THAT(error.message(), Catch::Contains(c.says));
    }
  }
  auto twice = mapping_of({{"title", {"a"}, " ", {}, "", "", 0}, {"title", {"b"}, " ", {}, "", "", 0}});
  CHECK_THROWS_WITH(apply(twice, parse_json(R"({"a":"x","b":"y"})")), Catch::Contains("made twice in map.yaml"));
  auto ignoring = mapping_of({{"title", {"t"}, " ", {}, "", "", 0}});
  ignoring.ignore = {"x"};
  CHECK_NOTHROW(apply(ignoring, parse_json(R"({"t":"a","x":1})")));
  CHECK_THROWS(apply(ignoring, parse_json(R"({"t":"a","y":1})")));
  ignoring.ignore = {"*"};
  CHECK_NOTHROW(apply(ignoring, parse_json(R"({"t":"a","y":1})")));
  auto bad_form = mapping_of({{"created_at", {"c"}, " ", {}, "", "%H:%M", 0}});
  CHECK_THROWS_WITH(apply(bad_form, parse_json(R"({"c":"10:00"})")), Catch::Contains("no form of a time in map.yaml"));
}

TEST_CASE("times by their form") {
  CHECK(read("23/11/2026 09:30", "%d/%m/%Y %H:%M") == "2026-11-23T09:30:00Z");
  CHECK(read("1/2/2026 9:05", "%d/%m/%Y %H:%M") == "2026-02-01T09:05:00Z");
  CHECK(read("2026-11-23T09:30:15.250Z", "%Y-%m-%dT%H:%M:%S.%f%z") == "2026-11-23T09:30:15.250Z");
  CHECK(read("2026-11-23 09:30:15 +0800", "%F %T %z") == "2026-11-23T01:30:15Z");
  CHECK(read("2026-11-23 09:30-05:30", "%F %R%z") == "2026-11-23T15:00:00Z");
  CHECK(read("2026-11-23 09:30+08", "%F %R%z") == "2026-11-23T01:30:00Z");
  CHECK(read("11/23/26 09:30 PM", "%D %I:%M %p") == "2026-11-23T21:30:00Z");
  CHECK(read("11/23/26 12:00 am", "%D %I:%M %p") == "2026-11-23T00:00:00Z");
  CHECK(read("11/23/69 12:00 pm", "%D %l:%M %p") == "1969-11-23T12:00:00Z");
  CHECK(read("Mon, 23 Nov 2026 09:30:00", "%a, %d %b %Y %H:%M:%S") == "2026-11-23T09:30:00Z");
  CHECK(read("monday 23 november 2026", "%A %e %B %Y") == "2026-11-23T00:00:00Z");
  CHECK(read("23-May-2026", "%d-%b-%Y") == "2026-05-23T00:00:00Z");
  CHECK(read("1795426200", "%s") == "2026-11-23T09:30:00Z");
  CHECK(read("1795426200.5", "%s.%f") == "2026-11-23T09:30:00.500Z");
  CHECK(read("2026年11月23日 9时30分", "%Y年%m月%d日 %H时%M分") == "2026-11-23T09:30:00Z");
  CHECK(read("100% 2026-11-23", "100%% %F") == "2026-11-23T00:00:00Z");
  CHECK(read("20261123", "%Y%m%d") == "2026-11-23T00:00:00Z");
}

TEST_CASE("a time without an offset is one of the zone") {
  auto const berlin = TimeZone::load("Europe/Berlin");
  CHECK(read("2026-07-01 12:00", "%F %R", berlin) == "2026-07-01T10:00:00Z");
  CHECK(read("2026-10-25 02:30", "%F %R", berlin) == "2026-10-25T00:30:00Z");  // occurs twice: the first
  CHECK(read("2026-07-01 12:00+00:00", "%F %R%z", berlin) == "2026-07-01T12:00:00Z");
  CHECK(read("1795426200", "%s", berlin) == "2026-11-23T09:30:00Z");
}

TEST_CASE("what has another form is no time") {
  struct Case {
    char const *text, *form;
  };
  for (Case const& c : {Case{"", "%F"}, Case{"2026-11-23 ", "%F"}, Case{"2026-11-23x", "%F"}, Case{"2026-13-01", "%F"},
                        Case{"2026-02-29", "%F"}, Case{"2026-11-31", "%F"}, Case{"0000-01-01", "%F"}, Case{"2026-11", "%F"},
                        Case{"2026-11-23 24:00", "%F %R"}, Case{"2026-11-23 09:60", "%F %R"}, Case{"23 Nom 2026", "%d %b %Y"},
                        Case{"2026-11-23 09:30+24:00", "%F %R%z"}, Case{"2026-11-23 09:30+", "%F %R%z"},
                        Case{"2026-11-23 09:30+08:", "%F %R%z"}, Case{"2026-11-23 13:00 PM", "%F %I:%M %p"},
                        Case{"99999999999999999999", "%s"}, Case{"-", "%s"}, Case{"2026-11-23", "%Q"}, Case{"x", "%"}}) {
    CAPTURE(c.text, c.form);
    CHECK(read(c.text, c.form) == "none");
  }
  CHECK(!time_form_problem("%d/%m/%Y"));
  CHECK(!time_form_problem("%s"));
  CHECK(*time_form_problem("%d/%m") == "it names no year, month or day");
  CHECK(*time_form_problem("%F %") == "a % at its end");
  CHECK(*time_form_problem("%F %Q") == "no conversion %Q");
  CHECK(*time_form_problem("%F %中") == "an unknown conversion");
}

TEST_CASE("no text crashes the reader of times") {
  static char const* const kPieces[] = {"%Y", "%m", "%d", "%H", "%M", "%S", "%b", "%p", "%z", "%f", "%s", "%", "2026", "11",
                                        "-", ":", " ", "Nov", "+08:00", "pm", "99999999999", "中", "\xff", "%T", "%y", "1"};
  std::mt19937 random(4711);
  auto const text = [&] {
    std::string out;
    for (unsigned n = random() % 9; n > 0; --n) out += kPieces[random() % std::size(kPieces)];
    return out;
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string const one = text();
    read_time_form(one, "%Y%m%d" + text(), {});
    read_time_form(one, text(), {});
  }
  SUCCEED();
}
