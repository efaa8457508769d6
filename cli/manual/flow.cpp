// SPDX-License-Identifier: Apache-2.0
// The man page of flow files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFlowKeys[] = {
    {"kind: flow", "says what the file is."},
    {"channel", "chat or phone."},
    {"start", "the first node."},
    {"human", "the node that the word 'human' leads to; without it the first hand_over."},
    {"limits",
     "turns (50): lines of the user; line_bytes (4000): of one line; wrong_answers (3): in a row. Past turns "
     "and wrong answers the conversation is handed over."},
    {"nodes", "the nodes by name, see below."},
    {"questions", "known answers: id, when (a condition as in umsops-rules(5), over what the user said), answer."},
};

constexpr Item kNodeKinds[] = {
    {"say: TEXT", "says it and goes on with next."},
    {"ask: TEXT",
     "waits for a line and keeps it in field; then next. pattern: an RE2 expression for the whole answer; hint: "
     "said when it does not fit; optional: true takes an empty line, or 'skip'."},
    {"menu: TEXT",
     "waits for one of options, a map of key: {label, next}. The label, or a part that only one label has, is "
     "understood too. With field, the option's value (or its key) is kept. Keys of a phone are 0 to 9, * and #."},
    {"answer: TEXT",
     "looks the description up in questions. What is found is said, and the text (or 'Did that help?') asks "
     "whether it helped: yes ends the conversation as solved. No, and nothing found, go on with next. With "
     "question: ID that answer is given whatever was said."},
    {"hand_over: TEXT",
     "files a ticket with what was collected, and the transcript as an internal response. priority, category "
     "and assignee beat every rule. callback: true asks for number and time of a call-back; callback: 30m "
     "promises one within that time."},
    {"end: TEXT", "ends the conversation; nothing is filed."},
};

}  // namespace

Page flow_page() {
  Roff page("umsops-flow", 5, "how umsops talks with users");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A flow file says what 'umsops ticket intake chat' and 'umsops ticket intake phone' say and ask. It is named by "
      "--flow, or by the settings chat_flow and phone_flow; without any, a built-in flow takes the request in and "
      "hands it over.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "A text is one text for both languages, or {en: ..., zh: ...}; the desk answers in the language that the user "
      "writes.");
  page.heading("KEYS OF A FILE");
  page.items(kFlowKeys);
  page.heading("KINDS OF NODES");
  page.items(kNodeKinds);
  page.heading("FIELDS");
  page.paragraph(
      "title, description (several answers are joined), requester, phone, callback_at (a time: now, 15:00, tomorrow "
      "9:30, 2h), category, attributes.NAME. What --requester and --caller say already is not asked.");
  page.heading("WORDS OF THE USER");
  page.paragraph(
      "A line that is only help, back, human or quit steers the conversation anywhere; so do their Chinese forms. On a "
      "phone's menu 0 is a human, * goes back and # repeats, unless the menu has a key of that name.");
  page.heading("LINT");
  page.paragraph(
      "'umsops lint FILE' finds nodes and questions that are not there, nodes that nothing leads to, dead ends "
      "(neither an end nor a hand_over can be reached), rounds in which nothing is asked, menus without options, and "
      "keys that stand twice.");
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
