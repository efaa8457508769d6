// SPDX-License-Identifier: Apache-2.0
// The fields of one event, cleaned and cut to what we keep.
#include "alert/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "alert/labels.hpp"
#include "alert/times.hpp"
#include "alert/words.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/text.hpp"

namespace umsops::alert {
namespace {

using base::TextShape;
using base::TimePoint;

constexpr auto kClockSkew = std::chrono::minutes(5);

/// Fills the fields of one event from one place.
class Fields {
 public:
  Fields(Sender const& sender, Scope const& scope, TimePoint now, Event& event)
      : sender_(sender), scope_(scope), now_(now), event_(event) {}

  void read() {
    read_key();
    put("title", sender_.title_of, TextShape::line, kLongestTitle, event_.title);
    if (event_.title.empty()) event_.title = base::shortened(event_.key, kLongestTitle);
    put("description", sender_.description, TextShape::block, kLongestText, event_.description);
    put("source", sender_.source, TextShape::line, kLongestWord, event_.source);
    put("link", sender_.link, TextShape::line, kLongestWord, event_.link);
    put("runbook", sender_.runbook, TextShape::line, kLongestWord, event_.runbook);
    put("group", sender_.group, TextShape::line, kLongestWord, event_.group);
    put("fingerprint", sender_.fingerprint, TextShape::line, kLongestWord, event_.fingerprint);
    read_severity();
    put_all("services", sender_.services, event_.services);
    for (auto const& text : sender_.related) {
      if (event_.related.empty()) put_all("related", {text}, event_.related);
    }
    read_labels(sender_.labels, scope_, event_);
    read_times();
  }

 private:
  void remark(std::string text) { event_.remarks.push_back(std::move(text)); }

  void put(std::string_view name, Choice const& choice, TextShape shape, std::size_t most, std::string& into) {
    std::string text;
    if (choose(choice, scope_, text)) into = kept_text(name, text, shape, most, event_);
  }

  void put_all(std::string_view name, Choice const& choice, std::vector<std::string>& into) {
    for (auto const& text : all_of(choice, scope_, kMostLabels + 1)) {
      if (into.size() == kMostLabels) return remark(fmt::format("{}: only the first {} are kept", name, kMostLabels));
      auto kept = kept_text(name, text, TextShape::line, kLongestWord, event_);
      if (!kept.empty() && std::find(into.begin(), into.end(), kept) == into.end()) into.push_back(std::move(kept));
    }
  }

  /// A key that is too long ends in a digest of the whole: cutting alone would make different alarms one.
  void read_key() {
    std::string key;
    if (!choose(sender_.key, scope_, key)) throw missing(sender_, "key", places_of(sender_.key), sender_.key_line);
    auto const digest = base::sha256_hex(key).substr(0, 16);
    event_.key = kept_text("key", key, TextShape::line, 0, event_);
    if (event_.key.size() <= kLongestKey) return;
    event_.key = std::string(base::first_bytes(event_.key, kLongestKey - digest.size() - 1)) + "#" + digest;
    remark(fmt::format("key: longer than {} bytes, its end is a digest", kLongestKey));
  }

  void read_severity() {
    std::string word;
    if (!choose(sender_.severity.from, scope_, word)) return;
    auto const& map = sender_.severity.map;
    auto const mapped = std::find_if(
        map.begin(), map.end(), [small = base::ascii_lower(word)](auto const& entry) { return entry.first == small; });
    if (mapped != map.end()) {
      event_.severity = mapped->second;
    } else if (!(event_.severity = known_severity(word))) {
      remark("severity: unknown word " + kept_text("severity", word, TextShape::line, 40, event_));
    }
  }

  /// The earliest of the first of those that say one, or the latest.
  std::optional<TimePoint> time_of(std::string_view name, Choice const& choice, bool earliest) {
    for (auto const& one : choice) {
      std::optional<TimePoint> best;
      for (auto const& text : all_of({one}, scope_, kMostEvents)) {
        auto const time = read_time(text);
        if (!time.understood) {
          remark(fmt::format("{}: not understood: {}", name, kept_text(name, text, TextShape::line, 40, event_)));
        } else if (time.at && (!best || (earliest ? *time.at < *best : *time.at > *best))) {
          best = time.at;
        }
      }
      if (best) return best;
    }
    return std::nullopt;
  }

  void read_times() {
    auto const forget = [this](std::string_view name, std::optional<TimePoint>& time, std::string_view why) {
      remark(fmt::format("{}: {} {}, left out", name, base::format_rfc3339(*time), why));
      time.reset();
    };
    event_.starts_at = time_of("starts_at", sender_.starts_at, true);
    if (event_.starts_at && *event_.starts_at > now_ + kClockSkew)
      forget("starts_at", event_.starts_at, "is in the future");
    // Of an alarm that goes on, an end is only when the sender will look again.
    if (event_.state != State::resolved) return;
    event_.ends_at = time_of("ends_at", sender_.ends_at, false);
    if (event_.ends_at && *event_.ends_at > now_ + kClockSkew) forget("ends_at", event_.ends_at, "is in the future");
    if (event_.ends_at && event_.starts_at && *event_.ends_at < *event_.starts_at)
      forget("ends_at", event_.ends_at, "is before the start");
  }

  Sender const& sender_;
  Scope const& scope_;
  TimePoint now_;
  Event& event_;
};

}  // namespace

Event read_event(Sender const& sender, Scope const& scope, State state, TimePoint now) {
  Event event;
  event.state = state;
  event.resolve_on = sender.resolve_on;
  Fields(sender, scope, now, event).read();
  return event;
}

base::Error missing(Sender const& sender, std::string_view field, std::string looked, std::int32_t line) {
  return base::Error(base::errors::alert_field_missing,
                     {{"sender", sender.name}, {"field", std::string(field)}, {"looked", std::move(looked)}})
      .at({sender.file, line, 0});
}

}  // namespace umsops::alert
