// SPDX-License-Identifier: Apache-2.0
// Of whom an assignee was picked.
#include "cli/ticket/ticket.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"person", FieldType::text, {}, kShown, "Who might be picked", "候选人", "候选人"},
    {"obstacle",
     FieldType::text,
     {},
     kShown,
     "Why not: ABSENT, FULL, UNSKILLED",
     "不可选的原因：ABSENT、FULL、UNSKILLED",
     "障碍"},
    {"score", FieldType::decimal, {}, kShown, "skill × load × shift", "技能 × 负载 × 值班", "得分"},
    {"skill", FieldType::decimal, {}, kShown, "The level of five", "技能等级（满分五）", "技能"},
    {"load",
     FieldType::decimal,
     {},
     kShown,
     "From 1 down, the more open tickets",
     "未完成工单越多越低，最高为 1",
     "负载"},
    {"shift", FieldType::decimal, {}, kShown, "1 on shift, else 0.25", "值班为 1，否则为 0.25", "值班"},
    {"skill_name", FieldType::text, {}, kShown, "The skill that counted", "所依据的技能", "所用技能"},
    {"level", FieldType::integer, {}, kShown, "Its level, 0: none", "技能等级，0 表示没有", "等级"},
    {"open", FieldType::integer, {}, kShown, "Open tickets", "未完成工单数", "未完成"},
    {"capacity", FieldType::integer, {}, kShown, "Most open tickets", "未完成工单上限", "上限"},
    {"on_shift", FieldType::boolean, {}, base::kInWide, "Whether they are on call", "是否正在值班", "值班中"},
};

base::Row row_of(people::Candidate const& candidate) {
  auto const text = [](std::string_view said) { return said.empty() ? Value() : Value(said); };
  return {candidate.person,
          text(to_string(candidate.obstacle)),
          candidate.score,
          candidate.skill,
          candidate.load,
          candidate.shift,
          text(candidate.skill_name),
          std::int64_t{candidate.level},
          candidate.open,
          candidate.capacity ? Value(*candidate.capacity) : Value(),
          candidate.on_shift};
}

}  // namespace

Value candidates_of(std::vector<people::Candidate> const& candidates) {
  Value::List list;
  for (auto const& candidate : candidates) list.push_back(record::record_of(kFields, row_of(candidate)));
  return list;
}

void write_candidates(Env& env, std::vector<people::Candidate> const& candidates) {
  auto style = env.style("person");
  style.fields.clear();  // -F is about tickets
  auto writer = format::list_writer(env.out(), style, "", "candidate", kFields);
  for (auto const& candidate : candidates) writer->row(row_of(candidate));
  writer->end({});
}

}  // namespace umsops::cli::ticket
