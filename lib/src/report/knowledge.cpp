// SPDX-License-Identifier: Apache-2.0
#include "report/knowledge.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "store/articles.hpp"
#include "umsops/query/query.hpp"

namespace umsops::report {
namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr unsigned kShown = base::kInTable | base::kInWide;

std::vector<Field> columns() {
  return {
      {"category", FieldType::text, "", kShown, "Category", "类别", "类别"},
      {"total_articles", FieldType::integer, "", kShown, "Articles", "条目数", "条目"},
      {"avg_views", FieldType::decimal, "", kShown, "Mean of their views", "平均浏览次数", "平均浏览"},
      {"helpful_rate", FieldType::decimal, "", kShown, "Mean of the articles' own rates, in percent",
       "各条目有帮助率的平均值（百分比）", "有帮助率"},
      {"weighted_helpful_rate", FieldType::decimal, "", kShown, "Share of all votes that it helped, in percent",
       "全部票数中有帮助的比率（百分比）", "加权有帮助率"},
      {"success_rate", FieldType::decimal, "", kShown, "Share of all uses that worked, in percent",
       "全部使用中成功的比率（百分比）", "成功率"},
      {"last_updated", FieldType::time, "", kShown, "The last change of one of them", "最后更新时间", "最后更新"},
      {"n_votes", FieldType::integer, "", base::kInWide, "Votes behind the rates", "票数", "票数"},
      {"n_voted", FieldType::integer, "", base::kInWide, "Articles behind helpful_rate", "有评价的条目数", "有评价"},
      {"n_uses", FieldType::integer, "", base::kInWide, "Uses behind success_rate", "使用次数", "使用"}};
}

struct Sums {
  std::int64_t articles = 0, views = 0, helpful = 0, votes = 0, voted = 0, worked = 0, uses = 0;
  double rates = 0;
  base::TimePoint last{};

  void add(model::Article const& article) {
    ++articles;
    views += article.view_count;
    helpful += article.helpful_count;
    worked += article.worked_count;
    uses += article.used_count;
    auto const all = article.helpful_count + article.not_helpful_count;
    votes += all;
    if (all > 0) {
      ++voted;
      rates += static_cast<double>(article.helpful_count) / static_cast<double>(all);
    }
    last = std::max(last, article.updated_at);
  }
};

/// Two decimals; nothing counted has no mean.
Value mean(double sum, std::int64_t n, double scale = 1) {
  if (n == 0) return {};
  return std::round(scale * sum / static_cast<double>(n) * 100) / 100;
}

}  // namespace

Table knowledge(store::Connection* db, Window const& window) {
  Table table{std::string(kKnowledge.name), columns(), {}, window.since, window.until, window.zone.name(), 0};
  if (!db) return table;
  std::map<std::string, Sums> groups;
  query::Query query;
  query.details = false;
  store::list_articles(*db, query, [&](model::Article const& article) {
    if (article.status == model::ArticleStatus::archived) return true;
    groups[article.category].add(article);
    ++table.counted;
    return true;
  });
  for (auto const& [category, sums] : groups) {
    table.rows.push_back(
        {base::text_or_null(category), sums.articles, mean(static_cast<double>(sums.views), sums.articles),
         mean(sums.rates, sums.voted, 100), mean(static_cast<double>(sums.helpful), sums.votes, 100),
         mean(static_cast<double>(sums.worked), sums.uses, 100), sums.last, sums.votes, sums.voted, sums.uses});
  }
  return table;
}

}  // namespace umsops::report
