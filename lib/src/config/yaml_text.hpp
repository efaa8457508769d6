// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/base/error.hpp"

namespace umsops::config {

/// `yaml.invalid` at a place of a file.
base::Error yaml_error(std::string_view file, std::size_t line, std::size_t column, std::string problem);

/// The text as the parser may see it: no byte order mark, LF line ends, checked to be UTF-8 without control characters,
/// directives or tabs before a line's first word. It ends with a comment line, because a quote that is left open is
/// closed without a word by a newline at the end of the text. Throws `yaml.invalid`.
std::string clean_yaml(std::string_view text, std::string_view file, std::size_t max_bytes);

}  // namespace umsops::config
