// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <utility>

#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/desk/mapped_source.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.import.summary/v1";
constexpr std::string_view kFormats[] = {"csv", "tsv", "jsonl", "json"};
constexpr std::string_view kModes[] = {"create", "upsert", "ignore"};
constexpr int kRejectsTold = 10;
std::span<std::string_view const> format_names() { return kFormats; }
std::span<std::string_view const> mode_names() { return kModes; }

format::InputFormat format_of(Call const& call, std::string const& file) {
  if (auto const name = call.text("format")) return *format::parse_input_format(*name);
  auto const guessed = format::guess_input_format(file);
  if (!guessed) call.missing("--format");
  return *guessed;
}

/// Takes off the apostrophes that an export put before formulas. In CSV of others they are what people wrote: an export
/// has all three of these columns.
void take_marks_off(Value& record) {
  auto* const members = record.get_if<Value::Object>();
  for (char const* const column : {"id", "ticket_number", "rev"}) {
    if (!members || !record.find(column)) return;
  }
  for (auto& [name, value] : *members) {
    if (format::is_marked_formula(value.text())) value = std::string(value.text().substr(1));
  }
}

/// The records of the file.
desk::ImportSource records_of(std::shared_ptr<format::RecordReader> reader, bool marked) {
  return [reader = std::move(reader), marked]() -> std::optional<desk::ImportRecord> {
    auto record = reader->next();
    if (!record) return std::nullopt;
    if (marked) take_marks_off(record->object);
    return desk::ImportRecord{record->line, std::move(record->object), std::move(record->error)};
  };
}

std::optional<char> delimiter_of(Call const& call, format::InputFormat format) {
  auto const given = call.text("delimiter");
  if (!given) return std::nullopt;
  if (format != format::InputFormat::csv)
    throw base::Error(base::errors::usage_excludes, {{"first", "--delimiter"}, {"second", "a format other than csv"}});
  if (*given == "tab") return '\t';
  bool const plain = given->size() == 1 && (*given)[0] > ' ' && (*given)[0] < 0x7F && (*given)[0] != '"';
  if (!plain) {
    throw base::Error(base::errors::usage_bad_value,
                      {{"flag", "--delimiter"}, {"value", *given}, {"expected", "one character, or tab"}});
  }
  return (*given)[0];
}

/// Looks at standard input while it is copied: what is no such file at all is refused before all of it has come.
/// Without a look where it may be in any encoding, or where errors do not stop the import.
std::function<void(std::string_view)> first_look(Call const& call, format::InputFormat format) {
  if (call.has("encoding") || call.on("continue-on-error")) return [](std::string_view) {};
  return [format, delimiter = delimiter_of(call, format), first = true](std::string_view piece) mutable {
    if (auto const nul = piece.find('\0'); nul != std::string_view::npos) {
      throw base::Error(base::errors::text_invalid,
                        {{"what", "standard input"}, {"problem", "NUL"}, {"offset", std::to_string(nul)}});
    }
    auto const whole = std::exchange(first, false) ? piece.rfind('\n') : std::string_view::npos;
    if (whole == std::string_view::npos || format == format::InputFormat::json) return;
    auto bytes = [text = std::string(piece.substr(0, whole + 1)), at = std::size_t{0}](char* into,
                                                                                       std::size_t most) mutable {
      auto const size = std::min(most, text.size() - at);
      std::copy_n(text.data() + at, size, into);
      at += size;
      return size;
    };
    auto const record =
        format::record_reader(std::move(bytes), format, "-", format::kLongestRecordWithFiles, delimiter)->next();
    if (record && record->error) throw base::Error(*record->error);
  };
}

/// Keeps what was refused: in the file of --rejects, and the first few on standard error.
class Rejects {
 public:
  Rejects(Env& env, std::string source, std::optional<std::string> const& file)
      : env_(env), source_(std::move(source)) {
    if (file) file_.emplace(*file);
  }
  void add(desk::ImportRecord const& record, base::Error const& error) {
    if (++count_ <= kRejectsTold) {
      env_.remark(source_ + ":" + std::to_string(record.line) + ": " + error.message(env_.language()));
      first_.push_back(Value::Object{
          {"line", record.line}, {"code", error.code().code}, {"message", error.message(env_.language())}});
    }
    if (!file_) return;
    auto const document = format::error_document(error, exit_code(error.kind()), env_.language());
    Value const line =
        Value::Object{{"line", record.line}, {"error", *document.find("error")}, {"record", record.object}};
    file_->write(base::to_json(line) + "\n");
  }
  void commit() {
    if (file_) file_->commit();
  }
  /// What is thrown in the end names the first few.
  base::Error partial(desk::ImportSummary const& summary) const {
    auto partial = some_failed(summary.rejected, summary.read);
    for (auto const& detail : first_) partial.detail(detail);
    return partial;
  }

