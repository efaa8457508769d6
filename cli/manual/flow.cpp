// SPDX-License-Identifier: Apache-2.0
// The man page of flow files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFlowKeys[] = {
    {"kind: flow", "identifies the file."},
    {"channel", "chat or phone."},
    {"start", "the first node."},
    {"human", "the node for the word 'human'; default: the first hand_over."},
    {"limits",
     "turns (50): lines of the user; line_bytes (4000): of one line; wrong_answers (3): in a row. Beyond turns "
     "or wrong_answers the conversation is handed over."},
    {"nodes", "the nodes by name, see below."},
    {"questions", "known answers: id, when (a condition as in umsops-rules(5), over what the user said), answer."},
};

constexpr Item kNodeKinds[] = {
    {"say: TEXT", "says it and continues with next."},
    {"ask: TEXT",
     "waits for a line and stores it in field; then next. pattern: an RE2 expression for the whole answer; "
     "hint: said if it does not match; optional: true accepts an empty line or 'skip'."},
    {"menu: TEXT",
     "waits for one of options, a map of key: {label, next}. The label, or a unique part of it, is accepted "
     "too. With field, the option's value (or its key) is stored. Phone keys are 0 to 9, * and #."},
    {"answer: TEXT",
     "looks the description up in questions. If an answer is found it is said, and the text (or 'Did that "
     "help?') asks whether it helped: yes ends the conversation as solved. Otherwise it continues with next. "
     "question: ID always gives that answer."},
    {"hand_over: TEXT",
     "files a ticket with the collected values, and the transcript as an internal response. priority, category "
     "and assignee override the rules. callback: true asks for number and time of a call-back; callback: 30m "
     "promises one within that time."},
    {"transfer: TARGET",
     "files the ticket and lets the user wait for a human on the line: oncall:SCHEDULE, team:NAME, auto (whoever fits "
     "best of those on shift; without a roster it is a hand_over) or a person. text: what is said. wait: how long "
     "(3m), "
     "then it is a call-back. priority and category override the rules."},
    {"end: TEXT", "ends the conversation; nothing is filed."},
};

}  // namespace

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
  page.items(kFlowKeys);
  page.heading("KINDS OF NODES");
  page.items(kNodeKinds);
  page.heading("FIELDS");
  page.paragraph(
      "title, description (several answers are joined), requester, phone, callback_at (a time: now, 15:00, tomorrow "
      "9:30, 2h), category, attributes.NAME. Values given by --requester and --caller are not asked for.");
  page.heading("WORDS OF THE USER");
  page.paragraph(
      "The lines help, back, human and quit, and their Chinese forms, work everywhere. In a phone menu 0 is a human, * "
      "goes back and # repeats, unless the menu defines that key.");
  page.heading("A HUMAN ON THE LINE");
  page.paragraph(
      "A transfer stores the ticket, what was said, and a call-back that is due when the wait is over, all at once. "
      "So it is a call-back by itself when nobody comes, or either program ends. The bridge is told who is on "
      "shift, with telephone and mail: on standard error, or with -o jsonl as transfer in a line. Whoever is on "
      "shift gets the ticket and a message; 'umsops ticket callback list' shows who waits. Where nobody is, the "
      "user is told of the call-back at once.");
  page.paragraph(
      "'umsops --actor NAME ticket intake chat --join ID' (or phone) brings NAME to the line: the call-back is "
      "done, the ticket theirs. Both sides run until one leaves: by /bye, quit or their Chinese forms, the end of "
      "input, or a signal. Each line is a reply in the ticket and seen by the other side within half a second; "
      "nobody is sent a message about it while both are there. The first line of the agent is the first response. "
      "Notes are shown to agents alone, and a reply by 'umsops ticket reply' reaches the user, too. A second agent "
      "is refused, unless with --force.");
  page.paragraph(
      "When a side is killed, the other one sees it within a second where both run on one host: the user waits "
      "anew, with a new call-back, and an agent's side ends. On different hosts a lost side is only silent; what "
      "is said to it is stored.");
  page.heading("LINT");
  page.paragraph(
      "'umsops lint FILE' finds unknown nodes and questions, unreachable nodes, dead ends (neither an end nor a "
      "hand_over can be reached), loops without a question, menus without options, and duplicate keys. "
      "'umsops lint' without files also finds schedules, teams and people that the roster does not know.");
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
