// SPDX-License-Identifier: Apache-2.0
#include "config/sender_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "config/rule_reader.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using alert::Choice;
using alert::Decision;
using alert::Sender;
using Act = Decision::Act;

constexpr std::string_view kActs[] = {"firing", "resolved", "acknowledged"};
constexpr std::size_t kLongestReason = 200;

Node const& map_of(Node const& yaml, char const* what, char const* example) {
  if (yaml.kind != Node::Kind::map) throw invalid(yaml.spot, fmt::format("{} is a map", what), example);
  return yaml;
}

std::vector<Node const*> list_of(Node const& yaml) {
  std::vector<Node const*> out;
  if (yaml.kind != Node::Kind::list) return {&yaml};
  for (auto const& item : yaml.items) out.push_back(&item);
  return out;
}

std::string reason_of(Node const& yaml) {
  std::string reason = text_of(yaml);
  if (auto fault = base::text_fault(reason, base::TextShape::line, kLongestReason))
    throw invalid(yaml.spot, "a reason: " + *fault);
  if (reason.empty()) throw invalid(yaml.spot, "an empty reason");
  return reason;
}

/// `firing`, or `{ignore: reason}`.
Decision decision_of(Node const& yaml, Problems& problems) {
  Decision out;
  out.line = yaml.spot.line;
  if (yaml.kind == Node::Kind::map) {
    problems.check_keys(yaml, {"ignore", "refuse"});
    Node const* const ignore = yaml.find("ignore");
    Node const* const reason = ignore ? ignore : yaml.find("refuse");
    if (!reason || yaml.members.size() != 1)
      throw invalid(yaml.spot, "a decision names one of ignore and refuse, with a reason", "e.g. {ignore: running}");
    out.act = ignore ? Act::ignore : Act::refuse;
    out.reason = reason_of(*reason);
    return out;
  }
  std::string const word = text_of(yaml);
  auto const found = std::find(std::begin(kActs), std::end(kActs), word);
  if (found == std::end(kActs)) {
    throw invalid(yaml.spot, fmt::format("unknown state: {}", echo(word)),
                  suggest(word, {"firing", "resolved", "acknowledged", "{ignore: REASON}", "{refuse: REASON}"}));
  }
  out.act = static_cast<Act>(found - std::begin(kActs));
  return out;
}

/// `values` are one word, or several with commas between them.
template <class Take>
void each_word(Node const& key, Take const& take) {
  std::string_view rest = key.scalar;
  while (true) {
    auto const end = std::min(rest.find(','), rest.size());
    auto word = rest.substr(0, end);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (word.empty()) throw invalid(key.spot, "an empty word");
    take(base::ascii_lower(word));
    if (end == rest.size()) return;
    rest.remove_prefix(end + 1);
  }
}

void read_state_map(Node const& yaml, alert::StateRule& state, Problems& problems) {
  std::set<std::string> seen;
  for (auto const& [key, value] : map_of(yaml, "map", "e.g. map: {PROBLEM: firing, OK: resolved}").members) {
    problems.guard([&, &key = key, &value = value] {
      auto const decision = decision_of(value, problems);
      each_word(key, [&](std::string word) {
        if (!seen.insert(word).second) throw invalid(key.spot, fmt::format("{} occurs twice", echo(word)));
        state.map.emplace_back(std::move(word), decision);
      });
    });
  }
}

void read_state(Node const& yaml, alert::StateRule& state, Problems& problems) {
  state.line = yaml.spot.line;
  if (yaml.kind == Node::Kind::scalar || !yaml.find("from")) {
    if (yaml.kind == Node::Kind::map && !yaml.find("ignore") && !yaml.find("refuse"))
      throw invalid(yaml.spot, "state says from where", "e.g. state: {from: '{status}', map: {PROBLEM: firing}}");
    state.always = decision_of(yaml, problems);
    return;
  }
  problems.check_keys(yaml, {"from", "map", "else", "missing"});
  problems.guard([&] { state.from = sender_choice(*yaml.find("from")); });
  if (Node const* const map = yaml.find("map")) problems.guard([&] { read_state_map(*map, state, problems); });
  if (Node const* const other = yaml.find("else"))
    problems.guard([&] { state.otherwise = decision_of(*other, problems); });
  if (Node const* const none = yaml.find("missing"))
    problems.guard([&] { state.missing = decision_of(*none, problems); });
  if (!yaml.find("map") && !yaml.find("else")) problems.add(yaml.spot, "state maps no word", "add map:");
}

void read_severity(Node const& yaml, alert::SeverityRule& severity, Problems& problems) {
  if (yaml.kind != Node::Kind::map) {
    severity.from = sender_choice(yaml);
    return;
  }
  problems.check_keys(yaml, {"from", "map"});
  Node const* const from = yaml.find("from");
  if (!from)
    throw invalid(yaml.spot, "severity says from where", "e.g. severity: {from: '{priority}', map: {1: HIGH}}");
  problems.guard([&] { severity.from = sender_choice(*from); });
  Node const* const map = yaml.find("map");
  if (!map) return;
  for (auto const& [key, value] : map_of(*map, "map", "e.g. map: {1: CRITICAL, 2: HIGH}").members) {
    problems.guard([&, &key = key, &value = value] {
      std::string const word = text_of(value);
      auto const known = model::parse_priority(word);
      auto const names = model::priority_names();
      if (!known) {
        throw invalid(value.spot, fmt::format("unknown severity: {}", echo(word)),
                      suggest(word, {names.begin(), names.end()}));
      }
      each_word(key, [&](std::string one) { severity.map.emplace_back(std::move(one), *known); });
    });
  }
}

