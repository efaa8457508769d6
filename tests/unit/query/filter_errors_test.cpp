// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tree.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/base/error.hpp"

using namespace umsops::query;
using umsops::base::Error;
using umsops::base::Value;

namespace {

std::optional<Error> refusal(std::string_view text) {
  try {
    parse_filter(text, ticket_context());
  } catch (Error const& error) {
    return error;
  }
  return std::nullopt;
}

std::int64_t offset_of(Error const& error) { return *error.details().at(0).find("offset")->get_if<std::int64_t>(); }

}  // namespace

TEST_CASE("a filter that is wrong points at its spot") {
  struct Case {
    char const* text;
    char const* says;
    std::int64_t offset;
  };
  for (Case const& c :
       {Case{"status=opne", "opne is not one of OPEN ASSIGNED", 7}, Case{"status=opne", "did you mean OPEN?", 7},
        Case{"status=OPEN,opne", "did you mean OPEN?", 12}, Case{"titel~x", "did you mean title?", 0},
        Case{"assigne=x", "did you mean assignee?", 0}, Case{"标题~登录", "did you mean title?", 0},
        Case{"Status=OPEN", "did you mean status?", 0}, Case{"nonsense=x", "umsops fields ticket", 0},
        Case{"classification=x", "no field classification to filter by", 0}, Case{"attributes=x", "attributes.NAME=VALUE", 0},
        Case{"attributes.=x", "lower-case", 0}, Case{"attributes.Host=x", "lower-case", 0},
        Case{"status.x=1", "status has no members", 0}, Case{".x=1", "no field", 0}, Case{"https://x", "in quotes", 0},
        Case{"status=OPEN or priority=LOW title~x", "parentheses", 28},
        Case{"status=OPEN priority=LOW or title~x", "parentheses", 25},
        Case{"status=OPEN and priority=LOW or title~x", "parentheses", 29},
        Case{"rev=1 or rev=2 and rev=3", "parentheses", 15}, Case{"priority>=", "expected a value", 10},
        Case{"priority>=(", "expected a value", 10}, Case{"priority=,LOW", "expected a value", 9},
        Case{"priority=LOW,", "expected a value", 13}, Case{"priority=>LOW", "expected a value", 9},
        Case{"title~a=b", "stands in quotes", 7}, Case{"(status=OPEN", "not closed", 0},
        Case{"rev=1 ((rev=2)", "not closed", 6}, Case{"status=OPEN)", "never opened", 11},
        Case{"()", "expected a condition", 1}, Case{"title~\"open", "not closed", 6}, Case{"'", "not closed", 0},
        Case{"\"a\\\"", "not closed", 0}, Case{"title~\"\"", "nothing to look for", 6}, Case{"''", "nothing to look for", 0},
        Case{"title=''", "an empty value", 6}, Case{"title>x", "title has no order", 5},
        Case{"attributes.x<3", "has no order", 12}, Case{"rev~1", "searches text", 3}, Case{"status!~OP", "searches text", 6},
        Case{"created~2026", "searches text", 7}, Case{"rev>1,2", "an order takes one value", 6},
        Case{"rev<none", "none has no order", 4}, Case{"created<none", "none has no order", 8},
        Case{"rev=abc", "abc is not a whole number", 4}, Case{"rev=1.5", "whole number", 4},
        Case{"rev=9223372036854775808", "whole number", 4}, Case{"created>=someday", "not a time: someday", 9},
        Case{"created=\"none\"", "not a time: none", 8}, Case{"created=2026-02-30", "not a time", 8},
        Case{"a and", "expected a condition", 5}, Case{"and a", "expected a condition", 0},
        Case{"or", "expected a condition", 0}, Case{"a and or b", "expected a condition", 6}, Case{"not", "expected a condition", 3},
        Case{"!", "expected a condition", 1}, Case{"=x", "expected a condition", 0}, Case{"a, b", "expected a condition", 1},
        Case{"\"status\"=OPEN", "expected a condition", 8}, Case{"rev=1 && rev=2", "write and", 6},
        Case{"rev=1 || rev=2", "write or", 6}, Case{"登录(VPN)", "blank is missing", 6}, Case{"\"a\"b", "blank is missing", 3},
        Case{"\"a\"'b'", "blank is missing", 3}, Case{"title~'a'(b)", "blank is missing", 9},
        Case{"title~\xff", "invalid UTF-8", 6}, Case{"a\x1b[31m", "control character U+001B", 1}}) {
    CAPTURE(c.text);
    auto const error = refusal(c.text);
    REQUIRE(error);
    CHECK(&error->code() == &umsops::base::errors::filter_syntax);
    CHECK_THAT(error->message(), Catch::Contains(c.says));
    CHECK(offset_of(*error) == c.offset);
    CHECK(error->message().size() < 500);
  }
}

