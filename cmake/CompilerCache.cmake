# SPDX-License-Identifier: Apache-2.0
# ccache where it is present; CMAKE_CXX_COMPILER_LAUNCHER given by hand wins.
find_program(UMSOPS_CCACHE ccache)
if(UMSOPS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${UMSOPS_CCACHE}")
endif()
