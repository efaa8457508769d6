// SPDX-License-Identifier: Apache-2.0
// How incidents belong together, and to tickets.
#include "cli/commands.hpp"
#include "cli/completion/candidates.hpp"
#include "cli/incident/incident.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

struct LinkFlag {
  std::string_view name;
  model::LinkKind kind;
  bool from_there = false;
};
constexpr LinkFlag kKinds[] = {
    {"child-of", model::LinkKind::child_of},      {"duplicate-of", model::LinkKind::duplicate_of},
    {"relates-to", model::LinkKind::relates_to},  {"caused-by", model::LinkKind::caused_by},
    {"causes", model::LinkKind::caused_by, true},
};

desk::LinkTo link_of(Call const& call) {
  desk::LinkTo link;
  LinkFlag const* given = nullptr;
  for (auto const& one : kKinds) {
    if (!call.has(one.name)) continue;
    if (given) call.exclude(given->name, one.name);
    given = &one;
  }
  if (!given) call.missing("--child-of, --duplicate-of, --relates-to, --caused-by, --causes");
  link.kind = given->kind;
  link.from_there = given->from_there;
  link.other = *call.text(given->name);
  link.remove = call.on("remove");
  return link;
}

int run_link(Env& env, Call const& call) {
  auto const link = link_of(call);
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().link(ids, link, record::change_of(env, call), record::batch_of(call));
  });
}

int run_merge(Env& env, Call const& call) {
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().merge(ids, *call.text("into"), record::change_of(env, call), record::batch_of(call));
  });
}

