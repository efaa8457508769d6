// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "umsops/base/progress.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"key",
     FieldType::text,
     {},
     kShown,
     "Key of the report; of an unreadable line its id",
     "报告的键；无法读取的行为其编号",
     "键"},
    {"result",
     FieldType::text,
     {},
     kShown,
     "created, updated, unchanged, existing or failed",
     "created、updated、unchanged、existing 或 failed",
     "结果"},
    {"ticket_number", FieldType::text, {}, kShown, "Its ticket", "工单编号", "工单"},
    {"incident_number", FieldType::text, {}, kShown, "Its incident", "事件编号", "事件"},
    {"number", FieldType::text, {}, 0, "The number of either", "工单或事件的编号", "记录编号"},
    {"error", FieldType::text, {}, kShown, "Why it stays", "保留的原因", "错误"},
};

std::string const& name_of(desk::SpoolItem const& item) { return item.key.empty() ? item.id : item.key; }

base::Row row_of(desk::SpoolItem const& item) {
  Value ticket, incident;
  if (item.done) ticket = item.done->ticket.ticket_number;
  if (item.incident) incident = item.incident->incident.incident_number;
  Value const number = item.incident ? incident : ticket;
  if (item.failed) return {name_of(item), "failed", ticket, incident, number, item.failed->code().code};
  auto const result = item.incident ? item.incident->result : item.done->result;
  return {item.key, desk::to_string(result), ticket, incident, number, Value()};
}

void tell_end(Env& env, desk::SpoolEnd const& end, std::int64_t filed) {
  if (!env.human()) return;
  env.hint(env.phrase(Phrase::flushed, {{"filed", std::to_string(filed)}, {"left", std::to_string(end.left)}}));
  if (end.elsewhere > 0 && !env.quiet())
    env.tell(env.phrase(Phrase::spool_elsewhere, {{"count", std::to_string(end.elsewhere)}}));
}

int run_flush(Env& env, Call const& call) {
  auto const style = env.style("number");
  desk::FlushOptions options{env.spool_folder(), call.on("untargeted"), {}};
  if (auto const from = call.text("from")) options.from = desk::spool_target(*from);
  auto writer = format::list_writer(env.out(), style, "umsops.db.flush/v1", "report", kFields);
  std::int64_t failed = 0, total = 0;
  Progress const waiting(env);
  auto const end = env.desk().spool().flush(options, [&](desk::SpoolItem const& item) {
    ++total;
    base::progressed();
    failed += item.failed ? 1 : 0;
    if (item.done)
      env.out().told().stored(item.done->ticket.ticket_number, item.done->result != desk::Result::existing);
    if (item.incident) {
      bool const changed =
          item.incident->result == desk::Result::created || item.incident->result == desk::Result::updated;
      env.out().told().stored(item.incident->incident.incident_number, changed);
    }
    writer->row(row_of(item));
    env.out().flush();
    if (item.failed) env.remark(told_of(*item.failed, env.language()));
  });
  writer->end({false, {}, {{"left", end.left}, {"other_desks", end.elsewhere}, {"untargeted", end.untargeted}}});
  tell_end(env, end, total - failed);
  env.out().flush();
  if (end.stopped) throw *end.stopped;
  if (failed > 0) throw some_failed(failed, total);
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "untargeted",
     .doc = {"file also reports that do not say which desk they are for (kept by older versions)",
             "同时为未注明所属数据的报告建单（由旧版本暂存）"}},
    {.name = "from",
     .value = "TARGET",
     .type = FlagType::text,
     .doc = {"file also reports meant for another path or address, that of the desk before it moved",
             "同时为属于另一路径或地址的报告建单，即数据迁移之前的位置"},
     .offer = offer::files},
};

constexpr Example kExamples[] = {
    {"umsops db flush", {"for cron: does nothing if the spool is empty", "用于 cron：无等待报告时不做任何事"}},
    {"umsops db flush -o json | jq '[.left, .other_desks]'",
     {"how many still wait, here and for other desks", "当前数据和其他数据仍在等待的数量"}},
    {"umsops db flush --from /srv/old/desk.db",
     {"what was meant for the desk before it moved", "数据迁移之前暂存的报告"}},
};
constexpr int kExits[] = {6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kDbFlush{
    .path = "db flush",
    .summary = {"file the reports kept in the spool", "将暂存的报告建单"},
    .description =
        {"Files what --spool (of 'ticket create', 'incident create' and 'incident note') and conversations kept for "
         "this desk while it was out of reach: in order, "
         "each once by its key, with its own time, actor and call-back. Reports for other desks stay for them; those "
         "that name no desk need --untargeted. A refused report stays in the spool with its reason: see 'umsops db "
         "spool'. If the desk is still out of reach, the run ends with exit 7; one that does not exist is not made.",
         "将 --spool（ticket create、incident create、incident "
         "note）和对话在数据不可用时为当前数据暂存的报告按顺序建单，每个键只建一次，保留报告的时间、"
         "操作者和约定的回电。属于其他数据的报告保留不动；未注明数据的报告须加 --untargeted。被拒绝的报告连同原因保留，"
         "见 umsops db spool。数据仍不可用时以退出码 7 结束；不存在的数据文件不会被创建。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.db.flush/v1",
    .changes = true,
    .run = run_flush,
};

}  // namespace umsops::cli
