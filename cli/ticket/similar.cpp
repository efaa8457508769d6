// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.similar/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr double kLeastAlike = 0.3;  // below it two tickets have no more in common than any two

constexpr Field kFields[] = {
    {"ticket_number", FieldType::text, {}, kShown, "Its number", "工单编号", "编号"},
    {"title", FieldType::text, {}, kShown, "Title", "标题", "标题"},
    {"status", FieldType::text, {}, kShown, "Its state", "状态", "状态"},
    {"score", FieldType::decimal, {}, kShown, "How alike, 0 to 1", "相似度，0 到 1", "相似度"},
    {"requester_id", FieldType::text, {}, kShown, "Who asked", "请求人", "请求人"},
    {"category", FieldType::text, {}, kShown, "Category", "类别", "类别"},
    {"created_at", FieldType::time, {}, kShown, "When it was filed", "创建时间", "创建时间"},
    {"resolution", FieldType::block, {}, base::kInWide, "What was done", "解决方案", "解决方案"},
    {"same_requester", FieldType::boolean, {}, base::kInWide, "Of the same requester", "同一请求人", "同一人"},
    {"same_category", FieldType::boolean, {}, base::kInWide, "Of the same category", "同一类别", "同类别"},
};

base::Row row_of(desk::SimilarTicket const& similar) {
  auto const& ticket = similar.ticket;
  return {ticket.ticket_number,
          ticket.title,
          to_string(ticket.status),
          similar.score,
          base::text_or_null(ticket.requester_id),
          base::text_or_null(ticket.category),
          ticket.created_at,
          base::text_or_null(ticket.resolution),
          similar.same_requester,
          similar.same_category};
}

int run_similar(Env& env, Call const& call) {
  auto const limit = call.integer("limit").value_or(5);
  constexpr std::int64_t kMost = 100;
  auto const most = static_cast<std::size_t>(limit == 0 ? kMost : std::min(limit, kMost));
  auto const style = env.style(ticket::kKind.number);
  auto const similar = env.desk().tickets().similar(call.words[0], most, kLeastAlike);
  auto writer = format::list_writer(env.out(), style, kSchema, "ticket", kFields);
  for (auto const& one : similar.found) writer->row(row_of(one));
  writer->end({false, {}, {{"ticket", similar.ticket.ticket_number}, {"unsearched", similar.unsearched}}});
  env.out().flush();
  if (similar.unsearched > 0)
    env.remark(env.phrase(Phrase::unsearched, {{"count", std::to_string(similar.unsearched)}}));
  check_found(env, call, static_cast<std::int64_t>(similar.found.size()));
  return 0;
}

constexpr Argument kArguments[] = {ticket::kOne};
constexpr Flag kFlags[] = {
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most so many, up to 100; 0 is 100", "最多条数，不超过 100；0 为 100"},
     .fallback = "5"},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops ticket similar T-1", {"who else asked, and what helped", "还有谁问过，以及如何解决"}},
    {"umsops ticket similar T-1 -o json | jq -r '.items[] | select(.status != \"CLOSED\") | .ticket_number'",
     {"those that are still worked on", "仍在处理中的相似工单"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kTicketSimilar{
    .path = "ticket similar",
    .summary = {"find tickets that say much the same", "查找内容相似的工单"},
    .description =
        {"Lists tickets whose title and description resemble those of one, best first, whoever asked and however old "
         "they are: Chinese in simplified and traditional characters alike, English words in any form. The score says "
         "what a ticket is worth for the words of the other, beside that one's own; below 0.3 none is listed.",
         "列出标题和描述与某工单相似的工单，最相似的在前，不限请求人和时间：简繁通用，英文各种词形。得分为该工单对所"
         "比较工单各词的匹配程度与其自身匹配程度之比；低于 0.3 的不列出。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_similar,
};

}  // namespace umsops::cli