 private:
  Env& env_;
  std::string source_;
  std::optional<FileOutput> file_;
  int count_ = 0;
  Value::List first_;
};

/// Says on a terminal how far it is, once a second has passed.
class Progress {
 public:
  explicit Progress(Env& env) : env_(env), last_(std::chrono::steady_clock::now()) {}
  void step(std::int64_t records) {
    auto const now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds(1)) return;
    last_ = now;
    env_.hint(env_.phrase(Phrase::progress, {{"count", std::to_string(records)}}));
  }

 private:
  Env& env_;
  std::chrono::steady_clock::time_point last_;
};

/// `result`: imported, or stopped before the end.
void write_summary(Env& env, desk::ImportSummary const& summary, char const* result) {
  if (env.human()) {
    env.out().write(env.phrase(Phrase::import_summary, {{"read", std::to_string(summary.read)},
                                                        {"created", std::to_string(summary.created)},
                                                        {"updated", std::to_string(summary.updated)},
                                                        {"unchanged", std::to_string(summary.unchanged)},
                                                        {"rejected", std::to_string(summary.rejected)}}) +
                    "\n");
    if (summary.dry_run) env.tell(env.phrase(Phrase::dry_run));
    return;
  }
  auto const style = env.style("");
  if (style.format == format::Format::id) return;
  format::write_document(env.out(), style,
                         Value::Object{{"schema", kSchema},
                                       {"result", result},
                                       {"dry_run", summary.dry_run},
                                       {"read", summary.read},
                                       {"created", summary.created},
                                       {"updated", summary.updated},
                                       {"unchanged", summary.unchanged},
                                       {"rejected", summary.rejected}});
}

desk::ImportOptions options_of(Env& env, Call const& call, std::string const& file) {
  desk::ImportOptions options;
  auto const mode = call.text("mode").value_or("upsert");
  options.mode =
      static_cast<desk::ImportMode>(std::find(std::begin(kModes), std::end(kModes), mode) - std::begin(kModes));
  options.continue_on_error = call.on("continue-on-error");
  options.dry_run = env.dry_run();
  options.source_name = file;
  options.classify = call.on("classify", true);
  if (auto const source = call.text("source")) options.default_source = *model::parse_source(*source);
  return options;
}

/// What an import that ends early has stored is told as well, and what it refused.
desk::ImportSummary import_all(Env& env, desk::ImportSource const& records, desk::ImportOptions& options,
                               Rejects& rejects) {
  desk::ImportSummary stored;
  options.committed = [&](desk::ImportSummary const& summary) {
    stored = summary;
    if (!summary.dry_run) env.out().told().count(summary.created + summary.updated);
  };
  try {
    return env.desk().tickets().import(records, options);
  } catch (base::Error const&) {
    if (stored.read == 0) throw;
    rejects.commit();
    write_summary(env, stored, "stopped");
    env.out().flush();
    throw;
  }
}

int run_import(Env& env, Call const& call) {
  std::string const file = call.words.empty() ? "-" : call.words[0];
  auto options = options_of(env, call, file);
  auto const format = format_of(call, file);
  std::optional<model::ImportMapping> mapping;
  if (auto const path = call.text("mapping")) mapping = config::read_mapping(*path);
  (void)env.style("");
  auto bytes = file == "-" ? spool_input(first_look(call, format)) : open_source(file);
  if (auto const encoding = call.text("encoding")) bytes = format::decode(std::move(bytes), *encoding, file);
  Rejects rejects(env, file, call.text("rejects"));
  Progress progress(env);
  options.rejected = [&](desk::ImportRecord const& record, base::Error const& error) { rejects.add(record, error); };
  options.progress = [&](std::int64_t records) { progress.step(records); };
  auto records = records_of(format::record_reader(std::move(bytes), format, file, format::kLongestRecordWithFiles,
                                                  delimiter_of(call, format)),
                            format == format::InputFormat::csv && !mapping);
  if (mapping) records = desk::mapped(std::move(records), *mapping, options.default_source);
  auto const summary = import_all(env, records, options, rejects);
  rejects.commit();
  write_summary(env, summary, "imported");
  if (summary.rejected == 0) return 0;
  env.out().flush();
  throw rejects.partial(summary);
}

