// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "cli/completion/offers.hpp"
#include "umsops/base/field.hpp"

namespace umsops::cli::record {

inline constexpr Flag kFromJson{
    .name = "from-json",
    .value = "FILE|-",
    .type = FlagType::file,
    .doc = {"take the fields from one JSON object; flags win", "从一个 JSON 对象读取字段；选项优先"},
    .offer = offer::files};

/// The JSON of a file or of standard input, of a MiB at most.
base::Value read_given(std::string const& file);

/// Gives each member that a new record of that type can have: its writable fields, and those of `further`. `schema` and
/// null members say nothing. Throws `record.invalid`, with the nearest name, for any other.
void each_given(base::RecordType const& type, base::Value const& record, std::string const& file,
                std::span<std::string_view const> further,
                std::function<void(std::string_view name, base::Value const& value)> const& take);

}  // namespace umsops::cli::record