void read_clauses(Node const& yaml, Act act, Sender& sender, Problems& problems) {
  for (auto const* item : list_of(yaml)) {
    problems.guard([&] {
      map_of(*item, act == Act::ignore ? "ignore" : "refuse", "e.g. {when: {path: test, is: 'true'}, reason: test}");
      problems.check_keys(*item, {"when", "reason"});
      alert::Clause clause;
      clause.decision = {act, "", item->spot.line};
      Node const* const reason = item->find("reason");
      if (!reason) throw invalid(item->spot, "no reason", "say why, e.g. reason: test");
      clause.decision.reason = reason_of(*reason);
      if (Node const* const when = item->find("when")) clause.when = sender_conditions(*when, problems);
      sender.clauses.push_back(std::move(clause));
    });
  }
}

void read_extract(Node const& yaml, Sender& sender, std::set<std::string>& names, Problems& problems) {
  for (auto const* item : list_of(yaml)) {
    problems.guard([&] {
      map_of(*item, "extract", "e.g. {from: '{subject}', regex: 'host (?P<host>\\S+)'}");
      problems.check_keys(*item, {"from", "regex"});
      Node const* const from = item->find("from");
      Node const* const regex = item->find("regex");
      if (!from || !regex) throw invalid(item->spot, "extract needs from and regex");
      alert::Extraction extraction;
      extraction.from = sender_choice(*from);
      auto const groups = sender_regex(*regex, extraction.pattern);
      if (groups.empty()) throw invalid(regex->spot, "the expression has no named group", "e.g. (?P<host>\\S+)");
      names.insert(groups.begin(), groups.end());
      sender.extract.push_back(std::move(extraction));
    });
  }
}

void read_labels(Node const& yaml, Sender& sender, Problems& problems) {
  map_of(yaml, "labels", "e.g. labels: {take: labels, set: {host: '{hostname}'}}");
  problems.check_keys(yaml, {"take", "set"});
  if (Node const* const take = yaml.find("take")) {
    for (auto const* item : list_of(*take)) problems.guard([&] { sender.labels.take.push_back(sender_path(*item)); });
  }
  Node const* const set = yaml.find("set");
  if (!set) return;
  for (auto const& [key, value] : map_of(*set, "set", "e.g. set: {host: '{hostname}'}").members) {
    problems.guard(
        [&, &key = key, &value = value] { sender.labels.set.emplace_back(key.scalar, sender_choice(value)); });
  }
}

void read_remarks(Node const& yaml, Sender& sender, Problems& problems) {
  for (auto const* item : list_of(yaml)) {
    problems.guard([&] {
      map_of(*item, "a remark", "e.g. {when: {path: truncated}, text: '{truncated} more'}");
      problems.check_keys(*item, {"when", "text"});
      Node const* const text = item->find("text");
      if (!text) throw invalid(item->spot, "a remark without text");
      alert::RemarkRule remark;
      remark.text = sender_choice(*text);
      if (Node const* const when = item->find("when")) remark.when = sender_conditions(*when, problems);
      sender.remarks.push_back(std::move(remark));
    });
  }
}

struct PlainField {
  std::string_view key;
  Choice Sender::*field;
};
constexpr PlainField kPlain[] = {
    {"key", &Sender::key},
    {"title", &Sender::title_of},
    {"description", &Sender::description},
    {"source", &Sender::source},
    {"link", &Sender::link},
    {"runbook", &Sender::runbook},
    {"group", &Sender::group},
    {"fingerprint", &Sender::fingerprint},
    {"starts_at", &Sender::starts_at},
    {"ends_at", &Sender::ends_at},
    {"services", &Sender::services},
    {"related", &Sender::related},
};

/// `{extract.NAME}` of a name that no expression finds would be absent for ever.
void check_extracted(Choice const& choice, std::set<std::string> const& names, Node const& yaml, Problems& problems) {
  for (auto const& text : choice) {
    for (auto const& piece : text.pieces) {
      if (!piece.path || piece.path->root != alert::Path::Root::extract) continue;
      auto const& name = piece.path->steps.front().name;
      if (names.count(name) != 0) continue;
      problems.add(yaml.spot, fmt::format("no expression in extract finds {}", echo(name)),
                   suggest(name, {names.begin(), names.end()}));
    }
  }
}

