# SPDX-License-Identifier: Apache-2.0
# umsops_room(NAME room SOURCES file... [USES room...] [LIBS target...])
# One room of the library: its sources compiled once, position-independent, for the binary and the shared library alike.
# USES lists the rooms below it; LIBS the foreign libraries that it owns.
function(umsops_room)
  cmake_parse_arguments(ARG "" "NAME" "SOURCES;USES;LIBS" ${ARGN})
  set(target umsops_${ARG_NAME})
  add_library(${target} OBJECT ${ARG_SOURCES})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET default)
  target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/lib/include" "${PROJECT_SOURCE_DIR}/lib/src"
    "${PROJECT_BINARY_DIR}/lib/generated")
  target_link_libraries(${target} PRIVATE umsops_flags ${ARG_LIBS})
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(${target} PRIVATE umsops_${used}_headers)
  endforeach()
  # What a program needs to link this room alone (unit tests): its objects, those of the rooms below, the libraries.
  add_library(umsops_${ARG_NAME}_headers INTERFACE)
  add_library(umsops_${ARG_NAME}_all INTERFACE)
  target_sources(umsops_${ARG_NAME}_all INTERFACE $<TARGET_OBJECTS:${target}>)
  target_include_directories(umsops_${ARG_NAME}_all INTERFACE "${PROJECT_SOURCE_DIR}/lib/include"
    "${PROJECT_SOURCE_DIR}/lib/src")
  target_link_libraries(umsops_${ARG_NAME}_all INTERFACE ${ARG_LIBS})
  foreach(used IN LISTS ARG_USES)
    target_link_libraries(umsops_${ARG_NAME}_all INTERFACE umsops_${used}_all)
  endforeach()
endfunction()
