// SPDX-License-Identifier: Apache-2.0
#include "umsops/alert/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "alert/fields.hpp"
#include "alert/labels.hpp"
#include "alert/recognise.hpp"
#include "alert/words.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::alert {
namespace {

using base::Error;
using base::Value;
using Act = Decision::Act;

/// Numbers every expression of a sender.
void number(std::vector<Condition>& conditions, std::vector<std::string>& patterns) {
  for (auto& condition : conditions) {
    if (condition.test == Condition::Test::matches) {
      condition.regex = static_cast<std::uint32_t>(patterns.size());
      patterns.push_back(condition.pattern);
    }
    number(condition.children, patterns);
  }
}

void number(Sender& sender, std::vector<std::string>& patterns) {
  number(sender.recognise, patterns);
  for (auto& remark : sender.remarks) number(remark.when, patterns);
  for (auto& clause : sender.clauses) number(clause.when, patterns);
  for (auto& extraction : sender.extract) {
    extraction.regex = static_cast<std::uint32_t>(patterns.size());
    patterns.push_back(extraction.pattern);
  }
}

/// Reads the events of one body that is one sender's.
class BodyReader {
 public:
  BodyReader(Sender const& sender, Patterns const& patterns, Value const& body, base::TimePoint now)
      : sender_(sender), patterns_(patterns), body_(body), now_(now) {}

  void read(std::string const& place, std::vector<Item>& items) {
    if (!sender_.each) return items.push_back(read_one(body_, place));
    auto const* const list = value_at(*sender_.each, Scope{&body_, &body_, nullptr});
    auto const* const events = list == nullptr ? nullptr : list->get_if<Value::List>();
    if (events == nullptr) return items.push_back(without_list(place));
    if (events->empty()) return items.push_back(ignored(place, "empty", sender_.line));
    auto const most = std::min(events->size(), kMostEvents);
    for (std::size_t i = 0; i < most; ++i) {
      items.push_back(
          read_one((*events)[i], fmt::format("{}{}{}[{}]", place, place.empty() ? "" : ".", sender_.each->text, i)));
    }
    if (events->size() > most)
      items.push_back(refused(place, Error(base::errors::alert_too_many, {{"most", std::to_string(kMostEvents)}}), {}));
  }

 private:
  Item item(Outcome outcome, std::string place, std::int32_t line) const {
    Item out;
    out.outcome = outcome;
    out.place = std::move(place);
    out.sender = sender_.name;
    out.rule = {sender_.file, line, 0};
    return out;
  }
  Item ignored(std::string place, std::string reason, std::int32_t line) const {
    auto out = item(Outcome::ignore, std::move(place), line);
    out.reason = std::move(reason);
    return out;
  }
  Item refused(std::string place, Error error, std::string reason) const {
    auto out = item(Outcome::refuse, std::move(place), static_cast<std::int32_t>(error.spot().line));
    out.reason = reason.empty() ? std::string(error.code().code) : std::move(reason);
    out.error = std::move(error);
    return out;
  }

  /// What is refused or ignored as a whole needs no list.
  Item without_list(std::string const& place) {
    Scope const scope{&body_, &body_, nullptr};
    for (auto const& clause : sender_.clauses) {
      if (all_hold(clause.when, scope, patterns_)) return decided(clause.decision, scope, place);
    }
    return refused(place, missing(sender_, "each", sender_.each->text, sender_.line), {});
  }

  Item read_one(Value const& event, std::string place) {
    try {
      Value const extracted = extract(event);
      Scope const scope{&event, &body_, &extracted};
      return decided(decide(scope), scope, place);
    } catch (Error const& error) {
      return refused(std::move(place), error, {});
    }
  }

  Value extract(Value const& event) const {
    Value out{Value::Object{}};
    Scope const scope{&event, &body_, nullptr};
    for (auto const& extraction : sender_.extract) {
      std::string text;
      rules::RegexMatch match;
      if (!choose(extraction.from, scope, text) || !patterns_.find(extraction.regex, text, true, match)) continue;
      for (auto& [name, value] : match.groups) {
        if (out.find(name) == nullptr) out.add(name, std::move(value));
      }
    }
    return out;
  }

  Decision decide(Scope const& scope) const {
    for (auto const& clause : sender_.clauses) {
      if (all_hold(clause.when, scope, patterns_)) return clause.decision;
    }
    auto const& state = sender_.state;
    if (state.always) return *state.always;
    std::string word;
    for (auto const& text : state.from) {
      std::string said;
      if (!fill(text, scope, said)) continue;
      auto const found = std::find_if(state.map.begin(), state.map.end(),
                                      [small = base::ascii_lower(said)](auto const& e) { return e.first == small; });
      if (found != state.map.end()) return found->second;
      if (word.empty()) word = std::move(said);
    }
    if (word.empty() && state.missing) return *state.missing;
    if (word.empty()) throw missing(sender_, "state", places_of(state.from), state.line);
    if (state.otherwise) return *state.otherwise;
    throw Error(base::errors::alert_state_unknown, {{"sender", sender_.name}, {"value", base::shortened(word, 80)}})
        .at({sender_.file, state.line, 0});
  }

