# SPDX-License-Identifier: Apache-2.0
# Every foreign library, found once. umsops::dep::NAME is what rooms link. With UMSOPS_STATIC the archives are taken, so
# that a run maps no shared object at all.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 2.1 REQUIRED)

if(UMSOPS_STATIC)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
endif()

# umsops_dep(NAME header library...): two imported interfaces from a header and library names: umsops::dep::NAME for the
# binary, and umsops::dep::NAME_shared for the shared library, since Debian's archives are not position-independent
# enough for it (an archive serves both where there is no shared object).
function(umsops_dep name header)
  find_path(UMSOPS_${name}_INCLUDE "${header}" REQUIRED)
  foreach(kind "" _shared)
    add_library(umsops_dep_${name}${kind} INTERFACE)
    target_include_directories(umsops_dep_${name}${kind} SYSTEM INTERFACE "${UMSOPS_${name}_INCLUDE}")
    add_library(umsops::dep::${name}${kind} ALIAS umsops_dep_${name}${kind})
  endforeach()
  foreach(library IN LISTS ARGN)
    find_library(UMSOPS_${name}_${library} "${library}" REQUIRED)
    find_library(UMSOPS_${name}_${library}_shared NAMES "lib${library}.so" "${library}" REQUIRED)
    target_link_libraries(umsops_dep_${name} INTERFACE "${UMSOPS_${name}_${library}}")
    target_link_libraries(umsops_dep_${name}_shared INTERFACE "${UMSOPS_${name}_${library}_shared}")
  endforeach()
endfunction()

umsops_dep(json nlohmann/json.hpp)
umsops_dep(utf8proc utf8proc.h utf8proc)
target_compile_definitions(umsops_dep_utf8proc INTERFACE UTF8PROC_STATIC)
umsops_dep(nettle nettle/sha2.h nettle)
umsops_dep(sqlite SQLiteCpp/SQLiteCpp.h SQLiteCpp sqlite3)
foreach(kind "" _shared)
  target_link_libraries(umsops_dep_sqlite${kind} INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)
endforeach()
umsops_dep(yaml yaml-cpp/eventhandler.h yaml-cpp)
umsops_dep(libpq postgresql/libpq-fe.h)  # its functions are looked up at run time, by who needs a server
foreach(kind "" _shared)
  target_include_directories(umsops_dep_libpq${kind} SYSTEM INTERFACE "${UMSOPS_libpq_INCLUDE}/postgresql")
endforeach()
umsops_dep(re2 re2/re2.h re2)
target_link_libraries(umsops_dep_re2 INTERFACE Threads::Threads)

# Abseil's time library and what it stands on, in link order.
umsops_dep(time absl/time/time.h absl_time absl_time_zone absl_civil_time absl_strings absl_strings_internal
  absl_int128 absl_throw_delegate absl_raw_logging_internal absl_base absl_spinlock_wait absl_log_severity)

# Debian has fmt as a shared object alone: the binary's archive is compiled here, once, from the same headers.
umsops_dep(fmt fmt/format.h)
find_library(UMSOPS_fmt_shared NAMES libfmt.so fmt REQUIRED)
target_link_libraries(umsops_dep_fmt_shared INTERFACE "${UMSOPS_fmt_shared}")
add_library(umsops_fmt STATIC "${PROJECT_SOURCE_DIR}/cmake/fmt.cpp")
set_target_properties(umsops_fmt PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_link_libraries(umsops_fmt PRIVATE umsops_flags)
target_link_libraries(umsops_dep_fmt INTERFACE umsops_fmt)

# Headers only; cmake/setup.sh takes them out of Debian's package into build/deps.
umsops_dep(valijson valijson/validator.hpp)

umsops_dep(mustache kainjow/mustache.hpp)

# Sends, in a helper program of its own: it drags in a library of encryption and a dozen others.
umsops_dep(curl curl/curl.h)
find_library(UMSOPS_curl_library NAMES libcurl.so curl REQUIRED)
target_link_libraries(umsops_dep_curl INTERFACE "${UMSOPS_curl_library}")

# Reads mail, in a helper program of its own: a shared object, since GLib starts itself up in one.
pkg_check_modules(UMSOPS_GMIME REQUIRED gmime-3.0)
umsops_dep(gmime gmime-3.0/gmime/gmime.h)
target_include_directories(umsops_dep_gmime SYSTEM INTERFACE ${UMSOPS_GMIME_INCLUDE_DIRS})
target_link_directories(umsops_dep_gmime INTERFACE ${UMSOPS_GMIME_LIBRARY_DIRS})
foreach(library IN LISTS UMSOPS_GMIME_LIBRARIES)
  target_link_libraries(umsops_dep_gmime INTERFACE "-l${library}")
endforeach()

# Makes HTML of Markdown, in a helper program of its own.
umsops_dep(cmark cmark-gfm.h cmark-gfm-extensions cmark-gfm)
