# SPDX-License-Identifier: Apache-2.0
# What every target of ours is compiled with: warnings, hardening, sanitizers, reproducible paths.
add_library(umsops_flags INTERFACE)
target_compile_options(umsops_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Wimplicit-fallthrough
  # GCC 12 sees overlaps that are not there in std::string concatenations (its bug 105329) under -Wrestrict.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-missing-field-initializers> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${UMSOPS_WERROR}>:-Werror>
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. -ffile-prefix-map=${PROJECT_BINARY_DIR}=build
  -fstack-protector-strong -fstack-clash-protection -fcf-protection)
target_compile_definitions(umsops_flags INTERFACE
  _GLIBCXX_ASSERTIONS $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=3>)
target_link_options(umsops_flags INTERFACE -Wl,-z,relro,-z,now)
if(UMSOPS_SANITIZE)
  target_compile_options(umsops_flags INTERFACE -fsanitize=${UMSOPS_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all -U_FORTIFY_SOURCE -g1)
  # Moved to another address, what the sanitizers know of each variable would be written anew at every start: two thirds
  # of the half second that one takes, and tests start the program thousands of times.
  target_link_options(umsops_flags INTERFACE -fsanitize=${UMSOPS_SANITIZE}
    $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>)
endif()
