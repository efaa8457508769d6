// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/review/review.hpp"

namespace umsops::cli {

namespace {

int run_create(Env& env, Call const& call) {
  desk::ReviewDesk::CreateOptions options;
  options.sets = review::sets_of(env, call);
  options.dry_run = env.dry_run();
  options.reason = call.text("reason").value_or("");
  // A wrong -F or format is told before anything is stored.
  (void)env.style(review::kKind.number);
  review::write_result(env, env.desk().reviews().create(call.words[0], options));
  return 0;
}

/// What the section says now, for the editor.
std::string section_now(Env& env, std::string const& id, std::string const& name) {
  for (auto const& [section, text] : env.desk().reviews().show(id).review.sections) {
    if (section == name) return text;
  }
  return {};
}

int run_update(Env& env, Call const& call) {
  std::optional<desk::ReviewDesk::Section> section;
  if (auto const name = call.text("section")) {
    bool const asks = call.on("edit") && call.words.size() == 1 && env.may_ask();
    auto const text = body_of(env, call, asks ? section_now(env, call.words[0], *name) : std::string());
    if (!text) call.missing("--body, --body-file, --edit");
    section = {*name, *text};
  } else if (call.has("body") || call.has("body-file") || call.on("edit")) {
    call.missing("--section NAME");
  }
  auto const sets = review::sets_of(env, call);
  if (sets.empty() && !section) call.missing("--section, --title, --owner, --due, --set");
  return review::change_all(env, call, [&](auto const& ids) {
    return env.desk().reviews().update(ids, sets, section, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Argument kIncident[] = {record::one_record(incident::offer_numbers)};
constexpr Flag kSection{.name = "section",
                        .value = "NAME",
                        .type = FlagType::choice,
                        .doc = {"the part of the document that --body or --edit writes; an empty text clears it",
                                "由 --body 或 --edit 撰写的部分；空文本表示清除"},
                        .choices = model::review_sections};
constexpr Flag kText{
    .name = "body", .value = "TEXT", .type = FlagType::text, .doc = {"what the section says", "该部分的内容"}};
constexpr Flag kTextFile{.name = "body-file",
                         .value = "FILE|-",
                         .type = FlagType::file,
                         .doc = {"the same from a file or standard input", "从文件或标准输入读取"},
                         .offer = offer::files};
constexpr Flag kCreateFlags[] = {record::kTitle, review::kOwner, review::kDue, flags::kReason};
constexpr Flag kUpdateFlags[] = {
    kSection,     kText,       kTextFile,      flags::kEdit,  record::kTitle, review::kOwner,
    review::kDue, flags::kSet, flags::kReason, flags::kIfRev, flags::kEach,   flags::kExitCode,
};
constexpr Example kCreateExamples[] = {
    {"umsops review create INC-1", {"the review of an incident that is over", "为已结束的事件建立复盘"}},
    {"umsops review create INC-1 --owner li.na --due +3d -o json | jq -r .review_number",
     {"for a script", "供脚本使用"}},
};
constexpr Example kUpdateExamples[] = {
    {"umsops review update REV-1 --section contributing_factors --body 'The certificate ran out.'",
     {"why it happened", "促成因素"}},
    {"echo 'Sign-in failed for 40 minutes.' | umsops review update REV-1 --section overview --body-file - -o json | jq "
     "-r .sections.overview",
     {"from another program", "由其他程序提供"}},
};
constexpr int kCreateExits[] = {3, 4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kReviewCreate{
    .path = "review create",
    .summary = {"begin the review of an incident", "为事件建立复盘"},
    .description =
        {"Begins the review of an incident once service is back. There is one for each, with the incident's number: "
         "REV-000003 is that of INC-000003. Asking again gives the one that is there. Facts are not copied but read "
         "from the records each time, so they stay right; what people write stays as they wrote it.",
         "在服务恢复后为事件建立复盘。每个事件一份，编号与事件相同：REV-000003 对应 "
         "INC-000003；重复执行返回已有的那份。"
         "事实不会复制，每次都从记录读取，因此始终正确；人工撰写的内容保持原样。"},
    .arguments = kIncident,
    .flags = kCreateFlags,
    .examples = kCreateExamples,
    .exits = kCreateExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_create,
};

constinit Command const kReviewUpdate{
    .path = "review update",
    .summary = {"write a section of a review, or change its fields", "撰写复盘内容或修改字段"},
    .description = {"Writes one section of the document, in Markdown, or changes title, owner and due time. Sections: "
                    "overview, what_happened, contributing_factors, resolution, impact, went_well, did_not_go_well, "
                    "internal_message, external_message. The state has its own verbs.",
                    "以 Markdown 撰写文档的一个部分，或修改标题、负责人和期限。各部分：overview、what_happened、"
                    "contributing_factors、resolution、impact、went_well、did_not_go_well、internal_message、"
                    "external_message。状态由专门的命令改变。"},
    .arguments = review::kMany,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.review.result/v1",
    .changes = true,
    .run = run_update,
};

}  // namespace umsops::cli
