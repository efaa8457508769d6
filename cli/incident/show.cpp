// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/ids.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.incident.show/v1";

Value timeline_of(std::vector<model::TimelineEntry> const& timeline) {
  Value::List list;
  for (auto const& entry : timeline)
    list.push_back(record::record_of(model::timeline_entry_type().fields, to_row(entry)));
  return list;
}

/// `2026-11-23 09:30 #3 NOTE li.na: text` lines, for people.
Value timeline_lines(Env& env, std::vector<model::TimelineEntry> const& timeline) {
  Value::List lines;
  for (auto const& entry : timeline) {
    std::string line = env.zone().format(entry.at) + " ";
    if (entry.place != 0) line += "#" + std::to_string(entry.place) + " ";
    line += std::string(to_string(entry.kind)) + " " + entry.author + ": " + entry.text;
    if (entry.pinned) line += " " + env.phrase(Phrase::pinned);
    if (!entry.corrects.empty()) {
      for (auto const& other : timeline) {
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

Value::Object further(Env& env, desk::WholeIncident const& whole, bool history) {
  Value::Object last;
  if (env.human()) {
    if (!whole.timeline.empty()) last.emplace_back(env.phrase(Phrase::timeline), timeline_lines(env, whole.timeline));
    if (!whole.links.empty()) last.emplace_back(env.phrase(Phrase::links), record::link_lines(whole.links));
    if (whole.next_escalation)
      last.emplace_back(env.phrase(Phrase::next_escalation), next_line(env, *whole.next_escalation));
    return last;
  }
  last.emplace_back("timeline", timeline_of(whole.timeline));
  last.emplace_back("links", record::links_of(whole.links));
  last.emplace_back("labels", labels_of(whole));
  last.emplace_back("next_escalation", next_of(whole));
  if (history) last.emplace_back("history", record::history_of(whole.history));
  return last;
}

base::Row shown_row(Env& env, model::Incident const& incident) {
  auto row = to_row(incident);
  if (env.human()) row[model::incident_type().require("classification")] = Value();
  return row;
}

void write_one(Env& env, desk::WholeIncident const& whole, bool history) {
  format::write_record(env.out(), env.style(incident::kKind.number), kSchema, model::incident_type().noun,
                       model::incident_type().fields, shown_row(env, whole.incident), {}, further(env, whole, history));
}

/// Several incidents are a list; in JSON each with its timeline.
void write_several(Env& env, std::vector<desk::WholeIncident> const& all, bool history) {
  if (env.human()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (i > 0) env.out().write("\n");
      write_one(env, all[i], history);
    }
    return;
  }
  auto const& type = model::incident_type();
  std::vector<base::Field> fields(type.fields.begin(), type.fields.end());
  fields.push_back({"timeline", base::FieldType::list, {}, base::kComputed, "What happened", "经过", "时间线"});
  fields.push_back({"links", base::FieldType::list, {}, base::kComputed, "Links to other records", "关联", "关联"});
  fields.push_back(
      {"labels", base::FieldType::object, {}, base::kComputed, "What matchers see", "匹配所用标签", "标签"});
  fields.push_back(
      {"next_escalation", base::FieldType::object, {}, base::kComputed, "The next step", "下一升级步骤", "下一步"});
  if (history)
    fields.push_back({"history", base::FieldType::list, {}, base::kComputed, "Every change", "全部修改", "历史"});
  auto writer = format::list_writer(env.out(), env.style(incident::kKind.number),
                                    record::schema_of(incident::kKind, "shows"), type.noun, fields);
  for (auto const& whole : all) {
    auto row = to_row(whole.incident);
    row.push_back(timeline_of(whole.timeline));
    row.push_back(record::links_of(whole.links));
    row.push_back(labels_of(whole));
    row.push_back(next_of(whole));
    if (history) row.push_back(record::history_of(whole.history));
    writer->row(row);
  }
  writer->end({});
}

int run_show(Env& env, Call const& call) {
  auto const ids = record::ids_of(incident::kKind, env, call);
  std::vector<desk::WholeIncident> all;
  auto const failed =
      record::find_each(ids, [&](std::string const& id) { all.push_back(env.desk().incidents().show(id)); });
  if (ids.size() == 1) {
    write_one(env, all[0], call.on("history"));
  } else if (!all.empty() || !env.human()) {
    write_several(env, all, call.on("history"));
  }
  record::tell_missing(env, failed, ids.size());
  return 0;
}

constexpr Flag kFlags[] = {{.name = "history", .doc = {"with every change", "同时显示全部修改"}}};
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
        {"Shows incidents with all their fields and the timeline: moves between states, notes, evidence and "
         "hand-overs by the time at which they happened. An entry that was written down gives the number "
         "by which 'incident note --corrects' names it. What mutes an incident (silenced_by, inhibited_by), "
         "how often its alarms came, when news are due and who is told next when nobody acknowledges it "
         "stand there, too; in JSON also the labels that matchers of silences see.",
         "显示事件的全部字段和时间线：状态变化、记录、证据和角色交接，按发生时间排列。"
         "每条记录带有序号，供 incident note --corrects 使用。同时显示使其静默或抑制的对象（silenced_by、"
         "inhibited_by）、告警次数、下次更新的截止时间，以及无人确认时接下来通知谁；JSON 中另有静默条件所匹配的标签。"},
    .arguments = incident::kMany,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_show,
};

}  // namespace umsops::cli
