// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/value.hpp"

namespace umsops::base {

/// One tag of a mustache template. Comments are none.
struct MustacheTag {
  enum class Kind { value, section, inverted, end };
  Kind kind = Kind::value;
  std::string name;
  std::size_t offset = 0, length = 0;  ///< of the tag with its braces
};

/// Where a text is no template of ours.
struct MustacheFault {
  std::size_t offset = 0;
  std::string problem, suggestion;
};

/// The tags of a text in their order. Sections end in the order in which they began; unescaped values, partials and
/// other delimiters are not for templates that people bring. Throws `MustacheFault`; what `look` throws goes through.
std::vector<MustacheTag> mustache_tags(std::string_view text, std::function<void(MustacheTag const&)> const& look = {});

/// A template that `mustache_tags` let pass, read once and filled often.
class Mustache {
 public:
  using Escape = std::function<std::string(std::string const&)>;
  Mustache(std::string const& text, Escape const& escape);
  ~Mustache();
  Mustache(Mustache&&) noexcept;
  /// Sections of what is absent are left out, and so are those of an empty text and of false.
  std::string fill(Value const& facts);

 private:
  struct Page;
  std::unique_ptr<Page> page_;
};

}  // namespace umsops::base
