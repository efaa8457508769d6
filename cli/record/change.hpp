// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// What --reason, --if-rev and --dry-run say of a change, and --each of a batch.
desk::ChangeOptions change_of(Env& env, Call const& call);
desk::Batch batch_of(Call const& call);

/// What --on-duplicate says; without it the record that the key belongs to is given back.
desk::OnDuplicate on_duplicate(Call const& call);
std::span<std::string_view const> on_duplicate_names();

/// Index and value of every field that flags, --attribute and --set name. With --edit the editor begins with
/// `text_to_edit`.
desk::Sets sets_of(Kind const& kind, Env& env, Call const& call, std::string const& text_to_edit = {});

}  // namespace umsops::cli::record
