// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/desk_files.hpp"

#include <catch2/catch.hpp>

#include "config/desk_files_reader.hpp"

using namespace umsops;
using Lines = std::vector<std::string>;

namespace {

Lines lines_of(config::Problems const& problems) {
  Lines out;
  for (auto const& error : problems.all()) out.push_back(std::to_string(error.spot().line) + ": " + error.message());
  return out;
}

Lines field_problems(std::string const& fields) {
  config::Problems problems(base::errors::config_invalid);
  config::read_fields_text("kind: fields\nfields:\n" + fields, "f.yaml", problems);
  return lines_of(problems);
}

Lines view_problems(std::string const& views) {
  config::Problems problems(base::errors::config_invalid);
  for (auto const& view : config::read_views_text("kind: views\nviews:\n" + views, "v.yaml", problems))
    problems.guard([&] { config::check_view(view); });
  return lines_of(problems);
}

}  // namespace

TEST_CASE("declared fields are read", "[config]") {
  config::Problems problems(base::errors::config_invalid);
  auto const fields = config::read_fields_text(
      "fields:\n  size: {type: choice, choices: [s, l], label: {en: Size, zh: 尺寸}, required: [hardware]}\n"
      "  seats: {type: integer, min: 1, max: 5, categories: software, required: true}\n  note: {}\n",
      "f.yaml", problems);
  CHECK(lines_of(problems).empty());
  REQUIRE(fields.size() == 3);
  CHECK((fields[0].choices == Lines{"s", "l"} && fields[0].label_zh == "尺寸" && fields[0].is_required_in("hardware")));
  CHECK((fields[1].most == 5 && fields[1].is_required_in("software") && !fields[1].is_required_in("hardware")));
  CHECK((fields[2].type == model::DeclaredType::text && fields[2].belongs_to("anything")));
}

TEST_CASE("mistakes in declared fields are told where they are", "[config]") {
  CHECK(field_problems("  title: {}\n").size() == 1);
  CHECK(field_problems("  'a b': {}\n").size() == 1);
  CHECK(field_problems("  a: {type: number}\n").size() == 1);
  CHECK(field_problems("  a: {type: choice}\n") == Lines{"3: a choice has choices"});
  CHECK(field_problems("  a: {choices: [x]}\n") == Lines{"3: only a choice has choices"});
  CHECK(field_problems("  a: {type: integer, min: 2, max: 1}\n") == Lines{"3: min is above max"});
  CHECK(field_problems("  a: {min: 2}\n") == Lines{"3: only a number has min and max"});
  CHECK(field_problems("  a: {categories: [x], required: [y]}\n") == Lines{"3: \"y\" is none of its categories"});
  CHECK(field_problems("  a: {tpye: text}\n").size() == 1);
}

TEST_CASE("views are read, and held against the fields of their noun", "[config]") {
  config::Problems problems(base::errors::config_invalid);
  auto const views = config::read_views_text(
      "views:\n  mine: assignee=me\n  late: {where: sla=AT_RISK, sort: -created, fields: [title, asset], limit: 5}\n",
      "v.yaml", problems);
  CHECK(lines_of(problems).empty());
  REQUIRE(views.size() == 2);
  CHECK((views[0].filter == "assignee=me" && views[0].noun == "ticket"));
  CHECK((views[1].limit == 5 && views[1].fields == Lines{"title", "asset"}));
  for (auto const& view : views) CHECK_NOTHROW(config::check_view(view));
  CHECK(view_problems("  a: stauts=OPEN\n").size() == 1);
  CHECK(view_problems("  a: {where: x, noun: tickets}\n") == Lines{"3: \"tickets\" is no noun that has lists"});
  CHECK(view_problems("  a: {noun: incident, where: severity=HUGE}\n").size() == 1);
  CHECK(view_problems("  a: {sort: titel}\n").size() == 1);
  CHECK(view_problems("  a: {wher: x}\n").size() == 1);
  CHECK(view_problems("  a: {limit: 0}\n").size() == 1);
  CHECK(view_problems("  a: zzqqxxyy=1\n").empty());  // a field that another file may declare
}
