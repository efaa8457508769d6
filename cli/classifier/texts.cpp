// SPDX-License-Identifier: Apache-2.0
// Files of texts: tables, JSON, or a text a line.
#include <algorithm>
#include <array>

#include "cli/classifier/classifier.hpp"
#include "cli/files.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::classifier {
namespace {

constexpr std::string_view kInputs[] = {"csv", "tsv", "jsonl", "json", "text"};
constexpr std::string_view kTexts[] = {"text", "description", "body", "document", "content", "message"};
constexpr std::string_view kTitles[] = {"title", "subject", "summary", "name"};
constexpr std::string_view kLabels[] = {"label", "category", "class", "intent", "topic", "type"};
constexpr std::size_t kLongestLine = 16 << 20;  ///< of it the beginning counts

/// The column of one of these names, whatever its case.
std::optional<std::string> named(std::vector<std::string> const& columns, std::span<std::string_view const> names) {
  for (auto const name : names) {
    for (auto const& column : columns) {
      if (base::ascii_lower(column) == name) return column;
    }
  }
  return std::nullopt;
}

/// A source that gives what was taken from it once more.
format::ByteSource with_beginning(std::string begun, format::ByteSource rest) {
  return [begun = std::move(begun), at = std::size_t{0}, rest = std::move(rest)](char* into, std::size_t most) mutable {
    if (at == begun.size()) return rest(into, most);
    auto const size = std::min(most, begun.size() - at);
    std::copy_n(begun.data() + at, size, into);
    at += size;
    return size;
  };
}

}  // namespace

std::span<std::string_view const> input_names() { return kInputs; }

TextFile::TextFile(Call const& call, std::string path)
    : path_(std::move(path)), title_(call.text("title")), body_(call.text("text")), id_(call.text("id")) {
  asked_ = title_ || body_;
  auto source = open_source(path_);
  auto const said = call.text("format");
  bool plain = said == "text";
  std::optional<format::InputFormat> format;
  if (said && !plain) format = format::parse_input_format(*said);
  if (!said) format = format::guess_input_format(path_);
  if (!said && !format) {
    // JSON begins with a brace; all else is a text a line.
    std::array<char, 4096> first{};
    std::string begun(first.data(), source(first.data(), first.size()));
    auto const at = begun.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (at != std::string::npos && begun[at] == '{') format = format::InputFormat::jsonl;
    plain = !format;
    source = with_beginning(std::move(begun), std::move(source));
  }
  if (plain) {
    lines_ = std::move(source);
  } else {
    reader_ = format::record_reader(std::move(source), *format, path_, {format::kLongestRecordWithFiles});
  }
}

void TextFile::refuse(std::int64_t line, std::string const& problem) const {
  throw base::Error(base::errors::classifier_record,
                    {{"file", path_}, {"record", std::to_string(line)}, {"problem", problem}});
}

void TextFile::refuse_column(char const* what, char const* flag) const {
  std::string all;
  for (auto const& column : columns_) all += (all.empty() ? "" : ", ") + column;
  throw base::Error(base::errors::classifier_column, {{"file", path_},
                                                      {"what", what},
                                                      {"columns", all.empty() ? "nothing" : base::shortened(all, 300)},
                                                      {"flag", flag}});
}

void TextFile::find_columns(base::Value const& object) {
  auto const* const members = object.get_if<base::Value::Object>();
  for (auto const& [name, value] : *members) columns_.push_back(name);
  auto const has = [&](std::optional<std::string> const& column) {
    return !column || std::find(columns_.begin(), columns_.end(), *column) != columns_.end();
  };
  if (!has(title_)) refuse_column("column of titles", "--title");
  if (!has(body_)) refuse_column("column of texts", "--text");
  if (!has(id_)) refuse_column("column of ids", "--id");
  if (!id_) id_ = named(columns_, std::array<std::string_view, 1>{"id"});
  if (asked_) return;
  title_ = named(columns_, kTitles);
  body_ = named(columns_, kTexts);
  if (!title_ && !body_ && columns_.size() == 1) body_ = columns_[0];
  if (!title_ && !body_) refuse_column("column of texts", "--text");
}

std::string TextFile::label_column() const {
  if (auto const column = named(columns_, kLabels)) return *column;
  if (columns_.size() == 2 && !(title_ && body_)) {
    std::string const& text = title_ ? *title_ : *body_;
    return columns_[columns_[0] == text ? 1 : 0];
  }
  refuse_column("column of labels", "--label");
}

std::string TextFile::text_of(base::Value const& object, std::string const& column, std::int64_t line) const {
  auto const* const value = object.find(column);
  if (!value || value->is_null()) return {};
  if (value->get_if<std::string>()) return std::string(value->text());
  if (value->get_if<base::Value::Object>() || value->get_if<base::Value::List>())
    refuse(line, column + " is not a text");
  return base::to_json(*value);
}

/// Brings the next line into the buffer; of one that is too long only its beginning.
void TextFile::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  std::array<char, 65536> piece{};
  auto const size = lines_(piece.data(), piece.size());
  ended_ = size == 0;
  auto const* const end = piece.data() + size;
  auto const* const line_end = std::find(static_cast<char const*>(piece.data()), end, '\n');
  buffer_.append(buffer_.size() < kLongestLine ? piece.data() : line_end, end);
}

std::optional<TextFile::Record> TextFile::next_line() {
  auto end = buffer_.find('\n', at_);
  while (end == std::string::npos && !ended_) {
    auto const known = buffer_.size() - at_;
    fill();
    end = buffer_.find('\n', known);
  }
  if (end == std::string::npos && at_ == buffer_.size()) return std::nullopt;
  end = std::min(end, buffer_.size());
  Record record;
  record.line = ++line_;
  record.body = buffer_.substr(at_, end - at_);
  at_ = std::min(end + 1, buffer_.size());
  if (record.body.ends_with('\r')) record.body.pop_back();
  return record;
}

std::optional<TextFile::Record> TextFile::next() {
  if (!reader_) return next_line();
  auto read = reader_->next();
  if (!read) return std::nullopt;
  if (read->error) throw base::Error(*read->error);
  if (!read->object.get_if<base::Value::Object>()) refuse(read->line, "not an object");
  if (columns_.empty()) find_columns(read->object);
  Record record;
  record.line = read->line;
  if (title_) record.title = text_of(read->object, *title_, read->line);
  if (body_) record.body = text_of(read->object, *body_, read->line);
  if (id_) record.id = text_of(read->object, *id_, read->line);
  record.object = std::move(read->object);
  return record;
}

}  // namespace umsops::cli::classifier
