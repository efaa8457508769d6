// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::cli {

/// From here on standard output gets nothing that a terminal would act on or people cannot see: for formats that
/// programs read, where a person looks at them. There is one standard output, and no way back.
void make_visible();

}  // namespace umsops::cli
