// SPDX-License-Identifier: Apache-2.0
// `runbook list` and `runbook show`.
#include <algorithm>

#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/runbook/runbooks.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;
using runbook::Runbook;

constexpr std::string_view kList = "umsops.runbook.list/v1";
constexpr std::string_view kShow = "umsops.runbook.show/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"id", FieldType::text, {}, kShown, "Name of the runbook", "手册名称", "手册"},
    {"title", FieldType::text, {}, kShown, "What it does", "标题", "标题"},
    {"types",
     FieldType::list,
     {},
     kShown,
     "Types of incidents that it is for; none: any",
     "适用的事件类型；无则适用任何类型",
     "事件类型"},
    {"steps", FieldType::integer, {}, kShown, "Number of steps", "步骤数", "步骤数"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
    {"hash", FieldType::text, {}, base::kInWide, "SHA-256 of its file", "文件的 SHA-256", "哈希"},
};

constexpr Field kShownFields[] = {
    {"id", FieldType::text, {}, kShown, "Name of the runbook", "手册名称", "手册"},
    {"title", FieldType::text, {}, kShown, "What it does", "标题", "标题"},
    {"description", FieldType::block, {}, kShown, "When it is used", "适用情形", "描述"},
    {"types",
     FieldType::list,
     {},
     kShown,
     "Types of incidents that it is for; none: any",
     "适用的事件类型；无则适用任何类型",
     "事件类型"},
    {"on_failure", FieldType::text, {}, kShown, "stop or rollback", "失败时：stop 或 rollback", "失败时"},
    {"resolution",
     FieldType::block,
     {},
     kShown,
     "What an incident that it repaired is resolved with",
     "修复后事件的解决方案",
     "解决方案"},
    {"root_cause",
     FieldType::block,
     {},
     kShown,
     "And the cause that is named then",
     "修复后事件的根本原因",
     "根本原因"},
    {"file", FieldType::text, {}, kShown, "Where it stands", "所在文件", "文件"},
    {"hash", FieldType::text, {}, kShown, "SHA-256 of its file", "文件的 SHA-256", "哈希"},
};

Value list_of(std::vector<std::string> const& words) { return Value::List(words.begin(), words.end()); }

Value types_of(Env& env, Runbook const& one) { return env.human() && one.types.empty() ? Value() : list_of(one.types); }

base::Row row_of(Env& env, Runbook const& one) {
  return {
      one.id,  base::text_or_null(one.title), types_of(env, one), static_cast<std::int64_t>(one.steps.size()), one.file,
      one.hash};
}

int run_list(Env& env, Call const& call) {
  call.exclude("fail-if-any", "fail-if-empty");
  auto const all = runbooks::configured(env, call);
  auto const type = call.text("type");
  auto writer = format::list_writer(env.out(), env.style("id"), kList, "runbook", kFields);
  std::int64_t count = 0;
  for (auto const& one : all) {
    if (type && std::find(one.types.begin(), one.types.end(), *type) == one.types.end()) continue;
    writer->row(row_of(env, one));
    ++count;
  }
  writer->end({});
  env.out().flush();
  check_found(env, call, count);
  return 0;
}

Value inputs_of(Env& env, Runbook const& one) {
  Value::List out;
  for (auto const& input : one.inputs) {
    auto const type = runbook::input_type_names()[static_cast<std::size_t>(input.type)];
    if (env.human()) {
      out.emplace_back(input.name + " (" + std::string(type) + (input.fallback ? ", " + *input.fallback : "") + ")" +
                       (input.description.empty() ? "" : ": " + input.description));
      continue;
    }
    out.emplace_back(Value::Object{{"name", input.name},
                                   {"type", type},
                                   {"default", input.fallback ? Value(*input.fallback) : Value()},
                                   {"choices", list_of(input.choices)},
                                   {"description", base::text_or_null(input.description)}});
  }
  return out;
}

Value steps_of(Env& env, Runbook const& one) {
  Value::List out;
  for (auto const& step : one.steps) {
    if (env.human()) {
      out.emplace_back(step.id + "  " + std::string(to_string(step.kind)) +
                       (step.title.empty() ? "" : "  " + step.title) + (step.when.empty() ? "" : "  " + step.when));
      continue;
    }
    out.emplace_back(Value::Object{{"id", step.id},
                                   {"kind", to_string(step.kind)},
                                   {"title", base::text_or_null(step.title)},
                                   {"when", base::text_or_null(step.when)},
                                   {"line", step.spot.line}});
  }
  return out;
}

Value secrets_of(Runbook const& one) {
  Value::List out;
  for (auto const& secret : one.secrets) out.emplace_back(secret.name);
  return out;
}

int run_show(Env& env, Call const& call) {
  auto const all = runbooks::configured(env, call);
  auto const& one = runbooks::require(all, call.words[0]);
  base::Row const row{one.id,
                      base::text_or_null(one.title),
                      base::text_or_null(one.description),
                      types_of(env, one),
                      one.on_failure == runbook::OnFailure::stop ? "stop" : "rollback",
                      base::text_or_null(one.resolution),
                      base::text_or_null(one.root_cause),
                      one.file,
                      one.hash};
  format::write_record(env.out(), env.style("id"), kShow, "runbook", kShownFields, row, {},
                       {{"inputs", inputs_of(env, one)}, {"secrets", secrets_of(one)}, {"steps", steps_of(env, one)}});
  return 0;
}

constexpr Argument kRunbook[] = {{"RUNBOOK", {"id of a runbook", "手册名称"}, true, false, runbooks::offer_runbooks}};
constexpr Flag kListFlags[] = {
    incident::kType, flags::kFailIfAny, flags::kFailIfEmpty, runbooks::kFile,
    flags::kHeader,  flags::kCsvSafe,   flags::kCsvBom,
};
constexpr Flag kShowFlags[] = {runbooks::kFile};
constexpr Example kListExamples[] = {
    {"umsops runbook list --file runbooks", {"the runbooks of a folder", "某文件夹中的手册"}},
    {"umsops runbook list --file runbooks --type AUTHENTICATION_FAILURE -q",
     {"for a program: those for one type of incident", "供程序使用：某类事件的手册"}},
};
constexpr Example kShowExamples[] = {
    {"umsops runbook show authentication --file runbooks", {"what it does, and what it wants to know", "步骤与输入"}},
    {"umsops runbook show authentication --file runbooks -o json | jq -r '.steps[].id'",
     {"for a program", "供程序使用"}},
};
constexpr int kListExits[] = {9, 10};
constexpr int kShowExits[] = {3, 9};

}  // namespace

constinit Command const kRunbookList{
    .path = "runbook list",
    .summary = {"list the runbooks", "列出处置手册"},
    .description =
        {"Lists the runbooks of the setting runbooks, which a project file cannot set, or those of --file. See "
         "umsops-runbook(5) for the files.",
         "列出设置 runbooks 所指的手册（项目文件不能设置），或 --file 指定的手册。文件格式见 "
         "umsops-runbook(5)。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kRunbookShow{
    .path = "runbook show",
    .summary = {"show a runbook", "显示一个处置手册"},
    .description = {"Shows a runbook with its inputs and steps. 'umsops runbook plan' shows what it would do.",
                    "显示手册及其输入和步骤。umsops runbook plan 显示将执行的操作。"},
    .arguments = kRunbook,
    .flags = kShowFlags,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = kShow,
    .run = run_show,
};

}  // namespace umsops::cli
