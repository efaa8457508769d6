// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/record/said.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/number.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::cli {

namespace {

std::int64_t rating_of(std::string const& word) {
  if (auto const rating = base::parse_integer(word, model::kWorstRating, model::kBestRating)) return *rating;
  throw base::Error(base::errors::usage_bad_value, {{"flag", "RATING"},
                                                    {"value", "'" + word.substr(0, 80) + "'"},
                                                    {"expected", "a number from 1 to 5"},
                                                    {"suggestion", ""}});
}

int run_rate(Env& env, Call const& call) {
  desk::Rate rate;
  rate.rating = rating_of(call.words[1]);
  rate.by = call.text("from").value_or("");
  rate.comment = body_of(env, call).value_or("");
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, {call.words[0]}, [&](std::vector<std::string> const& ids) {
    return env.desk().tickets().rate(ids, rate, record::change_of(env, call), desk::Batch::atomic);
  });
}

constexpr Argument kArguments[] = {
    ticket::kOne,
    {"RATING", {"from 1 to 5, the best", "1 到 5，5 为最满意"}, true, false},
};
constexpr Flag kFlags[] = {
    record::kSaid,
    record::kSaidFile,
    flags::kStrictText,
    {.name = "from",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"author of the text, if not the actor", "发言人；默认为操作者"},
     .fallback = "the requester"},
    flags::kReason,
    flags::kIfRev,
    flags::kExitCode,
};
constexpr Example kExamples[] = {
    {"umsops ticket resolve T-1 --resolution 'new certificate' && umsops ticket rate T-1 5",
     {"told on the phone", "电话中得知的评分"}},
    {"umsops ticket resolve T-1 --resolution 'new certificate' && umsops ticket rate T-1 2 --body 'took three days' -o "
     "json | jq .rating",
     {"with what was said", "附上意见"}},
};

}  // namespace

constinit Command const kTicketRate{
    .path = "ticket rate",
    .summary = {"record what the requester says of it", "记录请求人的评价"},
    .description =
        {"Records a rating of a RESOLVED or CLOSED ticket, once; the same again changes nothing. What was said with it "
         "is kept as the requester's reply, and moves nothing. A mail of the requester that begins with a number from "
         "1 "
         "to 5 does the same. Reports have it: 'report run satisfaction'.",
         "为 RESOLVED 或 CLOSED 的工单记录评分，仅一次；重复相同评分不产生更改。所附意见作为请求人的回复保存，不改变状"
         "态。请求人回复以数字 1 到 5 开头的邮件效果相同。统计见 report run satisfaction。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_rate,
};

}  // namespace umsops::cli
