// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "umsops/format/output.hpp"
#include "umsops/format/reader.hpp"

namespace umsops::format {
namespace {

// In the order of the enumerators.
constexpr std::array<std::string_view, 11> kFormats{"table", "wide", "json", "jsonl", "csv", "tsv",
                                                    "yaml",  "md",   "id",   "env",   "tpl"};

}  // namespace

std::span<std::string_view const> format_names() { return kFormats; }

std::optional<Format> parse_format(std::string_view name) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i] == name) return static_cast<Format>(i);
  }
  return std::nullopt;
}

std::optional<InputFormat> parse_input_format(std::string_view name) {
  if (name == "csv") return InputFormat::csv;
  if (name == "tsv") return InputFormat::tsv;
  if (name == "jsonl" || name == "ndjson") return InputFormat::jsonl;
  if (name == "json") return InputFormat::json;
  if (name == "ldif") return InputFormat::ldif;
  return std::nullopt;
}

std::optional<InputFormat> guess_input_format(std::string_view file) {
  std::size_t const dot = file.rfind('.');
  return dot == std::string_view::npos ? std::nullopt : parse_input_format(file.substr(dot + 1));
}

}  // namespace umsops::format
