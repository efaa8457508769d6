// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/rules/rule_set.hpp"

/// What a runbook says, how far an execution of it has come, and what comes next: values, and functions of them.
namespace umsops::runbook {

/// `check` asks and decides nothing but what conditions make of its answer; `run` and `http` change something; `manual`
/// is done by a person, `approve` is a person's consent; `verify` must hold, so many times in a row.
enum class StepKind { check, run, http, manual, approve, verify };
std::span<std::string_view const> step_kind_names();
std::string_view to_string(StepKind kind);

using Words = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A request. Texts may have holes (see `holes_of`).
struct Http {
  std::string method, url, body;
  Pairs headers;
  std::vector<std::int64_t> expect;  ///< statuses of a good answer
};

/// A program to run or a request to send. Texts may have holes; a word with holes stays one word, whatever fills them.
struct Action {
  Words command;  ///< empty: `http` counts
  std::optional<Http> http;
  std::string input;                   ///< for the program's standard input
  Pairs environment;                   ///< beside that of the runbook
  std::string folder;                  ///< working directory; empty: the runbook's
  std::string host;                    ///< a label of `Runbook::hosts`; empty: here
  base::Milliseconds timeout{30'000};  ///< from 1 s to 1 h
};

struct Step {
  std::string id, title;
  StepKind kind = StepKind::run;
  bool conditional = false;           ///< the rule of that id in `Runbook::conditions` must hold
  std::string when;                   ///< the condition as JSON, to be shown
  Words looked_at;                    ///< the names in it
  Action action;                      ///< of all but manual and approve
  std::string text;                   ///< what a person is to do or to consent to
  std::int64_t retries = 0;           ///< further attempts
  base::Milliseconds backoff{1'000};  ///< before the first of them, doubled each time up to 5 minutes
  std::optional<Action> on_error;     ///< its success makes the step RECOVERED
  std::optional<Action> rollback;     ///< takes the step's effect back, also half an effect
  std::optional<Action> probe;        ///< succeeds where the step has taken effect: asked when it was cut off
  bool goes_on = false;               ///< the next step follows even where this one failed
  std::int64_t passes = 1;            ///< verify: so often in a row
  base::Milliseconds every{5'000};    ///< verify: from one pass to the next
  bool another = false;               ///< approve: by somebody else than who runs it
  base::SourceSpot spot;
};

enum class InputType { text, integer, boolean, choice };
std::span<std::string_view const> input_type_names();

struct Input {
  std::string name, description;
  InputType type = InputType::text;
  std::optional<std::string> fallback;  ///< none: it must be given
  Words choices;
};

/// What a program prints, used where the runbook names it, and never shown or stored.
struct Secret {
  std::string name;
  Words command;
};

/// Where a step runs: the words that stand before its own.
struct Host {
  std::string name;
  Words prefix;
  bool quoted = false;  ///< the words behind the prefix are read by a shell at the other end, as ssh has it
};

enum class OnFailure { stop, rollback };

class Names;

struct Runbook {
  std::string id, title, description;
  Words types;                         ///< of the incidents that it is for
  std::string resolution, root_cause;  ///< what an incident that it repairs is resolved with
  std::vector<Input> inputs;
  std::vector<Secret> secrets;
  std::vector<Host> hosts;
  Pairs environment;
  std::string folder;
  OnFailure on_failure = OnFailure::stop;
  std::int64_t output =
      8 << 10;  ///< bytes of each step's output that are stored, half of its beginning, half of its end
  std::vector<Step> steps;
  std::optional<rules::RuleSet> conditions;  ///< none: no step has one
  std::shared_ptr<Names const> names;        ///< that these may use
  std::string text;                          ///< the file it was read from, as a whole
  std::string hash;                          ///< SHA-256 of that, 64 hexadecimal digits
  std::string file;

  Step const* find(std::string_view step) const;
  std::optional<std::size_t> index_of(std::string_view step) const;
  Host const* find_host(std::string_view name) const;
};

/// `{{inputs.host}}` in a text.
struct Hole {
  std::size_t begin = 0, end = 0;  ///< with its braces
  std::string_view name;
};
/// Throws `config.invalid` without a place where braces do not fit.
std::vector<Hole> holes_of(std::string_view text);
/// All texts of an action that may have holes. Of these, `public_texts` are seen by everybody on the host.
std::vector<std::string_view> texts_of(Action const& action);
std::vector<std::string_view> public_texts(Action const& action);

/// The names that conditions and holes may use: `incident.title`, `inputs.NAME`, `steps.ID.output` and the like.
/// `steps` are ids.
class Names {
 public:
  Names(std::vector<Input> const& inputs, Words const& steps);
  Names(Names const&) = delete;
  rules::Target const& target() const { return *target_; }
  bool knows(std::string_view name) const;

 private:
  std::vector<std::string> names_;
  std::vector<base::Field> fields_;
  base::RecordType type_;
  std::unique_ptr<rules::Target> target_;
};

/// The value as the input takes it. Throws `runbook.input`.
std::string checked_input(Runbook const& runbook, Input const& input, std::string const& value);
/// Every input with its value: what is given, else its fallback. Throws `runbook.input` for what is missing or unknown.
Pairs checked_inputs(Runbook const& runbook, Pairs const& given);

}  // namespace umsops::runbook
