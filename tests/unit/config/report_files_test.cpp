// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/report_files.hpp"

#include <catch2/catch.hpp>

#include "config/report_reader.hpp"

using namespace umsops;

namespace {

std::vector<std::string> problems_of(std::string const& text) {
  config::Problems problems(base::errors::config_invalid);
  auto const all = config::read_report_text(text, "r.yaml", problems);
  for (auto const& one : all) config::check_report(one, problems);
  config::join_reports(all, true, problems);
  std::vector<std::string> out;
  for (auto const& error : problems.all())
    out.push_back(std::to_string(error.spot().line) + ": " + error.message() + " (" + error.hint() + ")");
  return out;
}

std::string written(std::string const& body) { return "reports:\n  - name: x\n    from: tickets\n" + body; }

}  // namespace

TEST_CASE("the built-in reports are sound") {
  CHECK(config::lint_reports({}).empty());
  auto const all = config::read_reports({});
  CHECK(all.size() >= 13);
  for (auto const& one : all) {
    CAPTURE(one.name);
    CHECK_FALSE(one.title.zh.empty());
    CHECK_FALSE(one.doc.zh.empty());
    for (auto const& measure : one.measures) CHECK((measure.aside || !measure.label.zh.empty()));
  }
}

TEST_CASE("views are found by the names of their views") {
  auto const all = config::read_reports({});
  CHECK(config::require_report(all, "support_statistics").name == "support");
  CHECK(config::require_report(all, "knowledge_base_statistics").name == "knowledge");
  CHECK_THROWS_AS(config::require_report(all, "suport"), base::Error);
}

TEST_CASE("mistakes of a report file are told with their lines") {
  CHECK(problems_of(written("    measures: [n]\n")).empty());
  CHECK(problems_of(written("    measure: [n]\n")).front().starts_with("4: unknown key \"measure\""));
  CHECK(problems_of(written("    measures: [n, p9:x]\n")) ==
        std::vector<std::string>{"4: measure: 'p9:x' is not a measure (did you mean p90?)"});
  CHECK(problems_of(written("    measures: [n]\n    by: [categroy]\n")) ==
        std::vector<std::string>{"2: ticket has no field categroy (did you mean category?)"});
  CHECK(problems_of(written("    measures: [n]\n    where: status=opne\n")).size() == 1);
  CHECK(problems_of("reports:\n  - name: x\n") ==
        std::vector<std::string>{"2: a report needs a source (e.g. from: tickets, or sections)"});
  CHECK(problems_of("reports:\n  - name: x\n    sections: [y]\n").front().starts_with("3: no report \"y\""));
  CHECK(
      problems_of("reports:\n  - name: X\n    from: tickets\n").front().starts_with("2: \"X\" is no name of a report"));
  CHECK(problems_of(written("    by: [{by: a..b, bands: [1d, 1h]}]\n    measures: [n]\n")).front() ==
        "4: bands ascend ()");
  CHECK(problems_of(written("    measures: [{figure: n, among: x}]\n")).front().starts_with("4: only a share"));
  CHECK(problems_of("a: [").size() == 1);
}
