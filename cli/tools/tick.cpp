// SPDX-License-Identifier: Apache-2.0
// The one entry for cron.
#include "cli/commands.hpp"
#include "cli/configured.hpp"
#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/error.hpp"
#include "umsops/prepared/recurring.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.tick/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"due_at", FieldType::time, {}, kShown, "When it came due", "到期时间", "到期时间"},
    {"job",
     FieldType::text,
     {},
     kShown,
     "wake, approval, ladder, close, recurring, sla, spool, outbox; of incidents mute, unmute, escalate, remind, "
     "resolve; review; train; act where it failed",
     "任务",
     "任务"},
    {"ticket_number", FieldType::text, {}, kShown, "The ticket", "工单编号", "工单"},
    {"what", FieldType::text, {}, kShown, "The step, state or key", "步骤、状态或键", "内容"},
    {"outcome", FieldType::text, {}, kShown, "What came of it", "结果", "结果"},
    {"late", FieldType::boolean, {}, kShown, "More than two minutes after it came due", "是否延迟超过两分钟", "延迟"},
    {"at", FieldType::time, {}, base::kInWide, "When it was done", "执行时间", "执行时间"},
    {"error", FieldType::text, {}, base::kInWide, "Why it failed", "失败原因", "错误"},
    {"incident_number", FieldType::text, {}, kShown, "The incident", "事件编号", "事件"},
};

/// The place of ticket_number, which -q prints: of an incident its own number.
constexpr std::size_t kNumber = 2;

base::Row row_of(desk::TickItem const& item) {
  return {item.due_at,
          item.job,
          base::text_or_null(item.ticket_number),
          base::text_or_null(item.what),
          item.held     ? Value("held")
          : item.failed ? Value("failed")
                        : base::text_or_null(item.outcome),
          item.late,
          item.at,
          item.failed      ? Value(item.failed->code().code)
          : item.unreached ? Value(item.unreached->code().code)
                           : Value(),
          base::text_or_null(item.incident_number)};
}

std::string const& name_of(desk::TickItem const& item) {
  return item.ticket_number.empty() ? item.incident_number : item.ticket_number;
}

Value jobs_of(std::vector<desk::TickJobEnd> const& jobs) {
  Value::List list;
  for (auto const& job : jobs)
    list.emplace_back(Value::Object{{"job", job.job}, {"done", job.done}, {"failed", job.failed}, {"held", job.held}});
  return list;
}

int run_tick(Env& env, Call const& call) {
  desk::TickOptions options;
  options.dry_run = env.dry_run();
  options.until = time_flag(env, call, "until");
  if (options.until && !options.dry_run) call.missing("--dry-run");
  options.rebuild = call.on("rebuild");
  options.spool_folder = env.settings().state_directory();
  options.retrain_after = env.settings().duration("classifier_retrain");
  auto const model = configured_model(env);
  if (!model.path().empty()) options.classifier = &model;
  if (!env.settings().list("recurring").empty()) options.load_recurring = [&env] { return configured_recurring(env); };
  auto const style = env.style("ticket_number");
  auto writer = format::list_writer(env.out(), style, kSchema, "act", kFields);
  std::int64_t failed = 0, total = 0;
  std::vector<base::Error> errors;
  auto const end = env.desk().tick().run(options, [&](desk::TickItem const& item) {
    ++total;
    if (!item.failed && !options.dry_run) env.out().told().stored(name_of(item));
    auto row = row_of(item);
    if (env.quiet()) row[kNumber] = base::text_or_null(name_of(item));
    writer->row(row);
    env.out().flush();
    auto const& problem = item.failed ? item.failed : item.unreached;
    if (!problem || item.known) return;
    if (!item.held) ++failed;
    // What the spool holds is no ticket yet: it is told by its line.
    auto const& name = name_of(item);
    env.remark(name.empty() ? told_of(*problem, env.language()) : name + ": " + problem->message(env.language()));
  });
  writer->end({false, {}, {{"dry_run", options.dry_run}, {"now", end.now}, {"jobs", jobs_of(end.jobs)}}});
  env.out().flush();
  if (end.stopped) throw *end.stopped;
  if (failed > 0) throw some_failed(failed, total);
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "until",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"with --dry-run: everything until then, each at its time, e.g. +8h",
             "与 --dry-run 一起：列出到该时间为止将发生的一切，例如 +8h"}},
    {.name = "rebuild", .doc = {"recompute all due times, even if no policy changed", "重新计算全部截止时间"}},
};
constexpr Example kExamples[] = {
    {"umsops tick",
     {"in crontab, every minute: * * * * * umsops tick", "在 crontab 中每分钟运行：* * * * * umsops tick"}},
    {"umsops tick --dry-run --until +8h -o json | jq -r '.items[] | [.due_at, .ticket_number, .what] | @tsv'",
     {"the next eight hours", "未来八小时将发生什么"}},
};
constexpr int kExits[] = {4, 6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTick{
    .path = "tick",
    .summary = {"run time-driven work: wake-ups, ladders, closing, the spool",
                "处理到期事项：唤醒、升级阶梯、自动关闭、暂存报告"},
    .description =
        {"The one line for cron. Wakes PENDING tickets whose time has come, asks the deputy where nobody approved in "
         "time, files recurring tickets, takes the steps of escalation ladders, "
         "closes tickets resolved long enough ago, recomputes due times when policies change, files reports from "
         "the spool, and sends messages where channels are configured. Of incidents it mutes what silences and "
         "inhibition rules match by now and lets go of the others, "
         "tells people when nobody acknowledges one, and resolves those that stayed quiet. A classifier that was "
         "trained "
         "once is trained anew when people have said enough that it does not know; one that would be worse is told and "
         "not taken.\n\nSafe every minute, in "
         "parallel, and after downtime: missed work is done once each, by due "
         "time, and marked late. A ticket whose act fails does not block the others (exit 6), "
         "nor does a step that names somebody whom the roster does not know: its other effects happen (exit 6, too). "
         "What a hook refuses is "
         "told once and held: it is tried again after 5 minutes, 30 minutes, 2 hours, then daily, or when the ticket "
         "changes; 'umsops doctor' lists it. A refused report of the spool is told once, too.",
         "cron "
         "的唯一入口：唤醒到期的挂起工单，审批超时转请代审批人，新建定期工单，执行升级阶梯的步骤，关闭解决已久的工单，"
         "策略变化时重新计算截止时间"
         "，将暂存的报告建单，并在配置了渠道时发送消息。对事件：按静默与抑制规则静默或恢复通知，无人确认时逐级通知，并"
         "解决持续安静的事件。训练过的分类模型在人工给出的新取值足够多时重新训练；更差的模型会提示但不启用。\n\n"
         "可每分钟运行、同时运行多个，停机后也安全：错过的事项按到期顺序各执行一次"
         "，并标记为延迟。某张工单失败不影响其他工单（退出码 "
         "6）；步骤中名册不认识的人不影响该步骤的其他作用（退出码同为 6）。被钩子拒绝的操作只提示一次并搁置："
         "5 分钟、30 分钟、2 小时后重试，之后每天一次，工单有变化时立即重试；umsops doctor "
         "会列出。暂存区中被拒绝的报告同样只提示一次。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_tick,
};

}  // namespace umsops::cli
