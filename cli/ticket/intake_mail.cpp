// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/configured.hpp"
#include "cli/files.hpp"
#include "cli/mail_helper.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.mail/v1";
constexpr std::size_t kLargestMessage = 25u << 20;
constexpr std::string_view kAutomatic[] = {"file", "refuse"};
std::span<std::string_view const> automatic_names() { return kAutomatic; }

/// The addresses between the commas of a setting.
std::vector<std::string> addresses_in(std::string_view text) {
  std::vector<std::string> addresses;
  while (!text.empty()) {
    auto const end = std::min(text.find(','), text.size());
    auto one = text.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) addresses.emplace_back(one);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return addresses;
}

/// Whose address it is, by the roster. Without one nobody is known.
std::function<std::string(std::string_view)> staff_of(Env& env) {
  auto roster = configured_roster(env);
  if (!roster) return {};
  return [people = std::move(roster->people)](std::string_view address) {
    auto const is_his = [&](people::Person const& person) {
      return !person.email.empty() && base::same_person(person.email, address);
    };
    auto const found = std::find_if(people.begin(), people.end(), is_his);
    return found == people.end() ? std::string() : found->name;
  };
}

desk::MailOptions options_of(Env& env, Call const& call) {
  desk::MailOptions options;
  options.dry_run = env.dry_run();
  options.whole = call.on("whole");
  options.file_automatic = call.text("automatic").value_or("file") == "file";
  options.staff = staff_of(env);
  options.own_addresses = addresses_in(env.settings().text("mail_addresses"));
  return options;
}

Value::Object facts_of(desk::MailResult const& result) {
  return {{"outcome", desk::to_string(result.outcome)},
          {"why", base::text_or_null(result.why)},
          {"attachments_stored", result.stored},
          {"attachments_listed", result.listed}};
}

/// Our own mail came back: there is no ticket to show.
void write_dropped(Env& env, desk::MailResult const& result) {
  if (env.human()) {
    env.out().write(
        base::terminal_text(env.phrase(Phrase::mail_dropped, {{"why", result.why}}), base::TextShape::line) + "\n");
    return;
  }
  auto const style = env.style(ticket::kKind.number);
  if (style.format == format::Format::id) return;
  Value::Object document{{"schema", kSchema}, {"result", "unchanged"}, {"dry_run", env.dry_run()}};
  for (auto& fact : facts_of(result)) document.push_back(std::move(fact));
  format::write_document(env.out(), style, std::move(document));
}

int run_intake_mail(Env& env, Call const& call) {
  std::string const file = call.words.empty() ? "-" : call.words[0];
  auto const options = options_of(env, call);
  (void)env.style(ticket::kKind.number);
  if (file == "-" && isatty(0) != 0) throw base::Error(base::errors::usage_stdin_terminal);
  env.reach_store();  // the message can be read once only
  auto const message = read_mail(read_whole(file, kLargestMessage), env.settings().size("attachment_limit"));
  auto const result = env.desk().intake().mail(message, options);
  if (!result.ticket) {
    write_dropped(env, result);
  } else {
    ticket::write_result(env, *result.ticket, facts_of(result));
  }
  return 0;
}

constexpr Argument kArguments[] = {
    {"FILE",
     {"the message; default, or -: standard input", "邮件文件；省略或为 - 时读取标准输入"},
     false,
     false,
     offer::files}};

constexpr Flag kFlags[] = {
    {.name = "automatic",
     .value = "WHAT",
     .type = FlagType::choice,
     .doc = {"automatic mail for no ticket: file it (without an answer), or refuse it with exit 5",
             "不属于任何工单的自动邮件：建单（不发送确认），或以退出码 5 拒绝"},
     .fallback = "file",
     .choices = automatic_names},
    {.name = "whole", .doc = {"keep the quoted message below a reply", "保留回复中引用的原文"}},
};

constexpr Example kExamples[] = {
    {"printf 'From: zhang.wei@example.com\\nSubject: VPN\\nMessage-ID: <1@example.com>\\n\\nIt is down.\\n' | umsops "
     "ticket intake mail",
     {"as a mail server runs it: exit 75 means try again", "由邮件服务器调用：退出码 75 表示请稍后重试"}},
    {"printf 'From: li.na@example.com\\nSubject: Re: [T-000001] VPN\\n\\nStill down.\\n' | umsops ticket intake mail - "
     "-n -o json | jq -r .outcome",
     {"what would happen to a message", "演练：邮件将如何处理"}},
};

constexpr int kExits[] = {4, 5, 75};

}  // namespace

constinit Command const kTicketIntakeMail{
    .path = "ticket intake mail",
    .summary = {"file a mail as a new ticket or a reply", "接收邮件：新建工单或追加回复"},
    .description =
        {"Reads one message and files it, or adds it to the ticket whose number is in its subject or whose mail it "
         "answers. A reply of the requester wakes a PENDING ticket and reopens a RESOLVED one; on a CLOSED ticket it "
         "makes a new, linked one. A reply from an address in the roster counts as staff. Repeating a Message-ID "
         "changes nothing. Quoted text of a reply is dropped unless --whole is given.\n\nAutomatic mail is never "
         "answered: it becomes an internal note on its ticket, or a ticket without confirmation. That is mail with "
         "Auto-Submitted, List-Id, an empty Return-Path, Precedence bulk, junk, list or auto_reply, "
         "X-Auto-Response-Suppress, and multipart/report. Mail from the desk's own addresses (setting mail_addresses) "
         "is dropped.\n\nFailures other than bad input exit 75, so the mail server tries again.",
         "读取一封邮件：新建工单，或追加到主题中编号所指、或其所回复的工单。请求人的回复会唤醒 PENDING 工单、重新打开 "
         "RESOLVED 工单；对 CLOSED 工单的回复会新建关联工单。来自人员名册中地址的回复视为处理人员的回复。相同 "
         "Message-ID 再次到达时不作任何更改。除非给出 --whole，回复中只保留新写的内容。\n\n"
         "自动邮件从不回复：作为内部备注加入其工单，或建单但不发送确认。自动邮件指带有 Auto-Submitted、List-Id、空 "
         "Return-Path、Precedence 为 bulk/junk/list/auto_reply、X-Auto-Response-Suppress 或 multipart/report "
         "的邮件。来自服务台自己地址（设置 mail_addresses）的邮件会被丢弃。\n\n问题出在系统而非邮件时以退出码 75 "
         "结束，邮件服务器会重试。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .defers = true,
    .run = run_intake_mail,
};

}  // namespace umsops::cli
