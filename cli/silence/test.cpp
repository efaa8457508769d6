// SPDX-License-Identifier: Apache-2.0
// `silence test`: what would be muted, and why, at any time.
#include <algorithm>

#include "cli/configured.hpp"
#include "cli/files.hpp"
#include "cli/flags.hpp"
#include "cli/incident/alerts.hpp"
#include "cli/outcome.hpp"
#include "cli/silence/payload.hpp"
#include "cli/silence/silence.hpp"
#include "umsops/base/json.hpp"
#include "umsops/mute/muter.hpp"
#include "umsops/service/impact.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using silence::Alert;

constexpr std::string_view kTest = "umsops.silence.test/v1";
constexpr std::size_t kLargestPayload = 16 << 20;
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"alert",
     FieldType::text,
     {},
     kShown,
     "Its fingerprint, or its place in the payload",
     "指纹或在输入中的序号",
     "告警"},
    {"status",
     FieldType::text,
     {},
     base::kInWide,
     "firing or resolved; only what fires inhibits others",
     "firing 或 resolved；只有触发中的才抑制其他告警",
     "状态"},
    {"muted", FieldType::boolean, {}, kShown, "Whether it would wake nobody", "是否不通知任何人", "静默"},
    {"why", FieldType::text, {}, kShown, "All reasons, in words", "全部原因", "原因"},
    {"labels", FieldType::object, {}, base::kInWide, "Its labels", "标签", "标签"},
    {"silences", FieldType::list, {}, 0, "Silences that match it now", "当前匹配的静默", "静默列表"},
    {"inhibited_by",
     FieldType::list,
     {},
     0,
     "Rules that hold for it, with what fires",
     "适用的抑制规则及触发来源",
     "抑制"},
};

std::vector<Alert> alerts_of(Env& env, Call const& call) {
  auto const pairs = call.pairs("label");
  if (pairs.empty() == call.words.empty()) {
    if (pairs.empty()) call.missing("PAYLOAD, --label NAME=VALUE");
    throw base::Error(base::errors::usage_excludes, {{"first", "PAYLOAD"}, {"second", "--label"}});
  }
  if (!pairs.empty()) {
    Alert alert;
    alert.name = "#1";
    alert.sets.emplace_back();
    for (auto const& [name, value] : pairs) silence::add_label(alert.sets[0], "--label", name, value);
    return {std::move(alert)};
  }
  auto const& file = call.words[0];
  auto const text = read_whole(file, kLargestPayload);
  env.detail(file);
  return silence::alerts_of(base::parse_json(text, file, {.bytes = kLargestPayload}), incident::reader_of(env, call),
                            env.clock().now());
}

mute::Muter muter_of(Env& env, Call const& call, std::vector<Alert> const& alerts) {
  auto rules = configured_mute_rules(env, call.all("inhibition"));
  auto silences = env.desk().silences().active(env.clock().now());
  std::move(rules.silences.begin(), rules.silences.end(), std::back_inserter(silences));
  bool const along = std::any_of(rules.inhibitions.begin(), rules.inhibitions.end(),
                                 [](mute::Inhibition const& rule) { return rule.along_services; });
  mute::DependsOn depends;
  if (auto services = along ? configured_services(env) : std::nullopt) {
    depends = [services = *std::move(services)](std::string_view service) {
      return service::needs_of(services, service);
    };
  }
  mute::Muter muter(std::move(silences), std::move(rules.inhibitions), std::move(depends));
  for (auto const& alert : alerts) {
    for (std::size_t i = 0; alert.firing && i < alert.sets.size(); ++i)
      muter.fire(i == 0 ? alert.name : alert.name + " " + std::to_string(i + 1), alert.sets[i]);
  }
  return muter;
}

/// Why it is muted: for all of its services, or not at all.
mute::Muting reasons_of(mute::Muter const& muter, Alert const& alert, base::TimePoint now) {
  mute::Muting all;
  for (auto const& labels : alert.sets) {
    auto muting = muter.reasons(labels, now);
    if (!muting.muted()) return {};
    for (auto const* by : muting.silences) {
      if (std::find(all.silences.begin(), all.silences.end(), by) == all.silences.end()) all.silences.push_back(by);
    }
    for (auto& by : muting.inhibited) {
      auto const same = [&](mute::InhibitedBy const& other) {
        return other.rule == by.rule && other.source == by.source;
      };
      if (std::none_of(all.inhibited.begin(), all.inhibited.end(), same)) all.inhibited.push_back(std::move(by));
    }
  }
  return all;
}

Value labels_value(mute::Labels const& labels) {
  Value::Object out;
  for (auto const& [name, value] : labels) out.emplace_back(name, value);
  return out;
}

