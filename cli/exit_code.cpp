// SPDX-License-Identifier: Apache-2.0
#include "cli/exit_code.hpp"

namespace umsops::cli {

namespace {

constexpr ExitCode kExitCodes[] = {
    {0,
     {"done; also an empty list, nothing to change, an existing record for a key, a closed pipe while reading",
      "成功；包括空列表、无需修改、键已有记录、读取时管道关闭"}},
    {1, {"internal error, or the output could not be written", "内部错误，或输出无法写入"}},
    {2,
     {"usage: unknown command, flag or field, bad value, missing input",
      "用法错误：未知命令、选项或字段，值不合法，缺少输入"}},
    {3, {"a named record does not exist", "指定的记录不存在"}},
    {4,
     {"conflict: refused transition, stale revision, key with other content",
      "冲突：不允许的状态变更、版本过期、键的内容不同"}},
    {5, {"input rejected: data, import, JSON, schema, rule tests", "输入被拒绝：数据、导入、JSON、模式、规则测试"}},
    {6, {"some items of a batch failed", "批处理中有部分失败"}},
    {7, {"store unavailable now; try again later", "数据文件暂不可用；可以重试"}},
    {8, {"not permitted", "没有权限"}},
    {9,
     {"configuration invalid, or the store needs care (migration, init)",
      "配置无效，或数据文件需要处理（迁移、初始化）"}},
    {10,
     {"the condition asked for is true (--fail-if-any, --fail-if-empty, --exit-code)",
      "所询问的条件成立（--fail-if-any、--fail-if-empty、--exit-code）"}},
    {11,
     {"outcome unknown: the commit may or may not have happened; retry with the same key",
      "结果未知：提交可能已完成也可能未完成；请用相同的键重试"}},
    {12, {"store damaged, or history altered", "数据文件损坏，或历史记录被改动"}},
    {75,
     {"mail intake only: a failure other than bad input; the mail server tries again",
      "仅用于邮件接收：系统暂不可用或存在故障，邮件服务器将重试"}},
    {130, {"stopped by SIGINT", "被 SIGINT 终止"}},
    {143, {"stopped by SIGTERM", "被 SIGTERM 终止"}},
};

}  // namespace

int exit_code(base::ErrorKind kind, int signal) {
  using base::ErrorKind;
  switch (kind) {
    case ErrorKind::usage:
      return 2;
    case ErrorKind::not_found:
      return 3;
    case ErrorKind::conflict:
      return 4;
    case ErrorKind::invalid_input:
      return 5;
    case ErrorKind::partial:
      return 6;
    case ErrorKind::unavailable:
      return 7;
    case ErrorKind::permission:
      return 8;
    case ErrorKind::configuration:
      return 9;
    case ErrorKind::condition:
      return 10;
    case ErrorKind::outcome_unknown:
      return 11;
    case ErrorKind::damaged:
      return 12;
    case ErrorKind::interrupted:
      return 128 + (signal == 0 ? 2 : signal);
    case ErrorKind::output:
    case ErrorKind::internal:
      return 1;
  }
  return 1;
}

int deferring_exit_code(base::ErrorKind kind) {
  using base::ErrorKind;
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::invalid_input:
    case ErrorKind::partial:
    case ErrorKind::condition:
      return exit_code(kind);
    case ErrorKind::output:
      return 0;
    default:
      return 75;
  }
}

std::span<ExitCode const> exit_codes() { return kExitCodes; }

}  // namespace umsops::cli
