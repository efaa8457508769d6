// SPDX-License-Identifier: Apache-2.0
// The entry of libFuzzer, which brings its own main.
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  umsops::fuzz::one_input({reinterpret_cast<char const*>(data), size});
  return 0;
}
