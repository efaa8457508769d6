// SPDX-License-Identifier: Apache-2.0
#include "cli/outbox/carrier.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "cli/configured_program.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/trusted_file.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using notify::Channel;
using notify::ChannelType;
using notify::Command;
using notify::Parcel;
using notify::Sent;
using How = notify::Sent::How;

/// After the first answer more may come at once: they are stored together.
constexpr base::Milliseconds kTogether{5}, kLongest{200};
constexpr std::size_t kMostTogether = 64, kLongestProblem = 300;

std::string line_of(std::string_view text) {
  return base::shortened(base::terminal_text(base::trimmed(text), base::TextShape::line), kLongestProblem);
}

/// What a keeper of secrets prints: its first line, of printable ASCII.
std::string secret_of(Channel const& channel, Command const& command) {
  if (command.empty()) return {};
  std::string line = secret_line(command).value_or("");
  bool sound = !line.empty();
  for (char const c : line) sound = sound && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
  if (!sound) throw base::Error(base::errors::outbox_secret, {{"channel", channel.name}, {"command", command.front()}});
  return line;
}

Value request_of(Parcel const& parcel, std::int64_t id) {
  Channel const& channel = *parcel.channel;
  Value::List headers;
  for (auto const& [name, value] : parcel.headers) headers.emplace_back(Value::List{name, value});
  return Value::Object{{"id", id},
                       {"channel", channel.name},
                       {"url", parcel.url},
                       {"from", parcel.from},
                       {"to", parcel.to},
                       {"user", channel.user},
                       {"password", parcel.password},
                       {"body", parcel.body},
                       {"headers", std::move(headers)},
                       {"ca_file", channel.ca_file},
                       {"plain", channel.plain_allowed},
                       {"redirects", std::int64_t{channel.redirects}},
                       {"private_redirects", channel.private_redirects},
                       {"timeout_ms", std::int64_t{channel.timeout.count()}}};
}

std::string text_in(Value const& answer, std::string_view name) {
  auto const* const found = answer.find(name);
  return found ? std::string(found->text()) : std::string();
}

Sent judged(Channel const& channel, Value const& answer) {
  auto const kind = text_in(answer, "kind"), text = text_in(answer, "text");
  auto const* const status = answer.find("status");
  auto const* const number = status ? status->get_if<std::int64_t>() : nullptr;
  int const code = number ? static_cast<int>(*number) : 0;
  if (kind == "unreachable") return {How::unreachable, {}, line_of(text), {}};
  if (kind == "broken") return {How::later, {}, line_of(text), {}};
  if (kind == "refused") return {How::never, {}, line_of(text), {}};
  return channel.type == ChannelType::smtp ? notify::judge_smtp(code, text)
                                           : notify::judge_http(channel, code, text, text_in(answer, "retry_after"));
}

}  // namespace

notify::Secrets const& Carrier::secrets(Channel const& channel) {
  auto const known = secrets_.find(channel.name);
  if (known != secrets_.end()) return known->second;
  notify::Secrets out{secret_of(channel, channel.url_command), secret_of(channel, channel.secret_command),
                      secret_of(channel, channel.password_command), secret_of(channel, channel.authorization_command)};
  return secrets_.emplace(channel.name, std::move(out)).first->second;
}

void Carrier::submit(Parcel parcel) {
  switch (parcel.channel->type) {
    case ChannelType::smtp:
    case ChannelType::webhook:
      return post(parcel);
    case ChannelType::sendmail:
    case ChannelType::command:
      ended_.push_back(run(parcel));
      break;
    case ChannelType::file:
      ended_.push_back(append(parcel));
      break;
  }
  ended_.back().key = parcel.key;
}

void Carrier::post(Parcel const& parcel) {
  if (!helper_) helper_ = std::make_unique<Companion>(std::vector<std::string>{helper_path("umsops-send")});
  on_their_way_.emplace(++last_, OnItsWay{parcel.key, parcel.channel});
  helper_->say(base::to_json(request_of(parcel, last_)) + "\n");
}

