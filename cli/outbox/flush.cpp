// SPDX-License-Identifier: Apache-2.0
// `outbox flush`: sends what is due.
#include "cli/outbox/outbox.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kSchema = "umsops.outbox.flush/v1";

int run_flush(Env& env, Call const&) {
  auto const style = env.style("id");
  auto writer = format::list_writer(env.out(), style, kSchema, "delivery", outbox::flush_fields());
  std::int64_t failed = 0, total = 0;
  Progress const waiting(env);
  auto const end = env.desk().outbox().flush(env.dry_run(), [&](desk::FlushItem const& item) {
    ++total;
    base::progressed();
    failed += item.outcome == desk::FlushItem::Outcome::failed ? 1 : 0;
    writer->row(outbox::to_row(item));
    if (total % 64 == 0) env.out().flush();
  });
  writer->end({false,
               {},
               {{"dry_run", env.dry_run()},
                {"sent", end.sent},
                {"later", end.later},
                {"failed", end.failed},
                {"dropped", end.dropped}}});
  env.out().flush();
  if (env.human() && env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
  if (failed > 0)
    throw base::Error(base::errors::outbox_failed,
                      {{"failed", std::to_string(failed)}, {"total", std::to_string(total)}});
  return 0;
}

constexpr Example kExamples[] = {
    {"umsops outbox flush --dry-run", {"what would leave, and to whom", "将发送哪些消息、发给谁"}},
    {"umsops outbox flush -o json | jq '[.sent, .later, .failed]'", {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kOutboxFlush{
    .path = "outbox flush",
    .summary = {"send what is due", "发送到期的消息"},
    .description =
        {"Finds out who gets each message and sends it by the channels of the setting channels, until nothing is due; "
         "'umsops tick' does the same.\n\nEach message arrives at least once, and every attempt has the same key "
         "(Idempotency-Key, X-Umsops-Key, Message-ID): whoever gets it twice can tell. Several runs, on several hosts, "
         "never send one message at the same time. What fails is tried again later and later; a refusal is final, but "
         "for 408, 425, 429. Messages of one record to one contact keep their order. Exit 6 when somebody will not get "
         "one.",
         "确定每条消息的接收人，并经由设置 channels 中的渠道发送，直到没有到期的消息；umsops tick "
         "也会执行同样的操作。\n\n每条消息至少送达一次，每次尝试使用相同的键（Idempotency-Key、X-Umsops-Key、Message-ID"
         "），重复收到时可以识别。多个进程或主机不会同时发送同一条消息。失败的消息以逐渐延长的间隔重试；除 "
         "408、425、429 外的拒绝是最终的。同一记录发给同一联系人的消息保持顺序。有人收不到时退出码为 6。"},
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_flush,
};

}  // namespace umsops::cli
