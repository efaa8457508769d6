// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/support.hpp"

namespace umsops::report {

inline constexpr Description kKnowledge{"knowledge_base_statistics", "Articles by category: views, votes, outcomes",
                                        "按类别统计知识条目：浏览、评价与使用结果"};

/// The SOP's view `knowledge_base_statistics`, its columns by their names: of articles that are not ARCHIVED.
/// `helpful_rate` is the mean of the articles' own rates, as there; `weighted_helpful_rate` beside it is that of all
/// votes, so that one article with one vote does not count as much as one with fifty. `db` may be null: an empty desk.
Table knowledge(store::Connection* db, Window const& window);

}  // namespace umsops::report
