// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/settings.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "unit/config/scratch.hpp"

using namespace umsops;
using config::Level;
using config::Settings;
using tests::thrown;

namespace {

/// A home, a system file and a project folder, all in one scratch folder.
struct World {
  tests::Scratch scratch;
  std::map<std::string, std::string> variables;
  config::Surroundings surroundings;

  World() {
    variables["HOME"] = scratch.path("home");
    std::filesystem::create_directories(scratch.path("project/sub"));
    surroundings.variable = [this](std::string const& name) -> std::optional<std::string> {
      auto const found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
    surroundings.working_directory = scratch.path("project/sub");
    surroundings.system_file = scratch.path("etc/config.yaml");
  }
  World(World const&) = delete;
  World& operator=(World const&) = delete;

  Settings load(std::vector<std::pair<std::string, std::string>> const& flags = {},
                std::string const& file = "") const {
    return Settings::load(surroundings, file, flags);
  }
  std::string refusal(std::vector<std::pair<std::string, std::string>> const& flags = {},
                      std::string const& file = "") {
    return thrown([&] { load(flags, file); });
  }
  void system(std::string_view text) const { scratch.write("etc/config.yaml", text); }
  void user(std::string_view text) const { scratch.write("home/.config/umsops/config.yaml", text); }
  void project(std::string_view text) const { scratch.write("project/umsops.yaml", text); }
};

}  // namespace

TEST_CASE("without any file the built-in defaults hold") {
  World const world;
  Settings const s = world.load();
  CHECK(s.text("output") == "table");
  CHECK(s.text("number_format") == "T-{seq:6}");
  CHECK(s.duration("timeout") == base::Milliseconds(60'000));
  CHECK(s.duration("duplicate_window") == base::Milliseconds(7LL * 24 * 3600 * 1000));
  CHECK(s.decimal("duplicate_score") == Approx(0.6));
  CHECK_FALSE(s.boolean("no_input"));
  CHECK(s.list("rules").empty());
  CHECK(s.origin("store").level == Level::builtin);
  CHECK(s.text("store") == world.scratch.path("home/.local/share/umsops/desk.db"));
  CHECK(s.files().empty());
  CHECK_THROWS_AS(s.origin("nonsense"), base::Error);
}

TEST_CASE("each level beats those below it") {
  // Bit i of the mask: level i says its word. The highest that speaks must win, whatever the others do.
  char const* const words[] = {"csv", "json", "yaml", "md", "tsv"};
  Level const levels[] = {Level::system_file, Level::user_file, Level::project_file, Level::environment, Level::flag};
  for (unsigned mask = 0; mask < 32; ++mask) {
    World world;
    auto const line = [&](int i) { return std::string("# comment\noutput: ") + words[i] + "\n"; };
    if (mask & 1u) world.system(line(0));
    if (mask & 2u) world.user(line(1));
    if (mask & 4u) world.project(line(2));
    if (mask & 8u) world.variables["UMSOPS_OUTPUT"] = words[3];
    std::vector<std::pair<std::string, std::string>> flags;
    if (mask & 16u) flags = {{"output", "id"}, {"output", words[4]}};
    auto const origin = world.load(flags).origin("output");
    INFO("mask " << mask);
    int highest = -1;
    for (int i = 0; i < 5; ++i) {
      if (mask & (1u << i)) highest = i;
    }
    CHECK(origin.value == (highest < 0 ? "table" : words[highest]));
    CHECK(origin.level == (highest < 0 ? Level::builtin : levels[highest]));
    if (highest >= 0 && highest < 3) CHECK(origin.spot.line == 2);
    if (highest == 3) CHECK(origin.spot.file == "UMSOPS_OUTPUT");
  }
}

TEST_CASE("every setting can be set by its variable, and mechanically named ones are") {
  for (auto const& setting : config::settings()) {
    if (setting.type == config::SettingType::command) continue;  // a program to be run comes from a file alone
    CHECK(setting.environment.starts_with("UMSOPS_"));
    CHECK_FALSE(setting.doc.empty());
    CHECK_FALSE(setting.doc_zh.empty());
    World world;
    std::string const value = setting.type == config::SettingType::choice     ? std::string(setting.choices.back())
                              : setting.type == config::SettingType::duration ? "5m"
                              : setting.type == config::SettingType::decimal  ? "0.25"
                              : setting.type == config::SettingType::integer  ? "7"
                              : setting.type == config::SettingType::boolean  ? "true"
                              : setting.type == config::SettingType::size     ? "2M"
                              : setting.key.ends_with("number_format")        ? "N{seq}"
                              : setting.key == "mail_addresses"               ? "help@example.com, a@b"
                                                                              : "/x";
    world.variables[std::string(setting.environment)] = value;
    INFO(setting.key);
    CHECK(world.load().text(setting.key) == value);
    CHECK(world.load().origin(setting.key).level == Level::environment);
  }
}

TEST_CASE("paths are relative to the file that names them") {
  World world;
  world.project("rules: [rules/a.yaml, /abs/b.yaml]\n");
  world.user("store: ../desk.db\n");
  Settings const s = world.load();
  CHECK(s.list("rules") == std::vector<std::string>{world.scratch.path("project/rules/a.yaml"), "/abs/b.yaml"});
  CHECK(s.text("store") == world.scratch.path("home/.config/desk.db"));
  world.variables["UMSOPS_RULES"] = "x.yaml:~/y.yaml";
  CHECK(world.load().list("rules") ==
        std::vector<std::string>{world.scratch.path("project/sub/x.yaml"), world.scratch.path("home/y.yaml")});
  CHECK(world.load({{"rules", ""}}).list("rules").empty());
  CHECK(world.load({{"store", "d.db"}}).text("store") == world.scratch.path("project/sub/d.db"));
}

TEST_CASE("a server's address is no path, wherever it comes from") {
  World world;
  world.user("store: postgresql://ops@db.example/desk\n");
  CHECK(world.load().text("store") == "postgresql://ops@db.example/desk");
  CHECK(world.load({{"store", "service=desk"}}).text("store") == "service=desk");
  CHECK(world.load({{"store", "./service=desk"}}).text("store") == world.scratch.path("project/sub/service=desk"));
  world.variables["UMSOPS_DB"] = "host=a,b dbname=desk";
  CHECK(world.load().text("store") == "host=a,b dbname=desk");
}

TEST_CASE("commands that give secrets come from the user's or the system's file alone") {
  for (std::string const key : {"password_command", "audit_key_command"}) {
    INFO(key);
    World world;
    world.user(key + ": [pass, show, 'ops desk']\n");
    CHECK(world.load().list(key) == std::vector<std::string>{"pass", "show", "ops desk"});
    CHECK(thrown([&] { world.load({{key, "sh"}}); }).starts_with("usage.bad_value"));
    world.variables["UMSOPS_PASSWORD_COMMAND"] = "sh";
    world.variables["UMSOPS_AUDIT_KEY_COMMAND"] = "sh";
    CHECK(world.load().list(key).size() == 3);
    world.project(key + ": [sh]\n");
    CHECK(thrown([&] { world.load(); }).starts_with("config.forbidden"));
  }
}

TEST_CASE("a project file may come from strangers") {
  for (auto const& setting : config::settings()) {
    World world;
    world.project(std::string(setting.key) + ": x\n");
    INFO(setting.key);
    CHECK(world.refusal().starts_with("config.forbidden 1:1 ") == !setting.project_may_set);
  }
  for (std::string const key : {"store", "actor", "pager", "hooks"}) {
    World world;
    world.project(key + ": x\n");
    CHECK(world.refusal() == "config.forbidden 1:1 a project file may not set " + key);
    CHECK(world.load({}, world.scratch.path("project/umsops.yaml")).origin(key).level == Level::user_file);
  }
}

TEST_CASE("an explicit file stands in for the user's and the project's") {
  World world;
  world.system("lang: en\n");
  world.user("output: csv\n");
  world.project("output: md\n");
  auto const file = world.scratch.write("mine.yaml", "actor: me\n");
  CHECK(world.load({}, file).text("output") == "table");
  CHECK(world.load({}, file).text("actor") == "me");
  CHECK(world.load({}, file).text("lang") == "en");
  CHECK(world.load({}, "../../mine.yaml").text("actor") == "me");
  CHECK(world.load({}, "/dev/null").files() == std::vector<std::string>{world.surroundings.system_file});
  world.variables["UMSOPS_CONFIG"] = file;
  CHECK(world.load().text("actor") == "me");
  CHECK(world.refusal({}, "absent.yaml").starts_with("config.invalid 0:0 cannot read "));
  world.variables["UMSOPS_NO_SYSTEM_CONFIG"] = "1";
  CHECK(world.load().files() == std::vector<std::string>{file});
}

TEST_CASE("mistakes in files have their place") {
  World world;
  auto const refusal = [&](std::string_view text) {
    world.user(text);
    return world.refusal();
  };
  CHECK(refusal("output: json\nstroe: x\n") == "config.invalid 2:1 unknown key \"stroe\"");
  CHECK(refusal("output: jsno\n") == "config.invalid 1:9 output: \"jsno\" is not a value of output");
  CHECK(refusal("timeout: 60\n") == "config.invalid 1:10 timeout: \"60\" is not a duration");
  CHECK(refusal("timeout: [1m]\n") == "config.invalid 1:10 timeout: expected a text, found a list");
  CHECK(refusal("output:\n") == "config.invalid 1:1 output: expected a text, found nothing");
  CHECK(refusal("no_input: yes\n") == "config.invalid 1:11 no_input: expected true or false, found \"yes\"");
  CHECK(refusal("duplicate_score: 1.5\n").starts_with("config.invalid 1:18 duplicate_score"));
  CHECK(refusal("number_format: T-{sek:6}\n").starts_with("config.invalid 1:16 number_format"));
  CHECK(refusal("mail_addresses: helpdesk\n").starts_with("config.invalid 1:17 mail_addresses"));
  CHECK(refusal("mail_addresses: a@b; @c\n").starts_with("config.invalid 1:17 mail_addresses"));
  CHECK(refusal("number_format: T-{yyyy}\n").starts_with("config.invalid 1:16 number_format"));
  CHECK(refusal("rules: {a: b}\n").starts_with("config.invalid 1:8 rules"));
  CHECK(refusal("kind: rules\n").starts_with("config.invalid 1:7 "));
  CHECK(refusal("- output\n") == "config.invalid 1:1 a settings file is a map");
  CHECK(refusal("output: csv\noutput: md\n").starts_with("yaml.invalid 2:1 duplicate key"));
  CHECK(refusal("kind: settings\noutput: csv\n").empty());
  CHECK(refusal("").empty());
}

TEST_CASE("mistakes in variables and flags name them") {
  World world;
  world.variables["UMSOPS_TIMEOUT"] = "60";
  CHECK(world.refusal() == "config.invalid 0:0 \"60\" is not a duration");
  world.variables["UMSOPS_TIMEOUT"] = "";
  CHECK(world.refusal().empty());
  CHECK(world.refusal({{"timeout", "x"}}) == "usage.bad_value 0:0 timeout: \"x\" is not a duration");
  CHECK(world.refusal({{"number_formt", "x"}}) == "usage.bad_value 0:0 -c: \"number_formt\" is not a setting");
}

TEST_CASE("XDG: relative values are ignored, no HOME is no place") {
  World world;
  world.variables["XDG_DATA_HOME"] = "relative";
  world.variables["XDG_CACHE_HOME"] = world.scratch.path("cache");
  world.variables["XDG_CONFIG_HOME"] = world.scratch.path("conf");
  world.scratch.write("conf/umsops/config.yaml", "output: md\n");
  Settings const s = world.load();
  CHECK(s.data_directory() == world.scratch.path("home/.local/share/umsops"));
  CHECK(s.cache_directory() == world.scratch.path("cache/umsops"));
  CHECK(s.state_directory() == world.scratch.path("home/.local/state/umsops"));
  CHECK(s.text("output") == "md");
  world.variables.clear();
  CHECK(world.load().data_directory().empty());
  CHECK(world.load().text("store").empty());
  world.variables["HOME"] = "relative";
  CHECK(world.load().data_directory().empty());
}

TEST_CASE("with borrowed rights the caller's files are not read") {
  World world;
  world.system("lang: en\n");
  world.user("output: csv\n");
  world.project("output: md\n");
  world.variables["UMSOPS_CONFIG"] = world.scratch.write("c.yaml", "output: id\n");
  world.variables["UMSOPS_PAGER"] = "evil";
  world.variables["UMSOPS_HOOKS"] = "/evil";
  world.variables["XDG_CACHE_HOME"] = world.scratch.path("cache");
  world.surroundings.elevated = true;
  Settings const s = world.load();
  CHECK(s.text("output") == "table");
  CHECK(s.text("lang") == "en");
  CHECK(s.text("pager").empty());
  CHECK(s.text("hooks").empty());
  CHECK(s.cache_directory().empty());
  CHECK(s.data_directory().empty());
}