std::string why(Env& env, mute::Muting const& muting) {
  std::string out;
  auto const add = [&](std::string const& reason) { out.append(out.empty() ? "" : "; ").append(reason); };
  for (auto const* by : muting.silences) {
    add(env.phrase(Phrase::silenced_by,
                   {{"id", by->id}, {"until", silence::until_text(env, *by)}, {"comment", by->comment}}));
  }
  for (auto const& by : muting.inhibited) {
    bool const along = !by.service.empty();
    add(env.phrase(along ? Phrase::inhibited_along : Phrase::inhibited_by,
                   {{"rule", by.rule->name}, {"source", by.source}, {"service", by.service}}));
  }
  return out;
}

base::Row row_of(Env& env, Alert const& alert, mute::Muting const& muting) {
  Value::List silences, inhibited;
  for (auto const* by : muting.silences) {
    silences.emplace_back(Value::Object{{"id", by->id},
                                        {"ends_at", by->ends_at ? Value(*by->ends_at) : Value()},
                                        {"incident", base::text_or_null(by->incident)},
                                        {"comment", by->comment}});
  }
  for (auto const& by : muting.inhibited) {
    inhibited.emplace_back(
        Value::Object{{"rule", by.rule->name}, {"source", by.source}, {"service", base::text_or_null(by.service)}});
  }
  return {alert.name,
          alert.firing ? "firing" : "resolved",
          muting.muted(),
          base::text_or_null(why(env, muting)),
          labels_value(alert.sets.front()),
          std::move(silences),
          std::move(inhibited)};
}

int run_test(Env& env, Call const& call) {
  auto const style = env.style("alert");
  auto const alerts = alerts_of(env, call);
  auto const muter = muter_of(env, call, alerts);
  auto writer = format::list_writer(env.out(), style, kTest, "alert", kFields);
  std::int64_t muted = 0;
  for (auto const& alert : alerts) {
    auto const muting = reasons_of(muter, alert, env.clock().now());
    muted += muting.muted() ? 1 : 0;
    if (muting.muted() || !env.quiet()) writer->row(row_of(env, alert, muting));
  }
  writer->end({});
  env.out().flush();
  if (call.on("fail-if-any") && muted > 0) throw any_found(env, muted);
  return 0;
}

constexpr Argument kPayload[] = {
    {"PAYLOAD",
     {"JSON file, or - for standard input: what 'incident ingest' takes, a list of that, or labels alone",
      "JSON 文件，或 - 表示标准输入：incident ingest 可读取的内容、其列表，或仅含标签"},
     false,
     false}};
constexpr Flag kFlags[] = {
    {.name = "label",
     .value = "NAME=VALUE",
     .type = FlagType::pair,
     .doc = {"in place of a payload: one alert with these labels", "代替输入：含有这些标签的一条告警"},
     .repeatable = true},
    flags::kInhibition,
    {.name = "fail-if-any", .doc = {"exit 10 when something is muted", "有被静默的告警时退出码为 10"}},
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops silence test --label alertname=DiskFull --label severity=warning --now 2026-12-24T23:00:00Z",
     {"would this wake somebody on Christmas Eve?", "平安夜这条告警会通知人吗？"}},
    {"echo '[{\"alertname\":\"DatabaseDown\",\"cluster\":\"a\"},{\"alertname\":\"SlowLogin\",\"cluster\":\"a\"}]' | "
     "umsops "
     "silence test - --inhibition inhibition.yaml -o json | jq -c '.items[] | [.labels.alertname, .muted, .why]'",
     {"which alerts of a payload inhibit which", "输入中哪些告警抑制哪些告警"}},
};
constexpr int kExits[] = {5, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kSilenceTest{
    .path = "silence test",
    .summary = {"say what would be muted, and why", "说明哪些告警会被静默及其原因"},
    .description =
        {"Says of each alert which silences and which inhibition rules would mute it, at this moment or at any --now. "
         "Nothing is stored. Payloads are read by the sender files of 'incident ingest', an Alertmanager webhook alert "
         "by "
         "alert. Alerts of the payload that fire inhibit the others; a resolved one inhibits none. With -q the muted "
         "ones "
         "alone.",
         "逐条说明告警会被哪些静默和抑制规则静默，时间为当前或 --now "
         "指定的任意时刻。不保存任何内容。输入由 incident ingest 的发送方文件读取，Alertmanager webhook "
         "逐条告警处理；输入中触发中的告警会"
         "抑制其他告警，已恢复的不会。-q 只列出被静默的。"},
    .arguments = kPayload,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kTest,
    .run = run_test,
};

}  // namespace umsops::cli
