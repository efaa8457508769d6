// SPDX-License-Identifier: Apache-2.0
// Reports that wait in a file of this machine until their desk can be reached.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/dialogue_intake.hpp"
#include "umsops/desk/incident_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

class OpenDesk;

/// What waits to be done about an incident: one is filed, or one that is there is noted.
struct SpooledIncident {
  base::TimePoint at{};  ///< when it was asked for
  NewIncident filed;     ///< where `noted` is empty
  std::string noted;     ///< as it was named
  Note note;
};

/// As a line of the spool says it.
base::Value to_value(SpooledIncident const& incident);

/// A report with the desk that it is meant for. It has a key: filed twice, it is one record.
struct SpooledReport {
  std::string target;            ///< as `spool_target` names it; empty: written by a program that did not note it
  DialogueReport report;         ///< transcript and call-back are those of a conversation
  bool is_conversation = false;  ///< a known key with other words adds them to its ticket, and is no conflict
  std::string actor, reason;
  std::optional<SpooledIncident> incident = {};  ///< then `report` is empty

  std::string key() const;
  std::string title() const;
  std::optional<base::TimePoint> at() const;
};

/// The store in the way that all names of it have in common: of a file its absolute path, of a server its address
/// without secrets.
std::string spool_target(std::string const& store);

/// Whether the desk is out of reach or not there, so that the report may wait: `wanted` itself was not refused.
bool may_wait(base::Error const& error);

/// Appends the report to the spool in `folder`, 0600; it is on the disk when this returns. Gives the spool's path.
/// `spool.unfit` where the file is none that can hold reports.
std::string spool(std::string const& folder, SpooledReport const& report);

/// Why a report could not be filed when that was tried last.
struct SpoolRefusal {
  base::TimePoint at{};  ///< the first time for this reason
  std::string code, problem;
};

enum class SpoolPlace { here, elsewhere, unknown };  ///< meant for this desk, for another one, or not noted
enum class SpoolState { waiting, refused, unreadable };
std::string_view to_string(SpoolPlace place);  ///< `this`, `other`, `unknown`
std::string_view to_string(SpoolState state);

/// One line of the spool.
struct SpoolEntry {
  std::string id;  ///< 12 hexadecimal digits, made of what it says: the same for equal reports
  std::int64_t line = 0;
  SpoolPlace place = SpoolPlace::unknown;
  std::optional<SpooledReport> spooled;  ///< absent: the line cannot be read
  std::optional<SpoolRefusal> refused;
  std::optional<base::Error> unreadable;  ///< with file and line
  std::string text;                       ///< of an unreadable line, its first 4 KiB

  SpoolState state() const;
  std::string key() const { return spooled ? spooled->key() : std::string(); }
};

/// Gives all lines in their order, seen from the desk `target`.
void list_spool(std::string const& folder, std::string const& target,
                std::function<void(SpoolEntry const&)> const& visit);
/// Those with this key or id, at least one. Throws `spool.not_found`, and `spool.ambiguous` where different ones have
/// the key.
std::vector<SpoolEntry> find_in_spool(std::string const& folder, std::string const& target, std::string const& name);
/// Takes the reports with these keys or ids away, all or none of them, and gives them.
std::vector<SpoolEntry> drop_from_spool(std::string const& folder, std::string const& target,
                                        std::vector<std::string> const& names, bool dry_run);

/// What became of one report.
struct SpoolItem {
  std::string id, key;
  std::optional<TicketResult> done;
  std::optional<IncidentResult> incident;  ///< what became of one that is about an incident
  std::optional<base::Error> failed;       ///< with file and line
  bool known = false;                      ///< it failed for the same reason before
};

struct FlushOptions {
  std::string folder;
  bool untargeted = false;  ///< file also what names no desk
  std::string from;         ///< file also what is meant for this target, as `spool_target` names it
};

struct SpoolEnd {
  std::int64_t left = 0;               ///< reports for this desk that still wait, and lines that cannot be read
  std::int64_t elsewhere = 0;          ///< reports for other desks
  std::int64_t untargeted = 0;         ///< reports that name no desk
  std::optional<base::Error> stopped;  ///< the desk is out of reach again, or not there
};

class SpoolDesk {
 public:
  explicit SpoolDesk(OpenDesk& desk) : desk_(desk) {}

  /// Files what waits for this desk, in its order and each once, and keeps the rest. Makes no store: reports for one
  /// that is not there yet go on waiting. `store.locked` when another flush is at work.
  SpoolEnd flush(FlushOptions const& options, std::function<void(SpoolItem const&)> const& visit);

 private:
  OpenDesk& desk_;
};

}  // namespace umsops::desk
