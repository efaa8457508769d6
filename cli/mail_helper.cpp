// SPDX-License-Identifier: Apache-2.0
#include "cli/mail_helper.hpp"

#include <algorithm>
#include <csignal>
#include <cstring>

#include "cli/process.hpp"
#include "cli/signals.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/mail/raw.hpp"

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
[[noreturn]] void too_large() {
  throw Error(base::errors::input_too_large,
              {{"what", "the message"}, {"limit", std::to_string(mail::kLargestMessage >> 20) + " MiB"}});
}

/// Why the message itself ended the helper, so that it would do so every time; empty: it did not.
std::string why_it_broke(TaskEnd const& end) {
  constexpr int kOfMessage[] = {SIGSEGV, SIGXCPU, SIGABRT, SIGBUS, SIGILL, SIGFPE};
  bool const broken = end.how == TaskEnd::How::killed &&
                      std::find(std::begin(kOfMessage), std::end(kOfMessage), end.status) != std::end(kOfMessage);
  if (broken) return "reading it ended with signal " + std::to_string(end.status);
  return end.how == TaskEnd::How::too_long ? "what it says is too large" : std::string();
}

/// A message that nothing can read is filed by its fields, and attached. Refused, it would be lost.
mail::Message read_crudely(std::string_view bytes, std::string const& why) {
  auto message = mail::crude_message(bytes);
  if (!message) unreadable(why);
  message->problems.push_back("only some fields could be read, and the message is attached: " + why);
  return *std::move(message);
}

void refuse(Task const& task, TaskEnd const& end) {
  switch (end.how) {
    case TaskEnd::How::exited:
    case TaskEnd::How::too_long:
      break;
    case TaskEnd::How::killed:  // by somebody, or for want of memory
      unusable("it ended with signal " + std::to_string(end.status));
    case TaskEnd::How::timed_out:
      unusable("it took longer than two minutes");
    case TaskEnd::How::not_started:
      unusable(task.command[0] + ": " + std::strerror(end.status));
    case TaskEnd::How::interrupted:
      signals::check();
  }
  if (end.status == kTooLarge) too_large();
  if (end.status == kEmpty) unreadable("there is none");
  if (end.status != 0) unusable("it ended with " + std::to_string(end.status) + ": " + end.errors.substr(0, 200));
}

mail::Message message_of(std::string const& output) {
  try {
    return mail::message_from(base::parse_json(output, "umsops-mail", {kMostOutput, 64}));
  } catch (Error const& error) {
    unusable(error.message());
  }
}

}  // namespace

mail::Message read_mail(std::string bytes, std::int64_t attachment_limit) {
  if (bytes.size() > mail::kLargestMessage) too_large();
  Task task;
  task.command = {helper_path("umsops-mail"), "--attachment-limit", std::to_string(attachment_limit)};
  task.input = bytes;
  task.limit = kLongest;
  task.most = kMostOutput;
  auto const end = run_task(task);
  mail::Message message;
  if (auto const why = why_it_broke(end); !why.empty()) {
    message = read_crudely(bytes, why);
  } else {
    refuse(task, end);
    message = message_of(end.output);
  }
  message.bytes = std::move(bytes);  // to be kept where the values do not hold all of it
  return message;
}

}  // namespace umsops::cli
