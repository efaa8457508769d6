# SPDX-License-Identifier: Apache-2.0
# `cpack -G DEB` makes umsops, umsops-mail, libumsops0.1 and libumsops-dev; `cpack -G TGZ` a tree that needs only libc. Both pack
# what is built: a release build.
set(CPACK_PACKAGE_NAME umsops)
set(CPACK_PACKAGE_VENDOR "The umsops authors")
set(UMSOPS_MAINTAINER "The umsops maintainers <maintainers@umsops.example>" CACHE STRING "Who answers for the packages")
set(CPACK_PACKAGE_CONTACT "${UMSOPS_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package says its own
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_THREADS 0)
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/cmake/PackageKinds.cmake")
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/PackageStaged.cmake")
set(CPACK_UMSOPS_SOURCE "${PROJECT_SOURCE_DIR}")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
  WORLD_READ WORLD_EXECUTE)

set(debian "${PROJECT_SOURCE_DIR}/cmake/packaging/debian")
set(soversion "${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}")
set(CPACK_DEBIAN_PACKAGE_RELEASE 1~deb12)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME umsops)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS adduser)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS "tzdata, umsops-mail")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "jq, libpq5 (>= 13), postgresql-client, bash-completion")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/packaging/postinst"
  "${PROJECT_BINARY_DIR}/packaging/prerm" "${PROJECT_BINARY_DIR}/packaging/postrm")
foreach(script postinst prerm postrm)
  configure_file("${debian}/umsops.${script}" "${PROJECT_BINARY_DIR}/packaging/${script}" COPYONLY)
endforeach()
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "tickets, incidents and knowledge of an identity platform's team
A desk without a server: user tickets, incident response, a knowledge base
and reports, from the command line, scripts, mail and alerts. The store is
one file, or a schema of a PostgreSQL server.

For the time-driven work there is a timer of systemd, umsops-tick.timer. It
is not started before there is a desk: see umsops init.")

set(CPACK_DEBIAN_MAIL_PACKAGE_NAME umsops-mail)
set(CPACK_DEBIAN_MAIL_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_MAIL_PACKAGE_DEPENDS "umsops (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_COMPONENT_MAIL_DESCRIPTION "helpers of umsops that read mail and send messages
What 'umsops ticket intake mail' reads messages with, and what carries the
messages of the outbox to mail servers and web addresses.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME "libumsops${soversion}")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
configure_file("${debian}/libumsops.triggers" "${PROJECT_BINARY_DIR}/packaging/triggers" COPYONLY)
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/packaging/shlibs" CONTENT "libumsops ${soversion} libumsops${soversion}\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/packaging/triggers"
  "${PROJECT_BINARY_DIR}/packaging/shlibs")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "tickets, incidents and knowledge of an identity platform's team: library
What the program umsops does, as a library for programs of others.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libumsops-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "libumsops${soversion} (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_COMPONENT_DEV_DESCRIPTION "tickets, incidents and knowledge of an identity platform's team: headers
Headers of libumsops, and what find_package(umsops) of CMake reads.")

include(CPack)
