// SPDX-License-Identifier: Apache-2.0
#include "cli/record/show.hpp"
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/reasons.hpp"

namespace umsops::cli {

namespace {

using base::Value;

/// The incident that an entry was written for, where that is another one which goes on in the one that is shown; or
/// nothing.
std::string origin_of(desk::WholeIncident const& whole, model::TimelineEntry const& entry) {
  for (auto const& merged : whole.merged) {
    if (merged.id == entry.record.id) return merged.incident_number;
  }
  return {};
}

Value timeline_of(desk::WholeIncident const& whole) {
  Value::List list;
  for (auto const& entry : whole.timeline) {
    auto item = record::record_of(model::timeline_entry_type().fields, to_row(entry));
    item.add("merged_from", base::text_or_null(origin_of(whole, entry)));
    list.push_back(std::move(item));
  }
  return list;
}

/// `2026-11-23 09:30 #3 NOTE li.na: text` lines, for people; `INC-000002#3` for an entry of another incident.
Value timeline_lines(Env& env, desk::WholeIncident const& whole) {
  Value::List lines;
  for (auto const& entry : whole.timeline) {
    std::string line = env.zone().format(entry.at) + " ";
    auto const origin = origin_of(whole, entry);
    if (entry.place != 0) line += origin + "#" + std::to_string(entry.place) + " ";
    if (entry.place == 0 && !origin.empty()) line += origin + " ";
    line += std::string(to_string(entry.kind)) + " " + entry.author + ": " + entry.text;
    if (entry.pinned) line += " " + env.phrase(Phrase::pinned);
    if (!entry.corrects.empty()) {
      for (auto const& other : whole.timeline) {
        if (other.id == entry.corrects)
          line += " " + env.phrase(Phrase::corrects, {{"place", std::to_string(other.place)}});
      }
    }
    lines.emplace_back(std::move(line));
  }
  return lines;
}

Value labels_of(desk::WholeIncident const& whole) {
  Value::Object labels;
  for (auto const& [name, value] : whole.labels) labels.emplace_back(name, value);
  return labels;
}

Value next_of(desk::WholeIncident const& whole) {
  if (!whole.next_escalation) return {};
  auto const& next = *whole.next_escalation;
  return Value::Object{{"policy", next.policy},
                       {"step", next.step},
                       {"at", next.at},
                       {"notify", Value::List(next.notify.begin(), next.notify.end())}};
}

/// `2026-11-23 09:35 1.1 (critical): assignee, audience:operations`
std::string next_line(Env& env, desk::NextEscalation const& next) {
  std::string line = env.zone().format(next.at) + " " + next.step + " (" + next.policy + "):";
  for (auto const& name : next.notify) line += (line.ends_with(':') ? " " : ", ") + name;
  return line;
}

constexpr base::Field kParts[] = {
    record::part("timeline", "What happened", "经过", "时间线"),
    record::part("escalations", "Escalations", "升级记录", "升级"),
    record::part("links", "Links to other records", "关联", "关联"),
    {"labels", base::FieldType::object, {}, base::kComputed, "What matchers see", "匹配所用标签", "标签"},
    {"next_escalation", base::FieldType::object, {}, base::kComputed, "The next step", "下一升级步骤", "下一步"},
    {"review", base::FieldType::text, {}, base::kComputed, "Number of its review", "复盘编号", "复盘"},
};

record::Shown shown(Env& env, desk::WholeIncident whole) {
  record::Shown out{to_row(whole.incident), {}, {}, {}, {}};
  if (env.human()) {
    auto const tell = [&](Phrase heading, Value lines) {
      if (!lines.get_if<Value::List>()->empty()) out.sentences.emplace_back(env.phrase(heading), std::move(lines));
    };
    auto why = record::reasons(model::incident_type(), whole.incident.classification, env.language());
    tell(Phrase::why, Value::List(why.begin(), why.end()));
    if (auto lines = timeline_lines(env, whole); !lines.get_if<Value::List>()->empty())
      out.said.emplace_back(env.phrase(Phrase::timeline), std::move(lines));
    tell(Phrase::escalations, record::escalation_lines(env, whole.escalations));
    tell(Phrase::links, record::link_lines(whole.links));
    if (whole.next_escalation)
      out.sentences.emplace_back(env.phrase(Phrase::next_escalation), next_line(env, *whole.next_escalation));
    if (!whole.review.empty()) out.sentences.emplace_back(env.phrase(Phrase::review), whole.review);
  } else {
    out.parts = {
        timeline_of(whole), record::escalations_of(whole.escalations), record::links_of(whole.links), labels_of(whole),
        next_of(whole),     base::text_or_null(whole.review)};
  }
  out.history = std::move(whole.history);
  return out;
}

int run_show(Env& env, Call const& call) {
  return record::write_shown(incident::kKind, env, call, kParts,
                             [&](std::string const& id) { return shown(env, env.desk().incidents().show(id)); });
}

constexpr Example kExamples[] = {
    {"umsops incident show @last", {"the incident that you changed last", "您最近修改的事件"}},
    {"umsops incident show INC-1 -o json | jq -r '.timeline[] | [.at, .kind, .text] | @tsv'",
     {"what happened, for a report", "用于报告的事件经过"}},
};
constexpr int kExits[] = {3, 4, 6, 7, 8, 9, 12};

}  // namespace

constinit Command const kIncidentShow{
    .path = "incident show",
    .summary = {"show incidents in full", "显示事件详情"},
    .description =
        {"Shows incidents with all their fields, the reasons for type, severity and so on, and the timeline: moves "
         "between states, notes, evidence and "
         "hand-overs by the time at which they happened. An entry that was written down gives the number "
         "by which 'incident note --corrects' names it. What mutes an incident (silenced_by, inhibited_by), "
         "how often its alarms came, when news are due and who is told next when nobody acknowledges it "
         "stand there, too; in JSON also the labels that matchers of silences see.",
         "显示事件的全部字段、类型与严重程度等的由来和时间线：状态变化、记录、证据和角色交接，按发生时间排列。"
         "每条记录带有序号，供 incident note --corrects 使用。同时显示使其静默或抑制的对象（silenced_by、"
         "inhibited_by）、告警次数、下次更新的截止时间，以及无人确认时接下来通知谁；JSON 中另有静默条件所匹配的标签。"},
    .arguments = incident::kMany,
    .flags = record::kShowFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.incident.show/v1",
    .run = run_show,
};

}  // namespace umsops::cli
