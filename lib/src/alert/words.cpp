// SPDX-License-Identifier: Apache-2.0
#include "alert/words.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "umsops/alert/event.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::alert {
namespace {

using model::Priority;

struct KnownSeverity {
  std::string_view word;
  Priority severity;
};

constexpr KnownSeverity kSeverities[] = {
    {"critical", Priority::critical},
    {"crit", Priority::critical},
    {"fatal", Priority::critical},
    {"emergency", Priority::critical},
    {"emerg", Priority::critical},
    {"disaster", Priority::critical},
    {"blocker", Priority::critical},
    {"page", Priority::critical},
    {"p1", Priority::critical},
    {"p0", Priority::critical},
    {"sev1", Priority::critical},
    {"sev0", Priority::critical},
    {"alert", Priority::critical},
    {"urgent", Priority::critical},
    {"紧急", Priority::critical},
    {"严重", Priority::critical},
    {"high", Priority::high},
    {"error", Priority::high},
    {"err", Priority::high},
    {"major", Priority::high},
    {"severe", Priority::high},
    {"p2", Priority::high},
    {"sev2", Priority::high},
    {"高", Priority::high},
    {"medium", Priority::medium},
    {"moderate", Priority::medium},
    {"warning", Priority::medium},
    {"warn", Priority::medium},
    {"average", Priority::medium},
    {"p3", Priority::medium},
    {"sev3", Priority::medium},
    {"normal", Priority::medium},
    {"警告", Priority::medium},
    {"中", Priority::medium},
    {"low", Priority::low},
    {"minor", Priority::low},
    {"info", Priority::low},
    {"informational", Priority::low},
    {"information", Priority::low},
    {"notice", Priority::low},
    {"note", Priority::low},
    {"debug", Priority::low},
    {"trivial", Priority::low},
    {"not classified", Priority::low},
    {"not_classified", Priority::low},
    {"p4", Priority::low},
    {"p5", Priority::low},
    {"sev4", Priority::low},
    {"sev5", Priority::low},
    {"低", Priority::low},
};

struct Reason {
  std::string_view word, en, zh;
};

constexpr Reason kReasons[] = {
    {"no_alarm", "this kind of event is no alarm and clears none", "此类事件既非告警也不解除告警"},
    {"running", "not finished yet", "尚未结束"},
    {"cancelled", "cancelled or skipped: neither good nor bad", "已取消或跳过，无法判定好坏"},
    {"pending", "not an alarm yet", "尚未构成告警"},
    {"no_data", "the sender has no data: neither good nor bad", "发送方没有数据，无法判定好坏"},
    {"note", "a note about an alarm, which stays as it is", "仅为告警的附注，告警状态不变"},
    {"test", "a test of the connection", "连接测试"},
    {"maintenance", "planned maintenance", "计划内维护"},
    {"paused", "the sender's rule is paused", "发送方的规则已暂停"},
    {"personal", "somebody's personal build", "个人构建"},
    {"empty", "the body holds no event", "内容中没有事件"},
    {"subscription", "a subscription that waits to be confirmed: open its SubscribeURL",
     "待确认的订阅：请打开其 SubscribeURL"},
    {"ticket", "about a ticket of another system, not an alarm", "其他系统的工单，并非告警"},
};

}  // namespace

std::optional<Priority> known_severity(std::string_view word) {
  auto const found = std::find_if(std::begin(kSeverities), std::end(kSeverities),
                                  [small = base::ascii_lower(word)](auto const& known) { return known.word == small; });
  if (found == std::end(kSeverities)) return std::nullopt;
  return found->severity;
}

base::Error refusal(std::string_view sender, std::string_view reason) {
  if (reason == "ticket") return base::Error(base::errors::alert_ticket, {{"sender", std::string(sender)}});
  return base::Error(base::errors::alert_refused, {{"sender", std::string(sender)},
                                                   {"why", reason_text(reason, base::Language::en)},
                                                   {"why_zh", reason_text(reason, base::Language::zh)}});
}

std::string reason_text(std::string_view reason, base::Language language) {
  auto const found =
      std::find_if(std::begin(kReasons), std::end(kReasons), [&](auto const& known) { return known.word == reason; });
  if (found == std::end(kReasons)) return std::string(reason);
  return std::string(language == base::Language::zh ? found->zh : found->en);
}

std::string_view to_string(State state) {
  static constexpr std::string_view kNames[] = {"firing", "resolved", "acknowledged"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view to_string(Outcome outcome) {
  static constexpr std::string_view kNames[] = {"open", "resolve", "acknowledge", "ignore", "refuse"};
  return kNames[static_cast<std::size_t>(outcome)];
}

}  // namespace umsops::alert
