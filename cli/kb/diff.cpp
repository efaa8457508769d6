// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/kb/kb.hpp"
#include "umsops/base/line_diff.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

/// `KB-000007 rev 2  2026-11-23T09:30:00Z li.na`
std::string name_of(Env& env, model::Article const& article, desk::Revision const& revision) {
  return article.kb_number + " rev " + std::to_string(revision.rev) + "  " + env.zone().format(revision.at) + " " +
         revision.author;
}

/// What is compared: the title stands before the text, as in a file.
std::string text_of(desk::Revision const& revision) {
  return revision.title + "\n\n" + revision.content + (revision.content.ends_with('\n') ? "" : "\n");
}

Value revision_value(desk::Revision const& revision) {
  return Value::Object{{"rev", revision.rev}, {"at", revision.at}, {"author", base::text_or_null(revision.author)}};
}

int run_diff(Env& env, Call const& call) {
  auto const pair = env.desk().knowledge().revisions(call.words[0], call.integer("from"), call.integer("to"));
  auto const diff =
      base::unified_diff(text_of(pair.before), text_of(pair.after),
                         base::terminal_text(name_of(env, pair.article, pair.before), base::TextShape::line),
                         base::terminal_text(name_of(env, pair.article, pair.after), base::TextShape::line));
  auto const style = env.style(kb::kKind.number);
  if (env.human()) {
    env.out().write(base::terminal_text(diff, base::TextShape::block));
    if (diff.empty()) env.hint(env.phrase(Phrase::same_text));
  } else if (style.format != format::Format::id) {
    format::write_document(env.out(), style,
                           Value::Object{{"schema", "umsops.kb.diff/v1"},
                                         {"kb_number", pair.article.kb_number},
                                         {"from", revision_value(pair.before)},
                                         {"to", revision_value(pair.after)},
                                         {"differs", !diff.empty()},
                                         {"diff", diff}});
  }
  return call.on("exit-code") && !diff.empty() ? exit_code(base::ErrorKind::condition) : 0;
}

constexpr Flag kFlags[] = {
    {.name = "from",
     .value = "REV",
     .type = FlagType::integer,
     .doc = {"from this revision", "起始版本"},
     .fallback = "the one before the last change of the text"},
    {.name = "to",
     .value = "REV",
     .type = FlagType::integer,
     .doc = {"to this one", "结束版本"},
     .fallback = "the newest"},
    {.name = "exit-code", .doc = {"exit 10 when they differ", "有差异时退出码为 10"}},
};
constexpr Example kExamples[] = {
    {"umsops kb diff KB-1", {"what the last change of its text did", "正文最近一次修改的内容"}},
    {"umsops kb diff KB-1 --from 1 -o json | jq -r .diff",
     {"all that changed since it was written", "创建以来的全部变化"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 10, 12};

}  // namespace

constinit Command const kKbDiff{
    .path = "kb diff",
    .summary = {"compare revisions of an article", "比较条目的版本"},
    .description = {"Compares title and text of two revisions, line by line, as 'diff -u' does. Revisions are numbered "
                    "by 'rev': every change makes one, and 'kb history' lists them.",
                    "逐行比较两个版本的标题和正文，格式同 diff -u。版本号即 rev：每次修改加一，见 kb history。"},
    .arguments = kb::kJustOne,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.kb.diff/v1",
    .run = run_diff,
};

}  // namespace umsops::cli
