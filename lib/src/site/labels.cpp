// SPDX-License-Identifier: Apache-2.0
#include "site/labels.hpp"

#include <fmt/format.h>

namespace umsops::site {

namespace {

/// `value|English|Chinese`, a line each: an array of texts would cost every start a relocation each.
constexpr std::string_view kWords = R"(
sign-in|Sign-in|登录
mfa|Multi-factor authentication|多因素认证
password|Password|密码
directory-sync|Directory sync|目录同步
certificate|Certificates|证书
permission|Permissions|权限
account|Accounts|账号
email|Mail|邮件
network-access|Network access|网络访问
software|Software|软件
hardware|Hardware|硬件
other|Other|其他
BEGINNER|Beginner|入门
INTERMEDIATE|Intermediate|进阶
ADVANCED|Advanced|高级
AUTHENTICATION_FAILURE|Authentication failure|认证故障
DATABASE_ISSUE|Database issue|数据库问题
NETWORK_PROBLEM|Network problem|网络问题
PERFORMANCE_DEGRADATION|Performance degradation|性能下降
OTHER|Other|其他
)";

}  // namespace

Labels labels_of(base::Language language) {
  bool const zh = language == base::Language::zh;
  auto const pick = [zh](std::string_view en, std::string_view chinese) { return zh ? chinese : en; };
  Labels labels;
  labels.language = pick("en", "zh-CN");
  labels.folder = pick("en", "zh");
  labels.title = pick("Help", "帮助中心");
  labels.home = pick("Home", "首页");
  labels.skip = pick("Skip to the text", "跳到正文");
  labels.search = pick("Search", "搜索");
  labels.search_hint = pick("What do you need help with?", "请描述您遇到的问题");
  labels.keys =
      pick("/ to search, ↑ ↓ to choose, Enter to open, Esc to clear", "按 / 搜索，↑ ↓ 选择，Enter 打开，Esc 清空");
  labels.no_script = pick("Searching needs JavaScript; all pages can be read without it.",
                          "搜索需要启用 JavaScript；不启用也可以浏览全部内容。");
  labels.found_none = pick("Nothing found for “{query}”. Try fewer or other words.",
                           "没有找到与“{query}”相关的内容，请减少或更换关键词。");
  labels.found_one = pick("1 result", "1 条结果");
  labels.found_many = pick("{n} results", "{n} 条结果");
  labels.more = pick("Show more ({n})", "显示更多（{n}）");
  labels.failed = pick("The index of the search cannot be read: a file of this site is missing.",
                       "无法读取搜索索引：网站缺少文件。");
  labels.all_of = pick("All {n}", "全部 {n} 篇");
  labels.entries = pick("{n} entries, last change {day}", "共 {n} 篇，最近更新于 {day}");
  labels.nothing_yet = pick("There is nothing here yet.", "这里还没有内容。");
  labels.other_language = pick("English", "中文");
  labels.no_category = pick("General", "综合");
  labels.kind = pick("Kind", "类型");
  labels.category = pick("Category", "分类");
  labels.tags = pick("Tags", "标签");
  labels.difficulty = pick("Level", "难度");
  labels.updated = pick("Updated", "更新");
  labels.length = pick("Length", "时长");
  labels.minutes = pick("Time needed", "预计用时");
  labels.tools = pick("Tools", "所需工具");
  labels.problem = pick("Problem", "故障类型");
  labels.related = pick("In the same category", "同类内容");
  labels.watch = pick("Watch the video", "观看视频");
  labels.read = pick("Own page", "单独打开");
  return labels;
}

std::string_view kind_name(Kind kind, base::Language language) {
  bool const zh = language == base::Language::zh;
  switch (kind) {
    case Kind::article:
      return zh ? "文章" : "Article";
    case Kind::guide:
      return zh ? "指南" : "Guide";
    case Kind::video:
      return zh ? "视频" : "Video";
    case Kind::faq:
      return zh ? "常见问题" : "FAQ";
    case Kind::solution:
      return zh ? "解决方案" : "Solution";
  }
  return {};
}

std::string_view kind_names(Kind kind, base::Language language) {
  if (language == base::Language::zh) return kind_name(kind, language);
  switch (kind) {
    case Kind::article:
      return "Articles";
    case Kind::guide:
      return "Guides";
    case Kind::video:
      return "Videos";
    case Kind::faq:
      return "FAQ";
    case Kind::solution:
      return "Solutions";
  }
  return {};
}

std::string_view kind_word(Kind kind) {
  switch (kind) {
    case Kind::article:
      return "article";
    case Kind::guide:
      return "guide";
    case Kind::video:
      return "video";
    case Kind::faq:
      return "faq";
    case Kind::solution:
      return "solution";
  }
  return {};
}

std::string word_of(std::string_view value, base::Language language) {
  std::string const key = "\n" + std::string(value) + "|";
  auto const line = value.find_first_of("\n|") == std::string_view::npos ? kWords.find(key) : std::string_view::npos;
  if (value.empty() || line == std::string_view::npos) return std::string(value);
  std::size_t const english = line + key.size(), bar = kWords.find('|', english), end = kWords.find('\n', bar);
  return std::string(language == base::Language::zh ? kWords.substr(bar + 1, end - bar - 1)
                                                    : kWords.substr(english, bar - english));
}

std::string minutes_text(std::int64_t minutes, base::Language language) {
  return std::to_string(minutes) + (language == base::Language::zh ? " 分钟" : " min");
}

std::string length_text(std::int64_t seconds) {
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace umsops::site
