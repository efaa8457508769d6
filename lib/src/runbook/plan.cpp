// SPDX-License-Identifier: Apache-2.0
#include "umsops/runbook/plan.hpp"

#include <algorithm>
#include <set>

#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::runbook {
namespace {

using base::Value;

constexpr std::string_view kMasked = "***", kIncident = "incident.";

std::optional<std::string> find(Pairs const& pairs, std::string_view name) {
  for (auto const& [key, value] : pairs)
    if (key == name) return value;
  return std::nullopt;
}

Value list_of(Words const& words) { return Value::List(words.begin(), words.end()); }

Value object_of(Pairs const& pairs) {
  Value::Object out;
  for (auto const& [name, value] : pairs) out.emplace_back(name, value);
  return out;
}

Value seconds(base::Milliseconds span) { return static_cast<double>(span.count()) / 1000; }

Value http_value(Http const& http) {
  Value::List expect;
  for (auto const status : http.expect) expect.emplace_back(status);
  return Value::Object{{"method", http.method},
                       {"url", http.url},
                       {"headers", object_of(http.headers)},
                       {"body", base::text_or_null(http.body)},
                       {"expect", std::move(expect)}};
}

Value action_value(Action const& action) {
  return Value::Object{{"command", action.http ? Value() : list_of(action.command)},
                       {"http", action.http ? http_value(*action.http) : Value()},
                       {"stdin", base::text_or_null(action.input)},
                       {"environment", object_of(action.environment)},
                       {"folder", base::text_or_null(action.folder)},
                       {"host", base::text_or_null(action.host)},
                       {"timeout", seconds(action.timeout)}};
}

/// Plans steps with what is known before the first of them.
class Planner {
 public:
  Planner(Runbook const& runbook, Pairs const& inputs, Pairs const& facts, Quote quote)
      : runbook_(runbook), inputs_(inputs), facts_(facts), quote_(quote) {}

  Value step(Step const& step) const {
    bool const person = step.kind == StepKind::manual || step.kind == StepKind::approve;
    bool const verify = step.kind == StepKind::verify;
    return Value::Object{{"id", step.id},
                         {"title", base::text_or_null(step.title)},
                         {"kind", to_string(step.kind)},
                         {"when", base::text_or_null(step.when)},
                         {"text", base::text_or_null(filled(runbook_, step.text, fill()))},
                         {"another", step.another},
                         {"action", person ? Value() : action(step.action)},
                         {"retries", step.retries},
                         {"backoff", seconds(step.backoff)},
                         {"passes", verify ? Value(step.passes) : Value()},
                         {"every", verify ? seconds(step.every) : Value()},
                         {"on_error", further(step.on_error)},
                         {"check", further(step.probe)},
                         {"rollback", further(step.rollback)},
                         {"goes_on", step.goes_on}};
  }

 private:
  Fill fill() const {
    return [this](std::string_view name) -> std::optional<std::string> {
      if (name.starts_with("secrets.")) return std::string(kMasked);
      if (name.starts_with("inputs.")) return find(inputs_, name.substr(7));
      if (name.starts_with(kIncident))
        if (auto value = find(facts_, name.substr(kIncident.size()))) return value;
      return std::string("{{").append(name).append("}}");
    };
  }
  Value action(Action const& action) const { return action_value(resolved(runbook_, action, fill(), quote_)); }
  Value further(std::optional<Action> const& one) const { return one ? action(*one) : Value(); }

  Runbook const& runbook_;
  Pairs const& inputs_;
  Pairs const& facts_;
  Quote quote_;
};

void note_facts(std::string_view text, std::set<std::string>& out) {
  for (auto const& hole : holes_of(text))
    if (hole.name.starts_with(kIncident)) out.emplace(hole.name.substr(kIncident.size()));
}

void note_facts(Action const& action, std::set<std::string>& out) {
  for (auto const text : texts_of(action)) note_facts(text, out);
}

}  // namespace

std::string filled(Runbook const& runbook, std::string_view text, Fill const& fill) {
  std::string out;
  std::size_t at = 0;
  for (auto const& hole : holes_of(text)) {
    auto const value = fill(hole.name);
    if (!value)
      throw base::Error(base::errors::runbook_input,
                        {{"name", std::string(hole.name)}, {"problem", "it has no value"}, {"runbook", runbook.id}});
    out.append(text.substr(at, hole.begin - at)).append(*value);
    at = hole.end;
  }
  return out.append(text.substr(at));
}

Action resolved(Runbook const& runbook, Action const& action, Fill const& fill, Quote quote) {
  Action out;
  auto const text = [&](std::string const& one) { return filled(runbook, one, fill); };
  for (auto const& word : action.command) out.command.push_back(text(word));
  if (Host const* const host = runbook.find_host(action.host); host && !out.command.empty()) {
    if (host->quoted) std::transform(out.command.begin(), out.command.end(), out.command.begin(), quote);
    out.command.insert(out.command.begin(), host->prefix.begin(), host->prefix.end());
  }
  if (action.http) {
    out.http = Http{action.http->method, text(action.http->url), text(action.http->body), {}, action.http->expect};
    for (auto const& [name, value] : action.http->headers) out.http->headers.emplace_back(name, text(value));
  }
  out.input = text(action.input);
  for (auto const& [name, value] : runbook.environment) out.environment.emplace_back(name, text(value));
  for (auto const& [name, value] : action.environment) out.environment.emplace_back(name, text(value));
  out.folder = text(action.folder.empty() ? runbook.folder : action.folder);
  out.host = action.host;
  out.timeout = action.timeout;
  return out;
}

Plan plan_of(Runbook const& runbook, Pairs const& inputs, std::string const& incident, Pairs const& facts,
             Quote quote) {
  Plan out;
  Planner const planner(runbook, inputs, facts, quote);
  for (auto const& step : runbook.steps) out.steps.push_back(planner.step(step));
  out.hash = base::sha256_hex(base::to_json(
      Value::List{runbook.hash, object_of(inputs), base::text_or_null(incident), object_of(facts), out.steps}));
  return out;
}

Words mentioned_facts(Runbook const& runbook) {
  std::set<std::string> found;
  for (auto const& pair : runbook.environment) note_facts(pair.second, found);
  note_facts(runbook.folder, found);
  for (auto const& step : runbook.steps) {
    note_facts(step.text, found);
    note_facts(step.action, found);
    for (auto const* const further : {&step.on_error, &step.rollback, &step.probe})
      if (*further) note_facts(**further, found);
    for (auto const& name : step.looked_at) {
      if (std::string_view(name).starts_with(kIncident)) found.insert(name.substr(kIncident.size()));
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace umsops::runbook
