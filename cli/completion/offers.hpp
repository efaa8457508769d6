// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry.hpp"

/// What completion can offer, whatever the noun. A noun offers its own records: see `cli/ticket/ticket.hpp`.
namespace umsops::cli::offer {

void files(Candidates& out);
void directories(Candidates& out);
/// Fields of the noun's records.
void fields(Candidates& out);
void writable_fields(Candidates& out);
void reports(Candidates& out);
void sources(Candidates& out);
void settings(Candidates& out);  ///< KEY=VALUE
void setting_keys(Candidates& out);
void commands(Candidates& out);
void topics(Candidates& out);
void schemas(Candidates& out);

}  // namespace umsops::cli::offer
