// SPDX-License-Identifier: Apache-2.0
// One step of a runbook.
#include <fmt/format.h>

#include <algorithm>

#include "config/roster_reader.hpp"
#include "config/rule_reader.hpp"
#include "config/runbook_reader.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using runbook::Action;
using runbook::Step;
using runbook::StepKind;
using namespace std::chrono_literals;

constexpr std::int64_t kMostRetries = 100, kMostPasses = 100;
constexpr std::size_t kLongestText = 4000;

/// The keys that say what a step is. `check` beside another one is how it is found out whether that took effect.
struct KindOf {
  std::string_view key;
  StepKind kind;
};
constexpr KindOf kKinds[] = {{"run", StepKind::run},         {"http", StepKind::http},     {"manual", StepKind::manual},
                             {"approve", StepKind::approve}, {"verify", StepKind::verify}, {"check", StepKind::check}};

KindOf const& kind_of(Node const& node) {
  KindOf const* found = nullptr;
  for (auto const& one : kKinds) {
    if (!node.find(one.key) || (found && one.kind == StepKind::check)) continue;
    if (found)
      throw invalid(node.spot, fmt::format("one step is both {} and {}", found->key, one.key), "make them two steps");
    found = &one;
  }
  if (!found)
    throw invalid(node.spot, "a step that does nothing", "give it one of: check, run, http, manual, approve, verify");
  return *found;
}

std::vector<std::string_view> keys_of(StepKind kind) {
  std::vector<std::string_view> keys{"id", "title", "when", to_string(kind)};
  auto const add = [&](std::initializer_list<std::string_view> more) { keys.insert(keys.end(), more); };
  switch (kind) {
    case StepKind::approve:
      add({"by"});
      break;
    case StepKind::manual:
      add({"rollback"});
      break;
    case StepKind::check:
      add({"timeout", "retries", "backoff", "env", "folder", "host", "stdin"});
      break;
    case StepKind::verify:
      add({"timeout", "retries", "passes", "every", "env", "folder", "host", "stdin", "on_error"});
      break;
    case StepKind::http:
      add({"timeout", "retries", "backoff", "on_error", "rollback", "check", "continue_on_failure"});
      break;
    case StepKind::run:
      add({"timeout", "retries", "backoff", "env", "folder", "host", "stdin", "on_error", "rollback", "check",
           "continue_on_failure"});
      break;
  }
  return keys;
}

std::string person_text(Node const& node) {
  std::string text = text_of(node);
  if (text.find_first_not_of(" \t\n") == std::string::npos) throw invalid(node.spot, "an empty text");
  if (auto const fault = base::text_fault(text, base::TextShape::block, kLongestText)) throw invalid(node.spot, *fault);
  return text;
}

/// The surroundings of a command may also stand beside the step's other keys.
void read_beside(Node const& node, Step& out, Problems& problems) {
  if (Node const* const timeout = node.find("timeout"))
    problems.guard([&] { out.action.timeout = runbook_span(*timeout, 1s, 1h, "from 1s to 1h"); });
  if (Node const* const env = node.find("env"))
    problems.guard([&] { out.action.environment = environment_of(*env, problems); });
  if (Node const* const folder = node.find("folder")) problems.guard([&] { out.action.folder = line_of(*folder); });
  if (Node const* const host = node.find("host")) problems.guard([&] { out.action.host = text_of(*host); });
  if (Node const* const input = node.find("stdin")) problems.guard([&] { out.action.input = text_of(*input); });
}

void read_tries(Node const& node, Step& out, Problems& problems) {
  if (Node const* const retries = node.find("retries"))
    problems.guard([&] { out.retries = integer_of(*retries, 0, kMostRetries); });
  if (Node const* const backoff = node.find("backoff"))
    problems.guard([&] { out.backoff = runbook_span(*backoff, 0s, 5min, "from 0s to 5m"); });
  if (Node const* const passes = node.find("passes"))
    problems.guard([&] { out.passes = integer_of(*passes, 1, kMostPasses); });
  if (Node const* const every = node.find("every"))
    problems.guard([&] { out.every = runbook_span(*every, 0s, 1h, "from 0s to 1h"); });
  if (Node const* const goes_on = node.find("continue_on_failure"))
    problems.guard([&] { out.goes_on = boolean_of(*goes_on); });
}

void read_further(Node const& node, Step& out, Problems& problems) {
  std::pair<std::string_view, std::optional<Action>*> const further[] = {
      {"on_error", &out.on_error}, {"rollback", &out.rollback}, {"check", &out.probe}};
  for (auto const& [key, into] : further) {
    Node const* const found = node.find(key);
    if (found && !(key == "check" && out.kind == StepKind::check))
      problems.guard([&, into = into] { *into = action_of(*found, problems); });
  }
}

void read_by(Node const& node, Step& out) {
  Node const* const by = node.find("by");
  if (!by) return;
  std::string const who = text_of(*by);
  if (who != "another" && who != "anybody")
    throw invalid(by->spot, fmt::format("{} is nobody", echo(who)), "another (than who runs it), or anybody");
  out.another = who == "another";
}

}  // namespace

Step step_of(Node const& node, Problems& problems) {
  runbook_map(node, "a step", "e.g. {id: restart, run: [systemctl, restart, slapd]}");
  auto const& [key, kind] = kind_of(node);
  problems.check_keys(node, keys_of(kind));
  Step out;
  out.kind = kind;
  out.spot = node.spot;
  problems.guard([&] { out.id = id_of(need(node, "id", "a name that is used once, e.g. id: restart")); });
  if (Node const* const title = node.find("title")) problems.guard([&] { out.title = line_of(*title); });
  problems.guard([&, &key = key, &kind = kind] {
    Node const& what = *node.find(key);
    bool const person = kind == StepKind::manual || kind == StepKind::approve;
    if (person) {
      out.text = person_text(what);
    } else {
      out.action = kind == StepKind::http ? request_of(what, problems) : action_of(what, problems);
    }
  });
  read_beside(node, out, problems);
  read_tries(node, out, problems);
  read_further(node, out, problems);
  problems.guard([&] { read_by(node, out); });
  return out;
}

}  // namespace umsops::config
