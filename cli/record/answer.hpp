// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
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
/// The answer to a batch, and the exit code: throws what refused a single one, `batch.partial` when some failed.
int write_answers(Kind const& kind, Env& env, Call const& call, std::vector<desk::Outcome<Answer>> const& outcomes);

}  // namespace umsops::cli::record
