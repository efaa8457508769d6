// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "desk/open_desk.hpp"
#include "store/store.hpp"
#include "umsops/model/outbox.hpp"
#include "umsops/notify/letter.hpp"

namespace umsops::desk {

/// Of messages that are about no record.
inline constexpr std::string_view kReportNoun = "report";

/// Writes what contacts read.
class LetterWriter {
 public:
  LetterWriter(OpenDesk& desk, store::Connection& db);

  /// Nullopt: it must not be sent, and `why` says why.
  std::optional<notify::Letter> letter(model::Message const& message, model::Delivery const& delivery,
                                       std::string& why);
  /// Several messages to one contact in one. Its key is that of the first.
  notify::Letter bundle(std::vector<notify::Letter> letters, model::Delivery const& first);
  /// Of `outbox test`.
  notify::Letter test(notify::Channel const& channel, std::string key, std::string to);

 private:
  base::Value facts_of(model::Message const& message, model::Delivery const& delivery, notify::Letter& letter,
                       std::string& why);
  void add_ticket_facts(base::Value& facts, model::Message const& message, model::Delivery const& delivery,
                        notify::Letter& letter, std::string& why);
  static void add_report_facts(base::Value& facts, model::Message const& message, notify::Letter& letter);
  void add_incident_facts(base::Value& facts, model::Message const& message, model::Delivery const& delivery);
  std::string time_for(model::Delivery const& delivery, base::TimePoint at);

  OpenDesk& desk_;
  store::Connection& db_;
  notify::Setup const& setup_;
  notify::Templates templates_;
};

}  // namespace umsops::desk