  Item decided(Decision const& decision, Scope const& scope, std::string const& place) const {
    if (decision.act == Act::ignore) return ignored(place, decision.reason, decision.line);
    if (decision.act == Act::refuse) {
      auto error = refusal(sender_.name, decision.reason);
      return refused(place, error.at({sender_.file, decision.line, 0}), decision.reason);
    }
    State const state = decision.act == Act::firing     ? State::firing
                        : decision.act == Act::resolved ? State::resolved
                                                        : State::acknowledged;
    auto out = item(static_cast<Outcome>(state), place, decision.line);
    out.event = read_event(sender_, scope, state, now_);
    for (auto const& remark : sender_.remarks) {
      std::string text;
      if (all_hold(remark.when, scope, patterns_) && choose(remark.text, scope, text))
        out.event.remarks.push_back(kept_text("remark", text, base::TextShape::line, kLongestWord, out.event));
    }
    return out;
  }

  Sender const& sender_;
  Patterns const& patterns_;
  Value const& body_;
  base::TimePoint now_;
};

/// The value behind the steps, to be changed.
Value* place_in(Value& body, Path const& path) {
  Value* at = &body;
  for (auto const& step : path.steps) {
    auto const* next = step.kind == Path::Step::Kind::member ? at->find(step.name) : nullptr;
    if (next == nullptr) return nullptr;
    auto& members = *at->get_if<Value::Object>();
    at = &members[static_cast<std::size_t>(
                      std::find_if(members.begin(), members.end(), [&](auto const& m) { return &m.second == next; }) -
                      members.begin())]
              .second;
  }
  return at;
}

/// JSON within a text, as some senders wrap it. What is none stays a text.
void decode(Value& body, std::vector<Path> const& paths) {
  for (auto const& path : paths) {
    Value* const at = place_in(body, path);
    auto const* const text = at == nullptr ? nullptr : at->get_if<std::string>();
    if (text == nullptr) continue;
    try {
      Value inner = base::parse_json(*text, path.text, {kLargestBody, kDeepestBody, true});
      *at = std::move(inner);
    } catch (Error const&) {
      continue;
    }
  }
}

}  // namespace

struct Reader::Compiled {
  std::vector<Sender> senders;
  Patterns patterns;

  void read(Value& body, Input input, Sender const* named, base::TimePoint now, std::string const& place,
            std::vector<Item>& items) const {
    auto const* const sender = named != nullptr ? named : recognise(senders, patterns, body, input);
    if (sender == nullptr) {
      Item item;
      item.place = place;
      item.error = unrecognised(senders, patterns, body, input);
      item.reason = item.error->code().code;
      return items.push_back(std::move(item));
    }
    decode(body, sender->decode);
    BodyReader(*sender, patterns, body, now).read(place, items);
  }
};

Reader::Reader(std::vector<Sender> senders) : compiled_(std::make_unique<Compiled>()) {
  auto& patterns = compiled_->patterns;
  for (auto& sender : senders) number(sender, patterns.texts);
  patterns.compiled = std::make_unique<rules::Regexes>(static_cast<std::uint32_t>(patterns.texts.size()));
  compiled_->senders = std::move(senders);
}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

std::vector<Sender> const& Reader::senders() const { return compiled_->senders; }

Sender const& Reader::require(std::string_view name) const {
  std::vector<std::string_view> names;
  for (auto const& sender : compiled_->senders) {
    if (sender.name == name) return sender;
    names.push_back(sender.name);
  }
  auto const best = name.size() <= 64 ? base::nearest(name, names) : std::string();
  throw Error(base::errors::alert_sender_unknown,
              {{"name", base::shortened(name, 80)}, {"suggestion", best.empty() ? "" : "did you mean " + best + "?"}});
}

Reading Reader::read(Value body, Input input, std::string_view name, base::TimePoint now) const {
  Sender const* const named = name.empty() ? nullptr : &require(name);
  Reading out;
  auto* const bodies = body.get_if<Value::List>();
  if (bodies == nullptr) {
    compiled_->read(body, input, named, now, "", out.items);
    return out;
  }
  for (std::size_t i = 0; i < std::min(bodies->size(), kMostEvents); ++i)
    compiled_->read((*bodies)[i], input, named, now, fmt::format("[{}]", i), out.items);
  if (!bodies->empty() && bodies->size() <= kMostEvents) return out;
  Item item;
  if (bodies->empty()) {
    item.outcome = Outcome::ignore;
    item.reason = "empty";
  } else {
    item.error = Error(base::errors::alert_too_many, {{"most", std::to_string(kMostEvents)}});
    item.reason = item.error->code().code;
  }
  out.items.push_back(std::move(item));
  return out;
}

}  // namespace umsops::alert
