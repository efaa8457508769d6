// SPDX-License-Identifier: Apache-2.0
// `ticket attachment`: files of a ticket.
#include <sys/stat.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/completion/offers.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::size_t kLongestName = 200;  ///< bytes; file systems take 255, and a number may follow

constexpr Field kColumns[] = {
    {"id", FieldType::text, {}, base::kInWide, "Internal id", "内部编号", "编号"},
    {"file_name", FieldType::text, {}, kShown, "What the sender called it", "发送者所用的文件名", "文件名"},
    {"media_type", FieldType::text, {}, kShown, "What it is said to be", "媒体类型", "媒体类型"},
    {"bytes", FieldType::integer, {}, kShown, "Its size", "大小（字节）", "字节"},
    {"stored", FieldType::boolean, {}, kShown, "Whether the desk has it, or only lists it", "是否已保存", "已保存"},
    {"created_at", FieldType::time, {}, kShown, "When it came", "收到时间", "时间"},
    {"response_id", FieldType::text, {}, base::kInWide, "The reply that it came with", "所属的回复", "回复"},
    {"sha256", FieldType::text, {}, base::kInWide, "SHA-256 of its content", "内容的 SHA-256", "SHA-256"},
};

base::Row row_of(model::Attachment const& attachment) {
  return {attachment.id,
          base::text_or_null(attachment.file_name),
          base::text_or_null(attachment.media_type),
          attachment.bytes,
          attachment.stored,
          attachment.created_at,
          base::text_or_null(attachment.response_id),
          attachment.sha256};
}

int run_list(Env& env, Call const& call) {
  auto const ticket = env.desk().tickets().show(call.words[0]);
  auto writer = format::list_writer(env.out(), env.style("id"), call.command->schema, "attachment", kColumns);
  for (auto const& attachment : ticket.attachments) writer->row(row_of(attachment));
  writer->end({});
  env.out().flush();
  check_found(env, call, static_cast<std::int64_t>(ticket.attachments.size()));
  return 0;
}

int run_add(Env& env, Call const& call) {
  auto const files = ticket::given_files({call.words.begin() + 1, call.words.end()});
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, {call.words[0]}, [&](std::vector<std::string> const& ids) {
    return env.desk().tickets().attach(ids, files, record::change_of(env, call), desk::Batch::atomic);
  });
}

/// A name that can do no harm: no folders, not hidden, no flag, one line.
std::string safe_name(model::Attachment const& attachment, std::size_t place) {
  std::string name = base::terminal_text(attachment.file_name, base::TextShape::line);
  std::replace(name.begin(), name.end(), '/', '_');
  std::replace(name.begin(), name.end(), '\\', '_');
  if (!name.empty() && (name[0] == '.' || name[0] == '-' || name[0] == '~')) name[0] = '_';
  name = base::first_bytes(name, kLongestName);
  return name.empty() ? "attachment-" + std::to_string(place) : name;
}

/// `log.txt`, where there is one already `log (2).txt`.
std::string free_path(std::string const& folder, std::string const& name) {
  auto const dot = name.rfind('.');
  auto const stem = name.substr(0, dot);
  auto const ending = dot == std::string::npos ? std::string() : name.substr(dot);
  for (int number = 1;; ++number) {
    auto const mark = number == 1 ? std::string() : " (" + std::to_string(number) + ")";
    auto path = folder + "/" + stem + mark + ending;
    struct stat status = {};
    if (lstat(path.c_str(), &status) != 0) return path;
  }
}

void save_file(Env& env, std::string const& path, std::string const& content) {
  FileOutput output(path);
  output.write(content);
  output.commit();
  env.hint(env.phrase(Phrase::attachment_saved, {{"bytes", std::to_string(content.size())}, {"file", path}}));
}

/// Those that were named, or all that are stored.
int save_into(Env& env, Call const& call, std::string const& folder) {
  auto& tickets = env.desk().tickets();
  std::vector<std::string> names(call.words.begin() + 1, call.words.end());
  if (names.empty()) {
    for (auto const& attachment : tickets.show(call.words[0]).attachments) {
      if (attachment.stored) names.push_back(attachment.id);
    }
  }
  std::size_t place = 0;
  for (auto const& name : names) {
    auto const file = tickets.attachment(call.words[0], name);
    save_file(env, free_path(folder, safe_name(file.attachment, ++place)), file.content);
  }
  check_found(env, call, static_cast<std::int64_t>(names.size()));
  return 0;
}