TEST_CASE("the caret counts display cells") {
  struct Case {
    char const* text;
    char const* line;
    int cells;
  };
  for (Case const& c : {Case{"status=opne", "status=opne", 7}, Case{"title~登录 status=opne", "title~登录 status=opne", 18},
                        Case{"title~é rev=x", "title~é rev=x", 12}, Case{"title~👨‍👩‍👧 rev=x", "title~👨‍👩‍👧 rev=x", 13},
                        Case{"a\nrev=x", "a\\nrev=x", 7}, Case{"title~\xe2\x80\xae rev=x", "title~\\u202E rev=x", 17},
                        Case{"rev=1 and", "rev=1 and", 9}}) {
    CAPTURE(c.text);
    auto const error = refusal(c.text);
    REQUIRE(error);
    std::string const wanted = "\n  " + std::string(c.line) + "\n  " + std::string(static_cast<std::size_t>(c.cells), ' ') + "^";
    CHECK_THAT(error->message(), Catch::EndsWith(wanted));
    CHECK_THAT(error->message(umsops::base::Language::zh), Catch::EndsWith(wanted));
  }
}

TEST_CASE("of a long filter the message shows what stands around the spot") {
  std::string chinese;
  for (int i = 0; i < 500; ++i) chinese += "登";
  for (std::string const& text : {std::string(900, 'x') + " rev=y", "title~" + chinese + " rev=y",
                                  "rev=y title~" + chinese, std::string(900, 'x') + " rev=y " + chinese}) {
    auto const error = refusal(text);
    REQUIRE(error);
    std::string const message = error->message();
    CHECK(message.size() < 500);
    CHECK_THAT(message, Catch::Contains("…") && Catch::Contains("rev=y"));
    std::size_t const caret = message.rfind('\n') + 1, shown = message.rfind('\n', caret - 2) + 1;
    std::size_t const spot = message.find("rev=y", shown) + 4;
    CHECK(umsops::base::cell_width(message.substr(shown, spot - shown)) == message.find('^', caret) - caret);
  }
  CHECK(refusal(std::string(5000, '\x80')));
  CHECK(refusal(std::string(200, '\x80') + ")"));
}

TEST_CASE("what a program reads of a refused filter") {
  Value const choice = refusal("rev=1 priority=hihg")->details().at(0);
  CHECK(umsops::base::to_json(choice) ==
        R"({"field":"priority","suggestion":"HIGH","allowed":["LOW","MEDIUM","HIGH","CRITICAL"],"offset":15})");
  Value const field = refusal("titel=x")->details().at(0);
  CHECK(field.find("field")->text() == "titel");
  CHECK(field.find("suggestion")->text() == "title");
  CHECK(field.find("allowed")->get_if<Value::List>()->size() == umsops::model::ticket_type().fields.size());
}

TEST_CASE("a local time with two readings says both") {
  auto context = ticket_context();
  context.zone = umsops::base::TimeZone::load("Europe/Berlin");
  try {
    parse_filter("created>='2026-10-25 02:30'", context);
    FAIL("accepted");
  } catch (Error const& error) {
    CHECK(&error.code() == &umsops::base::errors::filter_syntax);
    CHECK_THAT(error.message(), Catch::Contains("2026-10-25T00:30:00Z or 2026-10-25T01:30:00Z"));
    CHECK(error.details().at(0).find("second"));
  }
}
