// SPDX-License-Identifier: Apache-2.0
// generate tickets|incidents|task|rules N: benchmark data on standard output, a pure function of N: three years of
// tickets, Chinese and English, one in five open. `tickets` and `incidents` are JSON lines for an import, `task` is
// Taskwarrior's own data file (the open ones; the closed ones go to the file ARG), `rules` a rule file of N keyword
// rules.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

namespace {

constexpr std::int64_t kNow = 1'767'225'600;  // 2026-01-01T00:00:00Z
constexpr std::int64_t kSpan = 3LL * 365 * 86'400;

constexpr std::array kWords = {
    "登录失败",  "VPN",          "timeout",     "数据库",       "password", "reset",     "无法访问",
    "printer",   "证书过期",     "outage",      "网络中断",     "mailbox",  "权限申请",  "account",
    "locked",    "for",          "the",         "user",         "in",       "office",    "更新之后",
    "仍然报错",  "页面加载异常", "certificate", "expired",      "服务器",   "slow",      "磁盘空间不足",
    "disk",      "full",         "单点登录",    "sync",         "目录",     "directory", "since",
    "yesterday", "请协助排查",   "token",       "multi-factor", "手机",     "phone",     "replaced",
    "财务",      "部门",         "error",       "code",         "again",    "after",     "login"};
constexpr std::array kCategories = {"sign-in",   "account",  "certificate", "mfa",   "password",   "vpn",
                                    "directory", "database", "network",     "email", "permission", "other"};
constexpr std::array kPriorities = {"CRITICAL", "HIGH", "MEDIUM", "LOW"};

/// splitmix64
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

 private:
  std::uint64_t state_;
};

std::string words(Random& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text.append(text.empty() ? "" : " ").append(kWords[random.below(kWords.size())]);
  return text;
}

std::string rfc3339(std::int64_t seconds) {
  std::time_t const at = seconds;
  std::tm civil{};
  gmtime_r(&at, &civil);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &civil);
  return text.data();
}

struct Ticket {
  std::string title, body, requester, assignee, category, priority;
  std::int64_t created = 0, resolved = 0;  ///< resolved: 0 while open
};

Ticket ticket(std::uint64_t i, std::uint64_t total) {
  Random random(i + 1);
  Ticket t;
  t.title = words(random, 24 + random.below(32));
  t.body = words(random, 80 + random.below(160));
  t.requester = "user" + std::to_string(random.below(5000)) + "@corp.example";
  t.assignee = "agent" + std::to_string(random.below(40));
  t.category = kCategories[random.below(kCategories.size())];
  t.priority = kPriorities[random.below(kPriorities.size())];
  t.created = kNow - kSpan +
              static_cast<std::int64_t>(static_cast<double>(kSpan) * (static_cast<double>(i) + 0.5) /
                                        static_cast<double>(total));
  if (random.below(5) != 0) t.resolved = t.created + 600 + static_cast<std::int64_t>(random.below(86'400));
  return t;
}

void put(std::string const& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void put_ticket(std::uint64_t i, Ticket const& t) {
  std::string line = "{\"key\":\"EXT-" + std::to_string(i + 1) + "\",\"title\":\"" + t.title + "\",\"description\":\"" +
                     t.body + "\",\"category\":\"" + t.category + "\",\"priority\":\"" + t.priority +
                     "\",\"status\":\"" + (t.resolved != 0 ? "RESOLVED" : "OPEN") + "\",\"requester_id\":\"" +
                     t.requester + "\",\"assignee_id\":\"" + t.assignee + "\",\"created_at\":\"" + rfc3339(t.created) +
                     "\"";
  if (t.resolved != 0) line += ",\"resolved_at\":\"" + rfc3339(t.resolved) + "\"";
  put(line + "}\n");
}

void put_incident(std::uint64_t i, Ticket const& t) {
  std::string line = "{\"key\":\"EXT-" + std::to_string(i + 1) + "\",\"title\":\"" + t.title + "\",\"description\":\"" +
                     t.body + "\",\"severity\":\"" + t.priority + "\",\"status\":\"" +
                     (t.resolved != 0 ? "RESOLVED" : "OPEN") + "\",\"assigned_to\":\"" + t.assignee +
                     "\",\"detected_at\":\"" + rfc3339(t.created) + "\",\"created_at\":\"" + rfc3339(t.created) + "\"";
  if (t.resolved != 0) line += ",\"resolved_at\":\"" + rfc3339(t.resolved) + "\"";
  put(line + "}\n");
}

void put_task(std::uint64_t i, Ticket const& t, std::FILE* closed) {
  std::array<char, 64> uuid{};
  std::snprintf(uuid.data(), uuid.size(), "%08lx-0000-4000-a000-%012lx", static_cast<unsigned long>(i),
                static_cast<unsigned long>(i));
  std::string const created = std::to_string(t.created);
  std::string const line = "[description:\"" + t.title + "\" " +
                           (t.resolved != 0 ? "end:\"" + std::to_string(t.resolved) + "\" " : "") + "entry:\"" +
                           created + "\" modified:\"" + created + "\" status:\"" +
                           (t.resolved != 0 ? "completed" : "pending") + "\" uuid:\"" + uuid.data() + "\"]\n";
  std::fwrite(line.data(), 1, line.size(), t.resolved != 0 ? closed : stdout);
}

/// The first ones are words that do occur, the others are made up.
void put_rule(std::uint64_t i) {
  Random random(i + 77);
  std::string word = i < kWords.size() ? kWords[i] : "";
  while (word.size() < 8 && i >= kWords.size()) {
    if (i % 2 == 0)
      word += static_cast<char>('a' + random.below(26));
    else
      word += kWords[random.below(kWords.size())];
  }
  if (i >= kWords.size()) word += std::to_string(i);
  put("  - id: rule-" + std::to_string(i + 1) + "\n    when:\n      - keywords: [\"" + word +
      "\"]\n    set:\n      category: " + kCategories[i % kCategories.size()] +
      "\n      priority: " + kPriorities[i % kPriorities.size()] + "\n");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::string_view const what = argv[1];
  std::uint64_t const count = std::strtoull(argv[2], nullptr, 10);
  std::FILE* const closed = argc > 3 ? std::fopen(argv[3], "w") : nullptr;
  if (what == "task" && closed == nullptr) return 2;
  if (what == "rules") put("kind: rules\nrules:\n");
  for (std::uint64_t i = 0; i < count; ++i) {
    if (what == "rules") put_rule(i);
    if (what == "tickets") put_ticket(i, ticket(i, count));
    if (what == "incidents") put_incident(i, ticket(i, count));
    if (what == "task") put_task(i, ticket(i, count), closed);
  }
  if (closed != nullptr) std::fclose(closed);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
