# SPDX-License-Identifier: Apache-2.0
# umsops_embed(TARGET target NAME name FILES file...)
# Embeds files into a target: `std::span<umsops::embedded::File const> umsops::embedded::NAME()` gives each file's name
# (without folders) and bytes, in the order given. The generated source depends on the files.
function(umsops_embed)
  cmake_parse_arguments(ARG "" "TARGET;NAME" "FILES" ${ARGN})
  set(out "${PROJECT_BINARY_DIR}/lib/generated/embedded_${ARG_NAME}.cpp")
  add_custom_command(OUTPUT "${out}"
    COMMAND ${CMAKE_COMMAND} -D "OUT=${out}" -D "NAME=${ARG_NAME}" -D "FILES=${ARG_FILES}"
            -P "${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake"
    DEPENDS ${ARG_FILES} "${PROJECT_SOURCE_DIR}/cmake/EmbedFiles.cmake" VERBATIM)
  target_sources(${ARG_TARGET} PRIVATE "${out}")
endfunction()
