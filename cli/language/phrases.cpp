// SPDX-License-Identifier: Apache-2.0
#include "cli/language/phrases.hpp"

namespace umsops::cli {

namespace {

constexpr Text kPhrases[] = {
#define UMSOPS_PHRASE(name, en, zh) {en, zh},
#include "cli/language/phrases.def"
#undef UMSOPS_PHRASE
};

std::string_view value_of(Fill const& fill, std::string_view name) {
  for (auto const& [key, value] : fill) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

std::span<Text const> phrases() { return kPhrases; }

std::string say(Phrase phrase, base::Language language, Fill const& fill) {
  std::string_view pattern = kPhrases[static_cast<std::size_t>(phrase)].in(language);
  std::string out;
  while (!pattern.empty()) {
    auto const open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    auto const close = pattern.find('}', open);
    out += value_of(fill, pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
  return out;
}

base::Language parse_language(std::string_view name) {
  return name.starts_with("zh") || name.starts_with("ZH") ? base::Language::zh : base::Language::en;
}

base::Language language_of(Variable const& variable) {
  for (auto const* name : {"UMSOPS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    auto const value = variable(name);
    if (value && !value->empty() && *value != "auto") return parse_language(*value);
  }
  return base::Language::en;
}

}  // namespace umsops::cli
