// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/base/time.hpp"
#include "umsops/base/value.hpp"
#include "umsops/model/priority.hpp"

/// What a desk has ready: texts for replies, and tickets that come again and again. Values of files and facts; nothing
/// here reads a file, a store or a clock.
namespace umsops::prepared {

/// A text in both languages; an empty one is the other.
struct BothTexts {
  std::string en, zh;
  std::string const& in(base::Language language) const {
    return (language == base::Language::zh && !zh.empty()) || en.empty() ? zh : en;
  }
  bool empty() const { return en.empty() && zh.empty(); }
};

/// Something that the caller says: `--with person=li.lei`.
struct Input {
  std::string name;
  BothTexts doc;
  std::optional<std::string> fallback;  ///< none: it has to be said
};

/// Who has to say yes before a ticket is worked on; see `desk::AskApproval`.
struct Approval {
  std::string of, deputy;
  base::Milliseconds within{};  ///< 0: it waits as long as it takes
};

/// The fields of a ticket; their texts have holes.
struct TicketForm {
  BothTexts title, description;
  std::string category, subcategory, service, team, assignee, requester;  ///< empty: not said
  std::optional<model::Priority> priority;
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::optional<Approval> approval;
};

enum class Use { reply, ticket };
/// `reply`, `ticket`.
std::string_view to_string(Use use);

struct Template {
  std::string name;
  Use use = Use::reply;
  BothTexts doc;
  std::vector<Input> inputs;
  BothTexts text;     ///< of a reply
  TicketForm ticket;  ///< of a ticket
  std::string file;   ///< where it stands; empty: it is built in
  std::int64_t line = 0;
};

/// The names that its texts may use: `ticket.*` (of a reply), `requester.*`, `agent.*`, and its inputs.
std::vector<std::string_view> names_of(Template const& one);
std::vector<std::string_view> ticket_names(), requester_names(), agent_names();

using Pairs = std::vector<std::pair<std::string, std::string>>;
/// Facts with the values of its inputs beside them. Throws `usage.missing` for one that has to be said, and
/// `usage.bad_value` for an unknown name, a value that is no line, or one too long.
base::Value with_inputs(Template const& one, Pairs const& given, base::Value const& facts);

/// The words of a reply.
std::string reply_text(Template const& one, base::Language language, base::Value const& facts);
/// The form with its holes filled, in that language.
struct FilledTicket {
  std::string title, description;
  Pairs attributes;
  std::vector<std::string> tags;
};
FilledTicket filled_ticket(TicketForm const& form, base::Language language, base::Value const& facts);

/// The language that a directory, a flag or a setting names: `zh`, `zh-CN`, `zh_CN` are Chinese, all else is English.
base::Language language_named(std::string_view name);

}  // namespace umsops::prepared
