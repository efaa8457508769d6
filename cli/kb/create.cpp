// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/kb/kb.hpp"
#include "cli/record/given.hpp"

namespace umsops::cli {

namespace {

using kb::kKind;

constexpr std::string_view kReturnOrFail[] = {"return", "fail"};
std::span<std::string_view const> return_or_fail() { return kReturnOrFail; }

/// The later value counts: flags win over the file.
void put(desk::Sets& sets, std::size_t field, base::Value value) {
  std::erase_if(sets, [&](auto const& set) { return set.first == field; });
  sets.emplace_back(field, std::move(value));
}

desk::NewArticle wanted_article(Env& env, Call const& call) {
  constexpr std::string_view kFurther[] = {"key"};
  desk::NewArticle wanted;
  auto const& type = kKind.type();
  if (auto const file = call.text("from-json")) {
    record::each_given(type, record::read_given(*file), *file, kFurther,
                       [&](std::string_view name, base::Value const& value) {
                         if (name == kFurther[0]) {
                           wanted.key = value.text();
                         } else {
                           put(wanted.sets, type.require(name), value);
                         }
                       });
  }
  for (auto& [field, value] : kb::sets_of(env, call)) put(wanted.sets, field, std::move(value));
  if (auto const key = call.text("key")) wanted.key = *key;
  if (call.has("publish")) wanted.publish = call.on("publish");
  auto const is_title = [&](auto const& set) {
    auto const name = type.fields[set.first].name;
    return name == "title" || name == "question" || name == "solution_title";
  };
  if (std::none_of(wanted.sets.begin(), wanted.sets.end(), is_title)) call.missing("--title");
  return wanted;
}

int run_create(Env& env, Call const& call) {
  auto const wanted = wanted_article(env, call);
  desk::KnowledgeDesk::CreateOptions options;
  options.dry_run = env.dry_run();
  if (call.text("on-duplicate") == "fail") options.on_duplicate = desk::OnDuplicate::fail;
  options.reason = call.text("reason").value_or("");
  // A wrong -F or format is told before anything is stored.
  (void)env.style(kKind.number);
  kb::write_result(env, env.desk().knowledge().create(wanted, options));
  return 0;
}

int run_update(Env& env, Call const& call) {
  std::string text;
  if (call.on("edit") && call.words.size() == 1 && env.may_ask())
    text = env.desk().knowledge().show(call.words[0]).article.content;
  auto const sets = kb::sets_of(env, call, text);
  if (sets.empty()) call.missing("--title, --body, --category, --tags, --set, ...");
  return kb::change_all(env, call, [&](auto const& ids) {
    return env.desk().knowledge().update(ids, sets, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kOnDuplicate{.name = "on-duplicate",
                            .value = "WHAT",
                            .type = FlagType::choice,
                            .doc = {"when the key exists: return the article, or fail with exit 4",
                                    "键已存在时：返回该条目，或以退出码 4 失败"},
                            .fallback = "return",
                            .choices = return_or_fail};
constexpr Flag kPublish{
    .name = "publish",
    .doc = {"readers find it at once; --no-publish: it is a DRAFT", "立即发布；--no-publish 为草稿"},
    .fallback = "on for an FAQ"};

constexpr Flag kCreateFlags[] = {
    kb::kKindFlag,   record::kTitle, flags::kBody,  flags::kBodyFile,     flags::kStrictText,
    flags::kEdit,    kb::kCategory,  record::kTags, kb::kArticleLanguage, kb::kDifficulty,
    kb::kVisibility, kb::kRelated,   kb::kReviewBy, kb::kPriority,        kb::kIncidentType,
    kb::kTools,      kb::kMinutes,   kb::kUrl,      kb::kLength,          flags::kSet,
    kPublish,        record::kKey,   kOnDuplicate,  flags::kReason,       record::kFromJson,
};
constexpr Flag kUpdateFlags[] = {
    kb::kKindFlag, record::kTitle,   flags::kBody,         flags::kBodyFile, flags::kStrictText, flags::kEdit,
    kb::kCategory, record::kTags,    kb::kArticleLanguage, kb::kDifficulty,  kb::kVisibility,    kb::kRelated,
    kb::kReviewBy, kb::kPriority,    kb::kIncidentType,    kb::kTools,       kb::kMinutes,       kb::kUrl,
    kb::kLength,   record::kAddTag,  record::kRemoveTag,   flags::kSet,      flags::kReason,     flags::kIfRev,
    flags::kEach,  flags::kExitCode,
};

constexpr Example kCreateExamples[] = {
    {"umsops kb create --kind faq -t '忘记密码怎么办？' --body '在登录页点击“忘记密码”。' --category password "
     "--visibility "
     "public",
     {"an FAQ, which is published at once", "常见问题，立即发布"}},
    {"umsops kb create --kind solution -t 'LDAP timeouts' --body-file build.log --incident-type AUTHENTICATION_FAILURE "
     "--tools ldapsearch --minutes 20",
     {"a solution, a draft until 'kb publish'", "解决方案，kb publish 之前为草稿"}},
    {"echo '{\"kind\":\"faq\",\"question\":\"Where is my token?\",\"answer\":\"In the app.\"}' | umsops kb create "
     "--from-json - -o json | jq -r .kb_number",
     {"from another program, by the SOP's names", "由其他程序按 SOP 字段名创建"}},
};
constexpr Example kUpdateExamples[] = {
    {"umsops kb update KB-1 --tags mfa,phone --review-by +180d",
     {"how it is found, and looked at again", "标签与复核期限"}},
    {"umsops kb update KB-1 --body 'Ask the service desk.' --reason 'the page is gone' -o json | jq .rev",
     {"a new revision of the text", "正文的新版本"}},
};
constexpr int kExits[] = {4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kKbCreate{
    .path = "kb create",
    .summary = {"write an article, guide, video, FAQ or solution", "新建文章、指南、视频、常见问题或解决方案"},
    .description =
        {"Writes an entry of the knowledge base and prints its number once it is stored. An FAQ is "
         "PUBLISHED at once, anything else is a DRAFT until 'kb publish'. Search finds it from then on. "
         "The text is Markdown.",
         "新建一条知识，保存成功后输出编号。常见问题立即发布，其余为草稿，由 kb publish 发布后即可搜索到。正文为 "
         "Markdown。"},
    .arguments = record::kTitleWord,
    .flags = kCreateFlags,
    .examples = kCreateExamples,
    .exits = kExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_create,
};

constinit Command const kKbUpdate{
    .path = "kb update",
    .summary = {"change articles", "修改条目"},
    .description =
        {"Changes fields of one or many articles, all or nothing unless --each is given. Each change of "
         "title or text is a revision that 'kb diff' compares. The state has its own verbs.",
         "修改一个或多个条目的字段；默认全部成功或全部不做，除非给出 --each。标题或正文的每次修改都是一个版本，可用 "
         "kb diff 比较。状态由专门的命令改变。"},
    .arguments = kb::kMany,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.kb.result/v1",
    .changes = true,
    .run = run_update,
};

}  // namespace umsops::cli
