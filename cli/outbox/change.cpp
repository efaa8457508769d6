// SPDX-License-Identifier: Apache-2.0
// `outbox retry` and `outbox drop`.
#include "cli/flags.hpp"
#include "cli/outbox/outbox.hpp"
#include "cli/record/ids.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kResults = "umsops.outbox.results/v1";

int write_all(Env& env, std::vector<desk::Outcome<model::Message>> const& outcomes) {
  auto writer = format::list_writer(env.out(), env.style(outbox::kKind.number), kResults, "message",
                                    model::message_type().fields);
  for (auto const& outcome : outcomes) {
    if (!env.dry_run()) env.out().told().stored(outcome.done->id);
    writer->row(to_row(*outcome.done));
  }
  writer->end({false, {}, {{"dry_run", env.dry_run()}}});
  env.out().flush();
  if (env.human() && env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
  return 0;
}

int run_retry(Env& env, Call const& call) {
  (void)env.style(outbox::kKind.number);
  return write_all(env, env.desk().outbox().retry(record::confirmed_ids(outbox::kKind, env, call), env.dry_run()));
}

int run_drop(Env& env, Call const& call) {
  (void)env.style(outbox::kKind.number);
  return write_all(env, env.desk().outbox().drop(record::confirmed_ids(outbox::kKind, env, call),
                                                 call.text("reason").value_or(""), env.dry_run()));
}

constexpr Argument kIds[] = {
    {"ID",
     {"ids of messages or their first characters, or - to read them", "消息编号或其开头部分，或用 - 从标准输入读取"},
     true,
     true,
     outbox::offer_ids}};
constexpr Flag kDropFlags[] = {flags::kReason};

constexpr Example kRetryExamples[] = {
    {"umsops outbox list --failed -q | umsops outbox retry - -y", {"all that failed, now", "立即重试全部失败的消息"}},
    {"umsops outbox retry $(umsops outbox list -q | head -n 1) && umsops outbox list",
     {"one of them, at the next flush", "下次发送时重试一条"}},
};
constexpr Example kDropExamples[] = {
    {"umsops outbox drop $(umsops outbox list -q | head -n 1) --reason 'told by phone'",
     {"it is not going to be sent", "不再发送"}},
    {"umsops outbox list -w topic=ticket.woken -q | umsops outbox drop - -y -o json | jq .count",
     {"all of one kind", "丢弃某一类型的全部消息"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kOutboxRetry{
    .path = "outbox retry",
    .summary = {"try messages again", "重试消息"},
    .description =
        {"What failed is due again, with a fresh count of attempts, also when it had become too old; what waits "
         "for a later attempt is due now. The next flush sends it. All ids or none.",
         "失败的消息重新变为到期，尝试次数清零，过期的也一样；等待下次尝试的消息立即到期。由下次 flush "
         "发送。全部成功或全部不做。"},
    .arguments = kIds,
    .examples = kRetryExamples,
    .exits = kExits,
    .schema = kResults,
    .changes = true,
    .run = run_retry,
};

constinit Command const kOutboxDrop{
    .path = "outbox drop",
    .summary = {"give messages up", "丢弃消息"},
    .description =
        {"What was not sent is not going to be; who dropped it and why stands in its note. What was sent stays "
         "sent (exit 4). All ids or none.",
         "未发送的部分不再发送；丢弃人和原因记录在说明中。已发送的消息不受影响（退出码 4）。全部成功或全部不做。"},
    .arguments = kIds,
    .flags = kDropFlags,
    .examples = kDropExamples,
    .exits = kExits,
    .schema = kResults,
    .changes = true,
    .run = run_drop,
};

}  // namespace umsops::cli
