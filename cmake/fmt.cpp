// SPDX-License-Identifier: Apache-2.0
// The compiled half of fmt, for the binary: what its header declares and leaves to a library.
#include <fmt/format-inl.h>

namespace fmt::detail {

template dragonbox::decimal_fp<float> dragonbox::to_decimal(float) noexcept;
template dragonbox::decimal_fp<double> dragonbox::to_decimal(double) noexcept;
template thousands_sep_result<char> thousands_sep_impl<char>(locale_ref);
template char decimal_point_impl(locale_ref);

}  // namespace fmt::detail
