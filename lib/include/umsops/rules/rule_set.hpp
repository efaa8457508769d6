// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/value.hpp"
#include "umsops/rules/target.hpp"

namespace umsops::rules {

/// A condition over facts, as written in a rule file.
struct Test {
  enum class Kind { all, any, none, keywords, regex, equals, in, range, exists };
  Kind kind = Kind::all;
  std::vector<Test> children;       ///< of all, any, none
  std::vector<std::string> fields;  ///< the facts it looks at; empty: the texts of the target
  std::vector<std::string> words;   ///< keywords, equals, in; regex: the pattern
  std::vector<std::string> except;  ///< keywords: a word inside one of these does not count (一般 in 一般来说)
  double min = 0, max = 0;          ///< range; both ends inclusive
  bool has_min = false, has_max = false;
  bool guard_negation = true;  ///< keywords: 不紧急 and "not urgent" do not count
  std::int64_t line = 0;
};

/// One rule: when `test` holds, it proposes `sets`.
struct Rule {
  std::string id;
  std::string description;
  Test test;
  std::vector<std::pair<std::string, std::string>> sets;      ///< field → value; `attributes.NAME` for further ones
  std::vector<std::pair<std::string, std::string>> extracts;  ///< field ← named group of its regex tests
  double weight = 1;                                          ///< added for its values where the set decides by weight
  bool stop = false;                                          ///< if it holds, later rules are skipped
  std::string file;
  std::int64_t line = 0;
};

/// A CSV table that turns the value of one fact into values of fields.
struct Mapping {
  std::string id;
  std::string fact;                  ///< the column looked up, e.g. `requester_id`
  std::vector<std::string> columns;  ///< the fields its further columns set
  std::vector<std::pair<std::string, std::vector<std::string>>> rows;
  std::string file;
  std::int64_t line = 0;
};

enum class Decide { first_match, weight };

/// One expected outcome: `rules test` runs it.
struct TestCase {
  std::string name;
  base::Value facts;   ///< object: title, description, source, ...
  base::Value expect;  ///< object: field → value
  std::string file;
  std::int64_t line = 0;
};

/// The content of rule files before compilation. `decide` is per field; the default is the first match.
struct RuleSource {
  Target const* target = &ticket_target();  ///< the kind of record they are for
  std::vector<Rule> rules;
  std::vector<Mapping> mappings;
  std::vector<std::pair<std::string, Decide>> decide;
  std::vector<std::pair<std::string, std::string>>
      defaults;  ///< field → value when text was examined and nothing matched
  std::vector<std::pair<std::string, std::string>> without_text;  ///< field → value when there was no text
  std::vector<TestCase> cases;
};

/// Text facts by name, as the rules see a record.
using Facts = std::vector<std::pair<std::string, std::string>>;

/// Where a word was found: byte offsets in the fact.
struct Match {
  std::string fact;
  std::size_t begin = 0, end = 0;
  std::string word;
};

/// A rule that held, in the order of the file.
struct Hit {
  std::string rule;
  std::string file;
  std::int64_t line = 0;
  double weight = 1;
  std::vector<Match> matches;
  std::vector<std::pair<std::string, std::string>> proposes;
};

/// One field's outcome: the winner and the hits that lost.
struct Outcome {
  std::string field;
  std::string value;
  std::string origin;  ///< `rule`, `mapping` or `default`
  int hit = -1;        ///< index of the winner in `hits`; -1 for a default
  double score = 0;
  std::vector<std::pair<std::string, double>> losers;  ///< other values with their scores
};

/// A word that was found and did not count.
struct HeldBack {
  enum class Why { denied, exception, longer_word };
  std::string rule;
  Match match;
  Why why = Why::denied;
};

struct Verdict {
  std::vector<Hit> hits;
  std::vector<Outcome> outcomes;
  std::vector<HeldBack> held_back;  ///< only where asked for
};

/// A compiled rule set: immutable, usable from several threads. It is one flat image of bytes, which can be stored and
/// loaded without reading the rule files (see `image` and `from_image`).
class RuleSet {
 public:
  /// Compiles. Throws `rules.invalid` with file and line (regex that RE2 refuses, unknown field, empty keyword, ...).
  static RuleSet compile(RuleSource const& source);
  enum class Sum { checked, vouched };  ///< vouched: the caller has checked that the bytes are intact
  /// Uses an image made by `image()` of the same program version; the bytes must outlive the set (`keep` holds them).
  /// Throws `rules.invalid` when it is none, or made for another kind of record than `target`. No image, altered or
  /// not, is read outside its bytes.
  static RuleSet from_image(std::string_view bytes, std::shared_ptr<void const> keep, Sum sum = Sum::checked,
                            Target const& target = ticket_target());

  std::string_view image() const;
  /// Hash of everything that affects decisions: equal for equal rules, whatever their file. 16 hexadecimal digits.
  std::string const& version() const;
  std::size_t size() const;

  enum class Tell { verdict, held_back };
  /// Pure: facts to verdict. Never throws, whatever the text. Mappings come first, over the facts given; rules see what
  /// those say and the attributes that rules before them have set.
  Verdict classify(Facts const& facts, Tell tell = Tell::verdict) const;

 private:
  struct State;
  std::shared_ptr<State const> state_;
};

}  // namespace umsops::rules
