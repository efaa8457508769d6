// SPDX-License-Identifier: Apache-2.0
// What people need to know of an incident at its beginning, and what they knew of others like it.
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/outcome.hpp"
#include "cli/service/services.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSimilar = "umsops.incident.similar/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kSimilarFields[] = {
    {"incident_number", FieldType::text, {}, kShown, "Its number", "事件编号", "编号"},
    {"title", FieldType::text, {}, kShown, "Title", "标题", "标题"},
    {"status", FieldType::text, {}, kShown, "Its state", "状态", "状态"},
    {"score", FieldType::decimal, {}, kShown, "How alike, 0 to 1", "相似度，0 到 1", "相似度"},
    {"minutes_to_resolve",
     FieldType::integer,
     {},
     kShown,
     "From detection to resolution",
     "从发现到解决的分钟数",
     "解决用时"},
    {"resolution", FieldType::block, {}, kShown, "What was done", "解决方案", "解决方案"},
    {"root_cause", FieldType::block, {}, base::kInWide, "Why it happened", "根本原因", "根本原因"},
    {"type", FieldType::text, {}, base::kInWide, "Kind of disruption", "故障类型", "类型"},
    {"severity", FieldType::text, {}, base::kInWide, "How bad it was", "严重程度", "严重程度"},
    {"detected_at", FieldType::time, {}, base::kInWide, "When it was noticed", "发现时间", "发现时间"},
    {"why", FieldType::object, {}, base::kInWide, "What both have in common", "相同之处", "依据"},
};

Value texts(std::vector<std::string> const& words) { return Value::List(words.begin(), words.end()); }

base::Row row_of(desk::SimilarIncident const& similar) {
  auto const& incident = similar.incident;
  return {incident.incident_number,
          incident.title,
          to_string(incident.status),
          similar.score,
          similar.minutes_to_resolve ? Value(*similar.minutes_to_resolve) : Value(),
          base::text_or_null(incident.resolution),
          base::text_or_null(incident.root_cause),
          to_string(incident.type),
          to_string(incident.severity),
          incident.detected_at,
          Value::Object{{"text", similar.text},
                        {"same_alarm", similar.same_alarm},
                        {"same_type", similar.same_type},
                        {"same_source", similar.same_source},
                        {"services", texts(similar.services)},
                        {"labels", texts(similar.labels)}}};
}

