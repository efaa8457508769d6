// SPDX-License-Identifier: Apache-2.0
// `privacy export`: all that is known of a person.
#include <filesystem>

#include "cli/commands.hpp"
#include "cli/privacy/privacy.hpp"
#include "umsops/base/base64.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.privacy.export/v1";
constexpr std::string_view kFormats[] = {"table", "json", "yaml", "html"};
std::span<std::string_view const> format_names() { return kFormats; }

/// The end of a file's name that tells what it is, where it is a plain one.
std::string extension_of(std::string_view name) {
  constexpr std::size_t kLongest = 5;
  auto const point = name.rfind('.');
  auto const end = point == std::string_view::npos ? std::string_view() : name.substr(point + 1);
  bool const plain =
      !end.empty() && end.size() <= kLongest &&
      end.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string_view::npos;
  return plain ? "." + std::string(end) : std::string();
}

Value* member(Value& object, std::string_view name) {
  for (auto& [own, value] : *object.get_if<Value::Object>()) {
    if (own == name) return &value;
  }
  return nullptr;
}

/// Files are told of, and not part of the document; with a folder they lie there under names of ours.
class Attachments {
 public:
  explicit Attachments(std::optional<std::string> folder) : folder_(std::move(folder)) {
    if (!folder_) return;
    std::error_code problem;
    std::filesystem::create_directories(*folder_, problem);
    if (problem) throw base::Error(base::errors::output_failed, {{"where", *folder_}, {"problem", problem.message()}});
  }

  void take_from(Value& document) {
    for (auto& ticket : *member(document, "tickets")->get_if<Value::List>()) {
      auto* const files = member(ticket, "attachments");
      std::string const number(ticket.find("ticket_number")->text());
      std::int64_t place = 0;
      if (!files) continue;
      for (auto& file : *files->get_if<Value::List>()) take(file, number + "-" + std::to_string(++place));
    }
  }
  std::int64_t count = 0;

 private:
  void take(Value& file, std::string name) {
    auto* const content = member(file, "content");
    auto const bytes = base::base64_decode(content->text());
    auto const* const said = file.find("file_name");
    name += extension_of(said ? said->text() : std::string_view());
    bool const saved = folder_ && !content->is_null() && bytes;
    if (saved) {
      FileOutput out((std::filesystem::path(*folder_) / name).string());
      out.write(*bytes);
      out.commit();
      ++count;
    }
    *content = {};
    file.add("saved_as", saved ? Value(name) : Value());
  }

  std::optional<std::string> folder_;
};

void write(Env& env, Call const& call, format::Sink& sink, std::string const& said, desk::PersonalData const& data) {
  if (call.text("output") == "html" && !call.on("json")) return privacy::write_page(env, sink, said, data.document);
  if (env.human()) {
    auto const lines = privacy::lines_of(env, data.person) + privacy::lines_of(env, data.places);
    return sink.write(base::terminal_text(lines, base::TextShape::block));
  }
  Value::Object out{{"schema", kSchema}, {"made_at", env.clock().now()}};
  for (auto const& [name, value] : *data.document.get_if<Value::Object>()) out.emplace_back(name, value);
  out.emplace_back("places", privacy::value_of(data.places));
  format::write_document(sink, env.style("numbers"), std::move(out));
}

int run_export(Env& env, Call const& call) {
  auto const which = privacy::which_person(call);
  auto data = env.desk().privacy().gather(which);
  Attachments files(call.text("attachments"));
  files.take_from(data.document);
  auto const path = call.text("output-file");
  if (!path || *path == "-") {
    write(env, call, env.out(), which.said, data);
  } else {
    FileOutput file(*path);
    write(env, call, file, which.said, data);
    file.commit();
  }
  if (files.count > 0)
    env.hint(env.phrase(Phrase::privacy_saved,
                        {{"count", std::to_string(files.count)}, {"folder", *call.text("attachments")}}));
  return 0;
}

constexpr Flag kFlags[] = {
    privacy::kAlso,
    privacy::kLeave,
    {.name = "attachments",
     .value = "DIR",
     .type = FlagType::directory,
     .doc = {"save the attachments of their tickets there, 0600, as NUMBER-PLACE",
             "将其工单的附件保存到此文件夹，文件名为“编号-序号”"},
     .offer = offer::files},
    flags::kOutputFile,
};
constexpr Example kExamples[] = {
    {"umsops privacy export zhang.wei", {"how much there is, and where", "数据的数量和位置"}},
    {"umsops privacy export zhang.wei -o html -O zhang.wei.html --attachments zhang.wei.files",
     {"a page to hand over, with the files", "可交付的网页及附件"}},
    {"umsops privacy export zhang.wei -o json | jq '.mentions[] | [.record, .field, .text]'",
     {"where others name them", "他人提及之处"}},
};
constexpr int kExits[] = {3, 4, 7, 8, 9, 12};

}  // namespace

constinit Command const kPrivacyExport{
    .path = "privacy export",
    .summary = {"give all that is known of a person", "导出关于某人的全部数据"},
    .description =
        {"Gives the person's entries in the directory, their tickets in full with conversation, history, mails, "
         "attachments and watchers, and each place where somebody else's record names them: other tickets, incidents, "
         "articles, reviews, the history, messages, searches without an answer. Of what others wrote it gives the "
         "passage, and not the whole text.\n\nPeople are found by every name that the directory has of them: account, "
         "addresses, phone numbers in any spelling, aliases, and the name that people read, each as a word of its own. "
         "A person whom the directory does not know is looked for by what you say, and by --also.\n\nA page (-o html) "
         "needs no other file and runs nothing. Internal notes are part of it: read it before you hand it over.",
         "导出此人在目录中的条目、其提出的全部工单（含对话、历史、邮件、附件和关注者），以及其他记录中提及此人的每一处"
         "："
         "其他工单、事件、知识条目、复盘、历史记录、消息和未找到的查询。他人所写的内容只给出相关段落，不给出全文。\n\n"
         "按"
         "目录中的所有称呼查找：账号、邮箱、任意写法的电话号码、别名和姓名，均须独立成词。目录中没有的人按所给称呼及 "
         "--also 查找。\n\n网页（-o html）不依赖其他文件，也不执行任何程序。其中包含内部备注，交付前请先阅读。"},
    .arguments = privacy::kPerson,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .formats = format_names,
    .run = run_export,
};

}  // namespace umsops::cli
