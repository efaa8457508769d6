// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops::tests;
using namespace umsops::format;
using umsops::base::Error;
using umsops::base::Language;

TEST_CASE("the JSON envelope and bare lines") {
  std::vector<Row> const rows{a_row("T-1", "磁盘", 2), a_row("T-2", "b", 3)};
  CHECK(list(style_of(Format::json, {"title", "attributes.host"}), rows) ==
        "{\"schema\":\"test.list/v1\",\"items\":[{\"title\":\"磁盘\",\"attributes.host\":\"db01\"},"
        "{\"title\":\"b\",\"attributes.host\":\"db01\"}],\"count\":2,\"truncated\":false,\"next\":null}\n");
  CHECK(list(style_of(Format::json), {}, {true, "abc", {{"n", 5}}}) ==
        "{\"schema\":\"test.list/v1\",\"items\":[],\"count\":0,\"truncated\":true,\"next\":\"abc\",\"n\":5}\n");
  CHECK(list(style_of(Format::jsonl, {"number"}), rows) == "{\"number\":\"T-1\"}\n{\"number\":\"T-2\"}\n");
  CHECK(list(style_of(Format::jsonl), {}).empty());
  CHECK(list(style_of(Format::id), rows) == "T-1\nT-2\n");
}

TEST_CASE("JSON holds every field in the order of the type, absent ones as null") {
  Row const row{"T-1", "x", Value(), Value(), Value(), Value()};
  CHECK(list(style_of(Format::jsonl), {row}) ==
        "{\"number\":\"T-1\",\"title\":\"x\",\"count\":null,\"level\":null,\"at\":null,\"attributes\":null}\n");
}

TEST_CASE("machine formats are UTC whatever the zone") {
  for (auto const format :
       {Format::json, Format::jsonl, Format::csv, Format::tsv, Format::yaml, Format::md, Format::env}) {
    Style style = style_of(format, {"at"});
    std::string const utc = list(style, {a_row("T-1", "x", 1)});
    style.zone = umsops::base::TimeZone::load("Asia/Shanghai");
    style.language = Language::zh;
    CHECK(list(style, {a_row("T-1", "x", 1)}) == utc);
    CHECK_THAT(utc, Catch::Contains("2023-11-14T22:13:20Z"));
  }
}

TEST_CASE("records go out one by one") {
  for (auto const format :
       {Format::json, Format::jsonl, Format::csv, Format::tsv, Format::yaml, Format::md, Format::id, Format::env}) {
    Text sink;
    auto const writer = list_writer(sink, style_of(format), "s", "thing", kFields);
    writer->row(a_row("T-1", "x", 1));
    int const before = sink.writes;
    writer->row(a_row("T-2", "x", 1));
    CHECK(sink.writes > before);
    CHECK_THAT(sink.text, Catch::Contains("T-2"));
    writer->end({});
  }
}

TEST_CASE("fields stand in the order asked, once each") {
  CHECK(list(style_of(Format::csv, {"title", "number"}), {}) == "title,number\r\n");
  CHECK(list(style_of(Format::csv, {"title", "number", "title"}), {}) == "title,number\r\n");
  CHECK(list(style_of(Format::csv, {"count", "*"}), {}) == "count,number,title,level,at,attributes\r\n");
  CHECK(list(style_of(Format::jsonl, {"attributes.none"}), {a_row("T-1", "x", 1)}) == "{\"attributes.none\":null}\n");
}

TEST_CASE("unknown fields are refused with the nearest match, whatever the format") {
  for (auto const name : format_names()) {
    auto const format = *parse_format(name);
    if (format == Format::id) continue;
    try {
      list(style_of(format, {"titel"}), {});
      FAIL("accepted for " << name);
    } catch (Error const& error) {
      CHECK(error.code().code == "field.unknown");
      CHECK_THAT(error.message() + error.hint(), Catch::Contains("titel") && Catch::Contains("title"));
      CHECK(error.details().at(0).find("suggestion")->text() == "title");
      CHECK(error.details().at(0).find("allowed")->get_if<Value::List>()->size() == std::size(kFields));
    }
  }
  CHECK_THROWS_AS(list(style_of(Format::csv, {"title.x"}), {}), Error);
  CHECK_THROWS_AS(list(style_of(Format::csv, {"attributes."}), {}), Error);
  CHECK_THROWS_AS(list(style_of(Format::csv, {""}), {}), Error);
}

TEST_CASE("names of formats") {
  for (auto const name : format_names()) CHECK(parse_format(name));
  CHECK(!parse_format("JSON"));
  CHECK(!parse_format("xml"));
  CHECK(guess_input_format("a.b.ndjson") == InputFormat::jsonl);
  CHECK(guess_input_format("x.csv") == InputFormat::csv);
  CHECK(!guess_input_format("csv"));
}

TEST_CASE("an error as a document") {
  Error error(umsops::base::errors::ticket_not_found, {{"id", "T-9\x1b"}});
  error.at({"rules.yaml", 2, 0}).detail(Value::Object{{"field", "title"}});
  Value const document = error_document(error, 3, Language::zh);
  Value const& inner = *document.find("error");
  std::vector<std::string> names;
  for (auto const& [name, value] : *inner.get_if<Value::Object>()) names.push_back(name);
  CHECK(names == std::vector<std::string>{"code", "exit", "message", "lang", "hint", "retryable", "details", "stored",
                                          "source"});
  CHECK(inner.find("code")->text() == "ticket.not_found");
  CHECK(inner.find("lang")->text() == "zh_CN");
  CHECK(*inner.find("source") == Value(Value::Object{{"file", "rules.yaml"}, {"line", 2}, {"column", Value()}}));
  CHECK(umsops::base::to_json(document).find('\x1b') == std::string::npos);
  CHECK(error_document(Error(umsops::base::errors::ticket_not_found), 3, Language::en)
            .find("error")
            ->find("source")
            ->is_null());
}

TEST_CASE("documents that are no records") {
  auto const written = [](Format format, Value const& value) {
    Text sink;
    write_document(sink, style_of(format), value);
    return sink.text;
  };
  Value const document = Value::Object{{"schema", "x/v1"},
                                       {"ok", true},
                                       {"items", Value::List{Value::Object{{"a", 1}, {"b", "no"}}}},
                                       {"none", Value::List{}},
                                       {"deep", Value::Object{{"t", Value()}}}};
  CHECK(written(Format::json, document) ==
        "{\"schema\":\"x/v1\",\"ok\":true,\"items\":[{\"a\":1,\"b\":\"no\"}],\"none\":[],\"deep\":{\"t\":null}}\n");
  std::string const yaml = "schema: \"x/v1\"\nok: true\nitems:\n  - a: 1\n    b: \"no\"\nnone: []\ndeep:\n  t: null\n";
  CHECK(written(Format::yaml, document) == yaml);
  CHECK(written(Format::table, document) == yaml);
  CHECK(written(Format::yaml, Value::Object{}) == "{}\n");
  CHECK(written(Format::yaml, "plain") == "plain\n");
  CHECK(written(Format::yaml, Value::List{"a", 1}) == "- a\n- 1\n");
  CHECK(written(Format::table, Value::Object{{"a", "x\x1b"}}).find('\x1b') == std::string::npos);
}
