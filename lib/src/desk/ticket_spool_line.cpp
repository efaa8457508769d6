// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_spool_line.hpp"

#include <filesystem>

#include "desk/import_values.hpp"
#include "desk/incident_spool_line.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/store_address.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

constexpr std::string_view kSchema = "umsops.spool/v2";
constexpr std::string_view kIncidentSchema = "umsops.spool/v3";  // of reports about incidents alone
constexpr std::string_view kFirstSchema =
    "umsops.spool/v1";  // did not name the desk, nor what else a conversation left
constexpr base::JsonLimits kLine{.bytes = 4 << 20};
/// What filing refuses is refused then, with its own words; this is what no field may exceed.
using model::kLongestText;
constexpr std::size_t kShownText = 4096;

constexpr std::string_view kMembers[] = {
    "schema",      "target",       "at",          "actor",        "reason",      "key",     "title",
    "description", "requester_id", "assignee_id", "category",     "subcategory", "service", "team",
    "priority",    "source",       "attributes",  "conversation", "refused",     "tags",    "approval"};
constexpr std::string_view kFirstMembers[] = {"schema",      "at",          "actor",        "reason",      "key",
                                              "title",       "description", "requester_id", "assignee_id", "category",
                                              "subcategory", "priority",    "source",       "attributes"};
constexpr std::string_view kIncidentMembers[] = {"schema", "target", "at",       "actor",
                                                 "reason", "key",    "incident", "refused"};
constexpr std::string_view kConversation[] = {"transcript", "callback"};
constexpr std::string_view kCallback[] = {"contact", "note", "due_at"};
constexpr std::string_view kApproval[] = {"of", "deputy", "within"};
constexpr std::string_view kRefused[] = {"at", "code", "problem"};

Value or_null(std::optional<std::string> const& text) { return text ? Value(*text) : Value(); }

Value conversation_of(DialogueReport const& report) {
  Value::List transcript;
  for (auto const& part : report.transcript) transcript.emplace_back(part);
  Value callback;
  if (auto const& call = report.callback)
    callback = Value::Object{{"contact", call->contact}, {"note", call->note}, {"due_at", call->due_at}};
  return Value::Object{{"transcript", std::move(transcript)}, {"callback", std::move(callback)}};
}

/// Null for an absent member, and for one that is null.
Value const* given(Value const& line, std::string_view name) {
  Value const* const member = line.find(name);
  return member && !member->is_null() ? member : nullptr;
}

std::optional<std::string> optional_of(Value const& line, std::string_view name) {
  return given(line, name) ? std::optional(text_of(line, name, kLongestText)) : std::nullopt;
}

std::string transcript_part(Value const& part) { return text_in(part, "transcript", kLongestText); }

void read_conversation(Value const& conversation, DialogueReport& report) {
  refuse_unknown_members(conversation, "conversation", kConversation);
  if (Value const* const transcript = given(conversation, "transcript"))
    report.transcript = items_of<std::string>("transcript", *transcript, &transcript_part);
  Value const* const callback = given(conversation, "callback");
  if (!callback) return;
  refuse_unknown_members(*callback, "callback", kCallback);
  report.callback = NewCallback{text_of(*callback, "contact", kLongestText), text_of(*callback, "note", kLongestText),
                                time_of(*callback, "due_at")};
}

void read_choices(Value const& line, NewTicket& wanted) {
  if (auto const priority = optional_of(line, "priority")) {
    wanted.priority = model::parse_priority(*priority);
    if (!wanted.priority) refuse_member("priority", "no such priority");
  }
  auto const source = model::parse_source(text_of(line, "source", kLongestText));
  if (!source) refuse_member("source", "no such source");
  wanted.source = *source;
}

std::string tag_of(Value const& tag) { return text_in(tag, "tags", model::kLongestTag * 4); }

AskApproval approval_from(Value const& approval) {
  refuse_unknown_members(approval, "approval", kApproval);
  AskApproval out{text_of(approval, "of", kLongestText), text_of(approval, "deputy", kLongestText), {}, {}};
  out.within = base::Milliseconds(integer_of(approval, "within", 0));
  return out;
}

/// Null where nobody is asked.
Value approval_of(NewTicket const& wanted) {
  if (!wanted.approval) return {};
  auto const& asked = *wanted.approval;
  return Value::Object{{"of", asked.of}, {"deputy", asked.deputy}, {"within", std::int64_t{asked.within.count()}}};
}

NewTicket ticket_from(Value const& line) {
  NewTicket wanted;
  wanted.key = text_of(line, "key", kLongestText);
  if (wanted.key.empty()) refuse_member("key", "a report has one");
  if (given(line, "at")) wanted.created_at = time_of(line, "at");
  wanted.title = text_of(line, "title", kLongestText);
  wanted.description = text_of(line, "description", kLongestText);
  wanted.requester_id = text_of(line, "requester_id", kLongestText);
  wanted.assignee_id = optional_of(line, "assignee_id");
  wanted.category = optional_of(line, "category");
  wanted.subcategory = optional_of(line, "subcategory");
  wanted.service = optional_of(line, "service");
  wanted.team = optional_of(line, "team");
  read_choices(line, wanted);
  if (Value const* const tags = given(line, "tags")) wanted.tags = items_of<std::string>("tags", *tags, &tag_of);
  if (Value const* const attributes = given(line, "attributes")) {
    auto const* members = attributes->get_if<Value::Object>();
    if (!members) refuse_member("attributes", "not an object");
    for (auto const& [name, value] : *members) wanted.attributes.emplace_back(name, text_in(value, name, kLongestText));
  }
  if (Value const* const approval = given(line, "approval")) wanted.approval = approval_from(*approval);
  return wanted;
}

