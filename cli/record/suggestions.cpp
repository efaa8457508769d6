// SPDX-License-Identifier: Apache-2.0
#include "cli/record/suggestions.hpp"

#include <cmath>

namespace umsops::cli::record {

bool wants_suggestions(Env const& env, Call const& call) { return call.on(kSuggestFlag, true) && !env.quiet(); }

void tell_suggestions(Env const& env, std::vector<desk::Suggestion> const& suggestions, Answer& answer) {
  if (suggestions.empty()) return;
  base::Value::List list;
  for (auto const& suggestion : suggestions) {
    list.emplace_back(base::Value::Object{{"kb_number", suggestion.kb_number},
                                          {"kind", to_string(suggestion.kind)},
                                          {"title", suggestion.title},
                                          {"visibility", to_string(suggestion.visibility)},
                                          {"confidence", std::round(suggestion.confidence * 100) / 100}});
    answer.remarks.push_back(env.phrase(Phrase::may_help, {{"id", suggestion.kb_number}, {"title", suggestion.title}}));
  }
  answer.facts.emplace_back("suggestions", std::move(list));
}

}  // namespace umsops::cli::record
