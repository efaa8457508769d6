// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;

namespace {

/// Each problem as `code line`.
std::vector<std::string> lint(std::string const& name, std::string_view text) {
  tests::Scratch const scratch;
  std::vector<std::string> out;
  for (auto const& error : config::lint_file(scratch.write(name, text))) {
    out.push_back(std::string(error.code().code) + " " + std::to_string(error.spot().line));
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lint tells every problem of a file") {
  CHECK(lint("c.yaml", "kind: settings\nstroe: x\noutput: jsno\ntimeout: 5\n") ==
        Lines{"config.invalid 2", "config.invalid 3", "config.invalid 4"});
  CHECK(lint("r.yaml",
             "rules:\n  - {id: a, when: {keywords: []}, set: {category: y}}\n"
             "  - {id: b, when: {keywords: x}, set: {priority: URGENT}}\n  - {when: {keywords: x}, stop: true}\n") ==
        Lines{"rules.invalid 2", "rules.invalid 3", "rules.invalid 4"});
  CHECK(lint("m.yaml", "fields:\n  titel: x\n  reqester: y\n") == Lines{"config.invalid 2", "config.invalid 3"});
  CHECK(lint("x.yaml", "a: 1\na: 2\n") == Lines{"yaml.invalid 2"});
}

TEST_CASE("lint knows the kinds of files") {
  CHECK(lint("c.yaml", "").empty());
  CHECK(lint("c.yaml", "output: json\nrules: [a.yaml]\n").empty());
  CHECK(lint("r.yaml", "rules:\n  - {id: a, when: {keywords: x}, set: {category: y}}\n").empty());
  CHECK(lint("r.yaml", "use: builtin\n").empty());
  CHECK(lint("k.yaml", "kind: cases\ncases:\n  - {name: a, text: {title: x}, expect: {priority: LOW}}\n").empty());
  CHECK(lint("m.yaml", "kind: mapping\nfields: {title: Subject}\n").empty());
  CHECK(lint("x.yaml", "kind: setings\n") == Lines{"config.invalid 1"});
  CHECK(lint("x.yaml", "- a\n") == Lines{"config.invalid 1"});
  CHECK(lint("c.yaml", "tz: Mars/Olympus\n") == Lines{"config.invalid 1"});
}

TEST_CASE("lint compiles rules and knows the project file by its name") {
  CHECK(lint("r.yaml", "rules:\n  - {id: a, when: {field: title, regex: '(?=x)'}, set: {category: y}}\n") ==
        Lines{"rules.invalid 2"});
  CHECK(lint("umsops.yaml", "pager: less\n") == Lines{"config.forbidden 1"});
  CHECK(config::lint_file("/nowhere/at/all.yaml").size() == 1);
}
