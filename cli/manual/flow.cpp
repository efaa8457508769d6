// SPDX-License-Identifier: Apache-2.0
// The man page of flow files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

Page flow_page() {
  Roff page("umsops-flow", 5, "how umsops talks with users");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A flow file defines the dialogue of 'umsops ticket intake chat' and 'umsops ticket intake phone'. Choose it "
      "with --flow or the settings chat_flow and phone_flow; the built-in flow records the request and hands it over.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "A text is one text for both languages, or {en: ..., zh: ...}; the desk answers in the language of the user.");
  page.heading("KEYS OF A FILE");
  page.item("kind: flow", "identifies the file.");
  page.item("channel", "chat or phone.");
  page.item("start", "the first node.");
  page.item("human", "the node for the word 'human'; default: the first hand_over.");
  page.item("limits",
            "turns (50): lines of the user; line_bytes (4000): of one line; wrong_answers (3): in a row. Beyond turns "
            "or wrong_answers the conversation is handed over.");
  page.item("nodes", "the nodes by name, see below.");
  page.item("questions",
            "known answers: id, when (a condition as in umsops-rules(5), over what the user said), answer.");
  page.heading("KINDS OF NODES");
  page.item("say: TEXT", "says it and continues with next.");
  page.item("ask: TEXT",
            "waits for a line and stores it in field; then next. pattern: an RE2 expression for the whole answer; "
            "hint: said if it does not match; optional: true accepts an empty line or 'skip'.");
  page.item("menu: TEXT",
            "waits for one of options, a map of key: {label, next}. The label, or a unique part of it, is accepted "
            "too. With field, the option's value (or its key) is stored. Phone keys are 0 to 9, * and #.");
  page.item("answer: TEXT",
            "looks the description up in questions. If an answer is found it is said, and the text (or 'Did that "
            "help?') asks whether it helped: yes ends the conversation as solved. Otherwise it continues with next. "
            "question: ID always gives that answer.");
  page.item("hand_over: TEXT",
            "files a ticket with the collected values, and the transcript as an internal response. priority, category "
            "and assignee override the rules. callback: true asks for number and time of a call-back; callback: 30m "
            "promises one within that time.");
  page.item("end: TEXT", "ends the conversation; nothing is filed.");
  page.heading("FIELDS");
  page.paragraph(
      "title, description (several answers are joined), requester, phone, callback_at (a time: now, 15:00, tomorrow "
      "9:30, 2h), category, attributes.NAME. Values given by --requester and --caller are not asked for.");
  page.heading("WORDS OF THE USER");
  page.paragraph(
      "The lines help, back, human and quit, and their Chinese forms, work everywhere. In a phone menu 0 is a human, * "
      "goes back and # repeats, unless the menu defines that key.");
  page.heading("LINT");
  page.paragraph(
      "'umsops lint FILE' finds unknown nodes and questions, unreachable nodes, dead ends (neither an end nor a "
      "hand_over can be reached), loops without a question, menus without options, and duplicate keys.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: flow\nchannel: chat\nstart: problem\nnodes:\n  problem: {ask: What is wrong?, field: description, next: "
      "known}\n"
      "  known: {answer: Did that help?, next: who}\n  who: {ask: What is your account?, field: requester, next: "
      "desk}\n"
      "  desk: {hand_over: A colleague takes over., priority: HIGH}\nquestions:\n"
      "  - id: password\n    when: {keywords: [forgot my password]}\n    answer: Set a new one at "
      "id.example.com/reset.\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-ticket(1), umsops-rules(5), umsops-config(5)");
  return {"umsops-flow.5", page.text()};
}

}  // namespace umsops::cli