constexpr Argument kArguments[] = {
    {"FILE", {"the file; - is standard input", "文件；- 为标准输入"}, true, false, offer::files}};

constexpr Flag kFlags[] = {
    {.name = "format",
     .value = "FORMAT",
     .type = FlagType::choice,
     .doc = {"what the file is", "文件格式"},
     .fallback = "by the file's name",
     .choices = format_names},
    {.name = "mapping",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"mapping file for foreign columns and words; see umsops-mapping(5)",
             "映射文件：将外部列名和词语转换为本系统字段；见 umsops-mapping(5)"},
     .offer = offer::files},
    {.name = "mode",
     .value = "MODE",
     .type = FlagType::choice,
     .doc = {"existing records: create refuses, upsert updates, ignore skips them",
             "对已有记录：create 拒绝，upsert 更新，ignore 跳过"},
     .fallback = "upsert",
     .choices = mode_names},
    {.name = "continue-on-error",
     .doc = {"keep the good records, exit 6; without it all or nothing",
             "保留正确的记录，退出码为 6；默认全部成功或全部不做"}},
    {.name = "rejects",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"with --continue-on-error: write refused records here, with line and reason",
             "与 --continue-on-error 合用：将被拒绝的记录连同行号和原因写入此文件"},
     .offer = offer::files},
    {.name = "encoding",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"encoding of the file, e.g. gb18030", "文件编码，例如 gb18030"},
     .fallback = "utf-8"},
    {.name = "delimiter",
     .value = "C",
     .type = FlagType::text,
     .doc = {"what separates the cells of a CSV, or tab", "CSV 的分隔符，或 tab"},
     .fallback = "by its first line"},
    {.name = "classify",
     .doc = {"rules decide missing category and priority; --no-classify leaves them",
             "由规则决定缺少的类别和优先级；--no-classify 则不处理"},
     .fallback = "on"},
    {.name = "source",
     .value = "SOURCE",
     .type = FlagType::choice,
     .doc = {"channel of records without one", "未注明渠道的记录所用的渠道"},
     .fallback = "API",
     .choices = model::source_names},
};

constexpr Example kExamples[] = {
    {"umsops ticket import tickets.csv --mapping mapping.yaml",
     {"a service desk's CSV; a second run changes nothing", "导入服务台的 CSV；再次运行不会有变化"}},
    {"umsops ticket import tickets.jsonl -n -o json | jq .created", {"what would be created", "演练：会新建多少条"}},
    {"head -5 tickets.jsonl | umsops ticket import - --format jsonl --continue-on-error --rejects rejects.jsonl",
     {"from a pipe, keeping the good records", "从管道导入，保留正确的记录"}},
};

constexpr int kExits[] = {4, 5, 6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTicketImport{
    .path = "ticket import",
    .summary = {"import tickets from a file", "从文件导入工单"},
    .description =
        {"Reads CSV (with commas, semicolons, tabs or bars), TSV, JSON lines or JSON and stores the records: all or "
         "nothing, unless --continue-on-error keeps "
         "the good ones. Records are recognised by id, number, key, or else their content: importing a file twice "
         "changes nothing. What 'ticket export' writes comes back as it was, history and attachments included. A link "
         "to a ticket that is neither here nor in the file is an error; with --continue-on-error only the link is "
         "rejected, as a record that can be imported later.",
         "读取 CSV、TSV、JSON Lines 或 JSON 并保存：默认全部成功或全部不做；--continue-on-error "
         "保留正确的记录。记录按内部编号、工单编号、键或内容识别，因此重复导入同一文件不会有变化。ticket export "
         "的输出可原样导回，包括历史和附件。关联的工单若既不在数据文件中也不在导入文件中则报错；使用 "
         "--continue-on-error "
         "时仅拒绝该关联，并写成可稍后导入的记录。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_import,
};

}  // namespace umsops::cli
