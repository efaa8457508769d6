// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/base/time_zone.hpp"

namespace umsops::format {

enum class Format { table, wide, json, jsonl, csv, tsv, yaml, md, id, env, tpl };
std::span<std::string_view const> format_names();
std::optional<Format> parse_format(std::string_view name);

/// Destination of bytes; a failed write throws `output.failed`, a closed pipe `ClosedPipe`.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::string_view bytes) = 0;
  virtual void flush() = 0;
};

/// The reader of our output closed the pipe: the normal end of `| head`.
struct ClosedPipe {};

/// How to print.
struct Style {
  Format format = Format::table;
  std::vector<std::string> fields;  ///< -F, in the order asked; empty: the format's own choice; `*`: all
  base::Language language = base::Language::en;
  base::TimeZone zone;  ///< of times in tables; machine formats are always UTC
  bool color = false;
  bool terminal = false;  ///< tables are cut to `width` only on a terminal
  int width = 80;
  int ambiguous_width = 1;
  bool header = true;
  bool csv_safe = false;     ///< formula cells get a leading apostrophe
  bool csv_returns = false;  ///< an import is to give it back: where it would take an apostrophe off, one more is put
  bool csv_bom = false;
  std::string id_field;  ///< the column that `-o id` and `-q` print
  char end = '\n';       ///< behind each id and each filled template: NUL for `xargs -0`
  std::string shape;     ///< of `-o tpl`: a mustache template, as `checked_template` gives it
};

/// Holds a template against the members that answers of this schema have: what is spelt wrong would be filled with
/// nothing. Gives it with all names in full, as `Style::shape` takes it; `source` is where it stands, for the error.
/// Throws `usage.bad_value`, `field.unknown`.
std::string checked_template(std::string_view text, std::string const& source, std::string_view schema);

/// The end of a list.
struct Closing {
  bool truncated = false;
  std::string next;
  std::vector<std::pair<std::string, base::Value>> further;  ///< more members of the JSON envelope
};

/// Writes records of one type, one by one and in constant memory where the format allows (json, jsonl, csv, tsv, yaml,
/// md, id, env, tpl; a table holds its rows). `-F` may reach into objects: `attributes.host`.
class RecordWriter {
 public:
  virtual ~RecordWriter() = default;
  virtual void row(base::Row const& row) = 0;
  virtual void end(Closing const& closing) = 0;
};

/// A list. In JSON: {"schema":…,"items":[…],"count":n,"truncated":…,"next":…}. An empty list writes no table at all.
/// `fields` lists what each row holds; throws `field.unknown` for a wrong -F.
std::unique_ptr<RecordWriter> list_writer(Sink& sink, Style const& style, std::string_view schema,
                                          std::string_view noun, std::span<base::Field const> fields);

/// Writes objects of any shape one by one, each whole in a call: in JSON and YAML {"schema":…,"items":[…],"count":n,
/// `further` members…}, in jsonl the bare objects.
class ItemWriter {
 public:
  virtual ~ItemWriter() = default;
  virtual void item(base::Value const& item) = 0;
  virtual void end(base::Value::Object const& further) = 0;
};
/// `format` is json, yaml or jsonl.
std::unique_ptr<ItemWriter> item_writer(Sink& sink, Format format, std::string_view schema);

/// One record: in JSON one flat object, {"schema":…, `first` members…, the record's members…, `last` members…}; with -F
/// only the chosen record members beside the others. In a table a block of `field  value` lines (absent values left
/// out; objects and lists as indented text, then `last` members in the same way). In jsonl the object without "schema".
void write_record(Sink& sink, Style const& style, std::string_view schema, std::string_view noun,
                  std::span<base::Field const> fields, base::Row const& row, base::Value::Object const& first = {},
                  base::Value::Object const& last = {});

/// Any value as JSON or YAML (other formats: YAML), for answers that are not records.
void write_document(Sink& sink, Style const& style, base::Value const& document);

/// `{"schema":"umsops.error/v1","error":{…}}`.
base::Value error_document(base::Error const& error, int exit_code, base::Language language);

/// One CSV cell per RFC 4180. No other code quotes cells.
std::string csv_cell(std::string_view text);
/// Whether the cell is a formula that an apostrophe disarms, `'=1+1`: an import of our own CSV takes it off.
bool is_marked_formula(std::string_view cell);
/// POSIX single quotes. No other code quotes for a shell.
std::string shell_quote(std::string_view text);

}  // namespace umsops::format
