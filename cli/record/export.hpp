// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// Takes one record: its fields, and all that is known of it as `import` takes it back, which is asked for only where
/// the format has a place for it. False: no more of them.
using WriteWhole = std::function<bool(base::Row row, std::function<base::Value()> const& whole)>;
/// Gives the records of the query one by one.
using EachWhole = std::function<desk::ListEnd(query::Query const&, WriteWhole const&)>;

/// `jsonl`, `json`, `csv`.
std::span<std::string_view const> export_formats();
inline constexpr Flag kExportFormat{
    .name = "format",
    .value = "FORMAT",
    .type = FlagType::choice,
    .doc = {"jsonl and json are complete; csv has the fields alone", "jsonl 和 json 为完整内容；csv 仅含字段"},
    .fallback = "jsonl",
    .choices = export_formats};
/// `export`: the records that the flags leave, to standard output or to the file of --output-file.
int write_export(Kind const& kind, Env& env, Call const& call, EachWhole const& records);

}  // namespace umsops::cli::record