int run_similar(Env& env, Call const& call) {
  auto const limit = call.integer("limit").value_or(5);
  auto const most = limit == 0 ? SIZE_MAX : static_cast<std::size_t>(limit);
  auto const style = env.style("incident_number");
  auto const similar = env.desk().incidents().similar(call.words[0], most);
  auto writer = format::list_writer(env.out(), style, kSimilar, "incident", kSimilarFields);
  for (auto const& one : similar.found) writer->row(row_of(one));
  writer->end({false, {}, {{"incident", similar.incident.incident_number}, {"looked_at", similar.looked_at}}});
  env.out().flush();
  check_found(env, call, static_cast<std::int64_t>(similar.found.size()));
  return 0;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string estimate_line(Env& env, desk::ResolveEstimate const& estimate) {
  Fill fill{{"n", std::to_string(estimate.n)},
            {"type", std::string(to_string(estimate.type))},
            {"severity", std::string(to_string(estimate.severity))},
            {"looked_at", std::to_string(estimate.looked_at)}};
  if (!estimate.median_minutes) return env.phrase(Phrase::assess_no_estimate, fill);
  fill.push_back({"median", std::to_string(*estimate.median_minutes)});
  fill.push_back({"p25", std::to_string(*estimate.p25_minutes)});
  fill.push_back({"p75", std::to_string(*estimate.p75_minutes)});
  return env.phrase(Phrase::assess_estimate, fill);
}

std::vector<std::string> lines_of(Env& env, desk::IncidentAssessment const& found) {
  std::vector<std::string> lines{
      env.phrase(Phrase::assess_users, {{"users", std::to_string(found.users())},
                                        {"stated", found.stated_users ? std::to_string(*found.stated_users) : "-"},
                                        {"requesters", std::to_string(found.requesters)}})};
  for (auto& line : services::reasons(found.grades, env.language())) lines.push_back(std::move(line));
  for (auto const& reached : found.reached) {
    lines.push_back(env.phrase(Phrase::assess_reached, {{"service", reached.service},
                                                        {"tier", std::to_string(reached.tier)},
                                                        {"path", service::arrows(reached.path)}}));
  }
  if (!found.skills.empty()) lines.push_back(env.phrase(Phrase::assess_skills, {{"skills", joined(found.skills)}}));
  if (!found.has_roster) lines.push_back(env.phrase(Phrase::assess_no_roster));
  for (auto const& one : found.on_call) {
    std::string const person = one.person.empty() ? "-" : one.person;
    lines.push_back(env.phrase(
        one.absent ? Phrase::assess_absent : Phrase::assess_on_call,
        {{"schedule", one.schedule}, {"person", person}, {"skills", one.skills.empty() ? "-" : joined(one.skills)}}));
  }
  lines.push_back(estimate_line(env, found.estimate));
  return lines;
}

record::Answer answer_of(Env& env, desk::AssessedIncident const& done) {
  auto answer = incident::answer_of(env, done);
  answer.facts.emplace_back("assessment", to_value(done.assessment));
  answer.explain = [&env, lines = lines_of(env, done.assessment)] {
    for (auto const& line : lines) env.out().write("  " + base::terminal_text(line, base::TextShape::line) + "\n");
  };
  return answer;
}

int run_assess(Env& env, Call const& call) {
  return incident::change_all(
      env, call, record::Change([&](std::vector<std::string> const& ids) {
        return record::answers_of(
            env.desk().incidents().assess(ids, record::change_of(env, call), record::batch_of(call)),
            [&](auto const& done) { return answer_of(env, done); });
      }));
}

constexpr Flag kAssessFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};
constexpr Flag kSimilarFlags[] = {
    {.name = "limit",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"at most so many; 0 is all", "最多条数；0 为全部"},
     .fallback = "5"},
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kAssessExamples[] = {
    {"umsops incident assess INC-1",
     {"what it touches, who can help, how long it may take", "影响、可求助的人、预计用时"}},
    {"umsops incident assess INC-1 -n -o json | jq '.assessment.estimate.median_minutes'",
     {"only the estimate, and nothing is stored", "只取预计用时，不保存"}},
};
constexpr Example kSimilarExamples[] = {
    {"umsops incident similar INC-1", {"what happened before, and what helped", "过去的类似事件及其解决方案"}},
    {"umsops incident similar INC-1 --limit 1 -o json | jq -r '.items[0].resolution'",
     {"what resolved the most alike one", "最相似事件的解决方案"}},
};
constexpr int kSimilarExits[] = {3, 4, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kIncidentAssess{
    .path = "incident assess",
    .summary = {"say what incidents touch, and how long they may take", "评估事件的影响与预计用时"},
    .description =
        {"Tells, each with its reason: the affected users (the greater of what is stated and the different requesters "
         "of tickets that it causes), impact, urgency and priority by the services and all that depend on them, the "
         "skills that are needed and who is on call, and the time to resolve: median and quartiles of past incidents "
         "of "
         "that type and severity among the newest 5,000. The timeline keeps each assessment. Graver words and more "
         "users become the incident's own, unless somebody has said otherwise.",
         "给出各项结论及其理由：受影响用户（所报数量与相关工单不同请求人数中的较大者）、由服务及其依赖者得出的影响、"
         "紧急程度和优先级、所需技能与当前值班人，以及预计解决用时：最近 5,000 "
         "个事件中同类型、同严重程度者的中位数和四分位数。每次评估都写入时间线；更重的级别和更多的用户数写入事件，"
         "除非已由人指定。"},
    .arguments = incident::kMany,
    .flags = kAssessFlags,
    .examples = kAssessExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.assess/v1",
    .changes = true,
    .run = run_assess,
};

constinit Command const kIncidentSimilar{
    .path = "incident similar",
    .summary = {"find past incidents like one", "查找类似的过往事件"},
    .description = {"Lists incidents that resemble one, best first, with what resolved them, why they happened and how "
                    "long it took. The score is made of the likeness of the titles and of what both have in common: "
                    "services, labels, type, source; an alarm of the same key makes it 1. The newest 10,000 are looked "
                    "at; those that went on in another one are left out.",
                    "列出类似的事件，最相似的在前，并给出解决方案、根本原因和解决用时。相似度由标题和共同的服务、标签、"
                    "类型、来源得出；告警键相同时为 1。只查看最近 10,000 个事件，已合并到其他事件的不列出。"},
    .arguments = incident::kJustOne,
    .flags = kSimilarFlags,
    .examples = kSimilarExamples,
    .exits = kSimilarExits,
    .schema = kSimilar,
    .run = run_similar,
};

}  // namespace umsops::cli
