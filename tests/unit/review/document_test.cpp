// SPDX-License-Identifier: Apache-2.0
#include "umsops/review/document.hpp"

#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"

using namespace umsops;
using namespace umsops::review;
using namespace std::chrono_literals;
using base::Language;

namespace {

base::TimePoint const kTime = *base::parse_rfc3339("2026-11-23T09:00:00Z");

model::Review a_review() {
  model::Review out;
  out.id = "01kc";
  out.review_number = "REV-000001";
  out.incident = "INC-000001";
  out.title = "sign-in | *down*";
  out.created_at = out.updated_at = kTime;
  return out;
}

Facts facts() {
  Facts out;
  out.incident.incident_number = "INC-000001";
  out.incident.title = "<script>alert(1)</script>";
  out.incident.detected_at = kTime;
  out.incident.root_cause = "a [certificate](javascript:x)";
  model::TimelineEntry entry;
  entry.at = kTime;
  entry.author = "li.na";
  entry.text = "one\n| two |";
  out.timeline = {entry};
  return out;
}

bool has(std::string const& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("what records say is text, what people write is theirs") {
  auto one = a_review();
  model::set_section(one, "overview", "It *was* down.\n");
  auto const text = document(one, facts(), {}, Language::en);
  CHECK(has(text, "# REV-000001 sign-in \\| \\*down\\*\n"));
  CHECK(has(text, "&lt;script&gt;"));
  CHECK_FALSE(has(text, "<script>"));
  CHECK_FALSE(has(text, "[certificate]("));
  CHECK(has(text, "| 2026-11-23T09:00:00Z | NOTE | li.na | one<br>\\| two \\| |\n"));
  CHECK(has(text, "## Overview\n\nIt *was* down.\n"));
  CHECK(document(one, facts(), {}, Language::en) == text);
  CHECK(has(document(one, facts(), {}, Language::zh), "## 促成因素\n"));
}

TEST_CASE("sections keep the order of the document, and an empty text takes one away") {
  auto one = a_review();
  model::set_section(one, "impact", "i");
  model::set_section(one, "overview", "o");
  model::set_section(one, "went_well", "w");
  model::set_section(one, "impact", "j");
  using Sections = std::vector<std::pair<std::string, std::string>>;
  CHECK(one.sections == Sections{{"overview", "o"}, {"impact", "j"}, {"went_well", "w"}});
  model::set_section(one, "impact", "");
  CHECK(one.sections == Sections{{"overview", "o"}, {"went_well", "w"}});
  CHECK_THROWS_AS(model::set_section(one, "blame", "x"), base::Error);
}

TEST_CASE("a review survives its row") {
  auto one = a_review();
  model::set_section(one, "overview", "o");
  model::ReviewAction action;
  action.title = "do it";
  action.ticket = "T-000001";
  action.target = model::ActionTarget::rule;
  action.name = "rules.yaml";
  action.before = "aa";
  action.created_at = kTime;
  action.due_at = kTime + 24h;
  one.actions = {action};
  auto const row = model::to_row(one);
  model::Review back;
  for (std::size_t i = 0; i < row.size(); ++i) model::set(back, i, row[i]);
  CHECK(model::to_row(back) == row);
  CHECK(model::check(one).empty());
  one.actions[0].name.clear();
  CHECK(model::check(one).size() == 1);
}

TEST_CASE("lengths are told in the two units that matter") {
  CHECK(length_text(0ms) == "0 s");
  CHECK(length_text(61s) == "1 min 1 s");
  CHECK(length_text(1h) == "1 h");
  CHECK(length_text(25h) == "1 d 1 h");
}
