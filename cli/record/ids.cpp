// SPDX-License-Identifier: Apache-2.0
#include "cli/record/ids.hpp"

#include <unistd.h>

#include <cerrno>

#include "cli/files.hpp"
#include "cli/input.hpp"
#include "cli/signals.hpp"

namespace umsops::cli::record {

namespace {

constexpr std::size_t kUnasked = 20;

}  // namespace

void confirm(Env& env, Call const& call, std::size_t count) {
  if (call.on("yes") || env.dry_run()) return;
  if (env.may_ask()) {
    std::string const question = env.phrase(Phrase::confirm, {{"count", std::to_string(count)}});
    (void)!::write(2, question.data(), question.size());
    std::string answer(16, '\0');
    auto const got = ::read(0, answer.data(), answer.size());
    if (got < 0 && errno == EINTR) signals::check();
    if (got > 0 && (answer[0] == 'y' || answer[0] == 'Y')) return;
  }
  throw base::Error(base::errors::usage_confirm, {{"count", std::to_string(count)}});
}

std::vector<std::string> ids_of(Kind const& kind, Env& env, Call const& call) {
  std::vector<std::string> ids;
  for (auto const& word : call.words) {
    if (word != "-") {
      ids.push_back(word);
      continue;
    }
    announce_input(env);
    auto const read = read_ids(open_source("-"), kind.number);
    ids.insert(ids.end(), read.begin(), read.end());
  }
  return ids;
}

std::vector<std::string> confirmed_ids(Kind const& kind, Env& env, Call const& call) {
  auto ids = desk::once_each(ids_of(kind, env, call));
  if (ids.size() > kUnasked) confirm(env, call, ids.size());
  return ids;
}

}  // namespace umsops::cli::record
