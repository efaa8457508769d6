// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_attachment(Env& env, Call const& call) {
  auto const path = call.text("output-file").value_or("-");
  // Anybody's bytes do not go to a terminal.
  if (path == "-" && env.terminal().output) call.missing("--output-file FILE");
  auto const file = env.desk().tickets().attachment(call.words[0], call.words[1]);
  if (path == "-") {
    env.out().write(file.content);
    return 0;
  }
  FileOutput output(path);
  output.write(file.content);
  output.commit();
  env.hint(env.phrase(Phrase::attachment_saved, {{"bytes", std::to_string(file.content.size())}, {"file", path}}));
  return 0;
}

constexpr Argument kArguments[] = {
    {"ID",
     {"number, internal id, unique prefix or @last", "编号、内部编号、唯一前缀或 @last"},
     true,
     false,
     Offer::tickets},
    {"NAME", {"file name, or its position: 1, 2, ...", "文件名或序号：1、2……"}, true, false},
};
constexpr Flag kFlags[] = {
    {.name = "output-file",
     .letter = 'O',
     .value = "FILE|-",
     .type = FlagType::file,
     .doc = {"write it to this file (atomically); the name of the attachment is never used",
             "写入此文件；文件要么完整出现，要么不出现；不会使用附件自身的文件名"},
     .fallback = "-, unless that is a terminal",
     .offer = Offer::files},
};
constexpr Example kExamples[] = {
    {"umsops ticket attachment T-4 1 -O screenshot.png", {"the first attachment", "第一个附件"}},
    {"umsops ticket attachment T-4 build.log | head -20",
     {"one by its name, through a pipe", "按名称取出附件并用管道处理"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kTicketAttachment{
    .path = "ticket attachment",
    .summary = {"save attachments of a ticket", "取出工单附件"},
    .description = {"Writes one attachment of a ticket, byte for byte. 'ticket show' lists them; those over the limit "
                    "were only listed.",
                    "逐字节输出工单的一个附件。ticket show 会列出附件；超过上限的附件仅列出而未保存。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .run = run_attachment,
};

}  // namespace umsops::cli
