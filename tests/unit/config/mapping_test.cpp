// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

TEST_CASE("a mapping file becomes a mapping") {
  tests::Scratch const scratch;
  auto const file = scratch.write("m.yaml", R"(kind: mapping
zone: Asia/Shanghai
ignore: [internal_notes]
fields:
  title: {column: Document, cut: 200}
  description: {columns: [Body, Notes], joiner: "\n"}
  priority: {column: Urgency, values: {"0": critical, "1": HIGH}, otherwise: LOW}
  created_at: {column: opened, time: "%d/%m/%Y %H:%M"}
  attributes.topic: {column: Topic_group}
  source: {value: EMAIL}
  requester_id: Caller
)");
  auto const mapping = config::read_mapping(file);
  CHECK(mapping.zone.name() == "Asia/Shanghai");
  CHECK(mapping.ignore == std::vector<std::string>{"internal_notes"});
  REQUIRE(mapping.fields.size() == 7);
  CHECK(mapping.fields[0].cut == 200);
  CHECK(mapping.fields[1].columns == std::vector<std::string>{"Body", "Notes"});
  CHECK(mapping.fields[1].joiner == "\n");
  CHECK(mapping.fields[2].values[0] == std::pair<std::string, std::string>{"0", "CRITICAL"});
  CHECK(mapping.fields[2].otherwise == "LOW");
  CHECK(mapping.fields[3].time_format == "%d/%m/%Y %H:%M");
  CHECK(mapping.fields[5].columns.empty());
  CHECK(mapping.fields[5].otherwise == "EMAIL");
  CHECK(mapping.fields[6].columns == std::vector<std::string>{"Caller"});
}

TEST_CASE("a mapping of a log says which rows belong together") {
  tests::Scratch const scratch;
  auto const mapping = config::read_mapping(scratch.write("m.yaml", R"(unknown: ["?", n/a]
events: {by: [number], at: updated, time: "%d/%m/%Y", actor: by, order: time}
fields:
  title: number
  status: {column: state, keep: "-100", values: {New: "", Done: CLOSED}}
  closed_at: {column: closed, once_passed: true}
)"));
  REQUIRE(mapping.events);
  CHECK(mapping.events->by == std::vector<std::string>{"number"});
  CHECK(mapping.events->at == "updated");
  CHECK(mapping.events->time_format == "%d/%m/%Y");
  CHECK(mapping.events->actor == "by");
  CHECK(mapping.events->by_time);
  CHECK(mapping.unknown == std::vector<std::string>{"?", "n/a"});
  CHECK(mapping.fields[1].keep == std::vector<std::string>{"-100"});
  CHECK(mapping.fields[1].values[0].second.empty());
  CHECK(mapping.fields[2].once_passed);
  CHECK(config::lint_file(std::string(UMSOPS_SOURCE_DIR) + "/examples/mappings/servicenow-event-log.yaml").empty());
  CHECK(config::lint_file(std::string(UMSOPS_SOURCE_DIR) + "/examples/mappings/itservice.yaml").empty());
}

TEST_CASE("mistakes of a mapping file") {
  tests::Scratch const scratch;
  auto const refusal = [&](std::string const& text) {
    return thrown([&] { config::read_mapping(scratch.write("m.yaml", text)); });
  };
  CHECK(refusal("kind: mapping\n") == "config.invalid 1:1 a mapping needs fields");
  CHECK(refusal("fields: {titel: x}") == "config.invalid 1:10 \"titel\" is no field that an import can give");
  CHECK(refusal("fields:\n  title: {colum: x}\n").starts_with("config.invalid 2:11 unknown key \"colum\""));
  CHECK(refusal("fields: {priority: {column: u, values: {a: URGENT}}}")
            .starts_with("config.invalid 1:44 \"URGENT\" is no priority"));
  CHECK(refusal("fields: {title: {column: a, time: '%d'}}") == "config.invalid 1:35 title is no time");
  CHECK(refusal("zone: Mars/Olympus\nfields: {title: x}") == "config.invalid 1:7 unknown time zone: Mars/Olympus");
  CHECK(refusal("fields: {attributes.Bad: x}").starts_with("config.invalid 1:10 "));
  CHECK(refusal("events: {by: n}\nfields: {title: x}") == "config.invalid 1:9 events needs by and at");
  CHECK(refusal("events: [n]\nfields: {title: x}") == "config.invalid 1:9 events is a map");
  CHECK(refusal("events: {by: [], at: t}\nfields: {title: x}") == "config.invalid 1:14 an empty list of columns");
  CHECK(refusal("events: {by: n, at: t, time: d}\nfields: {title: x}") ==
        "config.invalid 1:30 a time form without any %");
  CHECK(refusal("events: {by: n, at: t, order: back}\nfields: {title: x}") ==
        "config.invalid 1:31 \"back\" is no order");
  CHECK(refusal("events: {by: n, at: t, actr: a}\nfields: {title: x}")
            .starts_with("config.invalid 1:24 unknown key \"actr\""));
  CHECK(refusal("fields: {status: {column: s, keep: x}}") == "config.invalid 1:36 keep is for a mapping with events");
  CHECK(refusal("fields: {closed_at: {column: s, once_passed: true}}") ==
        "config.invalid 1:46 once_passed is for a mapping with events");
  CHECK(refusal("events: {by: n, at: t}\nfields: {title: {column: s, once_passed: true}}") ==
        "config.invalid 2:42 title is no time");
  CHECK(refusal("kind: rules\nfields: {title: x}") == "config.invalid 1:7 this is no mapping file");
}
