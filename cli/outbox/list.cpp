// SPDX-License-Identifier: Apache-2.0
// `outbox list` and `outbox show`.
#include "cli/record/list.hpp"

#include "cli/flags.hpp"
#include "cli/outbox/outbox.hpp"
#include "cli/record/show.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kList = "umsops.outbox.list/v1";
constexpr std::string_view kShow = "umsops.outbox.show/v1";

int run_list(Env& env, Call const& call) {
  call.exclude("all", "failed");
  auto const narrowed = [&](query::Filter filter) {
    if (call.on("all")) return filter;
    std::vector<query::Filter> both;
    both.push_back(call.on("failed") ? outbox::in_states({"FAILED"}) : outbox::unsent());
    both.push_back(std::move(filter));
    return query::all_of(std::move(both));
  };
  auto& outbox = env.desk().outbox();
  record::Listed const listed{[&](query::Query query, record::Visit const& visit) {
                                query.filter = narrowed(std::move(query.filter));
                                return outbox.list(
                                    query, [&](model::Message const& message) { return visit(to_row(message)); });
                              },
                              [&](query::Filter const& filter) { return outbox.count(narrowed(filter)); }, true};
  return record::write_list(outbox::kKind, env, call, listed);
}

Value deliveries_of(std::vector<model::Delivery> const& deliveries) {
  Value::List list;
  for (auto const& delivery : deliveries)
    list.emplace_back(record::record_of(model::delivery_type().fields, to_row(delivery)));
  return list;
}

/// For people: a line each.
Value lines_of(Env& env, std::vector<model::Delivery> const& deliveries) {
  Value::List lines;
  for (auto const& one : deliveries) {
    std::string line = std::string(model::to_string(one.state)) + " " + one.channel;
    for (auto const* const part : {&one.person, &one.address})
      if (!part->empty()) line += " " + *part;
    if (one.state == model::DeliveryState::waiting) line += " → " + env.zone().format(one.next_attempt_at);
    if (one.finished_at) line += " " + env.zone().format(*one.finished_at);
    if (!one.note.empty()) line += " (" + one.note + ")";
    lines.emplace_back(std::move(line));
  }
  return lines;
}

int run_show(Env& env, Call const& call) {
  auto const style = env.style(outbox::kKind.number);
  auto const shown = env.desk().outbox().show(call.words[0]);
  auto deliveries = env.human() ? lines_of(env, shown.deliveries) : deliveries_of(shown.deliveries);
  format::write_record(env.out(), style, kShow, "message", model::message_type().fields, to_row(shown.message), {},
                       Value::Object{{"deliveries", std::move(deliveries)}});
  return 0;
}

constexpr Argument kId[] = {
    {"ID", {"id of the message, or its first characters", "消息编号或其开头部分"}, true, false, outbox::offer_ids}};

constexpr Flag kListFlags[] = {
    {.name = "all",
     .doc = {"also what was sent or dropped; on a terminal all lines", "包括已发送和已丢弃的；在终端上显示全部"}},
    {.name = "failed", .doc = {"only what somebody did not get", "只含未能送达的"}},
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kAfter,
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kListExamples[] = {
    {"umsops outbox list", {"what waits, and what failed", "等待发送和发送失败的消息"}},
    {"umsops outbox list --failed --fail-if-any -q",
     {"for monitoring: exit 10 when somebody was not reached", "用于监控：有人未收到时退出码为 10"}},
};
constexpr Example kShowExamples[] = {
    {"umsops outbox show $(umsops outbox list -q | head -n 1)", {"where one message stands", "一条消息的现状"}},
    {"umsops outbox show $(umsops outbox list -q | head -n 1) -o json | jq -c '.deliveries[] | [.channel, .state]'",
     {"for a program", "供程序使用"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kShowExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kOutboxList{
    .path = "outbox list",
    .summary = {"list messages that leave", "列出待发送的消息"},
    .description = {"Lists messages, newest first: those that wait or failed, unless --all or --failed says otherwise. "
                    "A message is stored with the change that causes it; 'umsops tick' and 'umsops outbox flush' send "
                    "it.",
                    "按由新到旧列出消息：默认为等待发送和发送失败的，可用 --all 或 --failed "
                    "改变。消息与引发它的修改一同保存，由 umsops tick 和 umsops outbox flush 发送。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kOutboxShow{
    .path = "outbox show",
    .summary = {"show a message and to whom it goes", "显示一条消息及其投递情况"},
    .description =
        {"Shows one message and each of its deliveries: to whom, by which channel, how often it was tried, and "
         "why it was not sent.",
         "显示一条消息及其每次投递：发给谁、经由哪个渠道、尝试了几次、为何未发送。"},
    .arguments = kId,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = kShow,
    .run = run_show,
};

}  // namespace umsops::cli
