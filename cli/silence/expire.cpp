// SPDX-License-Identifier: Apache-2.0
// `silence expire`: ends silences before their time.
#include <algorithm>

#include "cli/flags.hpp"
#include "cli/record/change.hpp"
#include "cli/record/ids.hpp"
#include "cli/silence/silence.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kResult = "umsops.silence.result/v1";

/// The silences that have all of these matchers among their own.
std::vector<std::string> ids_with(Env& env, mute::Matchers const& wanted) {
  std::vector<std::string> ids;
  for (auto const& silence : env.desk().silences().active(env.clock().now())) {
    auto const has = [&](mute::Matcher const& matcher) {
      return std::find(silence.matchers.begin(), silence.matchers.end(), matcher) != silence.matchers.end();
    };
    if (std::all_of(wanted.begin(), wanted.end(), has)) ids.push_back(silence.id);
  }
  return ids;
}

int run_expire(Env& env, Call const& call) {
  auto const wanted = silence::matchers_of(call.all("matcher"));
  if (call.words.empty() == wanted.empty()) {
    if (call.words.empty()) call.missing("ID, --matcher MATCHER");
    throw base::Error(base::errors::usage_excludes, {{"first", "ID"}, {"second", "--matcher"}});
  }
  (void)env.style(silence::kKind.number);
  auto const ids = wanted.empty() ? desk::once_each(record::ids_of(silence::kKind, env, call)) : ids_with(env, wanted);
  record::confirm_many(env, call, ids.size());
  return record::change_all(silence::kKind, env, call, ids, [&](std::vector<std::string> const& some) {
    return record::answers_of(env.desk().silences().expire(some, record::change_of(env, call), record::batch_of(call)),
                              [&](auto const& done) { return silence::answer_of(env, done); });
  });
}

constexpr Argument kSilences[] = {{"ID",
                                   {"numbers of silences, or - to read them", "静默编号，或用 - 从标准输入读取"},
                                   false,
                                   true,
                                   silence::offer_numbers}};

constexpr Flag kFlags[] = {
    {.name = "matcher",
     .value = "MATCHER",
     .type = FlagType::text,
     .doc = {"in place of IDs: those that have this matcher, as written; several must all be there",
             "代替编号：含有此匹配条件的静默；多个须同时含有"},
     .repeatable = true},
    flags::kReason,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kExamples[] = {
    {"umsops silence add DiskFull --comment 'being replaced' -q && umsops silence expire S-1 --reason 'new disks are "
     "in'",
     {"before its time", "提前结束"}},
    {"umsops silence expire --matcher team=web --reason 'deployed' -q | wc -l",
     {"all that were added for a team, and how many these were", "结束为某团队添加的全部静默并计数"}},
};
constexpr int kExits[] = {3, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kSilenceExpire{
    .path = "silence expire",
    .summary = {"end silences now", "立即结束静默"},
    .description =
        {"Ends silences now; one that has not begun yet never does. Open incidents that "
         "they muted are heard again at once. One that has ended already stays unchanged, exit 0. Part of the history.",
         "立即结束静默；尚未开始的不再生效。此前被静默的未解决事件立即恢复通知。已结束的保持不变："
         "unchanged，退出码 0。操作写入历史记录。"},
    .arguments = kSilences,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kResult,
    .changes = true,
    .run = run_expire,
};

}  // namespace umsops::cli
