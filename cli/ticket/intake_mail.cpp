// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/configured.hpp"
#include "cli/files.hpp"
#include "cli/mail_helper.hpp"
#include "cli/outcome.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/yaml.hpp"
#include "umsops/mail/raw.hpp"
#include "umsops/mail/thread.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.mail/v1";
constexpr std::size_t kLargestBlocklist = 16u << 20;
constexpr std::size_t kLargestMbox = 512u << 20;
constexpr std::string_view kAutomatic[] = {"file", "refuse"};
std::span<std::string_view const> automatic_names() { return kAutomatic; }

/// The addresses between the commas, as the setting is kept.
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

/// The senders of the setting's file; subdomains belong to their domain.
std::function<bool(std::string_view)> blocked_by(Env& env) {
  auto const& file = env.settings().text("mail_blocklist");
  if (file.empty()) return {};
  std::set<std::string, std::less<>> names;
  std::istringstream lines(config::read_file(file, kLargestBlocklist));
  for (std::string line; std::getline(lines, line);) {
    auto const word = base::trimmed(std::string_view(line).substr(0, line.find('#')), " \t\r");
    if (!word.empty()) names.insert(base::ascii_lower(word));
  }
  return [names = std::move(names)](std::string_view address) {
    std::string const lower = base::ascii_lower(address);
    if (names.contains(lower)) return true;
    auto const at = lower.rfind('@');
    for (auto dot = at; dot != std::string::npos; dot = lower.find('.', dot + 1)) {
      std::string_view const domain = std::string_view(lower).substr(dot + 1);
      if (names.contains("@" + std::string(domain)) || names.contains(domain)) return true;
    }
    return false;
  };
}

desk::MailOptions options_of(Env& env, Call const& call) {
  desk::MailOptions options;
  options.dry_run = env.dry_run();
  options.whole = call.on("whole");
  options.file_automatic = call.text("automatic").value_or("file") == "file";
  options.staff = staff_of(env);
  options.blocked = blocked_by(env);
  options.own_addresses = addresses_in(env.settings().text("mail_addresses"));
  return options;
}

Value::Object facts_of(desk::MailResult const& result) {
  return {{"outcome", desk::to_string(result.outcome)},
          {"why", base::text_or_null(result.why)},
          {"attachments_stored", result.stored},
          {"attachments_listed", result.listed},
          {"incident_number", base::text_or_null(result.incident)}};
}

/// Our own mail came back, or it was about an incident: there is no ticket to show.
void write_dropped(Env& env, desk::MailResult const& result) {
  if (env.human()) {
    auto const line = result.incident.empty()
                          ? env.phrase(Phrase::mail_dropped, {{"why", result.why}})
                          : env.phrase(Phrase::mail_acknowledged, {{"id", result.incident}, {"person", result.why}});
    env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
    return;
  }
  auto const style = env.style(ticket::kKind.number);
  if (style.format == format::Format::id) return;
  Value::Object document{
      {"schema", kSchema}, {"result", result.incident.empty() ? "unchanged" : "updated"}, {"dry_run", env.dry_run()}};
  for (auto& fact : facts_of(result)) document.push_back(std::move(fact));
  format::write_document(env.out(), style, std::move(document));
}

void write(Env& env, desk::MailResult const& result) {
  if (!result.ticket) return write_dropped(env, result);
  ticket::write_result(env, *result.ticket, facts_of(result));
}

/// Its answer at once. Where that cannot be written the next ones are taken all the same; gives what to say in the end.
std::optional<base::Error> tell(Env& env, desk::MailResult const& result) {
  try {
    write(env, result);
    env.out().flush();
  } catch (format::ClosedPipe const&) {
    return closed_pipe();
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::output) throw;
    return error;
  }
  return std::nullopt;
}

/// Each message by itself: one that cannot be taken does not keep the others out. What is wrong with the desk ends it;
/// to begin again changes nothing about those that are in.
int take_mbox(Env& env, std::string const& bytes, desk::MailOptions const& options) {
  std::int64_t number = 0, failed = 0;
  std::optional<base::Error> unwritten;
  for (auto const piece : mail::split_mbox(bytes)) {
    ++number;
    try {
      auto const message = read_mail(mail::out_of_mbox(piece), env.settings().size("attachment_limit"));
      if (auto problem = tell(env, env.desk().intake().mail(message, options))) unwritten = std::move(problem);
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::invalid_input) throw;
      ++failed;
      env.remark("message " + std::to_string(number) + ": " + error.message(env.language()));
    }
  }
  if (failed > 0) throw some_failed(failed, number);
  if (unwritten) throw base::Error(*unwritten);
  return 0;
}

