// SPDX-License-Identifier: Apache-2.0
#include "cli/record/import.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <utility>

#include "cli/exit_code.hpp"
#include "cli/files.hpp"
#include "cli/outcome.hpp"
#include "cli/progress.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/progress.hpp"
#include "umsops/config/rule_files.hpp"
#include "umsops/desk/fitted_source.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;

constexpr std::string_view kSchema = "umsops.import.summary/v1";
constexpr std::string_view kFormats[] = {"csv", "tsv", "jsonl", "json"};
constexpr std::string_view kModes[] = {"create", "upsert", "ignore"};
constexpr int kRejectsTold = 10;

format::InputFormat format_of(Call const& call, std::string const& file) {
  if (auto const name = call.text("format")) return *format::parse_input_format(*name);
  auto const guessed = format::guess_input_format(file);
  if (!guessed) call.missing("--format");
  return *guessed;
}

/// Takes off the apostrophes that an export put before formulas. In CSV of others they are what people wrote: an export
/// has all three of these columns.
void take_marks_off(Value& record, std::string_view number) {
  auto* const members = record.get_if<Value::Object>();
  for (std::string_view const column : {std::string_view("id"), number, std::string_view("rev")}) {
    if (!members || !record.find(column)) return;
  }
  for (auto& [name, value] : *members) {
    if (format::is_marked_formula(value.text())) value = std::string(value.text().substr(1));
  }
}

/// The records of the file.
desk::ImportSource records_of(std::shared_ptr<format::RecordReader> reader, bool marked, std::string_view number) {
  return [reader = std::move(reader), marked, number]() -> std::optional<desk::ImportRecord> {
    auto record = reader->next();
    if (!record) return std::nullopt;
    if (marked) take_marks_off(record->object, number);
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
  if (call.has("encoding") || call.on("continue-on-error") || call.on("clean")) return [](std::string_view) {};
  return [format, delimiter = delimiter_of(call, format), first = true](std::string_view piece) mutable {
    if (auto const nul = piece.find('\0'); nul != std::string_view::npos) {
      throw base::Error(base::errors::text_invalid,
                        {{"what", "standard input"}, {"problem", "NUL"}, {"offset", std::to_string(nul)}});
    }
    auto const whole = std::exchange(first, false) ? piece.rfind('\n') : std::string_view::npos;
    if (whole == std::string_view::npos || format == format::InputFormat::json || format == format::InputFormat::ldif)
      return;
    auto bytes = [text = std::string(piece.substr(0, whole + 1)), at = std::size_t{0}](char* into,
                                                                                       std::size_t most) mutable {
      auto const size = std::min(most, text.size() - at);
      std::copy_n(text.data() + at, size, into);
      at += size;
      return size;
    };
    auto const record =
        format::record_reader(std::move(bytes), format, "-", {format::kLongestRecordWithFiles, delimiter})->next();
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

/// Counts what has been read of a file whose size is known: how many records it has nobody can tell before its end, but
/// how many of those that are read lie in a byte.
class Share {
 public:
  explicit Share(std::string const& file) {
    std::error_code failure;
    auto const size = std::filesystem::file_size(file, failure);
    if (!failure) size_ = static_cast<double>(size);
  }
  format::ByteSource counted(format::ByteSource source) {
    return [this, source = std::move(source)](char* into, std::size_t most) {
      auto const got = source(into, most);
      read_ += static_cast<std::int64_t>(got);
      return got;
    };
  }
  void step(std::int64_t records) const {
    base::progress.done = records;
    double const read = static_cast<double>(read_.load());
    if (size_ > 0 && read > 0)
      base::progress.total = static_cast<std::int64_t>(static_cast<double>(records) * size_ / read);
  }

 private:
  double size_ = 0;
  std::atomic<std::int64_t> read_{0};  ///< by the thread that reads ahead
};

/// `result`: imported, or stopped before the end.
void write_summary(Env& env, desk::ImportSummary const& summary, char const* result) {
  if (env.human()) {
    env.out().write(env.phrase(Phrase::import_summary, {{"read", std::to_string(summary.read)},
                                                        {"created", std::to_string(summary.created)},
                                                        {"updated", std::to_string(summary.updated)},
                                                        {"unchanged", std::to_string(summary.unchanged)},
                                                        {"rejected", std::to_string(summary.rejected)}}) +
                    (summary.left ? ", " + env.phrase(Phrase::import_left, {{"count", std::to_string(*summary.left)}})
                                  : std::string()) +
                    "\n");
    if (summary.dry_run) env.tell(env.phrase(Phrase::dry_run));
    return;
  }
  auto const style = env.style("");
  if (style.format == format::Format::id) return;
  Value::Object document{{"schema", kSchema},
                         {"result", result},
                         {"dry_run", summary.dry_run},
                         {"read", summary.read},
                         {"created", summary.created},
                         {"updated", summary.updated},
                         {"unchanged", summary.unchanged},
                         {"rejected", summary.rejected}};
  if (summary.left) document.emplace_back("left", *summary.left);
  format::write_document(env.out(), style, std::move(document));
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
                               Rejects& rejects, TakeRecords const& take) {
  desk::ImportSummary stored;
  options.committed = [&](desk::ImportSummary const& summary) {
    stored = summary;
    if (!summary.dry_run) env.out().told().count(summary.created + summary.updated);
  };
  try {
    return take(records, options);
  } catch (base::Error const&) {
    if (stored.read == 0) throw;
    rejects.commit();
    write_summary(env, stored, "stopped");
    env.out().flush();
    throw;
  }
}

}  // namespace

std::span<std::string_view const> import_formats() { return kFormats; }
std::span<std::string_view const> import_modes() { return kModes; }

int run_import(Kind const& kind, Env& env, Call const& call, MapRecords const& map, TakeRecords const& take) {
  std::string const file = call.words.empty() ? "-" : call.words[0];
  auto options = options_of(env, call, file);
  Share share(file);
  // A wrong name is told before a missing flag.
  auto bytes = file == "-" ? format::ByteSource() : share.counted(open_source(file));
  auto const format = format_of(call, file);
  std::optional<model::ImportMapping> mapping;
  if (auto const path = call.text("mapping")) mapping = config::read_mapping(*path, kind.type());
  (void)env.style("");
  if (file == "-") bytes = spool_input(first_look(call, format));
  if (auto const encoding = call.text("encoding")) bytes = format::decode(std::move(bytes), *encoding, file);
  Rejects rejects(env, file, call.text("rejects"));
  Progress const waiting(env);
  options.rejected = [&](desk::ImportRecord const& record, base::Error const& error) { rejects.add(record, error); };
  options.progress = [&](std::int64_t records) { share.step(records); };
  bool const clean = call.on("clean");
  format::ReadOptions const reading{format::kLongestRecordWithFiles, delimiter_of(call, format),
                                    mapping ? mapping->list : std::string(), clean};
  auto records = records_of(format::record_reader(std::move(bytes), format, file, reading),
                            format == format::InputFormat::csv && !mapping, kind.number);
  bool const is_log = mapping && mapping->events;
  if (mapping) records = map(std::move(records), *mapping, options);
  std::int64_t fitted = 0;
  if (clean && !is_log) records = desk::fitted(std::move(records), kind.type(), fitted);
  auto const summary = import_all(env, records, options, rejects, take);
  rejects.commit();
  write_summary(env, summary, "imported");
  if (fitted > 0) env.remark(env.phrase(Phrase::titles_fitted, {{"count", std::to_string(fitted)}}));
  if (summary.rejected == 0) return 0;
  env.out().flush();
  throw rejects.partial(summary);
}

}  // namespace umsops::cli::record
