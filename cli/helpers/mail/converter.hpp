// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iconv.h>

#include <string>
#include <string_view>

namespace umsops::mail_helper {

/// One open converter to UTF-8.
class Converter {
 public:
  explicit Converter(std::string const& charset);
  ~Converter();
  Converter(Converter const&) = delete;
  Converter& operator=(Converter const&) = delete;

  bool known() const { return handle_ != iconv_t(-1); }

  /// Appends to `out`. What the charset does not have becomes U+FFFD. False: there was such.
  bool convert(std::string_view bytes, std::string& out);

 private:
  iconv_t handle_ = iconv_t(-1);
};

}  // namespace umsops::mail_helper