int run_save(Env& env, Call const& call) {
  call.exclude("into", "output-file");
  if (auto const folder = call.text("into")) return save_into(env, call, *folder);
  if (call.words.size() < 2) call.missing("NAME, --into DIR");
  if (call.words.size() > 2) call.missing("--into DIR");
  auto const path = call.text("output-file").value_or("-");
  // Anybody's bytes do not go to a terminal.
  if (path == "-" && env.terminal().output) call.missing("--output-file FILE, --into DIR");
  auto const file = env.desk().tickets().attachment(call.words[0], call.words[1]);
  if (path != "-") {
    save_file(env, path, file.content);
    return 0;
  }
  env.out().write(file.content);
  return 0;
}

constexpr Argument kListArguments[] = {ticket::kOne};
constexpr Argument kAddArguments[] = {ticket::kOne,
                                      {"FILE", {"files to attach", "要附加的文件"}, true, true, offer::files}};
constexpr Argument kSaveArguments[] = {
    ticket::kOne,
    {"NAME",
     {"file name, or its position: 1, 2, ...; with --into all if none is named",
      "文件名或序号：1、2……；与 --into 同用时默认为全部"},
     false,
     true},
};
constexpr Flag kListFlags[] = {flags::kFailIfAny, flags::kFailIfEmpty, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Flag kAddFlags[] = {flags::kReason, flags::kIfRev, flags::kExitCode};
constexpr Flag kSaveFlags[] = {
    {.name = "output-file",
     .letter = 'O',
     .value = "FILE|-",
     .type = FlagType::file,
     .doc = {"write it to this file (atomically); the name of the attachment is never used",
             "写入此文件；文件要么完整出现，要么不出现；不会使用附件自身的文件名"},
     .fallback = "-, unless that is a terminal",
     .offer = offer::files},
    {.name = "into",
     .value = "DIR",
     .type = FlagType::directory,
     .doc = {"into this folder, under their own names as far as those are safe; nothing is overwritten",
             "存入此文件夹，在安全的前提下使用附件自身的文件名；不覆盖任何文件"},
     .offer = offer::directories},
    flags::kFailIfEmpty,
};

constexpr Example kListExamples[] = {
    {"umsops ticket attachment list T-4", {"what came with it", "列出附件"}},
    {"umsops ticket attachment list T-4 -o json | jq -r '.items[] | select(.stored) | .file_name'",
     {"for a program", "供程序使用"}},
};
constexpr Example kAddExamples[] = {
    {"umsops ticket attachment add T-4 vpn.log client.p12 --reason 'from the laptop'",
     {"two files, without a word", "附加两个文件"}},
    {"umsops ticket attachment add T-4 vpn.log -o json | jq -r .result", {"for a program", "供程序使用"}},
};
constexpr Example kSaveExamples[] = {
    {"umsops ticket attachment save T-4 1 -O screenshot.png", {"the first attachment", "第一个附件"}},
    {"umsops ticket attachment save T-4 build.log | head -20",
     {"one by its name, through a pipe", "按名称取出附件并用管道处理"}},
    {"umsops ticket attachment save T-4 --into .", {"all of them", "取出全部附件"}},
};
constexpr int kReadExits[] = {3, 4, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kTicketAttachmentList{
    .path = "ticket attachment list",
    .summary = {"list attachments of a ticket", "列出工单附件"},
    .description = {"Lists the files that came with a ticket or with what was said in it. What was too large, or of a "
                    "type that the desk does not take, is listed without being stored.",
                    "列出随工单及其回复而来的文件。过大或类型不被接受的附件仅列出而未保存。"},
    .arguments = kListArguments,
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kReadExits,
    .schema = "umsops.ticket.attachment.list/v1",
    .run = run_list,
};

constinit Command const kTicketAttachmentAdd{
    .path = "ticket attachment add",
    .summary = {"attach files to a ticket", "为工单附加文件"},
    .description =
        {"Attaches files to a ticket without a reply; 'ticket reply --attach' sends them along. The settings "
         "attachment_limit and attachment_types say what is taken.",
         "为工单附加文件而不回复；ticket reply --attach 则随回复一同发送。设置 attachment_limit 和 "
         "attachment_types 决定接受哪些文件。"},
    .arguments = kAddArguments,
    .flags = kAddFlags,
    .examples = kAddExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_add,
};

constinit Command const kTicketAttachmentSave{
    .path = "ticket attachment save",
    .summary = {"save attachments of a ticket", "取出工单附件"},
    .description =
        {"Writes an attachment of a ticket, byte for byte; with --into several of them. Those that were only "
         "listed cannot be saved.",
         "逐字节输出工单的一个附件；与 --into 同用时取出多个。仅列出的附件无法取出。"},
    .arguments = kSaveArguments,
    .flags = kSaveFlags,
    .examples = kSaveExamples,
    .exits = kReadExits,
    .run = run_save,
};

}  // namespace umsops::cli
