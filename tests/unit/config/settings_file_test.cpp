// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/settings_file.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "umsops/base/error.hpp"
#include "umsops/config/yaml.hpp"

using namespace umsops;
using namespace umsops::config;

namespace {

SettingsText text(std::string_view of, Level level = Level::user_file) {
  return {of, "/etc/x/config.yaml", level, "/home/a"};
}

std::string set(std::string_view before, std::string_view key, std::vector<std::string> values) {
  return with_setting(text(before), key, values, "/etc/x");
}
std::string unset(std::string_view before, std::string_view key) { return without_setting(text(before), key); }

std::string code_of(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

}  // namespace

TEST_CASE("one value is changed, and nothing around it") {
  CHECK(set("lang: en   # ours\n", "lang", {"zh_CN"}) == "lang: zh_CN   # ours\n");
  CHECK(set("# a\n\nlang: 'en' # b\n# c\ntz: UTC\n", "lang", {"auto"}) == "# a\n\nlang: auto # b\n# c\ntz: UTC\n");
  CHECK(set("lang:\n  en\n# c\ntz: UTC\n", "lang", {"auto"}) == "lang: auto\n# c\ntz: UTC\n");
  CHECK(set("lang: en\r\ntz: UTC\r\n", "lang", {"auto"}) == "lang: auto\r\ntz: UTC\r\n");
  CHECK(set("\xEF\xBB\xBFlang: en\n", "lang", {"auto"}) == "\xEF\xBB\xBFlang: auto\n");
  CHECK(set("tz: UTC\nlang: en", "lang", {"auto"}) == "tz: UTC\nlang: auto\n");
  CHECK(set("actor: \"a # \\\" b\" # x\nnumber_format: \"T-{seq}\"\n", "actor", {"c"}) ==
        "actor: c # x\nnumber_format: \"T-{seq}\"\n");
  CHECK(set("actor: it''s # x\n", "actor", {"a \"b\" \\ c"}) == "actor: \"a \\\"b\\\" \\\\ c\" # x\n");
}

TEST_CASE("lists are written on one line, and replaced whole") {
  CHECK(set("roster: [a.yaml, \"b]\"] # r\ntz: UTC\n", "roster", {"c.yaml"}) == "roster: [c.yaml] # r\ntz: UTC\n");
  CHECK(set("roster:  # r\n  - a.yaml\n\n  # why\n  - b.yaml\n\n# t\ntz: UTC\n", "roster", {"/etc/x/c", "/o/d"}) ==
        "roster: [c, /o/d] # r\n\n# t\ntz: UTC\n");
  CHECK(set("roster:\n- a.yaml\n- b.yaml\ntz: UTC\n", "roster", {"c.yaml"}) == "roster: [c.yaml]\ntz: UTC\n");
  CHECK(set("", "password_command", {"pass", "show", "a b"}) == "password_command: [pass, show, \"a b\"]\n");
}

TEST_CASE("a new value goes behind the remark that shows it, else to the end") {
  CHECK(set("# hooks: hooks\ntz: UTC\n", "hooks", {"~/h"}) == "# hooks: hooks\nhooks: \"~/h\"\ntz: UTC\n");
  CHECK(set("# what it is\ntz: UTC", "lang", {"en"}) == "# what it is\ntz: UTC\nlang: en\n");
  CHECK(set("# nothing\n", "no_input", {"true"}) == "# nothing\nno_input: true\n");
  CHECK(set("", "store", {"postgresql://h/d?x=y"}) == "store: \"postgresql://h/d?x=y\"\n");
}

TEST_CASE("what is taken out leaves everything else") {
  CHECK(unset("# a\nlang: en # x\ntz: UTC\n", "lang") == "# a\ntz: UTC\n");
  CHECK(unset("roster:\n  - a\n  # b\n  - c\n\n# t\ntz: UTC\n", "roster") == "\n# t\ntz: UTC\n");
  CHECK(unset("tz: UTC\n", "lang") == "tz: UTC\n");
}

TEST_CASE("what cannot be changed is told, and why") {
  CHECK(code_of([] { set("", "langg", {"en"}); }) == "usage.bad_value");
  CHECK(code_of([] { set("", "lang", {"eo"}); }) == "usage.bad_value");
  CHECK(code_of([] { set("", "lang", {"en", "zh_CN"}); }) == "usage.bad_value");
  CHECK(code_of([] { set("", "actor", {"a\nb"}); }) == "usage.bad_value");
  CHECK(code_of([] { set("", "timeout", {"soon"}); }) == "usage.bad_value");
  CHECK(code_of([] { set("langg: en\n", "tz", {"UTC"}); }) == "config.invalid");
  CHECK(code_of([] { set("{lang: en}\n", "tz", {"UTC"}); }) == "config.invalid");
  CHECK(code_of([] { set("{lang: en}\n", "lang", {"auto"}); }) == "config.invalid");
  CHECK(code_of([] { set("lang: [en\n", "tz", {"UTC"}); }) == "yaml.invalid");
  CHECK(code_of([] { with_setting(text("", Level::project_file), "actor", {"x"}, "/"); }) == "config.forbidden");
}

TEST_CASE("a scalar reads as the text it was made of") {
  for (std::string_view const one :
       {"true", "No", "12", "0x1", "a: b", "- a", "#", "", "~", "中文", "a\"b", "-x", "@x", "x@y", "{a}"}) {
    CHECK(text_of(parse_yaml("k: " + yaml_scalar(one), "f").members.at(0).second) == one);
  }
}
