// SPDX-License-Identifier: Apache-2.0
// What people say in Chinese for the words of a choice. A word counts only where the choice has what it means.
#include <algorithm>

#include "umsops/base/chinese.hpp"

namespace umsops::base {
namespace {

/// One text and no table: a table would have to be put right at every start of the program.
constexpr std::string_view kSaid =
    "低 LOW\n"
    "中 MEDIUM\n"
    "高 HIGH\n"
    "紧急 CRITICAL\n"
    "严重 CRITICAL\n"
    "特急 CRITICAL\n"
    "待处理 OPEN\n"
    "新建 OPEN\n"
    "打开 OPEN\n"
    "已分派 ASSIGNED\n"
    "已分配 ASSIGNED\n"
    "处理中 IN_PROGRESS\n"
    "进行中 IN_PROGRESS\n"
    "挂起 PENDING\n"
    "已挂起 PENDING\n"
    "等待 PENDING\n"
    "等待中 PENDING\n"
    "已升级 ESCALATED\n"
    "已恢复 RECOVERED\n"
    "已解决 RESOLVED\n"
    "已关闭 CLOSED\n"
    "垃圾 SPAM\n"
    "邮件 EMAIL\n"
    "网页 WEB\n"
    "电话 PHONE\n"
    "聊天 CHAT\n"
    "命令行 CLI\n"
    "接口 API\n"
    "监控 MONITOR\n"
    "认证故障 AUTHENTICATION_FAILURE\n"
    "数据库故障 DATABASE_ISSUE\n"
    "网络故障 NETWORK_PROBLEM\n"
    "性能下降 PERFORMANCE_DEGRADATION\n"
    "其他 OTHER\n"
    "一级 LEVEL_1\n"
    "二级 LEVEL_2\n"
    "三级 LEVEL_3\n"
    "草稿 DRAFT\n"
    "已发布 PUBLISHED\n"
    "已归档 ARCHIVED\n"
    "内部 internal\n"
    "公开 public\n"
    "文章 article\n"
    "指南 guide\n"
    "视频 video\n"
    "常见问题 faq\n"
    "解决方案 solution\n"
    "入门 BEGINNER\n"
    "中级 INTERMEDIATE\n"
    "高级 ADVANCED\n"
    "正常 ON_TRACK\n"
    "有风险 AT_RISK\n"
    "即将超时 AT_RISK\n"
    "超时 BREACHED\n"
    "已超时 BREACHED\n"
    "达标 MET\n"
    "暂停 PAUSED\n"
    "在职 ACTIVE\n"
    "离职 LEFT\n"
    "是 yes\n"
    "否 no\n"
    "评审中 IN_REVIEW\n"
    "已批准 APPROVED\n"
    "失败 FAILED\n"
    "已发送 SENT\n";

}  // namespace

std::string_view english_choice(std::string_view word, std::span<std::string_view const> choices) {
  for (auto rest = kSaid; !rest.empty();) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    auto const blank = line.find(' ');
    if (line.substr(0, blank) != word) continue;
    auto const found = std::find(choices.begin(), choices.end(), line.substr(blank + 1));
    if (found != choices.end()) return *found;
  }
  return {};
}

}  // namespace umsops::base