void Carrier::take(std::string const& line) {
  auto const answer = base::parse_json(line, "umsops-send");
  auto const* const id = answer.find("id");
  auto const* const number = id ? id->get_if<std::int64_t>() : nullptr;
  auto const found = number ? on_their_way_.find(*number) : on_their_way_.end();
  if (found == on_their_way_.end()) return;
  Sent sent = judged(*found->second.channel, answer);
  sent.key = found->second.key;
  ended_.push_back(std::move(sent));
  on_their_way_.erase(found);
}

std::vector<Sent> Carrier::wait() {
  while (!on_their_way_.empty() && ended_.size() < kMostTogether) {
    auto const line = helper_->hear(ended_.empty() ? kLongest : kTogether);
    if (line) {
      take(*line);
    } else if (!ended_.empty()) {
      break;
    }
  }
  return std::exchange(ended_, {});
}

Sent Carrier::run(Parcel const& parcel) {
  Channel const& channel = *parcel.channel;
  Task task;
  task.command = channel.command;
  if (channel.type == ChannelType::sendmail) {
    for (auto const* const word : {"-f", parcel.from.c_str(), "--", parcel.to.c_str()}) task.command.emplace_back(word);
    // Programs on this host have the line ends of this host.
    for (char const c : parcel.body)
      if (c != '\r') task.input += c;
  } else {
    task.input = parcel.body;
  }
  task.environment = own_environment();
  task.environment.push_back("UMSOPS_KEY=" + parcel.key);
  task.limit = channel.timeout;
  std::optional<config::TrustedFile> program;
  if (task.command.front().find('/') != std::string::npos) {
    try {
      program.emplace(task.command.front(), config::TrustedFile::For::running);
    } catch (base::Error const& error) {
      return {How::unreachable, {}, error.message(), {}};
    }
    task.program = program->descriptor();
  }
  auto const end = run_task(task);
  switch (end.how) {
    case TaskEnd::How::exited:
      break;
    case TaskEnd::How::killed:
      return {How::later, {}, "it was ended by signal " + std::to_string(end.status), {}};
    case TaskEnd::How::not_started:
      return {How::unreachable, {}, channel.command.front() + ": " + std::strerror(end.status), {}};
    case TaskEnd::How::timed_out:
      return {How::unreachable, {}, "it took longer than the channel's timeout", {}};
    case TaskEnd::How::too_long:
      return {How::later, {}, "it printed too much", {}};
    case TaskEnd::How::interrupted:
      signals::check();
  }
  if (end.status == 0) return {};
  // Of the exit codes of sysexits.h these say that the message itself is wrong: another time it will be so, too.
  bool const never = end.status == 64 || end.status == 65 || end.status == 67 || end.status == 68;
  auto const words = line_of(end.errors);
  return {never ? How::never : How::later,
          {},
          "exit " + std::to_string(end.status) + (words.empty() ? "" : ": " + words),
          {}};
}

Sent Carrier::append(Parcel const& parcel) {
  auto const& path = parcel.channel->path;
  auto const failed = [&] { return Sent{How::unreachable, {}, path + ": " + std::strerror(errno), {}}; };
  int const file = open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (file < 0) return failed();
  // Lines of several processes must not mix.
  flock(file, LOCK_EX);
  struct stat status = {};
  bool const plain = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  std::string_view rest = parcel.body;
  while (plain && !rest.empty()) {
    auto const put = write(file, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  // Half a line would make one of the next.
  if (plain && !rest.empty()) (void)!ftruncate(file, status.st_size);
  bool const safe = plain && rest.empty() && fdatasync(file) == 0;
  Sent out = safe ? Sent{} : plain ? failed() : Sent{How::unreachable, {}, path + " is no plain file", {}};
  close(file);
  return out;
}

}  // namespace umsops::cli
