// SPDX-License-Identifier: Apache-2.0
#include "cli/outcome.hpp"
#include "cli/silence/silence.hpp"

namespace umsops::cli::silence {

constinit record::Kind const kKind{.type = mute::silence_type, .number = "id"};

mute::Matchers matchers_of(std::vector<std::string> const& words) {
  mute::Matchers out;
  for (auto const& word : words) {
    if (word.starts_with('{')) {
      for (auto& matcher : mute::parse_matchers(word)) out.push_back(std::move(matcher));
    } else if (out.empty() && !word.empty() && word.find_first_of("=!~") == std::string::npos) {
      out.emplace_back("alertname", mute::MatchOp::equal, word);
    } else {
      out.push_back(mute::parse_matcher(word));
    }
  }
  return out;
}

std::string until_text(Env& env, mute::Silence const& silence) {
  if (silence.ends_at) return env.phrase(Phrase::silence_until, {{"time", env.zone().format(*silence.ends_at)}});
  if (silence.incident.empty()) return env.phrase(Phrase::silence_until_ended);
  return env.phrase(Phrase::silence_until_resolved, {{"incident", silence.incident}});
}

record::Answer answer_of(Env& env, desk::SilenceResult const& result) {
  auto const& silence = result.silence;
  record::Answer answer{to_row(silence, env.clock().now()), result.result, result.dry_run};
  answer.line = silence.id + " " + word_for(env, result.result) + "  " + mute::text_of(silence.matchers) + "  " +
                until_text(env, silence);
  return answer;
}

void offer_numbers(Candidates& out) {
  for (auto const& silence : out.env().desk().silences().active(out.env().clock().now()))
    out.add(silence.id, silence.comment);
}

}  // namespace umsops::cli::silence
