# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where; tests/contract/installed.txt is the expected list. Components: `program` needs nothing but
# libc, `mail` what reads and sends messages, `library` and `dev` are for programs of others. Everything is found from where
# the program lies, so that the installed tree can be moved.
include(CMakePackageConfigHelpers)

set(UMSOPS_BASH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" CACHE STRING "For bash")
set(UMSOPS_ZSH_FUNCTION_DIR "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" CACHE STRING "For zsh")
set(UMSOPS_FISH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" CACHE STRING "For fish")
set(UMSOPS_SYSTEM_UNIT_DIR "lib/systemd/system" CACHE STRING "For units of the system")
set(UMSOPS_USER_UNIT_DIR "${CMAKE_INSTALL_DATADIR}/systemd/user" CACHE STRING "For units of users")

set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
install(TARGETS umsops RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(TARGET umsops_twin)
  install(TARGETS umsops_twin RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/umsops")
endif()
install(TARGETS umsops_markdown_helper umsops_step_helper RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/umsops")
install(TARGETS umsops_mail_helper umsops_send_helper RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/umsops" COMPONENT mail)

set_target_properties(umsops_shared PROPERTIES EXCLUDE_FROM_ALL OFF)
install(TARGETS umsops_shared EXPORT umsops-targets
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library NAMELINK_COMPONENT dev)
install(DIRECTORY lib/include/umsops DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT dev)
install(EXPORT umsops-targets NAMESPACE umsops:: DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops" COMPONENT dev)
configure_package_config_file(cmake/umsops-config.cmake.in "${PROJECT_BINARY_DIR}/umsops-config.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/umsops-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/umsops-config.cmake" "${PROJECT_BINARY_DIR}/umsops-config-version.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops" COMPONENT dev)

install(DIRECTORY man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" FILES_MATCHING PATTERN "*.1" PATTERN "zh_CN" EXCLUDE)
install(DIRECTORY man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man5" FILES_MATCHING PATTERN "*.5" PATTERN "zh_CN" EXCLUDE)
install(DIRECTORY man/zh_CN/ DESTINATION "${CMAKE_INSTALL_MANDIR}/zh_CN/man1" FILES_MATCHING PATTERN "*.1")
install(DIRECTORY man/zh_CN/ DESTINATION "${CMAKE_INSTALL_MANDIR}/zh_CN/man5" FILES_MATCHING PATTERN "*.5")
install(FILES completions/umsops.bash DESTINATION "${UMSOPS_BASH_COMPLETION_DIR}" RENAME umsops)
install(FILES completions/_umsops DESTINATION "${UMSOPS_ZSH_FUNCTION_DIR}")
install(FILES completions/umsops.fish DESTINATION "${UMSOPS_FISH_COMPLETION_DIR}")
install(DIRECTORY cmake/packaging/systemd/system/ DESTINATION "${UMSOPS_SYSTEM_UNIT_DIR}")
install(DIRECTORY cmake/packaging/systemd/user/ DESTINATION "${UMSOPS_USER_UNIT_DIR}")
install(FILES cmake/packaging/systemd/umsops.sysusers DESTINATION lib/sysusers.d RENAME umsops.conf)
install(FILES cmake/packaging/systemd/umsops.tmpfiles DESTINATION lib/tmpfiles.d RENAME umsops.conf)
install(DIRECTORY schemas DESTINATION "${CMAKE_INSTALL_DATADIR}/umsops" FILES_MATCHING PATTERN "*.json")
install(DIRECTORY examples DESTINATION "${CMAKE_INSTALL_DOCDIR}" USE_SOURCE_PERMISSIONS)
install(FILES README.md INSTALL.md CHANGELOG.md SECURITY.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")

add_custom_target(uninstall COMMENT "Removing what was installed last"
  COMMAND "${CMAKE_COMMAND}" "-DBUILD=${PROJECT_BINARY_DIR}" -P "${PROJECT_SOURCE_DIR}/cmake/Uninstall.cmake" VERBATIM)
