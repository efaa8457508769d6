// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/spool.hpp"

#include "desk/spool_file.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::ErrorKind;
using base::Value;

constexpr std::string_view kSchema = "umsops.spool/v1";
constexpr base::JsonLimits kLine{.bytes = 4 << 20};

Value or_null(std::optional<std::string> const& text) { return text ? Value(*text) : Value(); }

std::string to_line(SpooledTicket const& report) {
  NewTicket const& wanted = report.wanted;
  Value::Object attributes;
  for (auto const& [name, text] : wanted.attributes) attributes.emplace_back(name, text);
  return base::to_json(
      Value::Object{{"schema", kSchema},
                    {"at", wanted.created_at ? Value(*wanted.created_at) : Value()},
                    {"actor", report.actor},
                    {"reason", report.reason},
                    {"key", wanted.key},
                    {"title", wanted.title},
                    {"description", wanted.description},
                    {"requester_id", wanted.requester_id},
                    {"assignee_id", or_null(wanted.assignee_id)},
                    {"category", or_null(wanted.category)},
                    {"subcategory", or_null(wanted.subcategory)},
                    {"priority", wanted.priority ? Value(model::to_string(*wanted.priority)) : Value()},
                    {"source", model::to_string(wanted.source)},
                    {"attributes", std::move(attributes)}});
}

std::string text_of(Value const& line, std::string_view name) {
  Value const* const member = line.find(name);
  return member ? std::string(member->text()) : std::string();
}

std::optional<std::string> optional_of(Value const& line, std::string_view name) {
  Value const* const member = line.find(name);
  return member && member->get_if<std::string>() ? std::optional(std::string(member->text())) : std::nullopt;
}

[[noreturn]] void refuse(std::string problem) {
  throw Error(base::errors::json_invalid, {{"problem", std::move(problem)}});
}

SpooledTicket from_line(std::string_view text) {
  Value const line = base::parse_json(text, "spool", kLine);
  if (text_of(line, "schema") != kSchema) refuse("not a line of the spool");
  SpooledTicket report;
  report.actor = text_of(line, "actor");
  report.reason = text_of(line, "reason");
  NewTicket& wanted = report.wanted;
  wanted.key = text_of(line, "key");
  if (wanted.key.empty()) refuse("a report without a key");
  wanted.created_at = base::parse_rfc3339(text_of(line, "at"));
  wanted.title = text_of(line, "title");
  wanted.description = text_of(line, "description");
  wanted.requester_id = text_of(line, "requester_id");
  wanted.assignee_id = optional_of(line, "assignee_id");
  wanted.category = optional_of(line, "category");
  wanted.subcategory = optional_of(line, "subcategory");
  if (auto const priority = optional_of(line, "priority")) wanted.priority = model::parse_priority(*priority);
  wanted.source = model::parse_source(text_of(line, "source")).value_or(wanted.source);
  if (Value const* const attributes = line.find("attributes"); attributes && attributes->get_if<Value::Object>()) {
    for (auto const& [name, value] : *attributes->get_if<Value::Object>())
      wanted.attributes.emplace_back(name, value.text());
  }
  return report;
}

/// Files one line. Gives what became of it.
SpoolItem file_line(TicketDesk& tickets, std::string_view line) {
  SpoolItem item;
  try {
    SpooledTicket const report = from_line(line);
    item.key = report.wanted.key;
    CreateOptions options;
    options.reason = report.reason;
    options.actor = report.actor;
    item.done = tickets.create(report.wanted, options);
  } catch (Error const& error) {
    item.failed = error;
  }
  return item;
}

/// An error of the report itself, as against one of the desk.
bool of_the_report(Error const& error) {
  return error.kind() == ErrorKind::invalid_input || error.kind() == ErrorKind::conflict ||
         error.kind() == ErrorKind::usage;
}

}  // namespace

bool may_wait(Error const& error) {
  return error.kind() == ErrorKind::unavailable || error.kind() == ErrorKind::outcome_unknown;
}

std::string spool(std::string const& folder, SpooledTicket const& report) {
  SpoolFile file(folder);
  file.append(to_line(report));
  return file.path();
}

SpoolEnd flush_spool(TicketDesk& tickets, std::string const& folder,
                     std::function<void(SpoolItem const&)> const& visit) {
  SpoolFile file(folder);
  SpoolLock const alone(file.path() + ".flush", SpoolLock::Wait::no);
  std::string const text = file.read();
  SpoolEnd end;
  std::string kept;
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t const size = std::min(rest.find('\n'), rest.size());
    std::string_view const line = rest.substr(0, size);
    rest.remove_prefix(std::min(size + 1, rest.size()));
    if (line.empty()) continue;
    if (!end.stopped) {
      SpoolItem const item = file_line(tickets, line);
      bool const unfit = item.failed && of_the_report(*item.failed);
      if (item.failed && !unfit) end.stopped = item.failed;
      if (item.done || unfit) visit(item);
      if (item.done) continue;
    }
    kept.append(line).append("\n");
    ++end.left;
  }
  if (kept != text) file.replace(text.size(), kept);
  return end;
}

}  // namespace umsops::desk
