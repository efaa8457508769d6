// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"key", FieldType::text, {}, kShown, "Key of the report", "报告的键", "键"},
    {"result", FieldType::text, {}, kShown, "created, existing or failed", "created、existing 或 failed", "结果"},
    {"ticket_number", FieldType::text, {}, kShown, "Its ticket", "工单编号", "工单"},
    {"error", FieldType::text, {}, kShown, "Why it stays", "保留的原因", "错误"},
};

base::Row row_of(desk::SpoolItem const& item) {
  if (item.failed) return {item.key, "failed", Value(), item.failed->code().code};
  return {item.key, desk::to_string(item.done->result), item.done->ticket.ticket_number, Value()};
}

int run_flush(Env& env, Call const&) {
  auto const style = env.style("ticket_number");
  auto writer = format::list_writer(env.out(), style, "umsops.db.flush/v1", "report", kFields);
  std::int64_t failed = 0, total = 0;
  auto const end = desk::flush_spool(env.desk().tickets(), env.spool_folder(), [&](desk::SpoolItem const& item) {
    ++total;
    failed += item.failed ? 1 : 0;
    if (item.done) env.out().told().stored(item.done->ticket.ticket_number, item.done->result == desk::Result::created);
    writer->row(row_of(item));
    env.out().flush();
  });
  writer->end({false, {}, {{"left", end.left}}});
  if (env.human())
    env.hint(
        env.phrase(Phrase::flushed, {{"filed", std::to_string(total - failed)}, {"left", std::to_string(end.left)}}));
  env.out().flush();
  if (end.stopped) throw *end.stopped;
  if (failed > 0) throw some_failed(failed, total);
  return 0;
}

constexpr Example kExamples[] = {
    {"umsops db flush", {"for cron: does nothing if the spool is empty", "用于 cron：无等待报告时不做任何事"}},
    {"umsops db flush -o json | jq .left", {"how many still wait", "仍在等待的数量"}},
};
constexpr int kExits[] = {6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kDbFlush{
    .path = "db flush",
    .summary = {"file the reports kept in the spool", "将暂存的报告建单"},
    .description = {"Files what 'ticket create --spool' kept while the desk was out of reach: in order, each once by "
                    "its key, with its own time and actor. A refused report stays in the spool and is reported. If the "
                    "desk is still out of reach, the run ends with exit 7.",
                    "将 ticket create --spool "
                    "在数据不可用时暂存的报告按顺序建单，每个键只建一次，保留报告的时间和操作者。被拒绝的报告保留并列出"
                    "；数据仍不可用时以退出码 7 结束。"},
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.db.flush/v1",
    .changes = true,
    .run = run_flush,
};

}  // namespace umsops::cli
