// SPDX-License-Identifier: Apache-2.0
#include "cli/record/kind.hpp"

#include "umsops/base/json.hpp"

namespace umsops::cli::record {

using base::Value;

std::string schema_of(Kind const& kind, std::string_view what) {
  return "umsops." + std::string(kind.type().noun) + "." + std::string(what) + "/v1";
}

Value record_of(std::span<base::Field const> fields, base::Row row) {
  Value::Object object;
  for (std::size_t i = 0; i < fields.size(); ++i) object.emplace_back(fields[i].name, std::move(row[i]));
  return object;
}

base::Row event_row(Env& env, model::Event const& event) {
  auto row = to_row(event);
  if (!env.human()) return row;
  std::string told;
  auto const side = [](Value const& value) {
    auto const text = value.get_if<std::string>() ? std::string(value.text())
                      : value.is_null()           ? "-"
                                                  : base::to_json(value);
    return text.empty() ? std::string("-") : text;
  };
  for (auto const& change : event.changes)
    told += (told.empty() ? "" : "; ") + change.field + ": " + side(change.before) + " -> " + side(change.after);
  row[model::event_type().require("changes")] = base::text_or_null(told);
  return row;
}

Value history_of(std::vector<model::Event> const& events) {
  Value::List list;
  for (auto const& event : events) {
    Value::Object object;
    auto const& fields = model::event_type().fields;
    auto row = to_row(event);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto const name = fields[i].name;
      if (name != "seq" && name != "hash" && name != "previous_hash") object.emplace_back(name, std::move(row[i]));
    }
    list.emplace_back(std::move(object));
  }
  return list;
}

Value links_of(std::vector<desk::ShownLink> const& links) {
  Value::List list;
  for (auto const& link : links) {
    list.emplace_back(Value::Object{{"kind", link.kind},
                                    {"other", link.other},
                                    {"title", base::text_or_null(link.title)},
                                    {"status", base::text_or_null(link.status)}});
  }
  return list;
}

Value link_lines(std::vector<desk::ShownLink> const& links) {
  Value::List lines;
  for (auto const& link : links) {
    lines.emplace_back(link.kind + " " + link.other +
                       (link.status.empty() ? "" : " " + link.status + " " + link.title));
  }
  return lines;
}

Value escalations_of(std::vector<model::Escalation> const& escalations) {
  Value::List list;
  for (auto const& escalation : escalations) {
    auto item = record_of(model::escalation_type().fields, to_row(escalation));
    // It stands within its incident.
    if (escalation.record.noun != model::ticket_type().noun)
      std::erase_if(*item.get_if<Value::Object>(), [](auto const& member) { return member.first == "ticket_id"; });
    list.push_back(std::move(item));
  }
  return list;
}

Value escalation_lines(Env& env, std::vector<model::Escalation> const& escalations) {
  Value::List lines;
  for (auto const& escalation : escalations) {
    std::string line = env.zone().format(escalation.escalated_at) + " " +
                       std::string(to_string(escalation.escalation_level)) + " " + escalation.escalated_by;
    if (escalation.new_assignee != escalation.previous_assignee) {
      line += ": " + (escalation.previous_assignee.empty() ? "-" : escalation.previous_assignee) + " -> " +
              escalation.new_assignee;
    }
    if (!escalation.reason.empty()) line += ": " + escalation.reason;
    lines.emplace_back(std::move(line));
  }
  return lines;
}

}  // namespace umsops::cli::record
