// SPDX-License-Identifier: Apache-2.0
#include "cli/rules/rules.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

std::span<std::string_view const> rule_nouns() {
  static std::vector<std::string_view> const kNouns = [] {
    std::vector<std::string_view> nouns;
    for (auto const* target : rules::targets()) nouns.push_back(target->type.noun);
    return nouns;
  }();
  return kNouns;
}

rules::Target const& target_of(Call const& call) {
  auto const noun = call.text("noun");
  return noun ? *rules::find_target(*noun) : *rules::targets()[0];
}

std::vector<NounRules> rule_sources(Env& env, std::vector<std::string> const& named) {
  std::vector<NounRules> out;
  for (auto& one : config::by_noun(named.empty() ? env.settings().list("rules") : named)) {
    if (one.files.empty() && !named.empty()) continue;
    auto source = config::read_rules(one.files, *one.target);
    out.push_back({one.target, std::move(one.files), std::move(source)});
  }
  return out;
}

std::int64_t tell_problems(Env& env, std::vector<base::Error> const& problems) {
  for (auto const& problem : problems) {
    auto const& spot = problem.spot();
    std::string line = spot.file;
    if (spot.line > 0) line += ":" + std::to_string(spot.line) + ":" + std::to_string(spot.column);
    if (!line.empty()) line += ": ";
    line += problem.message(env.language());
    if (auto const hint = problem.hint(env.language()); !hint.empty()) line += " (" + hint + ")";
    env.out().write(base::terminal_text(line, base::TextShape::block) + "\n");
  }
  return static_cast<std::int64_t>(problems.size());
}

base::Value problem_of(base::Error const& error, base::Language language) {
  auto const& spot = error.spot();
  auto const known = [](std::int64_t number) { return number == 0 ? base::Value() : base::Value(number); };
  std::string const hint = error.hint(language);
  return base::Value::Object{{"file", spot.file.empty() ? base::Value() : base::Value(spot.file)},
                             {"line", known(spot.line)},
                             {"column", known(spot.column)},
                             {"code", error.code().code},
                             {"message", error.message(language)},
                             {"hint", hint.empty() ? base::Value() : base::Value(hint)}};
}

void answer_problems(Env& env, std::string_view schema, std::vector<base::Error> const& problems, std::size_t files) {
  auto const count = static_cast<std::int64_t>(problems.size());
  if (env.human()) {
    tell_problems(env, problems);
    if (problems.empty()) env.out().write(env.phrase(Phrase::lint_sound, {{"count", std::to_string(files)}}) + "\n");
  } else {
    base::Value::List items;
    for (auto const& problem : problems) items.push_back(problem_of(problem, env.language()));
    format::write_document(env.out(), env.style("file"),
                           base::Value::Object{{"schema", schema},
                                               {"ok", problems.empty()},
                                               {"items", std::move(items)},
                                               {"count", count},
                                               {"truncated", false},
                                               {"next", base::Value()}});
  }
  if (problems.empty()) return;
  env.out().flush();
  throw base::Error(base::errors::lint_failed, {{"count", std::to_string(count)}});
}

}  // namespace umsops::cli
