// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "umsops/sla/clocks.hpp"

/// What the commands about service levels and calendars share.
namespace umsops::cli::levels {

/// A duration in JSON: whole seconds.
base::Value seconds(base::Milliseconds amount);
/// A duration in a table: `1h30m`, in whole minutes or, when it is shorter, seconds.
std::string people_span(base::Milliseconds amount);
/// One or the other, by the format of this run.
base::Value span(Env& env, base::Milliseconds amount);

base::Value match_value(sla::Match const& match);
/// A step of a ladder; `due` is null in a policy by itself.
base::Value step_value(sla::Step const& step, base::Value due);
/// When a step comes due by its clock; null when it does not, as things are.
base::Value due_of(calendar::Calendar const& calendar, sla::Clocks const& clocks, sla::Step const& step);
base::Value clock_value(sla::Clock const& clock);
base::Value segment_value(sla::Explained const& segment);
/// `2026-10`, `2026-10-01`
std::string month_text(std::chrono::year_month month);
std::string date_text(calendar::Date date);
/// `09:00-12:00`
std::string window_text(calendar::Window const& window);
std::string windows_text(std::span<calendar::Window const> windows);
base::Value windows_value(std::span<calendar::Window const> windows);

/// Tables for people. `mark_ahead`: say of what is to come that it is.
void write_clocks(Env& env, sla::Clocks const& clocks);
void write_segments(Env& env, std::vector<sla::Explained> const& segments, bool mark_ahead);

}  // namespace umsops::cli::levels
