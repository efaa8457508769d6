// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "umsops/alert/reader.hpp"
#include "umsops/base/json.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/config/sender_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using alert::Outcome;

namespace {

std::string const kFixtures = UMSOPS_SOURCE_DIR "/tests/fixtures/alerts/";

alert::Reader const& builtin() {
  static alert::Reader const reader(config::read_senders({}));
  return reader;
}

alert::Reading read(std::string const& file, std::string_view name = "") {
  std::ifstream in(kFixtures + "payloads/" + file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return builtin().read(alert::read_body(text.str(), file), alert::Input::json, name,
                        *base::parse_rfc3339("2026-11-23T09:30:00Z"));
}

std::string key(std::string const& file, std::size_t item = 0) { return read(file).items.at(item).event.key; }

/// Each problem as `line:column message (hint)`.
std::string lint(std::string_view text) {
  tests::Scratch const scratch;
  std::string out;
  for (auto const& error : config::lint_file(scratch.write("sender.yaml", text))) {
    out += std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " + error.message() +
           (error.hint().empty() ? "" : " (" + error.hint() + ")") + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("what becomes of every payload is what expected.csv says") {
  std::ifstream in(kFixtures + "expected.csv");
  std::string line;
  std::getline(in, line);
  std::set<std::string> listed;
  while (std::getline(in, line)) {
    auto const file = line.substr(0, line.find(','));
    listed.insert(file);
    auto const reading = read(file);
    std::array<int, 5> counts{};
    std::string sender, reason;
    for (auto const& item : reading.items) {
      ++counts[static_cast<std::size_t>(item.outcome)];
      sender = item.sender;
      if (!item.reason.empty()) reason = item.reason;
      bool const event = item.outcome < Outcome::ignore;
      if (event && (item.event.key.empty() || item.event.title.empty())) FAIL_CHECK(file << ": no key or title");
    }
    std::string got = file + "," + sender;
    for (auto const count : counts) got += "," + std::to_string(count);
    CHECK(got + "," + reason == line);
  }
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(kFixtures + "payloads")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    auto const name = std::filesystem::relative(entry.path(), kFixtures + "payloads").string();
    if (listed.count(name) == 0) FAIL_CHECK(name << " is not in expected.csv");
  }
  CHECK(files == listed.size());
}

TEST_CASE("an alarm and what clears it have one key, other things another") {
  CHECK(key("alertmanager/alertmonitor__01.json") == key("alertmanager/alertmonitor__02.json"));
  CHECK(key("alertmanager/alertmonitor__01.json") != key("alertmanager/zulip-alertmanager__alert.json"));
  CHECK(key("grafana/alerta__grafana_alert_alerting.json") == key("grafana/alerta__grafana_alert_ok.json"));
  CHECK(key("grafana/zulip-grafana__alert_v7.json") != key("grafana/zulip-grafana__no_message_alert_v7.json"));
  CHECK(key("zabbix/zulip-zabbix__zabbix_alert.json") == key("zabbix/zulip-zabbix__zabbix_ok.json"));
  CHECK(key("other-monitoring/alerta__pingdom_down.json") == key("other-monitoring/alerta__pingdom_up.json"));
  CHECK(key("other-monitoring/alerta__pingdom_down.json") !=
        key("other-monitoring/zulip-pingdom__http_up_to_down.json"));
  CHECK(key("cloudevents/cdevents__incident_detected.json") == key("cloudevents/cdevents__incident_resolved.json"));
  CHECK(key("ci/zulip-teamcity__broken.json") == key("ci/zulip-teamcity__fixed.json"));
  CHECK(key("ci/zulip-teamcity__success.json") != key("ci/zulip-teamcity__success_branch.json"));
  CHECK(key("ci/zulip-ansibletower__project_update_failed.json") ==
        key("ci/zulip-ansibletower__project_update_successful.json"));
  CHECK(key("ci/zulip-sonarqube__error.json") == key("ci/zulip-sonarqube__success.json"));
  CHECK(key("ci/zulip-airbyte__airbyte_job_payload_failure.json") ==
        key("ci/zulip-airbyte__airbyte_job_payload_success.json"));
  CHECK(key("pagerduty/zulip-pagerduty__trigger_v2.json") == key("pagerduty/zulip-pagerduty__acknowledge_v2.json"));
}

TEST_CASE("an Alertmanager group is one incident with the earliest start and all fingerprints") {
  auto const item = read("alertmanager/zulip-alertmanager__alert.json").items.at(0);
  CHECK(item.event.key == "am:{}/{}:{}");
  CHECK(item.event.title == "High CPU core temperature");
  CHECK(item.event.severity == model::Priority::critical);
  CHECK(item.event.related == std::vector<std::string>{"a1bc48475b20e73d", "c2ea85182f28cbd9"});
  CHECK(base::format_rfc3339(*item.event.starts_at) == "2020-02-06T00:17:58.432Z");
  CHECK(read("alertmanager/zulip-alertmanager__alert.json", "alertmanager-alerts").items.size() == 2);
  CHECK(key("alertmanager/prometheus_bot__simpe.json") == "am:43434343434343434343");
}

TEST_CASE("no two built-in senders recognise the same, and their names are those of their files") {
  auto const senders = config::read_senders({});
  for (std::size_t i = 0; i < senders.size(); ++i) {
    CHECK(senders[i].name == config::builtin_senders()[i]);
    for (std::size_t k = i + 1; k < senders.size(); ++k) {
      bool const both = senders[i].automatic && senders[k].automatic;
      if (both && recognise_alike(senders[i], senders[k])) FAIL_CHECK(senders[i].name << " and " << senders[k].name);
    }
  }
}

TEST_CASE("mails of monitoring systems") {
  auto const read_mail = [](std::string const& subject, std::string const& body = "") {
    base::Value mail{base::Value::Object{{"subject", subject}, {"body", body}, {"from", "nagios@example.com"}}};
    auto const item = builtin().read(mail, alert::Input::mail, "", {}).items.at(0);
    return item.sender + " " + std::string(to_string(item.outcome)) + " " + item.event.key;
  };
  CHECK(read_mail("** PROBLEM Service Alert: db01/MySQL is CRITICAL **") == "mail-nagios open nagios:db01:MySQL");
  CHECK(read_mail("** RECOVERY Service Alert: db01/MySQL is OK **") == "mail-nagios resolve nagios:db01:MySQL");
  CHECK(read_mail("** PROBLEM Host Alert: db01 is DOWN **") == "mail-nagios open nagios:db01");
  CHECK(read_mail("[PROBLEM] disk on db01 is CRITICAL!") == "mail-nagios open nagios:db01:disk");
  CHECK(read_mail("Check_MK: db01/CPU load OK -> WARN") == "mail-nagios open nagios:db01:CPU load");
  CHECK(read_mail("Problem: Disk full", "Host: db01\nSeverity: High\nOriginal problem ID: 42\n") ==
        "mail-zabbix open zabbix:event:42");
  CHECK(read_mail("Resolved in 5m 2s: Disk full", "Original problem ID: 42\r\n") ==
        "mail-zabbix resolve zabbix:event:42");
  CHECK(read_mail("[FIRING:2] DiskFull (db prod)") == "mail-alertmanager open am:mail:DiskFull (db prod)");
  CHECK(read_mail("[RESOLVED] DiskFull (db prod)") == "mail-alertmanager resolve am:mail:DiskFull (db prod)");
  CHECK(read_mail("ALARM: \"Latency\" in EU (Ireland)") == "mail-cloudwatch open cloudwatch:mail:EU (Ireland):Latency");
  CHECK(read_mail("Monitor is DOWN: shop") == "mail-uptime open uptime:mail:shop");
  CHECK(read_mail("Monitor is UP: shop") == "mail-uptime resolve uptime:mail:shop");
  CHECK(read_mail("[acme/web] Run failed: CI - main (abc1234)") == "mail-github open github:acme/web:workflow:CI:main");
  CHECK(read_mail("lunch?") == " refuse ");
}

TEST_CASE("one's own sender replaces the built-in one of its name") {
  tests::Scratch const scratch;
  auto const file =
      scratch.write("mine.yaml", "kind: sender\nname: zabbix\nrecognise: {path: mine}\nstate: firing\nkey: '{mine}'\n");
  auto const senders = config::read_senders({file});
  CHECK(senders.size() == config::builtin_senders().size());
  CHECK(senders[0].file == file);
  CHECK(tests::thrown([&] {
          config::read_senders({file, file});
        }).find("sender \"zabbix\" occurs twice") != std::string::npos);
  CHECK(config::read_senders({}, "zabbix").size() == 1);
  CHECK(config::builtin_sender("zabbix").find("name: zabbix") != std::string_view::npos);
  CHECK(tests::thrown([] { config::builtin_sender("zabix"); }) == "alert.sender_unknown 0:0 no sender zabix");
}

TEST_CASE("lint says what is wrong with a sender file, and where") {
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: firing\nkey: '{a}'\n") == "");
  CHECK(lint("kind: sender\nname: a\nrecognize: {path: a}\n")
            .find("3:1 unknown key \"recognize\" (did you mean recognise?)") != std::string::npos);
  CHECK(
      lint("kind: sender\nname: a\nrecognise: {path: a, matches: '('}\nstate: firing\nkey: a\n").find("3:31 regex:") ==
      0);
  CHECK(
      lint("kind: sender\nname: a\nrecognise: {path: a..b}\nstate: firing\nkey: a\n").find("3:19 a name is missing") ==
      0);
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: fired\nkey: a\n")
            .find("4:8 unknown state: \"fired\"") == 0);
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: {from: '{s', map: {a: firing}}\nkey: a\n")
            .find("4:15 a brace is not closed") == 0);
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: {from: '{s}', map: {'A, b': firing, a: "
             "resolved}}\nkey: a\n")
            .find("\"a\" occurs twice") != std::string::npos);
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: firing\nkey: '{extract.hots}'\nextract: {from: "
             "'{a}', regex: '(?P<host>x)'}\n") == "5:6 no expression in extract finds \"hots\" (did you mean host?)\n");
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\n").find("a sender without state") != std::string::npos);
  CHECK(lint("kind: sender\nname: a\nstate: firing\nkey: a\n").find("nothing says how this sender is recognised") !=
        std::string::npos);
  CHECK(lint("kind: sender\nname: mail\nrecognise: {path: a}\nstate: firing\nkey: a\n").find("not free as a name") !=
        std::string::npos);
  CHECK(lint("kind: sender\nname: a\nrecognise: {path: a}\nstate: firing\nkey: a\nseverity: {from: '{a}', map: {1: "
             "HIHG}}\n")
            .find("(did you mean HIGH?)") != std::string::npos);
  CHECK(lint("kind: sender\nname: mine\nrecognise:\n  - {path: host}\n  - {path: service}\n  - {path: state}\n  - "
             "{path: metric}\nstate: firing\nkey: a\n")
            .find("recognises exactly what the built-in sender riemann does") != std::string::npos);
}
