# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` puts where; tests/contract/installed.txt is the expected list.
include(CMakePackageConfigHelpers)

set(UMSOPS_BASH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" CACHE STRING "For bash")
set(UMSOPS_ZSH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions" CACHE STRING "For zsh")
set(UMSOPS_FISH_COMPLETION_DIR "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" CACHE STRING "For fish")

install(TARGETS umsops RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(TARGET umsops_twin)
  install(TARGETS umsops_twin RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/umsops")
endif()
install(TARGETS umsops_mail_helper umsops_markdown_helper umsops_send_helper umsops_step_helper
  RUNTIME DESTINATION "${CMAKE_INSTALL_LIBEXECDIR}/umsops")
set_target_properties(umsops_shared PROPERTIES EXCLUDE_FROM_ALL OFF)
install(TARGETS umsops_shared EXPORT umsops-targets LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY lib/include/umsops DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT umsops-targets NAMESPACE umsops:: DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops")
configure_package_config_file(cmake/umsops-config.cmake.in "${PROJECT_BINARY_DIR}/umsops-config.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/umsops-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/umsops-config.cmake" "${PROJECT_BINARY_DIR}/umsops-config-version.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/umsops")

install(DIRECTORY man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" FILES_MATCHING PATTERN "*.1")
install(DIRECTORY man/ DESTINATION "${CMAKE_INSTALL_MANDIR}/man5" FILES_MATCHING PATTERN "*.5")
install(FILES completions/umsops.bash DESTINATION "${UMSOPS_BASH_COMPLETION_DIR}" RENAME umsops)
install(FILES completions/_umsops DESTINATION "${UMSOPS_ZSH_COMPLETION_DIR}")
install(FILES completions/umsops.fish DESTINATION "${UMSOPS_FISH_COMPLETION_DIR}")
install(DIRECTORY schemas DESTINATION "${CMAKE_INSTALL_DATADIR}/umsops" FILES_MATCHING PATTERN "*.json")
install(DIRECTORY examples DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES README.md CHANGELOG.md SECURITY.md LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
