// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "model/choice.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

// In the order of the enumerators, which is the order of rank.
// FROZEN: hashed. These texts are columns of hashed rows and values in events: a renamed one breaks the hashes of every
// store. The SLA status enters the hash of the due times, the others that of the row.
constexpr std::array<std::string_view, 8> kStatus{"OPEN",      "ASSIGNED", "IN_PROGRESS", "PENDING",
                                                  "ESCALATED", "RESOLVED", "CLOSED",      "SPAM"};
constexpr std::array<std::string_view, 4> kPriority{"LOW", "MEDIUM", "HIGH", "CRITICAL"};
constexpr std::array<std::string_view, 7> kSource{"EMAIL", "WEB", "PHONE", "CHAT", "CLI", "API", "MONITOR"};
constexpr std::array<std::string_view, 6> kSla{"ON_TRACK", "AT_RISK",           "PAUSED",
                                               "MET",      "RESPONSE_BREACHED", "RESOLUTION_BREACHED"};
constexpr std::array<std::string_view, 3> kLevel{"LEVEL_1", "LEVEL_2", "LEVEL_3"};
constexpr std::array<std::string_view, 2> kWakeUp{"OPEN", "CLOSE"};
constexpr std::array<std::string_view, 4> kApproval{"WAITING", "APPROVED", "DECLINED", "EXPIRED"};

}  // namespace

std::span<std::string_view const> status_names() { return kStatus; }
std::span<std::string_view const> priority_names() { return kPriority; }
std::span<std::string_view const> source_names() { return kSource; }

std::span<std::string_view const> sla_status_names() { return kSla; }
std::span<std::string_view const> level_names() { return kLevel; }
std::span<std::string_view const> wake_up_names() { return kWakeUp; }
std::span<std::string_view const> approval_names() { return kApproval; }

std::string_view to_string(TicketStatus v) { return kStatus[static_cast<std::size_t>(v)]; }
std::string_view to_string(Priority v) { return kPriority[static_cast<std::size_t>(v)]; }
std::string_view to_string(Source v) { return kSource[static_cast<std::size_t>(v)]; }
std::string_view to_string(SlaStatus v) { return kSla[static_cast<std::size_t>(v)]; }
std::string_view to_string(Level v) { return kLevel[static_cast<std::size_t>(v)]; }
std::string_view to_string(WakeUp v) { return kWakeUp[static_cast<std::size_t>(v)]; }
std::string_view to_string(Approval v) { return kApproval[static_cast<std::size_t>(v)]; }

std::optional<TicketStatus> parse_status(std::string_view text) { return parse_choice<TicketStatus>(text, kStatus); }
std::optional<Priority> parse_priority(std::string_view text) { return parse_choice<Priority>(text, kPriority); }
std::optional<Source> parse_source(std::string_view text) { return parse_choice<Source>(text, kSource); }
std::optional<SlaStatus> parse_sla_status(std::string_view text) { return parse_choice<SlaStatus>(text, kSla); }
std::optional<Level> parse_level(std::string_view text) { return parse_choice<Level>(text, kLevel); }
std::optional<WakeUp> parse_wake_up(std::string_view text) { return parse_choice<WakeUp>(text, kWakeUp); }
std::optional<Approval> parse_approval(std::string_view text) { return parse_choice<Approval>(text, kApproval); }

bool is_open(TicketStatus status) { return status < TicketStatus::resolved; }

}  // namespace umsops::model
