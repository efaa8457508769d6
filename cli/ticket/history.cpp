// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.ticket.history/v1";

int run_history(Env& env, Call const& call) {
  auto const events = env.desk().tickets().history(call.words[0]);
  auto writer = format::list_writer(env.out(), env.style("seq"), kSchema, "event", model::event_type().fields);
  for (auto const& event : events) writer->row(to_row(event));
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {{"ID",
                                    {"number, internal id, unique prefix or @last", "编号、内部编号、唯一前缀或 @last"},
                                    true,
                                    false,
                                    Offer::tickets}};
constexpr Example kExamples[] = {
    {"umsops ticket history T-1", {"who changed what, and why", "谁修改了什么，为什么"}},
    {"umsops ticket history T-1 -o json | jq -c '.items[] | [.at, .actor, .changes]'", {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kTicketHistory{
    .path = "ticket history",
    .summary = {"every change of a ticket", "显示工单的全部修改"},
    .description =
        {"Lists every change of a ticket, oldest first: who, when, by which command, values before and after, and the "
         "reason. The entries are part of the desk's chain, which 'umsops audit verify' checks.",
         "按时间顺序列出工单的每次修改：何人、何时、用何命令、修改前后的值和原因。各条目属于 umsops audit verify "
         "所校验的链。"},
    .arguments = kArguments,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_history,
};

}  // namespace umsops::cli
