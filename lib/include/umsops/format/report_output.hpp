// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "umsops/format/output.hpp"
#include "umsops/report/table.hpp"

namespace umsops::format {

/// The formats of lists, and behind them `prom` and `html`.
std::span<std::string_view const> report_format_names();

/// The JSON Schema of such a report's JSON.
std::string_view report_schema(report::Result const& result);

/// Writes a report in the style's format. A composition in a format of one table (csv, tsv, jsonl, id, env) throws
/// `usage.bad_value` with the names of its sections. `bars` draws them behind the rows of a table for people.
void write_report(Sink& sink, Style const& style, report::Result const& result, bool bars);

/// The Prometheus text format, version 0.0.4: a gauge for each figure, groups as labels, seconds in place of minutes
/// and ratios in place of percents.
void write_report_metrics(Sink& sink, report::Result const& result);

/// One page that needs nothing else: styles and charts are in it, scripts are none. `zone` is that of its times.
void write_report_page(Sink& sink, report::Result const& result, base::Language language, base::TimeZone const& zone);

/// The same frame around a text: `body` is HTML that is safe to stand in a page, `facts` a line under the title.
void write_text_page(Sink& sink, std::string_view title, std::string_view facts, std::string_view body,
                     base::Language language);

/// A sink that hands on what is written in another encoding; what that has not becomes `?`. Throws `encoding.unknown`.
std::unique_ptr<Sink> encoded(Sink& sink, std::string const& encoding);

}  // namespace umsops::format
