// SPDX-License-Identifier: Apache-2.0
// `privacy erase`: takes a person out of the store, and out of what lies beside it.
#include <unistd.h>

#include <cerrno>

#include "cli/commands.hpp"
#include "cli/privacy/files.hpp"
#include "cli/signals.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.privacy.erase/v1";

/// Nothing brings it back, so --yes alone is no consent: it may stand in a script for other reasons.
void refuse_unconfirmed(Env& env, Call const& call) {
  auto const said = call.text("confirm");
  if (env.dry_run() || said == call.words[0]) return;
  if (!said && env.may_ask()) {
    auto const question =
        base::terminal_text(env.phrase(Phrase::erase_ask, {{"person", call.words[0]}}), base::TextShape::line);
    (void)!::write(2, question.data(), question.size());
    char answer[16] = {};
    auto const got = ::read(0, answer, sizeof answer);
    if (got < 0 && errno == EINTR) signals::check();
    if (got > 0 && (answer[0] == 'y' || answer[0] == 'Y')) return;
  }
  throw base::Error(base::errors::privacy_confirm, {{"person", call.words[0]}});
}

Value document_of(desk::Erasure const& done, privacy::CleanedFiles const& files, bool dry_run) {
  Value::Object names;
  for (auto const& [name, count] : done.names) names.emplace_back(name, count);
  Value::List busy(files.busy.begin(), files.busy.end());
  return Value::Object{
      {"schema", kSchema},
      {"result", done.nothing() && files.cleaned.empty() && files.model.empty() ? "unchanged" : "erased"},
      {"dry_run", dry_run},
      {"person", privacy::value_of(done.person)},
      {"tickets", Value::List(done.tickets.begin(), done.tickets.end())},
      {"places", privacy::value_of(done.places)},
      {"names", std::move(names)},
      {"erased_values", done.erased_values},
      {"event", done.event == 0 ? Value() : Value(done.event)},
      {"stand_in", base::text_or_null(done.stand_in)},
      {"files", Value::List(files.cleaned.begin(), files.cleaned.end())},
      {"busy_files", std::move(busy)},
      {"model", base::text_or_null(files.model)},
      {"beyond", privacy::value_of(done.beyond)},
      {"refused", done.refused && dry_run ? Value(done.refused->message()) : Value()}};
}

std::string lines_of(Env& env, Call const& call, desk::Erasure const& done, privacy::CleanedFiles const& files) {
  std::string out = privacy::lines_of(env, done.person) + privacy::lines_of(env, done.places);
  for (auto const& [name, count] : done.names)
    out += "  " + env.phrase(Phrase::erase_name_count, {{"name", name}, {"count", std::to_string(count)}}) + "\n";
  if (done.nothing()) out += env.phrase(Phrase::erase_nothing, {{"person", call.words[0]}}) + "\n";
  if (done.event > 0)
    out += env.phrase(Phrase::erase_done,
                      {{"values", std::to_string(done.erased_values)}, {"event", std::to_string(done.event)}}) +
           "\n";
  if (!done.stand_in.empty()) out += env.phrase(Phrase::erase_stand_in, {{"name", done.stand_in}}) + "\n";
  if (!files.cleaned.empty())
    out += env.phrase(Phrase::erase_files, {{"count", std::to_string(files.cleaned.size())}}) + "\n";
  if (!files.model.empty()) out += env.phrase(Phrase::erase_model, {{"path", files.model}}) + "\n";
  out += privacy::lines_of(env, done.beyond);
  for (auto const& path : files.busy) out += "  " + env.phrase(Phrase::beyond_file_busy, {{"path", path}}) + "\n";
  return out;
}

void answer(Env& env, Call const& call, desk::Erasure const& done, privacy::CleanedFiles const& files) {
  if (env.human()) {
    privacy::write_lines(env, lines_of(env, call, done, files));
    if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
  } else if (auto const style = env.style("event"); style.format == format::Format::id) {
    if (done.event > 0) env.out().write(std::to_string(done.event) + "\n");
  } else {
    format::write_document(env.out(), style, document_of(done, files, env.dry_run()));
  }
}

void join(privacy::CleanedFiles& files, privacy::CleanedFiles more) {
  for (auto& path : more.cleaned) files.cleaned.push_back(std::move(path));
  files.busy = std::move(more.busy);
  if (files.model.empty()) files.model = std::move(more.model);
}