void read_line(std::string_view text, SpoolEntry& entry) {
  Value const line = base::parse_json(text, "spool", kLine);
  std::string const schema = text_of(line, "schema", kLongestText);
  bool const is_incident = schema == kIncidentSchema;
  if (schema != kSchema && schema != kFirstSchema && !is_incident) refuse_member("schema", "not a line of the spool");
  if (schema == kSchema) refuse_unknown_members(line, "line", kMembers);
  if (schema == kFirstSchema) refuse_unknown_members(line, "line", kFirstMembers);
  if (is_incident) refuse_unknown_members(line, "line", kIncidentMembers);
  SpooledReport spooled;
  spooled.target = text_of(line, "target", kLongestText);
  spooled.actor = text_of(line, "actor", kLongestText);
  spooled.reason = text_of(line, "reason", kLongestText);
  if (is_incident) {
    spooled.incident = incident_from_line(line);
  } else {
    spooled.report.ticket = ticket_from(line);
  }
  if (Value const* const conversation = given(line, "conversation")) {
    spooled.is_conversation = true;
    read_conversation(*conversation, spooled.report);
  }
  if (Value const* const refused = given(line, "refused")) {
    refuse_unknown_members(*refused, "refused", kRefused);
    entry.refused = SpoolRefusal{time_of(*refused, "at"), text_of(*refused, "code", kLongestText),
                                 text_of(*refused, "problem", kLongestText)};
  }
  entry.spooled = std::move(spooled);
}

Value line_of(SpooledReport const& report) {
  if (report.incident) {
    return Value::Object{{"schema", kIncidentSchema},
                         {"target", base::text_or_null(report.target)},
                         {"at", report.incident->at},
                         {"actor", report.actor},
                         {"reason", report.reason},
                         {"key", report.key()},
                         {"incident", to_value(*report.incident)}};
  }
  NewTicket const& wanted = report.report.ticket;
  Value::Object attributes;
  for (auto const& [name, text] : wanted.attributes) attributes.emplace_back(name, text);
  Value::Object out{
      {"schema", kSchema},
      {"target", base::text_or_null(report.target)},
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
      {"service", or_null(wanted.service)},
      {"team", or_null(wanted.team)},
      {"priority", wanted.priority ? Value(model::to_string(*wanted.priority)) : Value()},
      {"source", model::to_string(wanted.source)},
      {"attributes", std::move(attributes)},
      {"tags", wanted.tags.empty() ? Value() : Value(Value::List(wanted.tags.begin(), wanted.tags.end()))},
      {"conversation", report.is_conversation ? conversation_of(report.report) : Value()}};
  if (wanted.approval) out.emplace_back("approval", approval_of(wanted));
  return out;
}

std::string id_of(std::string_view text) { return base::sha256_hex(text).substr(0, 12); }

/// The path with its links followed, as far as there is one.
std::string followed(std::string const& path) {
  std::error_code error;
  auto const found = std::filesystem::weakly_canonical(path, error);
  return error ? path : found.string();
}

}  // namespace

std::string spool_line(SpooledReport const& report, std::optional<SpoolRefusal> const& refused) {
  Value line = line_of(report);
  if (refused)
    line.add("refused", Value::Object{{"at", refused->at}, {"code", refused->code}, {"problem", refused->problem}});
  return base::to_json(line);
}

std::string spool_target(std::string const& store) {
  if (base::names_server(store)) {
    return base::server_target(store, [](char const* name) {
      char const* const value = std::getenv(name);
      return std::string(value ? value : "");
    });
  }
  std::error_code error;
  auto const path = std::filesystem::absolute(store, error);
  if (error) throw Error(base::errors::store_unavailable, {{"problem", store + ": " + error.message()}});
  return base::terminal_text(path.lexically_normal().string(), base::TextShape::line);  // names of files are any bytes
}

SpoolPlace SpoolTarget::place_of(std::string const& target) {
  if (target.empty()) return SpoolPlace::unknown;
  if (target == own_) return SpoolPlace::here;
  auto const [found, is_new] = known_.try_emplace(target, false);
  if (is_new && !base::names_server(target) && !base::names_server(own_))
    found->second = followed(target) == followed(own_);
  return found->second ? SpoolPlace::here : SpoolPlace::elsewhere;
}

bool SpoolLines::next() {
  do {
    if (rest_.empty()) return false;
    std::size_t const size = std::min(rest_.find('\n'), rest_.size());
    line_ = rest_.substr(0, size);
    rest_.remove_prefix(std::min(size + 1, rest_.size()));
    ++number_;
  } while (line_.empty());
  return true;
}

SpoolEntry SpoolLines::entry(SpoolTarget& target) const {
  SpoolEntry entry;
  entry.line = number_;
  try {
    read_line(line_, entry);
    entry.id = id_of(spool_line(*entry.spooled));
    entry.place = target.place_of(entry.spooled->target);
  } catch (Error& error) {
    base::SourceSpot at = spot();
    at.column = error.spot().column;
    entry.unreadable = error.at(at);
    entry.refused.reset();
    entry.id = id_of(line_);
    entry.text = line_.substr(0, kShownText);
  }
  return entry;
}

}  // namespace umsops::desk
