// SPDX-License-Identifier: Apache-2.0
// What people say in Chinese for the words of a choice. A word counts only where the choice has what it means.
#include <algorithm>

#include "umsops/base/chinese.hpp"

namespace umsops::base {
namespace {

struct Said {
  std::string_view chinese, english;
};
constexpr Said kSaid[] = {
    {"低", "LOW"}, {"中", "MEDIUM"}, {"高", "HIGH"}, {"紧急", "CRITICAL"}, {"严重", "CRITICAL"}, {"特急", "CRITICAL"},
    {"待处理", "OPEN"}, {"新建", "OPEN"}, {"打开", "OPEN"}, {"已分派", "ASSIGNED"}, {"已分配", "ASSIGNED"},
    {"处理中", "IN_PROGRESS"}, {"进行中", "IN_PROGRESS"}, {"挂起", "PENDING"}, {"已挂起", "PENDING"}, {"等待", "PENDING"}, {"等待中", "PENDING"},
    {"已升级", "ESCALATED"}, {"已恢复", "RECOVERED"}, {"已解决", "RESOLVED"}, {"已关闭", "CLOSED"}, {"垃圾", "SPAM"},
    {"邮件", "EMAIL"}, {"网页", "WEB"}, {"电话", "PHONE"}, {"聊天", "CHAT"}, {"命令行", "CLI"}, {"接口", "API"}, {"监控", "MONITOR"},
    {"认证故障", "AUTHENTICATION_FAILURE"}, {"数据库故障", "DATABASE_ISSUE"}, {"网络故障", "NETWORK_PROBLEM"},
    {"性能下降", "PERFORMANCE_DEGRADATION"}, {"其他", "OTHER"}, {"一级", "LEVEL_1"}, {"二级", "LEVEL_2"}, {"三级", "LEVEL_3"},
    {"草稿", "DRAFT"}, {"已发布", "PUBLISHED"}, {"已归档", "ARCHIVED"}, {"内部", "internal"}, {"公开", "public"},
    {"文章", "article"}, {"指南", "guide"}, {"视频", "video"}, {"常见问题", "faq"}, {"解决方案", "solution"},
    {"入门", "BEGINNER"}, {"中级", "INTERMEDIATE"}, {"高级", "ADVANCED"},
    {"正常", "ON_TRACK"}, {"有风险", "AT_RISK"}, {"即将超时", "AT_RISK"}, {"超时", "BREACHED"}, {"已超时", "BREACHED"}, {"达标", "MET"},
    {"暂停", "PAUSED"}, {"在职", "ACTIVE"}, {"离职", "LEFT"}, {"是", "yes"}, {"否", "no"},
    {"评审中", "IN_REVIEW"}, {"已批准", "APPROVED"}, {"失败", "FAILED"}, {"已发送", "SENT"},
};

}  // namespace

std::string_view english_choice(std::string_view word, std::span<std::string_view const> choices) {
  for (auto const& [chinese, english] : kSaid) {
    if (chinese != word) continue;
    auto const found = std::find(choices.begin(), choices.end(), english);
    if (found != choices.end()) return *found;
  }
  return {};
}

}  // namespace umsops::base