int run_erase(Env& env, Call const& call) {
  auto const which = privacy::which_person(call);
  refuse_unconfirmed(env, call);
  if (!env.dry_run()) privacy::refuse_waiting(env);
  desk::ErasureOptions options{call.on("keep-statistics"), true, call.text("reason").value_or("")};
  auto done = env.desk().privacy().erase(which, options);
  // The entries that tell of it would name them again.
  if (done.person.names.in(options.reason))
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", "--reason"},
                       {"value", options.reason},
                       {"expected", std::string(env.text({"a reason without their names", "不含其称呼的原因"}))}});
  auto files = privacy::clean_files(env, done, true);
  if (done.refused && env.dry_run()) env.warn(done.refused->message(env.language()));
  if (!env.dry_run()) {
    // Files first: cut off behind them, the store still knows by which names they are to be cleared. And once more
    // behind it, for what was written meanwhile.
    options.dry_run = false;
    if (done.refused) throw *done.refused;
    files = privacy::clean_files(env, done, false);
    done = env.desk().privacy().erase(which, options,
                                      [&](std::int64_t event) { env.out().told().stored(std::to_string(event)); });
    join(files, privacy::clean_files(env, done, false));
  }
  answer(env, call, done, files);
  return 0;
}

constexpr Flag kFlags[] = {
    privacy::kAlso,
    privacy::kLeave,
    privacy::kKeepStatistics,
    {.name = "confirm",
     .value = "PERSON",
     .type = FlagType::text,
     .doc = {"the same once more: nothing is erased without it but after a question on a terminal",
             "再次给出同一名称；未给出时只在终端上询问后执行"}},
    flags::kReason,
};
constexpr Example kExamples[] = {
    {"umsops privacy erase zhang.wei -n",
     {"what would go, and how often each name was found", "将清除的内容及各称呼出现的次数"}},
    {"umsops privacy erase zhang.wei --confirm zhang.wei --reason 'asked for it'",
     {"for good; the directory's next import must not bring them back", "永久清除；之后的目录导入不应再带入此人"}},
    {"umsops privacy erase zhang.wei --keep-statistics --confirm zhang.wei -o json | jq -r '.beyond[].what'",
     {"figures stay the same; what it cannot reach", "统计数字不变；列出无法清除之处"}},
};
constexpr int kExits[] = {4, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kPrivacyErase{
    .path = "privacy erase",
    .summary = {"take a person out of the store for good", "永久清除某人的数据"},
    .description =
        {"Takes a person out of records, their history, conversations, attachments and mails, watchers, messages, "
         "searches, executions of runbooks and the search index, in one transaction, and tells of it by entries of the "
         "history that name nobody. 'audit verify' goes on to hold: it counts erased values, each told by an entry.\n\n"
         "Tickets of theirs stay as shells: number, category, priority, states, times and assignee. Title, "
         "description, "
         "resolution, every reply and note, files and mails are erased whole, and so is what they wrote on tickets of "
         "others, unless they are staff. Elsewhere '[erased]' takes the place of each of their names. With "
         "--keep-statistics tickets keep their attributes, the directory keeps department, site and VIP, and a made-up "
         "name takes the place of the person, so that figures stay what they are; without it these go as well.\n\n"
         "Files of channels, logs of runbooks of this user and a model that was learned from their texts are cleared, "
         "too. Then the engine's free pages and log are cleared, for which the store is written anew. What this cannot "
         "reach is listed. Refused while tickets of theirs are open or assigned to them, or reports wait to be filed. "
         "A "
         "run that was cut off is taken up again by the same command. On a server managers may; free pages "
         "are cleared by the owner of the tables alone.",
         "在一个事务中将此人从记录、历史、对话、附件和邮件、关注者、消息、搜索、手册执行记录和搜索索引中清除，并以不含"
         "姓名"
         "的历史记录说明。audit verify 仍然通过：它统计已清除的值，每个值都有记录说明。\n\n其提出的工单保留外壳：编号、"
         "类别、优先级、状态、时间和处理人；标题、描述、解决方案、全部回复和备注、文件和邮件整体清除，其在他人工单中所"
         "写的"
         "内容也一并清除（处理人员除外）。其他位置以“[erased]”代替其称呼。加 --keep-statistics "
         "时保留工单属性以及目录中的部门、地点和 VIP，并以代号代替此人，统计数字保持不变；否则这些也一并清除。\n\n"
         "同时清理文件渠道、当前用户的手册执行日志以及由其文本训练的模型。随后清理引擎的空闲页和日志，为此会重写数据文"
         "件。"
         "无法清除之处会列出。其工单未完成、仍有事项由其处理或有报告待建单时拒绝执行。中断后再次运行同一命令即可继续。"
         "在服务"
         "器上须有 umsops_manager 角色；空闲页只有表的所有者可清理。"},
    .arguments = privacy::kPerson,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_erase,
};

}  // namespace umsops::cli
