// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/env.hpp"
#include "cli/lines.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::cli {

/// More than any flow takes for one line, escaped as JSON.
inline constexpr std::size_t kLongestLine = 128 * 1024;
/// The words in the line of that number: with -o jsonl {"text": ...} or plain.
std::string words_in(format::Format format, std::string const& line, std::int64_t number);

/// A conversation on standard input and output: plain lines, or JSON lines with -o jsonl. Other formats say nothing
/// until its end.
class Conversation {
 public:
  Conversation(Env& env, dialogue::Talk& talk, format::Format format);

  /// Talks until the flow or the input ends. Throws what ended it otherwise: a signal, an output that is gone, a line
  /// that is no JSON.
  void run();
  /// A further line of the desk, in the user's language.
  void say(std::string const& text);
  /// Where its lines come from, for whoever goes on.
  LineInput& input() { return input_; }
  std::int64_t lines() const { return line_; }

 private:
  void show(std::vector<dialogue::Utterance> const& said);
  /// For a person at a terminal only.
  void prompt(std::string_view text);

  Env& env_;
  dialogue::Talk& talk_;
  format::Format format_;
  LineInput input_{kLongestLine};
  std::int64_t line_ = 0;
};

/// What became of it, in the desk's order: the ticket or the reason why there is none.
struct ConversationEnd {
  std::optional<desk::DialogueResult> filed;
  std::string spool_key, spool_path;  ///< the desk was out of reach, and the report waits there
  std::vector<dialogue::Line> live;   ///< what was said on the line
  std::int64_t live_turns = 0;        ///< lines of it that were said here
  std::string agent;                  ///< who came to the line
  bool dry_run = false;
};

base::Value transcript_line(dialogue::Line const& line);
/// Who is to come to the line, and how they are reached.
base::Value transfer_value(desk::Transfer const& transfer);
/// The document `umsops.ticket.dialogue/v1`.
base::Value conversation_document(dialogue::Flow const& flow, dialogue::Talk const& talk, ConversationEnd const& end);

}  // namespace umsops::cli
