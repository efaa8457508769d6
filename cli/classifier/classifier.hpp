// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/flags.hpp"
#include "umsops/base/interval.hpp"
#include "umsops/desk/classifier_desk.hpp"
#include "umsops/desk/model_file.hpp"
#include "umsops/format/reader.hpp"

/// What the verbs of the classifier share.
namespace umsops::cli::classifier {

/// Where the model is, or would be: --model, the setting, or beside the store. What --model names is believed.
desk::ModelFile file_of(Env& env, Call const& call);
/// The model of the call. Throws `classifier.none` where there is none, `classifier.unfit`.
std::shared_ptr<learn::Model const> model_of(Env& env, Call const& call);

/// A file of texts, record by record.
class TextFile {
 public:
  /// `path`: a file, or `-`. What it is made of is said by --format, its name, or its first byte.
  TextFile(Call const& call, std::string path);

  struct Record {
    std::int64_t line = 0;
    std::string title, body, id;
    base::Value object;  ///< with all its members; null of plain lines
  };
  /// Throws `classifier.record` for one that cannot be read, `classifier.column` where no column is a text.
  std::optional<Record> next();
  std::string const& path() const { return path_; }
  /// Names of the columns, or members, of the first record.
  std::vector<std::string> const& columns() const { return columns_; }
  /// The column of labels where nobody names one: by its name, or as the only other one. Throws `classifier.column`.
  std::string label_column() const;
  [[noreturn]] void refuse(std::int64_t line, std::string const& problem) const;
  [[noreturn]] void refuse_column(char const* what, char const* flag) const;

 private:
  std::optional<Record> next_line();
  void fill();
  void find_columns(base::Value const& object);
  std::string text_of(base::Value const& object, std::string const& column, std::int64_t line) const;

  std::string path_;
  std::optional<std::string> title_, body_, id_;  ///< columns
  bool asked_ = false;                            ///< --text or --title said which
  std::vector<std::string> columns_;
  std::unique_ptr<format::RecordReader> reader_;
  format::ByteSource lines_;  ///< of plain text
  std::string buffer_;
  std::size_t at_ = 0;  ///< in the buffer: the next line
  std::int64_t line_ = 0;
  bool ended_ = false;
};

/// Texts and labels of --from, or else of the desk's own tickets and incidents.
desk::LearningTexts texts_of(Env& env, Call const& call);
/// --where for each kind of record; targets of incidents go where it speaks of what they do not have.
desk::WhichRecords which_records(Env& env, Call const& call, std::vector<std::string>& targets);
/// Leaves out what too few people spoke of, with a word on standard error, unless it was asked for. Throws
/// `classifier.too_little` where nothing is left.
void drop_poor_lessons(Env& env, Call const& call, desk::LearningTexts& texts);
unsigned threads_of(Call const& call);
/// The target of that name, by index. Throws `usage.bad_value` with the known ones.
std::size_t target_named(learn::Model const& model, std::string const& name, char const* flag);
/// --threshold, from 0 to 1.
std::optional<double> threshold_of(Call const& call);

/// A share in per cent, `87.3 %`; of nothing `-`.
std::string percent(std::uint64_t part, std::uint64_t whole);
base::Interval interval(std::uint64_t part, std::uint64_t whole);
double rounded(double value);
/// As documents have it: accuracy with its interval, macro F1 and so on.
base::Value value_of(learn::Quality const& quality);

std::span<std::string_view const> input_names();

inline constexpr Flag kModel{.name = "model",
                             .value = "FILE",
                             .type = FlagType::file,
                             .doc = {"this model in place of the configured one", "用此模型代替所配置的"},
                             .offer = offer::files};
inline constexpr Flag kFrom{.name = "from",
                            .value = "FILE",
                            .type = FlagType::file,
                            .doc = {"learn from this file (csv, tsv, jsonl, json) in place of the desk's records",
                                    "从此文件（csv、tsv、jsonl、json）学习，不用数据库中的记录"},
                            .offer = offer::files};
inline constexpr Flag kText{
    .name = "text",
    .value = "COLUMN",
    .type = FlagType::text,
    .doc = {"column or member with the text; default: the first of text, description, body, document, content, message",
            "正文所在的列或成员；缺省依次取 text、description、body、document、content、message"}};
inline constexpr Flag kTitleColumn{
    .name = "title",
    .letter = 't',
    .value = "COLUMN",
    .type = FlagType::text,
    .doc = {"column with the title; default: title, subject, summary or name, unless --text is given",
            "标题所在的列；未给 --text 时缺省取 title、subject、summary 或 name"}};
inline constexpr Flag kLabel{
    .name = "label",
    .value = "[TARGET=]COLUMN",
    .type = FlagType::text,
    .doc = {"column with the label, and what it teaches; default: label, category, class, intent, topic, type, or the "
            "only other column",
            "标签所在的列及其目标；缺省取 label、category、class、intent、topic、type，或仅剩的另一列"},
    .repeatable = true};
inline constexpr Flag kFormat{
    .name = "format",
    .value = "FORMAT",
    .type = FlagType::choice,
    .doc = {"csv, tsv, jsonl, json, or text: one a line", "文件格式 csv、tsv、jsonl、json，或 text（每行一条）"},
    .fallback = "by the file's name",
    .choices = input_names};
inline constexpr Flag kTargets{
    .name = "targets",
    .value = "FIELD,...",
    .type = FlagType::texts,
    .doc = {"what to learn: category, subcategory, priority, assignee_id, team, attributes.NAME of tickets, "
            "incident.type, "
            "incident.category",
            "学习的字段：工单的 category、subcategory、priority、assignee_id、team、attributes.名称，事件的 "
            "incident.type、incident.category"},
    .fallback = "all that enough people spoke of"};
inline constexpr Flag kApply{.name = "apply",
                             .value = "TARGET",
                             .type = FlagType::text,
                             .doc = {"its answers become values of new records", "其判断直接成为新记录的取值"},
                             .fallback = "all but priority, assignee_id",
                             .repeatable = true};
inline constexpr Flag kSuggest{.name = "suggest",
                               .value = "TARGET",
                               .type = FlagType::text,
                               .doc = {"its answers are only recorded", "其判断仅作记录供参考"},
                               .fallback = "priority, assignee_id",
                               .repeatable = true};
inline constexpr Flag kThreshold{.name = "threshold",
                                 .value = "P",
                                 .type = FlagType::text,
                                 .doc = {"answer from this probability on, 0 to 1", "概率达到多少才作答，0 到 1"},
                                 .fallback = "0.5"};
inline constexpr Flag kThreads{.name = "threads",
                               .value = "N",
                               .type = FlagType::integer,
                               .doc = {"work on so many processors at once", "并行线程数"},
                               .fallback = "all, at most 8"};

}  // namespace umsops::cli::classifier
