// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/env.hpp"
#include "umsops/dialogue/talk.hpp"

namespace umsops::cli {

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

 private:
  void show(std::vector<dialogue::Utterance> const& said);
  /// For a person at a terminal only.
  void prompt(std::string_view text);
  std::string text_of(std::string const& line);

  Env& env_;
  dialogue::Talk& talk_;
  format::Format format_;
  std::int64_t line_ = 0;
};

/// What became of it, in the desk's order: the ticket or the reason why there is none.
struct ConversationEnd {
  std::optional<desk::DialogueResult> filed;
  std::string spool_key, spool_path;  ///< the desk was out of reach, and the report waits there
  bool dry_run = false;
};

/// The document `umsops.ticket.dialogue/v1`.
base::Value conversation_document(dialogue::Flow const& flow, dialogue::Talk const& talk, ConversationEnd const& end);

}  // namespace umsops::cli
