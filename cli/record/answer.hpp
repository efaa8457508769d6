// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// How a changed record is answered: to programs its fields behind some facts, to people a line.
struct Answer {
  base::Row row;
  desk::Result result = desk::Result::updated;
  bool dry_run = false;
  base::Value::Object facts = {};          ///< beside `result` and `dry_run`
  std::string line = {};                   ///< `T-000001 created  HIGH vpn  the title`
  std::vector<std::string> warnings = {};  ///< told to people, behind the line
  std::vector<std::string> remarks = {};   ///< the same, where it is the only record
  std::string hint = {};                   ///< what may be done next, where it is the only record; empty: nothing
  std::function<void()> explain = {};      ///< writes what people have asked to see beside the line; may be empty
};

/// The answer to one changed record; its schema is that of the command.
void write_answer(Kind const& kind, Env& env, Answer const& answer);

/// What became of each record, as the answer to it that `answer_of` makes of a good end.
template <class Done, class AnswerOf>
std::vector<desk::Outcome<Answer>> answers_of(std::vector<desk::Outcome<Done>> const& outcomes,
                                              AnswerOf const& answer_of) {
  std::vector<desk::Outcome<Answer>> answers;
  for (auto const& [id, done, failed] : outcomes)
    answers.push_back({id, done ? std::optional<Answer>(answer_of(*done)) : std::nullopt, failed});
  return answers;
}

/// Changes the records that the ids name, as the call says, and tells what became of them.
using Change = std::function<std::vector<desk::Outcome<Answer>>(std::vector<std::string> const& ids)>;
/// Lets `change` do all ids at once, or with --each one after the other, each answered before the next one. Gives the
/// exit code; throws what refused a single record or all, `batch.partial` when some failed.
int change_all(Kind const& kind, Env& env, Call const& call, std::vector<std::string> const& ids, Change const& change);

}  // namespace umsops::cli::record
