// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/given.hpp"
#include "cli/record/spool.hpp"
#include "cli/record/suggestions.hpp"
#include "cli/record/tags.hpp"

namespace umsops::cli {

namespace {

using incident::kKind;

/// The later value counts; named values are joined.
void put(desk::Sets& sets, std::size_t field, base::Value value) {
  auto const known = std::find_if(sets.begin(), sets.end(), [&](auto const& set) { return set.first == field; });
  if (known == sets.end()) {
    sets.emplace_back(field, std::move(value));
    return;
  }
  auto const *const more = value.get_if<base::Value::Object>(), *const there =
                                                                    known->second.get_if<base::Value::Object>();
  if (!more || !there) {
    known->second = std::move(value);
    return;
  }
  base::Value::Object joined = *there;
  for (auto const& member : *more) {
    std::erase_if(joined, [&](auto const& old) { return old.first == member.first; });
    joined.push_back(member);
  }
  known->second = std::move(joined);
}

void put_record(desk::NewIncident& wanted, std::string const& file) {
  constexpr std::string_view kFurther[] = {"key", "assigned_to"};
  auto const& type = kKind.type();
  record::each_given(type, record::read_given(file), file, kFurther,
                     [&](std::string_view name, base::Value const& value) {
                       if (name == kFurther[0]) {
                         wanted.key = value.text();
                       } else if (name == kFurther[1]) {
                         wanted.assigned_to = value.text();
                       } else {
                         model::Incident trial;  // what does not fit is told before anything else is looked at
                         model::set(trial, type.require(name), value);
                         put(wanted.sets, type.require(name), value);
                       }
                     });
}

desk::NewIncident wanted_incident(Env& env, Call const& call) {
  desk::NewIncident wanted;
  if (auto const file = call.text("from-json")) put_record(wanted, *file);
  for (auto& [field, value] : incident::sets_of(env, call)) put(wanted.sets, field, std::move(value));
  auto const title = kKind.type().require("title");
  bool const titled =
      std::any_of(wanted.sets.begin(), wanted.sets.end(), [&](auto const& set) { return set.first == title; });
  if (!titled) wanted.sets.emplace_back(title, env.phrase(Phrase::untitled_incident));
  if (auto const assignee = call.text("assignee")) wanted.assigned_to = *assignee;
  if (auto const key = call.text("key")) wanted.key = *key;
  return wanted;
}

int create_or_spool(Env& env, desk::NewIncident wanted, desk::IncidentDesk::CreateOptions const& options) {
  if (options.on_duplicate != desk::OnDuplicate::give_back) {
    throw base::Error(base::errors::usage_excludes,
                      {{"first", "--spool"}, {"second", "--on-duplicate other than return"}});
  }
  wanted.key = record::spool_key(env, wanted.key);
  return record::act_or_spool(
      env, "umsops.incident.spooled/v1",
      [&] {
        return [&env, filed = env.desk().incidents().create(wanted, options)] { incident::write_result(env, filed); };
      },
      [&] {
        desk::SpooledReport kept;
        kept.reason = options.reason;
        kept.incident = desk::SpooledIncident{env.clock().now(), wanted, {}, {}};
        return kept;
      });
}

int run_create(Env& env, Call const& call) {
  auto wanted = wanted_incident(env, call);
  desk::IncidentDesk::CreateOptions options;
  options.dry_run = env.dry_run();
  options.on_duplicate = record::on_duplicate(call);
  options.reason = call.text("reason").value_or("");
  options.suggest = record::wants_suggestions(env, call);
  // A wrong -F or format is told before anything is stored.
  (void)env.style(kKind.number);
  if (call.on("spool") && !env.dry_run()) return create_or_spool(env, std::move(wanted), options);
  incident::write_result(env, env.desk().incidents().create(wanted, options));
  return 0;
}

int run_update(Env& env, Call const& call) {
  std::string text;
  if (call.on("edit") && call.words.size() == 1 && env.may_ask())
    text = env.desk().incidents().show(call.words[0]).incident.description;
  auto const sets = incident::sets_of(env, call, text);
  if (sets.empty()) call.missing("--title, --body, --severity, --service, --set, ...");
  return incident::change_all(env, call, [&](auto const& ids) {
    return env.desk().incidents().update(ids, sets, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kCreateFlags[] = {
    record::kTitle,
    flags::kBody,
    flags::kBodyFile,
    flags::kStrictText,
    flags::kEdit,
    incident::kType,
    incident::kSource,
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
    incident::kReporter,
    {.name = "assignee",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who works on it: a name, me, team:NAME or oncall:SCHEDULE",
             "处理人：姓名、me、team:团队 或 oncall:值班表"}},
    record::kTags,
    flags::kAttribute,
    flags::kSet,
    record::kKey,
    record::kOnDuplicate,
    record::kSpool,
    {.name = record::kSuggestFlag,
     .doc = {"look which articles may help; --no-suggest: do not", "查找可能有用的知识条目；--no-suggest 则不查找"},
     .fallback = "on"},
    flags::kReason,
    record::kFromJson,
};
constexpr Flag kUpdateFlags[] = {
    record::kTitle,
    flags::kBody,
    flags::kBodyFile,
    flags::kStrictText,
    flags::kEdit,
    incident::kType,
    incident::kSource,
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
    incident::kReporter,
    incident::kRootCause,
    record::kTags,
    record::kAddTag,
    record::kRemoveTag,
    flags::kAttribute,
    flags::kSet,
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kCreateExamples[] = {
    {"umsops incident create -t '统一认证登录失败' --source auth-service --affected-users 1200 --service sso",
     {"an outage that people notice", "用户已感知的故障"}},
    {"umsops incident create -q -t 'deploy failed' --body-file build.log --key \"ci:main:4711\" --on-duplicate comment",
     {"a CI job files once and notes every further run", "CI 任务只建单一次，之后的运行写入时间线"}},
    {"echo '{\"title\":\"from a program\",\"severity\":\"HIGH\"}' | umsops incident create --from-json - -o json | jq "
     "-r "
     ".incident_number",
     {"from another program", "由其他程序创建"}},
};
constexpr Example kUpdateExamples[] = {
    {"umsops incident update INC-1 --affected-users 300 --service sso,portal",
     {"what is known by now", "补充已知情况"}},
    {"umsops incident update INC-1 --root-cause 'expired certificate' -o json | jq -r .root_cause",
     {"why it happened", "根本原因"}},
};
constexpr int kExits[] = {4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kIncidentCreate{
    .path = "incident create",
    .summary = {"file an incident", "新建事件"},
    .description =
        {"Files an incident and prints its number once it is stored. Without any configuration the first "
         "one creates the desk; one with --spool waits for it instead. Articles and solutions that may help are named "
         "beside it.",
         "新建事件，保存成功后输出编号。没有任何配置时，第一个事件会自动创建数据文件；加 --spool 时则暂存等待。"
         "同时列出可能有用的知识条目和解决方案。"},
    .arguments = record::kTitleWord,
    .flags = kCreateFlags,
    .examples = kCreateExamples,
    .exits = kExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_create,
};

constinit Command const kIncidentUpdate{
    .path = "incident update",
    .summary = {"change fields of incidents", "修改事件字段"},
    .description = {"Changes fields of one or many incidents, all or nothing unless --each is given. The state cannot "
                    "be set: it has its own verbs.",
                    "修改一个或多个事件的字段；默认全部成功或全部不做，除非给出 --each。状态由专门的命令改变。"},
    .arguments = incident::kMany,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.incident.result/v1",
    .changes = true,
    .run = run_update,
};

}  // namespace umsops::cli
