// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/spool.hpp"

#include <algorithm>
#include <map>

#include "desk/spool_file.hpp"
#include "desk/ticket_spool_line.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::ErrorKind;

[[noreturn]] void refuse_ambiguous(std::string const& name, std::vector<SpoolEntry> const& found) {
  std::string names;
  base::Value::List ids;
  for (auto const& entry : found) {
    if (!ids.empty() && ids.back() == base::Value(entry.id)) continue;
    if (ids.size() < 10) names += (names.empty() ? "" : ", ") + entry.id;
    ids.emplace_back(entry.id);
  }
  throw Error(base::errors::spool_ambiguous, {{"key", name.substr(0, 80)}, {"candidates", names}})
      .detail(base::Value::Object{{"candidates", std::move(ids)}});
}

/// Which entries each name means; a key of different reports means none of them.
class Chosen {
 public:
  explicit Chosen(std::vector<std::string> const& names) : names_(names) {
    for (auto const& name : names) found_.try_emplace(name);
  }
  void look(SpoolEntry const& entry) {
    std::string const key = entry.key();
    if (auto const found = found_.find(entry.id); found != found_.end()) found->second.push_back(entry);
    if (key.empty() || key == entry.id) return;
    if (auto const found = found_.find(key); found != found_.end()) found->second.push_back(entry);
  }
  /// Throws for the first name that means nothing, or different things.
  void check() const {
    for (auto const& name : names_) {
      auto const& entries = found_.at(name);
      if (entries.empty()) throw Error(base::errors::spool_not_found, {{"id", name.substr(0, 80)}});
      bool const alike =
          std::all_of(entries.begin(), entries.end(), [&](auto const& e) { return e.id == entries[0].id; });
      if (!alike) refuse_ambiguous(name, entries);
    }
  }
  bool has(SpoolEntry const& entry) const {
    std::string const key = entry.key();
    return found_.contains(entry.id) || (!key.empty() && found_.contains(key));
  }

 private:
  std::vector<std::string> const& names_;
  std::map<std::string, std::vector<SpoolEntry>> found_;
};

}  // namespace

std::string_view to_string(SpoolPlace place) {
  switch (place) {
    case SpoolPlace::here:
      return "this";
    case SpoolPlace::elsewhere:
      return "other";
    case SpoolPlace::unknown:
      return "unknown";
  }
  return "";
}

std::string_view to_string(SpoolState state) {
  switch (state) {
    case SpoolState::waiting:
      return "waiting";
    case SpoolState::refused:
      return "refused";
    case SpoolState::unreadable:
      return "unreadable";
  }
  return "";
}

SpoolState SpoolEntry::state() const {
  return unreadable ? SpoolState::unreadable : refused ? SpoolState::refused : SpoolState::waiting;
}

std::string SpooledReport::key() const {
  if (!incident) return report.ticket.key;
  return incident->noted.empty() ? incident->filed.key : incident->note.key;
}

std::string SpooledReport::title() const {
  if (!incident) return report.ticket.title;
  if (!incident->noted.empty())
    return incident->noted + ": " + incident->note.text.substr(0, incident->note.text.find('\n'));
  auto const title = model::incident_type().require("title");
  for (auto const& [field, value] : incident->filed.sets) {
    if (field == title) return std::string(value.text());
  }
  return {};
}

std::optional<base::TimePoint> SpooledReport::at() const {
  return incident ? std::optional(incident->at) : report.ticket.created_at;
}

bool may_wait(Error const& error) {
  return error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::outcome_unknown ||
         &error.code() == &base::errors::store_absent;
}

std::string spool(std::string const& folder, SpooledReport const& report) {
  SpoolFile const file(folder);
  std::string const line = spool_line(report);
  // What cannot be read again must not be promised to be filed.
  SpoolTarget target(report.target);
  SpoolLines lines(file.path(), line);
  if (lines.next()) {
    if (auto entry = lines.entry(target); entry.unreadable) throw *entry.unreadable;
  }
  file.append(line);
  return file.path();
}

void list_spool(std::string const& folder, std::string const& target,
                std::function<void(SpoolEntry const&)> const& visit) {
  SpoolFile const file(folder);
  std::string const text = file.read();
  SpoolTarget own(target);
  for (SpoolLines lines(file.path(), text); lines.next();) visit(lines.entry(own));
}

std::vector<SpoolEntry> find_in_spool(std::string const& folder, std::string const& target, std::string const& name) {
  return drop_from_spool(folder, target, {name}, true);
}

std::vector<SpoolEntry> drop_from_spool(std::string const& folder, std::string const& target,
                                        std::vector<std::string> const& names, bool dry_run) {
  SpoolFile file(folder);
  std::optional<SpoolLock> alone;
  if (!dry_run && file.exists()) alone.emplace(file.flush_lock(), SpoolLock::Wait::no);
  std::string const text = file.read();
  SpoolTarget own(target);
  Chosen chosen(names);
  for (SpoolLines lines(file.path(), text); lines.next();) chosen.look(lines.entry(own));
  chosen.check();
  std::vector<SpoolEntry> dropped;
  std::string kept;
  for (SpoolLines lines(file.path(), text); lines.next();) {
    SpoolEntry entry = lines.entry(own);
    if (chosen.has(entry)) {
      dropped.push_back(std::move(entry));
    } else {
      kept.append(lines.line()).append("\n");
    }
  }
  if (!dry_run) file.replace(text.size(), kept);
  return dropped;
}

}  // namespace umsops::desk
