// SPDX-License-Identifier: Apache-2.0
// `silence list` and `silence show`.
#include "cli/record/list.hpp"
#include "cli/flags.hpp"
#include "cli/silence/silence.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kList = "umsops.silence.list/v1";
constexpr std::string_view kShow = "umsops.silence.show/v1";

/// By their ends, which have an index, and not by their states.
query::Filter ends(query::Op op, base::Value value) {
  return query::condition_on(mute::silence_type().require("ends_at"), op, {std::move(value)});
}

query::Filter with_state(base::TimePoint now, bool expired) {
  if (expired) return ends(query::Op::le, now);
  query::Filter either;
  either.kind = query::Filter::Kind::any;
  either.children = {ends(query::Op::gt, now), ends(query::Op::eq, {})};
  return either;
}

int run_list(Env& env, Call const& call) {
  call.exclude("all", "expired");
  auto const now = env.clock().now();
  auto const narrowed = [&](query::Filter filter) {
    if (call.on("all")) return filter;
    std::vector<query::Filter> both{with_state(now, call.on("expired"))};
    both.push_back(std::move(filter));
    return query::all_of(std::move(both));
  };
  auto& silences = env.desk().silences();
  record::Listed const listed{[&](query::Query query, record::Visit const& visit) {
                                query.filter = narrowed(std::move(query.filter));
                                return silences.list(
                                    query, [&](mute::Silence const& silence) { return visit(to_row(silence, now)); });
                              },
                              [&](query::Filter const& filter) { return silences.count(narrowed(filter)); }, true};
  return record::write_list(silence::kKind, env, call, listed);
}

int run_show(Env& env, Call const& call) {
  auto const style = env.style(silence::kKind.number);
  auto const silence = env.desk().silences().find(call.words[0]);
  format::write_record(env.out(), style, kShow, mute::silence_type().noun, mute::silence_type().fields,
                       to_row(silence, env.clock().now()), {});
  return 0;
}

constexpr Argument kSilence[] = {
    {"ID", {"number of the silence: S-3, or 3", "静默编号：S-3 或 3"}, true, false, silence::offer_numbers}};

constexpr Flag kListFlags[] = {
    {.name = "all", .doc = {"also those that have ended; on a terminal all lines", "包括已结束的；在终端上显示全部"}},
    {.name = "expired", .doc = {"only those that have ended", "只含已结束的"}},
    flags::kSince,
    flags::kUntil,
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kAfter,
    flags::kFailIfAny,
    flags::kFailIfEmpty,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};

constexpr Example kListExamples[] = {
    {"umsops silence list", {"what is muted, now and later", "当前和将来的静默"}},
    {"umsops silence list --all -w 'created_by=li.na ends>=-7d' -o json | jq -c '.items[] | [.id, .state, .comment]'",
     {"for a program: what somebody silenced in the last week", "供程序使用：某人一周内的静默"}},
};
constexpr Example kShowExamples[] = {
    {"umsops silence add DiskFull --comment 'being replaced' -q && umsops silence show S-1",
     {"one silence with all its fields", "单个静默的全部字段"}},
    {"umsops silence add DiskFull --comment 'being replaced' -q && umsops silence show S-1 -o json | jq -r .matchers",
     {"for a program", "供程序使用"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kShowExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kSilenceList{
    .path = "silence list",
    .summary = {"list silences", "列出静默"},
    .description =
        {"Lists silences, newest first: those that have not ended, unless --all or --expired says otherwise. "
         "The columns muting and intervals tell of recurring ones whether they mute at this moment.",
         "按由新到旧列出静默：默认为未结束的，--all 包括已结束的，--expired 只含已结束的。muting 和 intervals "
         "列说明重复静默此刻是否生效。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kSilenceShow{
    .path = "silence show",
    .summary = {"show a silence", "显示静默"},
    .description = {"Shows one silence, whether it mutes now, and until when. Who added and who ended it stands in "
                    "'umsops audit log -w noun=silence'.",
                    "显示一个静默、当前是否生效以及结束时间。添加人和结束人见 umsops audit log -w noun=silence。"},
    .arguments = kSilence,
    .examples = kShowExamples,
    .exits = kShowExits,
    .schema = kShow,
    .run = run_show,
};

}  // namespace umsops::cli
