// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "cli/registry.hpp"

/// Values that many commands take: from the files that are configured, and from the newest records of the desk. What
/// cannot be read offers nothing.
namespace umsops::cli::offer {

void people(Candidates& out);      ///< the roster, and who has had tickets of late
void requesters(Candidates& out);  ///< the directory, and who has asked of late
void anybody(Candidates& out);
void teams(Candidates& out);
void schedules(Candidates& out);
void calendars(Candidates& out);
void services(Candidates& out);
void zones(Candidates& out);
void times(Candidates& out);
void durations(Candidates& out);
void encodings(Candidates& out);
void shells(Candidates& out);
void kinds(Candidates& out);           ///< of records
void kind_fields(Candidates& out);     ///< KIND.FIELD
void setting_values(Candidates& out);  ///< of the setting that is named before
/// A filter of the noun's records: fields, and the values of one.
void filter(Candidates& out);
/// What the newest records of the noun have in this field, in a list with commas.
void values_in(Candidates& out, std::string_view field);

}  // namespace umsops::cli::offer
