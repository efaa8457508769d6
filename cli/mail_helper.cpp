// SPDX-License-Identifier: Apache-2.0
#include "cli/mail_helper.hpp"

#include <cstring>

#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::cli {

namespace {

using base::Error;

constexpr base::Milliseconds kLongest = std::chrono::minutes(2);
// Its own limits: 10 MiB of attachments in base64, 1 MiB of text, and room for the names of many parts.
constexpr std::size_t kMostOutput = 64u << 20;
/// What the helper's exit codes mean.
constexpr int kTooLarge = 3, kEmpty = 4;

[[noreturn]] void unusable(std::string problem) {
  throw Error(base::errors::mail_helper, {{"problem", std::move(problem)}});
}
[[noreturn]] void unreadable(std::string problem) {
  throw Error(base::errors::mail_unreadable, {{"problem", std::move(problem)}});
}

void refuse(Task const& task, TaskEnd const& end) {
  switch (end.how) {
    case TaskEnd::How::exited:
      break;
    case TaskEnd::How::killed:
      unreadable("reading it ended with signal " + std::to_string(end.status));
    case TaskEnd::How::too_long:
      unreadable("its output is too large");
    case TaskEnd::How::timed_out:
      unusable("it took longer than two minutes");
    case TaskEnd::How::not_started:
      unusable(task.command[0] + ": " + std::strerror(end.status));
    case TaskEnd::How::interrupted:
      signals::check();
  }
  if (end.status == kTooLarge)
    throw Error(base::errors::input_too_large, {{"what", "the message"}, {"limit", "25 MiB"}});
  if (end.status == kEmpty) unreadable("there is none");
  if (end.status != 0) unusable("it ended with " + std::to_string(end.status) + ": " + end.errors.substr(0, 200));
}

}  // namespace

mail::Message read_mail(std::string bytes, std::int64_t attachment_limit) {
  // To be kept where the values do not hold all of it.
  std::string const kept = static_cast<std::int64_t>(bytes.size()) <= attachment_limit ? bytes : std::string();
  Task task;
  task.command = {helper_path("umsops-mail"), "--attachment-limit", std::to_string(attachment_limit)};
  task.input = std::move(bytes);
  task.limit = kLongest;
  task.most = kMostOutput;
  auto const end = run_task(task);
  refuse(task, end);
  try {
    auto message = mail::message_from(base::parse_json(end.output, "umsops-mail", {kMostOutput, 64}));
    message.bytes = kept;
    return message;
  } catch (Error const& error) {
    unusable(error.message());
  }
}

}  // namespace umsops::cli