int run_intake_mail(Env& env, Call const& call) {
  std::string const file = call.words.empty() ? "-" : call.words[0];
  auto const options = options_of(env, call);
  (void)env.style(ticket::kKind.number);
  if (file == "-" && isatty(0) != 0) throw base::Error(base::errors::usage_stdin_terminal);
  env.reach_store();  // the message can be read once only
  if (call.on("mbox")) return take_mbox(env, read_whole(file, kLargestMbox), options);
  auto const message = read_mail(read_whole(file, mail::kLargestMessage), env.settings().size("attachment_limit"));
  write(env, env.desk().intake().mail(message, options));
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
    {.name = "mbox", .doc = {"the file is a mbox: take each of its messages", "文件为 mbox：逐封接收其中的邮件"}},
    {.name = "whole", .doc = {"keep the quoted message below a reply", "保留回复中引用的原文"}},
};

constexpr Example kExamples[] = {
    {"printf 'From: zhang.wei@example.com\\nSubject: VPN\\nMessage-ID: <1@example.com>\\n\\nIt is down.\\n' | umsops "
     "ticket intake mail",
     {"as a mail server runs it: exit 75 means try again", "由邮件服务器调用：退出码 75 表示请稍后重试"}},
    {"printf 'From: li.na@example.com\\nSubject: Re: [T-000001] VPN\\n\\nStill down.\\n' | umsops ticket intake mail - "
     "-n -o json | jq -r .outcome",
     {"what would happen to a message", "试运行：邮件将如何处理"}},
};

constexpr int kExits[] = {4, 5, 6, 75};

}  // namespace

constinit Command const kTicketIntakeMail{
    .path = "ticket intake mail",
    .summary = {"file a mail as a new ticket or a reply", "接收邮件：新建工单或追加回复"},
    .description =
        {"Reads one message and files it, or adds it to a ticket: the one whose full number stands in brackets in the "
         "subject, [T-000001], or whose mail it answers (In-Reply-To, References), or the one that was merged into. "
         "Outside of brackets a number joins nothing. An answer by somebody who has a part in the ticket wakes a "
         "PENDING one and reopens a RESOLVED one; on a CLOSED one it makes a new, linked ticket. A part have the "
         "requester, who works on it, the roster, and whoever an earlier mail of it names in From, Reply-To, To or "
         "Cc. Anybody else's word is an internal note that changes nothing. An address in the roster makes it a reply "
         "by staff; one that only says ack or 确认 to a message about an incident acknowledges that. The same message "
         "again (Message-ID, author and Date) changes nothing. Answers go to Reply-To.\n\n"
         "Nothing is lost. Where the fields do not hold all of it, as when the quoted text of a reply is cut, which "
         "--whole keeps, the text is attached as message.txt; and the message itself as message.eml where something "
         "in it was broken, doubtful or guessed. The warnings say what.\n\n"
         "Automatic mail is never answered: it becomes an internal note on its ticket, or a ticket without "
         "confirmation. That is mail with Auto-Submitted, an empty Return-Path, Precedence bulk, junk or auto_reply, "
         "X-Auto-Response-Suppress, X-Autoreply and its kin, and multipart/report. Mail through lists is heard, but "
         "never answered either. Mail from the desk's own addresses (setting mail_addresses) is dropped, unless it "
         "names somebody else as its author, as forms on web pages do.\n\n"
         "One input is one message. With --mbox each message of a mbox is taken by itself; those that cannot be taken "
         "are told, and the command ends with 6. Failures other than bad input exit 75, so the mail server tries "
         "again.",
         "读取一封邮件：新建工单，或追加到工单：主题方括号中完整编号所指的工单（[T-000001]），或其所回复邮件的工单"
         "（In-Reply-To、References），已合并的则追加到合并后的工单。方括号之外的编号不起作用。工单相关人的回复会唤醒 "
         "PENDING 工单、重新打开 RESOLVED 工单；对 CLOSED "
         "工单的回复会新建关联工单。相关人指请求人、处理人、名册中的人员，"
         "以及该工单先前邮件的 From、Reply-To、To、Cc "
         "中的人。其他人的来信作为内部备注，不改变工单。名册中地址的回复视为"
         "处理人员的回复；若仅以 ack 或 确认 回复故障通知，则确认该故障。同一邮件（Message-ID、作者与 Date "
         "相同）再次到达时不作任何更改。回信发往 Reply-To。\n\n"
         "内容不会丢失。字段容纳不下时（例如回复中的引用被截去，可用 --whole 保留），全文作为附件 message.txt 保存；"
         "邮件有损坏、存疑或推测之处时，原始邮件作为 message.eml 保存。警告中说明原因。\n\n"
         "自动邮件从不回复：作为内部备注加入其工单，或建单但不发送确认。自动邮件指带有 Auto-Submitted、空 Return-Path、"
         "Precedence 为 bulk/junk/auto_reply、X-Auto-Response-Suppress、X-Autoreply 等字段或 multipart/report "
         "的邮件。经邮件列表的来信照常处理，但从不自动回复。来自服务台自己地址（设置 mail_addresses）的邮件会被丢弃，"
         "除非其中写明另有作者（如网页表单）。\n\n"
         "一次输入即一封邮件。使用 --mbox 时逐封接收 mbox 中的邮件；无法接收的会列出，命令以 6 "
         "结束。问题出在系统而非邮件时"
         "以退出码 75 结束，邮件服务器会重试。"},
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
