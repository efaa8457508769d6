// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/privacy/privacy.hpp"

/// What lies beside the store and can name a person.
namespace umsops::cli::privacy {

struct CleanedFiles {
  std::vector<std::string> cleaned;  ///< paths
  std::vector<std::string> busy;     ///< somebody writes them just now
  std::string model;                 ///< a learned model that knew their words, and is gone
};

/// Throws `privacy.waiting` while reports wait to be filed: they would come in after the erasure.
void refuse_waiting(Env& env);
/// Takes the person out of files of channels and logs of runbooks; of channels, lines about their tickets go as a
/// whole. Takes away a learned model that names them or was learned from their texts. Done again it changes nothing.
CleanedFiles clean_files(Env& env, desk::Erasure const& erasure, bool dry_run);

}  // namespace umsops::cli::privacy
