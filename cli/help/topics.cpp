// SPDX-License-Identifier: Apache-2.0
#include "cli/help/topics.hpp"

#include "cli/exit_code.hpp"
#include "cli/help/help.hpp"
#include "umsops/base/cells.hpp"
#include "umsops/config/settings.hpp"

namespace umsops::cli {

namespace {

using base::Language;

std::string column(std::string_view name, std::size_t cells) {
  auto const width = base::cell_width(name);
  return "  " + std::string(name) + std::string(width < cells ? cells - width : 1, ' ');
}

std::string environment(Language language) {
  std::string out(kEnvironmentTopic.in(language));
  for (auto const& setting : config::settings()) {
    if (setting.environment.empty()) continue;
    out +=
        column(setting.environment, 26) + std::string(language == Language::zh ? setting.doc_zh : setting.doc) + "\n";
  }
  return out;
}

std::string exit_codes_text(Language language) {
  std::string out = language == Language::zh ? "退出码。其他任何非零值均表示失败；编号含义从不改变，只会增加。\n\n"
                                             : "Exit codes. Any other nonzero value is a failure. Codes never change "
                                               "their meaning; new ones may be added.\n\n";
  for (auto const& code : exit_codes())
    out += column(std::to_string(code.code), 6) + std::string(code.meaning.in(language)) + "\n";
  return out;
}

std::string errors_text(Language language) {
  std::string out =
      language == Language::zh
          ? "错误代码。代码稳定且从不翻译；-o json 或 --error-format json 时，错误以一个 JSON "
            "对象\n（umsops.error/v1）写到标准错误输出，包括用法错误。\n\n"
          : "Error codes. A code is stable and never translated. With -o json or --error-format json an error is one\n"
            "JSON object (umsops.error/v1) on standard error, usage errors too.\n\n";
  for (auto const* code : base::error_codes()) {
    std::string message(language == Language::zh ? code->message_zh : code->message);
    message = message.substr(0, message.find('\n'));
    out += column(code->code, 28) + column(std::to_string(exit_code(code->kind)), 4) + message + "\n";
  }
  return out;
}

template <Text const& both>
std::string prose(Language language) {
  return std::string(both.in(language));
}

constexpr Topic kTopics[] = {
    // What a reader needs first comes first: daily work, then scripts, then the care of a desk.
    {"filters", {"the filter language", "过滤语言"}, prose<kFiltersTopic>},
    {"time", {"how to write times", "时间的写法"}, prose<kTimeTopic>},
    {"formatting", {"output formats, fields and templates", "输出格式、字段与模板"}, prose<kFormattingTopic>},
    {"zh", {"working in Chinese", "使用中文"}, prose<kZhTopic>},
    {"scripting", {"recipes for shell, cron and CI", "用于 shell、cron 和 CI 的写法"}, prose<kScriptingTopic>},
    {"exit-codes", {"what each exit code means", "各退出码的含义"}, exit_codes_text},
    {"environment", {"variables and precedence", "环境变量，以及取值的优先级"}, environment},
    {"stability", {"what scripts may rely on", "脚本可以依赖什么"}, prose<kStabilityTopic>},
    {"errors", {"all error codes", "全部错误代码"}, errors_text},
    {"rules", {"how rules decide", "规则如何判断"}, prose<kRulesTopic>},
    {"people",
     {"rosters, on-call schedules, automatic assignment", "名册、值班表与 --auto 的选人方法"},
     prose<kPeopleTopic>},
    {"senders", {"alarms of other systems, and sender files", "其他系统的告警与发送方文件"}, prose<kSendersTopic>},
    {"hooks",
     {"programs that see each change before it is stored", "在保存之前查看每次修改的程序"},
     prose<kHooksTopic>},
    {"history",
     {"what 'audit verify' proves, heads and the key", "audit verify 能证明什么，链头与密钥"},
     prose<kHistoryTopic>},
};

}  // namespace

std::span<Topic const> topics() { return kTopics; }

}  // namespace umsops::cli
