// SPDX-License-Identifier: Apache-2.0
#include "cli/shape.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

constexpr std::size_t kLargest = 64 << 10;

/// `\t`, `\n` and `\\` as a shell's single quotes leave them; any other backslash is one.
std::string unescaped(std::string const& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : ' ';
    if (next == 't' || next == 'n' || next == '\\') {
      out += next == 't' ? '\t' : next == 'n' ? '\n' : '\\';
      ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_of_output(Call const& call, std::string const& text) {
  auto const& flags = call.command->flags;
  bool const has_words =
      std::any_of(flags.begin(), flags.end(), [](Flag const& flag) { return flag.name == "template"; });
  return !has_words || call.text("output") == "tpl" || text.find("{{") != std::string::npos;
}

/// A command with formats of its own may have no records.
void check_fits(Call const& call) {
  auto const formats = call.command->formats == nullptr ? format::format_names() : call.command->formats();
  bool const known = std::find(formats.begin(), formats.end(), "tpl") != formats.end();
  if (known && !call.command->schema.empty()) return;
  throw base::Error(base::errors::usage_excludes,
                    {{"first", "--template"}, {"second", std::string(call.command->path)}});
}

}  // namespace

std::optional<std::string> output_template(Call const& call) {
  auto text = call.text("template");
  return text && is_of_output(call, *text) ? std::move(text) : std::nullopt;
}

std::optional<std::string> ready_words(Call const& call) {
  auto text = call.text("template");
  return text && !is_of_output(call, *text) ? std::move(text) : std::nullopt;
}

bool is_shaped(Call const& call) {
  return output_template(call) || call.has("template-file") || call.text("output") == "tpl";
}

std::string read_shape(Call const& call) {
  auto const text = output_template(call);
  if (text) call.exclude("template", "template-file");
  char const* const flag = text ? "template" : "template-file";
  call.exclude(flag, "fields");
  call.exclude(flag, "json");
  if (auto const output = call.text("output"); output && *output != "tpl" && call.has(flag))
    call.exclude(flag, "output");
  if (!call.has(flag)) call.missing("--template, --template-file");
  check_fits(call);
  if (text) return format::checked_template(unescaped(*text), "--template", call.command->schema);
  std::string const path = *call.text("template-file");
  auto read = read_whole(path, kLargest);
  if (read.ends_with('\n')) read.pop_back();  // each record ends with one anyway
  return format::checked_template(read, path, call.command->schema);
}

void check_fields(Call const& call) {
  if (!call.command->changes || !call.command->schema.ends_with(".result/v1")) return;  // others answer something else
  std::string const fields = call.text("fields").value_or("*");
  for (std::size_t at = 0; at <= fields.size();) {
    auto const comma = std::min(fields.find(',', at), fields.size());
    std::string const name = fields.substr(at, comma - at);
    at = comma + 1;
    if (name == "*") continue;
    try {
      format::checked_template("{{" + name + "}}", "-F", call.command->schema);
    } catch (base::Error& error) {
      throw error.at({});  // the flag says where
    }
  }
}

void check_null(format::Format format) {
  if (format == format::Format::id || format == format::Format::tpl) return;
  throw base::Error(
      base::errors::usage_excludes,
      {{"first", "--null"}, {"second", "-o " + std::string(format::format_names()[static_cast<std::size_t>(format)])}});
}

void check_output_version(Variable const& variable) {
  auto const version = variable("UMSOPS_OUTPUT_VERSION").value_or("");
  if (version.empty() || version == "1" || version == "v1") return;
  throw base::Error(base::errors::usage_bad_value, {{"flag", "UMSOPS_OUTPUT_VERSION"},
                                                    {"value", "'" + version.substr(0, 40) + "'"},
                                                    {"expected", "1"},
                                                    {"suggestion", "this program writes JSON of version 1"}});
}

}  // namespace umsops::cli
