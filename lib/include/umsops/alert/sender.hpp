// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/alert/resolve_policy.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/priority.hpp"

/// A sender file as values: how to recognise what one system sends, and where everything stands in it.
namespace umsops::alert {

/// A way through a body: `labels.severity`, `"service.name"`, `alerts[0].status`, `alerts[].labels.service`. It begins
/// at the event; with `$` at the whole body, with `extract` at what expressions found.
struct Path {
  enum class Root { event, body, extract };
  struct Step {
    enum class Kind { member, index, all };
    Kind kind = Kind::member;
    std::string name;
    std::int64_t index = 0;  ///< negative: from the end
  };
  Root root = Root::event;
  std::vector<Step> steps;
  std::string text;  ///< as it is written
};
/// What is wrong with the text, empty: nothing.
std::string parse_path(std::string_view text, Path& out);

/// Text with values in it: `am:{groupKey}`, `{name|lower}`. Without one of the values it is absent.
struct Template {
  enum class Filter { none, lower, first_line, fingerprint, list };
  struct Piece {
    std::string text;  ///< when there is no path
    std::optional<Path> path;
    Filter filter = Filter::none;
  };
  std::vector<Piece> pieces;
  std::string text;
};
std::string parse_template(std::string_view text, Template& out);

/// The first that is not absent.
using Choice = std::vector<Template>;

struct Condition {
  enum class Test { exists, absent, is, matches, any };
  Test test = Test::exists;
  Path path;
  std::vector<std::string> values;  ///< of `is`, in small letters
  std::string pattern;              ///< of `matches`
  std::uint32_t regex = 0;          ///< its number in the compiled set
  std::vector<Condition> children;  ///< of `any`
};

/// What a state, or a clause, decides.
struct Decision {
  enum class Act { firing, resolved, acknowledged, ignore, refuse };
  Act act = Act::firing;
  std::string reason;  ///< of ignore and refuse
  std::int32_t line = 0;
};

struct Clause {
  std::vector<Condition> when;  ///< all must hold; none: always
  Decision decision;
};

struct StateRule {
  std::optional<Decision> always;
  Choice from;                                        ///< the first whose word is in the map
  std::vector<std::pair<std::string, Decision>> map;  ///< by the word in small letters
  std::optional<Decision> otherwise, missing;         ///< for another word, and for none
  std::int32_t line = 0;
};

struct SeverityRule {
  Choice from;
  std::vector<std::pair<std::string, model::Priority>> map;  ///< before the words that are known everywhere
};

/// Values that an expression finds in a text, by the names of its groups.
struct Extraction {
  Choice from;
  std::string pattern;
  std::uint32_t regex = 0;
};

/// Names and values: objects, lists of {key, value} or of pairs, texts `a:b` taken whole, and single ones.
struct LabelRule {
  std::vector<Path> take;
  std::vector<std::pair<std::string, Choice>> set;
};

/// What is said beside the event when all of that holds.
struct RemarkRule {
  std::vector<Condition> when;
  Choice text;
};

enum class Input { json, mail };

struct Sender {
  std::string name, title, file;
  Input input = Input::json;
  bool automatic = true;                    ///< false: only when it is asked for by name
  std::optional<ResolvePolicy> resolve_on;  ///< of the incidents that it opens
  std::vector<Condition> recognise;
  std::vector<Path> decode;  ///< texts that are JSON themselves
  std::optional<Path> each;
  std::vector<Extraction> extract;
  std::vector<Clause> clauses;  ///< of `ignore` and `refuse`, in their order
  StateRule state;
  Choice key, title_of, description, source, link, runbook, group, fingerprint, starts_at, ends_at;
  SeverityRule severity;
  Choice services;  ///< all of them, not the first
  Choice related;   ///< all that the first of them gives
  LabelRule labels;
  std::vector<RemarkRule> remarks;
  std::int32_t line = 0, key_line = 0;
};

/// Whether both recognise exactly the same bodies, by the words of their files.
bool recognise_alike(Sender const& a, Sender const& b);

}  // namespace umsops::alert
