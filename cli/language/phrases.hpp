// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/registry.hpp"

namespace umsops::cli {

/// Words of the command line itself that are no error and no help text of a command.
enum class Phrase {
#define UMSOPS_PHRASE(name, en, zh) name,
#include "cli/language/phrases.def"
#undef UMSOPS_PHRASE
};

std::span<Text const> phrases();

using Fill = std::vector<std::pair<std::string_view, std::string>>;
/// The words in this language, `{name}` replaced.
std::string say(Phrase phrase, base::Language language, Fill const& fill = {});

using Variable = std::function<std::optional<std::string>(std::string const&)>;
/// UMSOPS_LANG, LC_ALL, LC_MESSAGES, LANG: the first that is not empty decides.
base::Language language_of(Variable const& variable);
/// `zh`, `zh_CN.UTF-8` and the like are Chinese; all else is English.
base::Language parse_language(std::string_view name);

}  // namespace umsops::cli
