// SPDX-License-Identifier: Apache-2.0
#include "cli/silence/payload.hpp"

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_labels.hpp"

namespace umsops::cli::silence {

namespace {

using base::Value;

constexpr std::size_t kMostAlerts = 10'000, kMostLabels = 200, kLongestName = 512, kLongestValue = 4096;

[[noreturn]] void refuse(std::string const& place, std::string problem) {
  throw base::Error(base::errors::record_invalid, {{"field", place}, {"problem", std::move(problem)}});
}

mute::Labels labels_of(Value const& object, std::string const& place) {
  auto const* const members = object.get_if<Value::Object>();
  if (!members) refuse(place, "labels are an object of texts");
  if (members->size() > kMostLabels) refuse(place, "more than " + std::to_string(kMostLabels) + " labels");
  mute::Labels labels;
  for (auto const& [name, value] : *members) {
    if (!value.get_if<std::string>()) refuse(place + "." + base::shortened(name, 80), "not a text");
    add_label(labels, place, name, std::string(value.text()));
  }
  return labels;
}

Alert alert_of(Value const& value, std::string const& place, std::size_t number) {
  Alert alert;
  alert.name = "#" + std::to_string(number);
  auto const* const labels = value.find("labels");
  if (!labels || labels->get_if<std::string>()) {
    alert.sets = {labels_of(value, place)};  // labels alone; one of them may have that name
    return alert;
  }
  alert.sets = {labels_of(*labels, place + ".labels")};
  if (auto const* const print = value.find("fingerprint"); print && !print->text().empty()) {
    if (auto const fault = base::text_fault(print->text(), base::TextShape::line, 100))
      refuse(place + ".fingerprint", *fault);
    alert.name = print->text();
  }
  // The webhook says `status: resolved`, the API's list an object with `state`.
  auto const* const status = value.find("status");
  alert.firing = !status || status->text() != "resolved";
  return alert;
}

Alert alert_of(alert::Event const& event, std::size_t number) {
  Alert alert;
  alert.name = !event.fingerprint.empty()  ? event.fingerprint
               : event.related.size() == 1 ? event.related[0]
                                           : "#" + std::to_string(number);
  alert.sets = desk::label_sets(event);
  alert.firing = event.state != alert::State::resolved;
  return alert;
}

/// Of a webhook with alerts each one counts, whatever incident they would share.
constexpr std::string_view kEachAlert = "alertmanager-alerts";

void read_one(Value const& value, std::string const& place, alert::Reader const& reader, base::TimePoint now,
              std::vector<Alert>& out) {
  auto const* const inside = value.find("alerts");
  bool const webhook = inside && inside->get_if<Value::List>();
  auto const reading = reader.read(value, alert::Input::json, webhook ? kEachAlert : std::string_view(), now);
  for (auto const& item : reading.items) {
    if (out.size() == kMostAlerts) refuse(place, "more than " + std::to_string(kMostAlerts) + " alerts");
    if (item.outcome == alert::Outcome::ignore) continue;
    if (item.outcome != alert::Outcome::refuse) {
      out.push_back(alert_of(item.event, out.size() + 1));
    } else if (webhook) {
      throw base::Error(*item.error);
    } else {
      out.push_back(alert_of(value, place, out.size() + 1));
      return;
    }
  }
}

}  // namespace

void add_label(mute::Labels& labels, std::string const& place, std::string const& name, std::string const& value) {
  if (name.empty()) refuse(place, "a label needs a name");
  if (auto const fault = base::text_fault(name, base::TextShape::line, kLongestName))
    refuse(place, "name of a label: " + *fault);
  if (auto const fault = base::text_fault(value, base::TextShape::block, kLongestValue))
    refuse(place + "." + name, *fault);
  labels[name] = value;
}

std::vector<Alert> alerts_of(Value const& payload, alert::Reader const& reader, base::TimePoint now) {
  std::vector<Alert> out;
  auto const* const items = payload.get_if<Value::List>();
  if (!items && !payload.get_if<Value::Object>()) refuse("payload", "neither an object nor a list of alerts");
  if (!items) read_one(payload, "payload", reader, now, out);
  for (std::size_t i = 0; items && i < items->size(); ++i)
    read_one((*items)[i], "payload[" + std::to_string(i) + "]", reader, now, out);
  return out;
}

}  // namespace umsops::cli::silence
