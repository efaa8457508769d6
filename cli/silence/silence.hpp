// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/record/answer.hpp"
#include "umsops/mute/silence.hpp"

/// What the verbs of silences share.
namespace umsops::cli::silence {

extern record::Kind const kKind;

/// The matchers of these words, each one matcher or a list in braces. A word without any operator is the name of an
/// alert, where it is the first one.
mute::Matchers matchers_of(std::vector<std::string> const& words);

/// `until 2026-11-23 18:30`.
std::string until_text(Env& env, mute::Silence const& silence);
record::Answer answer_of(Env& env, desk::SilenceResult const& result);

/// The numbers of those that have not ended.
void offer_numbers(Candidates& out);

}  // namespace umsops::cli::silence
