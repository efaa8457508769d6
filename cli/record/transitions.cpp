// SPDX-License-Identifier: Apache-2.0
#include "cli/record/transitions.hpp"

namespace umsops::cli::record {

namespace {

using base::Field;
using base::FieldType;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"from", FieldType::text, {}, kShown, "The state before", "原状态", "原状态"},
    {"act", FieldType::text, {}, kShown, "What happens", "动作", "动作"},
    {"to",
     FieldType::text,
     {},
     kShown,
     "The next state; after a pause, the one before it",
     "新状态；挂起结束后为挂起前的状态",
     "新状态"},
    {"needs", FieldType::text, {}, kShown, "What the act requires", "所需内容", "所需"},
    {"at", FieldType::time, {}, kShown, "When it happens by itself", "自动发生的时间", "时间"},
};

}  // namespace

int write_transitions(Env& env, Call const& call, StateOf const& state, EachMove const& moves, Timed timed) {
  auto const style = env.style("act");
  std::string_view const only = call.words.empty() ? std::string_view() : state(call.words[0]);
  std::span const fields = std::span(kFields).first(std::size(kFields) - (timed == Timed::yes ? 0 : 1));
  auto writer = format::list_writer(env.out(), style, call.command->schema, "transition", fields);
  moves([&](Move const& move) {
    if (!only.empty() && move.from != only) return;
    base::Row row{move.from, move.act, move.to, base::text_or_null(std::string(move.needs))};
    if (timed == Timed::yes) {
      row.emplace_back();
      if (move.at) row.back() = base::Value(*move.at);
    }
    writer->row(row);
  });
  writer->end({});
  return 0;
}

}  // namespace umsops::cli::record