void read_fields(Node const& root, Sender& sender, std::set<std::string> const& names, Problems& problems) {
  for (auto const& plain : kPlain) {
    Node const* const found = root.find(plain.key);
    if (!found) continue;
    problems.guard([&] {
      sender.*plain.field = sender_choice(*found);
      check_extracted(sender.*plain.field, names, *found, problems);
    });
  }
  if (Node const* const key = root.find("key")) sender.key_line = key->spot.line;
  if (Node const* const severity = root.find("severity"))
    problems.guard([&] { read_severity(*severity, sender.severity, problems); });
  if (Node const* const labels = root.find("labels")) problems.guard([&] { read_labels(*labels, sender, problems); });
}

void read_head(Node const& root, Sender& sender, Problems& problems) {
  Node const* const name = root.find("name");
  if (!name) throw invalid(root.spot, "a sender has no name", "add name: and a word, e.g. name: backup");
  sender.name = id_of(*name);
  if (sender.name == "auto" || sender.name == "mail")
    throw invalid(name->spot, fmt::format("{} is not free as a name", echo(sender.name)));
  if (Node const* const title = root.find("about")) sender.title = text_of(*title);
  if (Node const* const input = root.find("input")) {
    std::string const word = text_of(*input);
    if (word != "json" && word != "mail")
      throw invalid(input->spot, fmt::format("unknown input: {}", echo(word)), suggest(word, {"json", "mail"}));
    sender.input = word == "mail" ? alert::Input::mail : alert::Input::json;
  }
  if (Node const* const automatic = root.find("automatic")) sender.automatic = boolean_of(*automatic);
  if (Node const* const ends = root.find("resolve_on")) {
    sender.resolve_on = alert::parse_resolve_policy(text_of(*ends));
    if (!sender.resolve_on)
      throw invalid(ends->spot, fmt::format("{} does not say which ends of alarms count", echo(text_of(*ends))),
                    std::string(alert::kResolvePolicies));
  }
  problems.guard([&] {
    Node const* const recognise = root.find("recognise");
    if (recognise) sender.recognise = sender_conditions(*recognise, problems);
    bool const none = !recognise || (recognise->kind == Node::Kind::list && recognise->items.empty());
    if (sender.automatic && none) {
      throw invalid(root.spot, "nothing says how this sender is recognised",
                    "add recognise:, or automatic: false to use it by --format alone");
    }
  });
}

/// An event needs a state and a key, unless all of them are refused or ignored before.
void check_whole(Node const& root, Sender const& sender, Problems& problems) {
  auto const& clauses = sender.clauses;
  bool const ends = std::any_of(clauses.begin(), clauses.end(), [](auto const& clause) { return clause.when.empty(); });
  bool const no_event = sender.state.always && sender.state.always->act >= Act::ignore;
  if (!ends && !root.find("state"))
    problems.add(root.spot, "a sender without state",
                 "e.g. state: {from: '{status}', map: {PROBLEM: firing, OK: resolved}}");
  if (!ends && !no_event && !root.find("key"))
    problems.add(root.spot, "a sender without key", "the same for an alarm and its end, e.g. key: 'disk:{host}'");
}

void read_root(Node const& root, Sender& sender, Problems& problems) {
  if (root.kind != Node::Kind::map) throw invalid(root.spot, "a sender file is a map", "it begins with kind: sender");
  sender.line = root.spot.line;
  Node const* const kind = root.find("kind");
  if (kind && text_of(*kind) != "sender") throw invalid(kind->spot, "this is no sender file", "kind: sender");
  problems.check_keys(root,
                      {"kind",        "name",     "about",   "input",    "automatic", "recognise",   "decode",
                       "each",        "extract",  "refuse",  "ignore",   "state",     "key",         "title",
                       "description", "source",   "link",    "runbook",  "group",     "fingerprint", "starts_at",
                       "ends_at",     "services", "related", "severity", "labels",    "remarks",     "resolve_on"});
  problems.guard([&] { read_head(root, sender, problems); });
  std::set<std::string> names;
  auto const part = [&](char const* key, auto const& act) {
    if (Node const* const found = root.find(key)) problems.guard([&] { act(*found); });
  };
  part("decode", [&](Node const& found) {
    for (auto const* item : list_of(found)) sender.decode.push_back(sender_path(*item));
  });
  part("each", [&](Node const& found) { sender.each = sender_path(found); });
  part("extract", [&](Node const& found) { read_extract(found, sender, names, problems); });
  part("refuse", [&](Node const& found) { read_clauses(found, Act::refuse, sender, problems); });
  part("ignore", [&](Node const& found) { read_clauses(found, Act::ignore, sender, problems); });
  part("state", [&](Node const& found) {
    read_state(found, sender.state, problems);
    check_extracted(sender.state.from, names, found, problems);
  });
  part("remarks", [&](Node const& found) { read_remarks(found, sender, problems); });
  read_fields(root, sender, names, problems);
  check_whole(root, sender, problems);
}

}  // namespace

Sender read_sender_text(std::string_view text, std::string const& file, Problems& problems) {
  Sender sender;
  problems.guard([&] { sender = read_sender_tree(parse_yaml(text, file), file, problems); });
  sender.file = file;
  return sender;
}

Sender read_sender_tree(Node const& root, std::string const& file, Problems& problems) {
  Sender sender;
  sender.file = file;
  problems.guard([&] { read_root(root, sender, problems); });
  return sender;
}

}  // namespace umsops::config
