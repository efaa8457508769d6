// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/env.hpp"
#include "cli/flags.hpp"
#include "umsops/desk/report_desk.hpp"
#include "umsops/report/definition.hpp"

/// What the verbs of reports share.
namespace umsops::cli::reports {

/// The built-in reports and those of the settings, or of --reports.
std::vector<report::Definition> all_of(Env& env, Call const& call);
/// The report of NAME or --from, as the flags change it.
report::Definition definition_of(Env& env, Call const& call);
/// What it looks at. `last`: when --since last stands for; nullopt: it never ran.
desk::ReportOptions options_of(Env& env, Call const& call);
/// Puts it into the outbox for whom --send-to names.
void send(Env& env, Call const& call, report::Result const& result);
/// The language's text.
std::string text_of(Env const& env, report::BothTexts const& texts);

inline constexpr std::string_view kLast = "last";

inline constexpr Argument kName{
    "NAME", {"a report, see 'umsops report list'", "报表名称，见 umsops report list"}, false, false, offer::reports};
inline constexpr Flag kFile{.name = "reports",
                            .value = "FILE",
                            .type = FlagType::file,
                            .doc = {"these report files in place of the configured ones", "用这些报表文件代替所配置的"},
                            .repeatable = true,
                            .offer = offer::files};
inline constexpr Flag kFrom{
    .name = "from",
    .value = "SOURCE",
    .type = FlagType::text,
    .doc = {"without a NAME: tickets, incidents, articles, escalations, replies, shifts, uses or actions",
            "不给 NAME 时的数据来源：tickets、incidents、articles、escalations、replies、shifts、uses 或 "
            "actions"},
    .offer = offer::sources};
inline constexpr Flag kBy{.name = "by",
                          .value = "GROUP,...",
                          .type = FlagType::text,
                          .doc = {"groups: fields, date week month quarter year weekday hour of a time, age",
                                  "分组：字段，时间的 date week month quarter year weekday hour，或 age"}};
inline constexpr Flag kMeasure{
    .name = "measure",
    .letter = 'm',
    .value = "MEASURE,...",
    .type = FlagType::text,
    .doc = {"figures: n, or mean median p90 p95 sum min max count share ratio with ':' and a field, e.g. n,p90:FIELD",
            "指标：n，或 mean median p90 p95 sum min max count share ratio 加冒号和字段，例如 n,p90:FIELD"},
    .fallback = "n",
    .repeatable = true};
inline constexpr Flag kAt{.name = "at",
                          .value = "FIELD",
                          .type = FlagType::text,
                          .doc = {"the time that puts a record into the period, e.g. resolved_at; any: no period",
                                  "决定记录属于哪个时段的时间字段，例如 resolved_at；any 表示不分时段"}};
inline constexpr Flag kSince{.name = "since",
                             .value = "TIME|last",
                             .type = FlagType::text,
                             .doc = {"from this time on, e.g. -7d, 'last week', 昨天; last: since it ran last",
                                     "从此时间起，例如 -7d、上周、昨天；last 表示自上次运行起"},
                             .fallback = "as the report says, mostly 30 days before --until"};
inline constexpr Flag kAsOf{.name = "as-of",
                            .value = "TIME",
                            .type = FlagType::time,
                            .doc = {"as it stood then, from the history", "按历史记录还原到该时刻"}};
inline constexpr Flag kTotal{.name = "total",
                             .doc = {"one row over everything, without groups", "不分组，只输出总计一行"}};

}  // namespace umsops::cli::reports
