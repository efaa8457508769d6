// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"
#include "umsops/config/desk_files.hpp"

/// Saved lists, as the `list` of every noun takes them: `umsops ticket list @mine`.
namespace umsops::cli::record {

void offer_views(Candidates& out);
inline constexpr Argument kViewWord[] = {{"@VIEW",
                                          {"a saved list; see 'umsops view list'", "已保存的视图；见 umsops view list"},
                                          false,
                                          false,
                                          offer_views}};
inline constexpr Flag kExplain{.name = "explain",
                               .doc = {"say what view, filters and flags come to, and list nothing",
                                       "说明视图、过滤条件与选项的最终含义，不列出记录"}};

/// The noun's view of that name, with or without `@`. Throws `view.unknown`.
config::View find_view(Env& env, std::string_view noun, std::string_view name);
/// The view that a list was asked for; none: it names none.
std::optional<config::View> view_of(Kind const& kind, Env& env, Call const& call);
/// Columns that are declared fields get `attributes.` before their names.
void name_attributes(base::RecordType const& type, Env& env, format::Style& style);
/// How filters are read: now, here, by whom, with the desk's declared fields.
query::FilterContext filter_context(base::RecordType const& type, Env& env, bool zoned, bool by_name);

}  // namespace umsops::cli::record
