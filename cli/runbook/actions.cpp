// SPDX-License-Identifier: Apache-2.0
#include "cli/runbook/actions.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "cli/configured_program.hpp"
#include "cli/helpers/step/output.hpp"
#include "cli/process.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/sound_text.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::runbooks {

namespace {

using base::Value;
using runbook::Action;
using runbook::Result;
using How = Result::How;

constexpr std::size_t kLongestAnswer = 16u << 20, kLongestNote = 300;
constexpr base::Milliseconds kBeyond{2'000};

Value list_of(std::vector<std::string> const& words) { return Value::List(words.begin(), words.end()); }

std::string line_of(std::string_view text) {
  return base::shortened(base::terminal_text(base::trimmed(text), base::TextShape::line), kLongestNote);
}

std::string text_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  return found ? std::string(found->text()) : std::string();
}

std::int64_t number_in(Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  auto const* const number = found ? found->get_if<std::int64_t>() : nullptr;
  return number ? *number : 0;
}

std::string seconds(base::Milliseconds span) {
  auto const tenths = (span.count() + 50) / 100;
  return std::to_string(tenths / 10) + (tenths % 10 != 0 ? "." + std::to_string(tenths % 10) : "") + " s";
}

std::string note_of(std::string const& how, std::int64_t status, Action const& action) {
  if (how == "killed") return "ended by signal " + std::to_string(status);
  if (how == "not_started") return action.command[0] + ": " + std::strerror(static_cast<int>(status));
  if (how == "timed_out") return "it took longer than " + seconds(action.timeout);
  return {};
}

/// nullopt: a signal to this process ended it.
std::optional<Result> result_of(Value const& answer, Action const& action) {
  auto const how = text_in(answer, "how");
  if (how == "interrupted") return std::nullopt;
  Result out;
  out.how = how == "exited"      ? How::exited
            : how == "killed"    ? How::killed
            : how == "timed_out" ? How::timed_out
                                 : How::not_started;
  out.exit = number_in(answer, "status");
  out.ok = out.how == How::exited && out.exit == 0;
  out.output = text_in(answer, "output");
  out.bytes = number_in(answer, "bytes");
  out.sha256 = out.bytes > 0 ? text_in(answer, "sha256") : "";
  out.duration = base::Milliseconds(number_in(answer, "duration_ms"));
  out.note = note_of(how, out.exit, action);
  if (auto const left = number_in(answer, "left"); left > 0 && out.note.empty())
    out.note = std::to_string(left) + " of its processes go on";
  return out;
}

Value http_request(Action const& action) {
  Value::List headers;
  for (auto const& [name, value] : action.http->headers) headers.emplace_back(Value::List{name, value});
  return Value::Object{{"id", 1},
                       {"channel", "step"},
                       {"method", action.http->method},
                       {"url", action.http->url},
                       {"body", action.http->body},
                       {"headers", std::move(headers)},
                       {"timeout_ms", std::int64_t{action.timeout.count()}}};
}

/// A file for the output of a step, locked from before the step begins: its helper inherits the lock, so that whoever
/// finds it free knows that nothing of the step is at work. Without a place for it: nowhere.
class LockedLog {
 public:
  explicit LockedLog(std::string const& path)
      : file_(path.empty() ? open("/dev/null", O_WRONLY | O_CLOEXEC)
                           : open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (file_ < 0) throw base::Error(base::errors::step_helper, {{"problem", path + ": " + std::strerror(errno)}});
    if (!path.empty()) flock(file_, LOCK_EX);
  }
  ~LockedLog() { close(file_); }
  LockedLog(LockedLog const&) = delete;
  int descriptor() const { return file_; }

 private:
  int file_;
};

Result send(Action const& action, std::vector<std::string> const& secrets, std::string const& log, std::int64_t keep) {
  LockedLog const file(log);
  // It ends the request that it has begun, whatever becomes of this process, and holds the lock for as long.
  Companion sender({helper_path("umsops-send")}, file.descriptor());
  auto const begin = std::chrono::steady_clock::now();
  sender.say(base::to_json(http_request(action)) + "\n");
  auto const line = sender.hear(action.timeout + kBeyond);
  Result out;
  out.duration = std::chrono::duration_cast<base::Milliseconds>(std::chrono::steady_clock::now() - begin);
  if (!line) {
    out.how = How::timed_out;
    out.note = "it took longer than " + seconds(action.timeout);
    return out;
  }
  auto const answer = base::parse_json(*line, "umsops-send");
  step_helper::Output output(log.empty() ? -1 : file.descriptor(), secrets, keep);
  output.add(text_in(answer, "text"));
  output.end();
  auto const said = base::sound_text(output.kept(), base::TextShape::block);
  if (text_in(answer, "kind") != "answered") {
    out.how = How::not_started;
    out.note = line_of(said);
    return out;
  }
  out.exit = number_in(answer, "status");
  for (auto const expected : action.http->expect) out.ok = out.ok || expected == out.exit;
  out.output = said;
  out.bytes = output.bytes();
  out.sha256 = out.bytes > 0 ? output.hash() : "";
  if (!out.ok) out.note = "status " + std::to_string(out.exit);
  return out;
}

}  // namespace

std::optional<std::string> Secrets::find(std::string_view name) {
  if (auto const known = known_.find(name); known != known_.end()) return known->second;
  for (auto const& secret : runbook_.secrets) {
    if (secret.name != name) continue;
    std::string line = secret_line(secret.command).value_or("");
    if (line.empty() || base::check_text(line, base::TextShape::line))
      throw base::Error(base::errors::runbook_secret, {{"name", secret.name}, {"command", secret.command.front()}});
    return known_.emplace(secret.name, std::move(line)).first->second;
  }
  return std::nullopt;
}

std::vector<std::string> Secrets::known() const {
  std::vector<std::string> out;
  for (auto const& secret : known_) out.push_back(secret.second);
  return out;
}

std::optional<Result> perform(Action const& action, std::vector<std::string> const& environment,
                              std::vector<std::string> const& secrets, std::string const& log, std::int64_t keep) {
  if (action.http) return send(action, secrets, log, keep);
  auto variables = environment;
  for (auto const& [name, value] : action.environment) {
    std::erase_if(variables, [&, &name = name](auto const& one) { return one.starts_with(name + "="); });
    variables.push_back(name + "=" + value);
  }
  Value::Object const request{{"command", list_of(action.command)},
                              {"environment", list_of(variables)},
                              {"folder", action.folder},
                              {"input", action.input},
                              {"secrets", list_of(secrets)},
                              {"timeout_ms", std::int64_t{action.timeout.count()}},
                              {"keep", keep}};
  LockedLog const file(log);
  auto const answer = ask_helper({helper_path("umsops-step")}, base::to_json(request) + "\n", file.descriptor());
  return result_of(base::parse_json(answer, "umsops-step", {.bytes = kLongestAnswer}), action);
}

std::vector<std::string> allowed_environment(Env& env) {
  std::vector<std::string> out{"PATH=" + env.variable()("PATH").value_or("/usr/local/bin:/usr/bin:/bin")};
  for (char const* const name : {"HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ"}) {
    if (auto const value = env.variable()(name)) out.push_back(std::string(name) + "=" + *value);
  }
  return out;
}

}  // namespace umsops::cli::runbooks