/// `a,b` and several flags are one list.
std::vector<std::string> words_of(Call const& call, std::string_view flag) {
  std::vector<std::string> words;
  for (auto const& text : call.all(flag)) {
    for (std::size_t at = 0; at <= text.size();) {
      std::size_t const end = std::min(text.find(',', at), text.size());
      if (end > at) words.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  return desk::once_each(std::move(words));
}

int run_split(Env& env, Call const& call) {
  desk::IncidentSplit split;
  split.alerts = words_of(call, "alerts");
  split.entries = words_of(call, "entries");
  if (split.alerts.empty() && split.entries.empty()) call.missing("--alerts, --entries");
  split.sets = incident::sets_of(env, call);
  split.key = call.text("key").value_or("");
  (void)env.style(incident::kKind.number);
  incident::write_result(env, env.desk().incidents().split(call.words[0], split, record::change_of(env, call)));
  return 0;
}

void offer_records(Candidates& out) {
  incident::offer_numbers(out);
  ticket::offer_numbers(out);
}

constexpr Flag kLinkFlags[] = {
    {.name = "child-of",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the larger incident that it is part of", "所属的更大事件"},
     .offer = incident::offer_numbers},
    {.name = "duplicate-of",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the incident that it duplicates; 'incident merge' also ends it",
             "重复的事件；incident merge 会同时将其关闭"},
     .offer = incident::offer_numbers},
    {.name = "relates-to",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"a related incident or ticket", "相关的事件或工单"},
     .offer = offer_records},
    {.name = "caused-by",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the incident behind it", "引发它的事件"},
     .offer = incident::offer_numbers},
    {.name = "causes",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"an incident or ticket that it is behind", "由它引发的事件或工单"},
     .offer = offer_records},
    {.name = "remove", .doc = {"take that link away", "删除该关联"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kMergeFlags[] = {
    {.name = "into",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the incident that stays", "保留的事件"},
     .required = true,
     .offer = incident::offer_numbers},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kSplitFlags[] = {
    {.name = "alerts",
     .value = "NAME,...",
     .type = FlagType::text,
     .doc = {"alerts that go over, related or firing: what they say from now on is of the new one",
             "转出的告警（相关或触发中）；其后续通知归属新事件"},
     .repeatable = true},
    {.name = "entries",
     .value = "N,...",
     .type = FlagType::text,
     .doc = {"entries of the timeline, by their numbers; they stay here, too", "转出的时间线条目序号；原事件仍保留"},
     .repeatable = true},
    {.name = "title",
     .letter = 't',
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"what the new one is about, one line of up to 200 characters", "新事件的一行概述，最多 200 个字符"},
     .required = true},
    flags::kBody,
    flags::kBodyFile,
    flags::kStrictText,
    flags::kEdit,
    incident::kType,
    incident::kAffectedUsers,
    incident::kBusinessImpact,
    incident::kService,
    incident::kSeverity,
    incident::kImpact,
    incident::kUrgency,
    incident::kPriority,
    incident::kCategory,
    incident::kDetectedAt,
    incident::kImpactStarted,
    flags::kAttribute,
    flags::kSet,
    record::kKey,
    flags::kReason,
    flags::kIfRev,
};

constexpr Example kLinkExamples[] = {
    {"umsops incident create -q -t 'database slow' && umsops incident link INC-1 --caused-by INC-2",
     {"what is behind it", "指明引发它的事件"}},
    {"umsops incident link INC-1 --causes T-1 --reason 'same outage' -o json | jq -r .result",
     {"a ticket that is about it", "由它引发的工单"}},
};
constexpr Example kMergeExamples[] = {
    {"umsops incident create -q -t 'again' && umsops incident merge INC-2 --into INC-1 -n",
     {"what would happen", "试运行合并"}},
    {"umsops incident create -q -t 'again' && umsops incident merge INC-2 --into INC-1 --reason 'one outage'",
     {"INC-2 is closed and goes on in INC-1", "INC-2 关闭并入 INC-1"}},
};
constexpr Example kSplitExamples[] = {
    {"umsops incident note INC-1 --body 'the printer fails, too' -q && umsops incident split INC-1 --entries 1 -t "
     "'printer down'",
     {"something else after all", "其实是另一个故障"}},
    {"umsops incident update INC-1 --set related_alerts=DiskFull,SlowLogin -q && umsops incident split INC-1 --alerts "
     "DiskFull -t '磁盘已满' -o json | jq -r .incident_number",
     {"one alert goes over, for a program", "转出一个告警，供程序使用"}},
};

}  // namespace

constinit Command const kIncidentLink{
    .path = "incident link",
    .summary = {"link incidents with incidents and tickets", "关联事件与事件、工单"},
    .description =
        {"Links incidents to another incident or to a ticket; 'show' tells of it at both ends, and so do the "
         "timelines. --causes is the other end of --caused-by. Links that would form a cycle are refused.",
         "将事件与另一事件或工单关联；两端的 show 和时间线都会显示。--causes 为 --caused-by "
         "的另一端。会形成循环的关联将被拒绝。"},
    .arguments = incident::kMany,
    .flags = kLinkFlags,
    .examples = kLinkExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_link,
};

constinit Command const kIncidentMerge{
    .path = "incident merge",
    .summary = {"merge incidents into one", "合并事件"},
    .description =
        {"The incidents become CLOSED duplicates of the one that stays, whether service is back or not. 'incident "
         "show' "
         "tells of both timelines there, by the time at which things happened, and further alarms of theirs land "
         "there. "
         "It takes over alerts, services, labels, the graver words, the greater number of users, the earlier times, "
         "and "
         "the people where it has none. The end of alarms makes it RECOVERED only once all of them have ended.",
         "其余事件成为保留事件的重复事件并关闭，无论服务是否恢复。incident show 按发生时间合并显示双方的时间线，"
         "它们之后的告警也归入保留的事件。告警、服务、标签、较重的级别、较大的受影响用户数、较早的时间随之并入，"
         "空缺的处理人和角色也会补上。全部告警结束后才视为恢复。"},
    .arguments = incident::kMany,
    .flags = kMergeFlags,
    .examples = kMergeExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_merge,
};

constinit Command const kIncidentSplit{
    .path = "incident split",
    .summary = {"make a new incident of a part of one", "从事件中拆出新事件"},
    .description = {"Makes a new incident of some related alerts and entries of the timeline, and prints its number. "
                    "The alerts go over, the entries are in both from then on; the two are linked, and both timelines "
                    "tell of it. What flags do not say of the new one is decided as for any new incident.",
                    "将部分相关告警和时间线条目拆成新事件，并输出其编号。告警转出，条目两边都有；两个事件相互关联，"
                    "双方时间线均有记录。未用选项指定的内容按新建事件处理。"},
    .arguments = incident::kJustOne,
    .flags = kSplitFlags,
    .examples = kSplitExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_split,
};

}  // namespace umsops::cli
