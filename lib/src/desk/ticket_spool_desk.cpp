// SPDX-License-Identifier: Apache-2.0
#include "desk/dialogue_filing.hpp"
#include "desk/open_desk.hpp"
#include "desk/spool_file.hpp"
#include "desk/ticket_create.hpp"
#include "desk/ticket_spool_line.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/spool.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::ErrorKind;

constexpr std::size_t kLongestProblem = 500;

/// The history names who reported, not who flushes.
class ActingAs {
 public:
  ActingAs(OpenDesk& desk, std::string const& actor) : desk_(desk), before_(desk.options().actor.name) {
    if (!actor.empty()) desk_.act_as(actor);
  }
  ~ActingAs() { desk_.act_as(before_); }
  ActingAs(ActingAs const&) = delete;

 private:
  OpenDesk& desk_;
  std::string before_;
};

/// An error of the report itself, as against one of the desk.
bool of_the_report(Error const& error) {
  bool const absent = error.kind() == ErrorKind::not_found && &error.code() != &base::errors::store_absent;
  return error.kind() == ErrorKind::invalid_input || error.kind() == ErrorKind::conflict ||
         error.kind() == ErrorKind::usage || absent;
}

IncidentResult file_incident(OpenDesk& desk, SpooledIncident const& wanted, std::string const& reason) {
  IncidentDesk incidents(desk);
  if (wanted.noted.empty()) return incidents.create(wanted.filed, {.reason = reason});
  auto outcomes = incidents.note({wanted.noted}, wanted.note, {.reason = reason, .if_rev = {}}, Batch::atomic);
  return *std::move(outcomes.front().done);
}

void file_report(OpenDesk& desk, SpoolEntry const& entry, SpoolItem& item) {
  SpooledReport const& spooled = *entry.spooled;
  // A store that is not there yet is made on purpose: its disk may only be away.
  if (desk.absent_default())
    throw Error(base::errors::store_absent, {{"path", base::shown_store(desk.options().store)}});
  ActingAs const actor(desk, spooled.actor);
  CreateOptions options;
  options.reason = spooled.reason;
  if (spooled.incident) {
    item.incident = file_incident(desk, *spooled.incident, spooled.reason);
  } else if (spooled.is_conversation) {
    item.done = file_conversation(desk, spooled.report, options, "spool:" + entry.id).ticket;
  } else {
    item.done = create_ticket(desk, spooled.report.ticket, options, {});
  }
}

/// One flush: what becomes of each line, and what stays.
class Flush {
 public:
  Flush(OpenDesk& desk, FlushOptions const& options, std::function<void(SpoolItem const&)> const& visit)
      : desk_(desk), options_(options), visit_(visit), own_(spool_target(desk.options().store)) {}

  void take(SpoolLines const& lines) {
    SpoolEntry entry = lines.entry(own_);
    if (entry.unreadable) {
      ++end_.left;
      keep(lines.line());
      visit_({entry.id, {}, std::nullopt, std::nullopt, entry.unreadable, false});
    } else if (entry.place == SpoolPlace::elsewhere && entry.spooled->target != options_.from) {
      ++end_.elsewhere;
      keep(lines.line());
    } else if (entry.place == SpoolPlace::unknown && !options_.untargeted) {
      ++end_.untargeted;
      refuse(entry, lines, Error(base::errors::spool_no_target, {{"key", entry.key()}}));
    } else if (end_.stopped) {
      ++end_.left;
      keep(lines.line());
    } else if (!file(entry, lines)) {
      ++end_.left;
    }
  }
  SpoolEnd const& end() const { return end_; }
  std::string const& kept() const { return kept_; }

 private:
  void keep(std::string_view line) { kept_.append(line).append("\n"); }

  /// Keeps the report with the reason, so that it is told apart from those that merely wait.
  void refuse(SpoolEntry const& entry, SpoolLines const& lines, Error error) {
    bool const known = entry.refused && entry.refused->code == error.code().code;
    if (known) {
      keep(lines.line());
    } else {
      std::string const problem = base::terminal_text(error.message(), base::TextShape::line);
      keep(spool_line(*entry.spooled, SpoolRefusal{desk_.now(), std::string(error.code().code),
                                                   base::shortened(problem, kLongestProblem)}));
    }
    visit_({entry.id, entry.key(), std::nullopt, std::nullopt, error.at(lines.spot()), known});
  }

  /// False: it stays.
  bool file(SpoolEntry const& entry, SpoolLines const& lines) {
    SpoolItem item;
    item.id = entry.id;
    item.key = entry.key();
    try {
      file_report(desk_, entry, item);
    } catch (Error const& error) {
      if (of_the_report(error)) {
        refuse(entry, lines, error);
      } else {
        end_.stopped = error;
        keep(lines.line());
      }
      return false;
    }
    visit_(item);
    return true;
  }

  OpenDesk& desk_;
  FlushOptions const& options_;
  std::function<void(SpoolItem const&)> const& visit_;
  SpoolTarget own_;
  SpoolEnd end_;
  std::string kept_;
};

}  // namespace

SpoolEnd SpoolDesk::flush(FlushOptions const& options, std::function<void(SpoolItem const&)> const& visit) {
  SpoolFile file(options.folder);
  if (!file.exists()) return {};
  SpoolLock const alone(file.flush_lock(), SpoolLock::Wait::no);
  std::string const text = file.read();
  Flush flush(desk_, options, visit);
  for (SpoolLines lines(file.path(), text); lines.next();) flush.take(lines);
  if (flush.kept() != text) file.replace(text.size(), flush.kept());
  return flush.end();
}

}  // namespace umsops::desk
