// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/requester/requester.hpp"

namespace umsops::cli {

namespace {

int run_create(Env& env, Call const& call) {
  auto const sets = requester::sets_of(env, call);
  if (sets.empty()) call.missing("--account, --mail, --phone");
  (void)env.style(requester::kKind.number);
  requester::write_result(env, env.desk().requesters().create(sets, record::change_of(env, call)));
  return 0;
}

int run_update(Env& env, Call const& call) {
  auto const sets = requester::sets_of(env, call);
  auto const aliases = call.all("add-alias");
  if (sets.empty() && aliases.empty()) call.missing("--account, --name, --mail, --add-alias, --set");
  return requester::change_all(env, call, [&](auto const& ids) {
    return env.desk().requesters().update(ids, sets, aliases, record::change_of(env, call), record::batch_of(call));
  });
}

int run_merge(Env& env, Call const& call) {
  auto const into = *call.text("into");
  return requester::change_all(env, call, [&](auto const& ids) {
    return env.desk().requesters().merge(ids, into, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kAccount{
    .name = "account", .value = "NAME", .type = FlagType::text, .doc = {"what they sign in with", "登录账号"}};
constexpr Flag kName{
    .name = "name", .value = "TEXT", .type = FlagType::text, .doc = {"name, as people read it", "姓名"}};
constexpr Flag kMail{.name = "mail",
                     .value = "ADDRESS,...",
                     .type = FlagType::text,
                     .doc = {"mail addresses; the first is the one to use", "邮箱地址，第一个为主要地址"}};
constexpr Flag kPhone{.name = "phone",
                      .value = "NUMBER,...",
                      .type = FlagType::text,
                      .doc = {"phone numbers; the first is the one to use", "电话号码，第一个为主要号码"}};
constexpr Flag kAlias{.name = "alias",
                      .value = "NAME,...",
                      .type = FlagType::text,
                      .doc = {"whatever else they are called by", "其他称呼"}};
constexpr Flag kDepartment{
    .name = "department", .value = "NAME", .type = FlagType::text, .doc = {"department", "部门"}};
constexpr Flag kSite{.name = "site", .value = "NAME", .type = FlagType::text, .doc = {"where they work", "办公地点"}};
constexpr Flag kManager{.name = "manager",
                        .value = "ACCOUNT",
                        .type = FlagType::text,
                        .doc = {"account of whom they report to", "上级的账号"}};
constexpr Flag kLanguage{.name = "language",
                         .value = "LANGUAGE",
                         .type = FlagType::text,
                         .doc = {"language, e.g. zh-CN", "语言，例如 zh-CN"}};
constexpr Flag kVip{.name = "vip", .doc = {"they come first; --no-vip takes it back", "重要人员；--no-vip 取消"}};

constexpr Flag kCreateFlags[] = {kAccount,          kName,       kMail,         kPhone,    kAlias,
                                 kDepartment,       kSite,       kManager,      kLanguage, kVip,
                                 flags::kAttribute, flags::kSet, flags::kReason};
constexpr Flag kUpdateFlags[] = {
    kAccount,
    kName,
    kMail,
    kPhone,
    kAlias,
    {.name = "add-alias",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"one more name that they are called by: tickets under it are theirs then",
             "再添加一个称呼：使用该称呼的工单即归于此人"},
     .repeatable = true},
    kDepartment,
    kSite,
    kManager,
    kLanguage,
    kVip,
    flags::kAttribute,
    flags::kSet,
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kMergeFlags[] = {
    {.name = "into",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the one that stays", "保留的请求人"},
     .required = true,
     .offer = requester::offer_numbers},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kCreateExamples[] = {
    {"umsops requester create --account chen.yu --name 陈宇 --mail chen.yu@example.com --department 财务部",
     {"somebody whom no directory has", "登记目录中没有的人员"}},
    {"umsops requester create --phone 13800000001 --vip -o json | jq -r .requester_number",
     {"for a script", "供脚本使用"}},
};
constexpr Example kUpdateExamples[] = {
    {"umsops requester update zhang.wei --add-alias 老张 --reason 'what he calls himself in the chat'",
     {"tickets under another name are theirs from now on", "使用其他称呼的工单从此归于此人"}},
    {"umsops requester list --department 财务部 -q | umsops requester update - --vip -y -o json | jq .count",
     {"all of a department", "整个部门"}},
};
constexpr Example kMergeExamples[] = {
    {"umsops requester merge P-2 --into P-1 --reason 'one person, two accounts'",
     {"two records of one person", "同一人的两条记录"}},
    {"umsops requester merge P-2 --into zhang.wei -n -o json | jq -r .merged_into", {"what would happen", "试运行"}},
};
constexpr int kCreateExits[] = {4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kRequesterCreate{
    .path = "requester create",
    .summary = {"add somebody to the directory by hand", "手工登记请求人"},
    .description =
        {"Adds somebody who asks: an account, an address or a phone is needed. Whoever writes or calls under one of "
         "these names, or an alias, is this person from then on, and so are all tickets that are there already. An "
         "import leaves alone who was added by hand, until it brings the same account.",
         "登记请求人，须给出账号、邮箱或电话。此后以其中任一名称或别名来信、来电的即为此人，已有的工单也随之归于此人。"
         "导入不会改动手工登记的人员，除非带来相同的账号。"},
    .flags = kCreateFlags,
    .examples = kCreateExamples,
    .exits = kCreateExits,
    .schema = "umsops.requester.result/v1",
    .changes = true,
    .run = run_create,
};

constinit Command const kRequesterUpdate{
    .path = "requester update",
    .summary = {"change somebody in the directory", "修改请求人"},
    .description =
        {"Changes what is known of people. --mail, --phone and --alias take the place of what was there; --add-alias "
         "adds to it, so that tickets under a name that nobody knew are joined to a person. --set state=LEFT says that "
         "somebody has gone. The next import takes over what its directory says.",
         "修改请求人的资料。--mail、--phone 和 --alias 替换原有内容；--add-alias "
         "为追加，使以未知名称提出的工单归于此人。--set state=LEFT 表示已离开。下次导入以目录中的内容为准。"},
    .arguments = requester::kMany,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.requester.result/v1",
    .changes = true,
    .run = run_update,
};

constinit Command const kRequesterMerge{
    .path = "requester merge",
    .summary = {"make one person of several records", "合并同一人的多条记录"},
    .description =
        {"Names, addresses and phones go over to the one that stays, and with them all tickets. The other record is "
         "LEFT and says where it went; nobody is found by it any more. An import that still brings its account changes "
         "nothing.",
         "将名称、邮箱和电话并入保留的记录，其工单也随之归入。另一条记录变为 LEFT "
         "并注明去向，不再用于识别；导入再带来其账号时不作改动。"},
    .arguments = requester::kMany,
    .flags = kMergeFlags,
    .examples = kMergeExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.requester.result/v1",
    .changes = true,
    .run = run_merge,
};

}  // namespace umsops::cli
