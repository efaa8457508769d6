// SPDX-License-Identifier: Apache-2.0
// `silence add`: mutes what is known to be, for a time.
#include "cli/configured.hpp"
#include "cli/flags.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/silence/silence.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kResult = "umsops.silence.result/v1";

/// A name of the configured files, or the intervals themselves.
std::vector<mute::TimeInterval> intervals_of(Env& env, Call const& call) {
  auto const text = call.text("every");
  if (!text) return {};
  bool const spelled_out = text->find_first_of(":{[") != std::string::npos;
  return spelled_out ? config::read_intervals(*text) : configured_mute_rules(env).require_intervals(*text);
}

int run_add(Env& env, Call const& call) {
  call.exclude("until", "duration");
  call.exclude("until-resolved", "duration");
  call.exclude("until-resolved", "until");
  if (call.text("comment").value_or("").empty()) call.missing("--comment TEXT");
  desk::NewSilence wanted;
  wanted.matchers = silence::matchers_of(call.words);
  wanted.comment = *call.text("comment");
  wanted.starts_at = time_flag(env, call, "start");
  wanted.ends_at = time_flag(env, call, "until");
  wanted.incident = call.text("until-resolved").value_or("");
  if (auto const duration = call.text("duration")) wanted.duration = base::parse_duration(*duration);
  wanted.intervals = intervals_of(env, call);
  (void)env.style(silence::kKind.number);
  auto const result = env.desk().silences().add(wanted, call.text("key").value_or(""), env.dry_run());
  record::write_answer(silence::kKind, env, silence::answer_of(env, result));
  return 0;
}

constexpr Argument kMatchers[] = {
    {"MATCHER",
     {"severity=critical, 'team!=web', 'instance=~\"db.*\"', or a list '{a=\"b\",c=~\"d\"}'; a word alone is an "
      "alertname",
      "severity=critical、'team!=web'、'instance=~\"db.*\"'，或列表 '{a=\"b\",c=~\"d\"}'；单独一个词视为 alertname"},
     true,
     true}};

constexpr Flag kAddFlags[] = {
    {.name = "comment",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"why, for those who wonder where the alert is", "原因，供查找告警的人了解"},
     .required = true},
    {.name = "duration",
     .value = "SPAN",
     .type = FlagType::duration,
     .doc = {"how long, e.g. 30m, 2h, 7d", "时长，例如 30m、2h、7d"},
     .fallback = "1h; with --every until it is ended"},
    {.name = "until",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"up to this time; a day or week counts whole", "到此时间止；日和周按整段计"}},
    {.name = "until-resolved",
     .value = "INCIDENT",
     .type = FlagType::text,
     .doc = {"until this incident is resolved", "直到此故障解决"},
     .offer = incident::offer_numbers},
    {.name = "start",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"from this time on; a past one is now", "从此时间起；过去的时间视为现在"},
     .fallback = "now"},
    {.name = "every",
     .value = "TIMES",
     .type = FlagType::text,
     .doc = {"only at recurring times: the name of a time interval of the inhibition files, or YAML such as 'weekdays: "
             "[saturday, sunday], location: Asia/Shanghai'; see umsops-inhibition(5)",
             "仅在重复时段内生效：抑制文件中时段的名称，或 YAML，例如 'weekdays: [saturday, sunday], location: "
             "Asia/Shanghai'；参见 umsops-inhibition(5)"}},
    {.name = "key",
     .value = "KEY",
     .type = FlagType::text,
     .doc = {"the same key adds nothing a second time; it stands for everything but the times",
             "幂等键：同一键不会重复添加；键对应除时间外的全部内容"}},
};

constexpr Example kAddExamples[] = {
    {"umsops silence add DiskFull 'instance=~\"db.*\"' --comment 'disks are being replaced' --duration 2h",
     {"an alert by its name, on some hosts, for two hours", "按名称，部分主机，两小时"}},
    {"umsops silence add severity=warning --comment 'no warnings at night' --every 'times: [{start_time: \"22:00\", "
     "end_time: \"24:00\"}], location: Asia/Shanghai'",
     {"every night, until it is ended", "每晚生效，直到手动结束"}},
    {"umsops silence add service=sso --comment 'known, being repaired' --until-resolved INC-1 -o json | jq -r .id",
     {"until the incident is resolved, for a program", "直到故障解决，供程序使用"}},
};
constexpr int kExits[] = {3, 4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kSilenceAdd{
    .path = "silence add",
    .summary = {"mute alerts for a time", "静默告警一段时间"},
    .description =
        {"Mutes what all matchers match: incidents and alerts are still recorded, but wake nobody; open incidents from "
         "the "
         "next 'umsops tick' on. umsops-inhibition(5) says which labels an incident has. Matchers are those "
         "of Alertmanager: = != =~ !~, an expression matches the whole value, a missing label is the same as an empty "
         "one, and empty values alone are refused. The end does not belong to the "
         "silence any more. Adding it is part of the history.",
         "静默全部匹配的对象：故障和告警仍会记录，但不通知任何人；已存在的未解决事件自下一次 umsops tick 起静默。"
         "事件的标签见 umsops-inhibition(5)。匹配条件与 Alertmanager 相同：= != =~ "
         "!~"
         "，正则须匹配整个值，缺少的标签等同于空值，且不能全部只匹配空值。静默不含结束时刻。添加操作写入"
         "历史记录。"},
    .arguments = kMatchers,
    .flags = kAddFlags,
    .examples = kAddExamples,
    .exits = kExits,
    .schema = kResult,
    .changes = true,
    .run = run_add,
};

}  // namespace umsops::cli
