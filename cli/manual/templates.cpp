// SPDX-License-Identifier: Apache-2.0
// The man page of files of templates, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kKeys[] = {
    {"name", "small letters, digits, - and _. Required. It takes the place of a built-in one of that name."},
    {"for", "reply, the default, or ticket: for 'umsops ticket create'."},
    {"doc", "a line that lists show: a text, or a map of en and zh."},
    {"inputs", "a map of names that --with gives. Each may have a doc, and a default; without one it has to be given."},
    {"text", "of a reply: what is said. A text, or a map of en and zh."},
};

constexpr Item kTicketKeys[] = {
    {"title, description", "a text, or a map of en and zh. The title is required."},
    {"category, subcategory, service, team, assignee, requester, priority", "values of the new ticket."},
    {"tags", "a list of words."},
    {"attributes", "a map of names and texts. One whose text comes out empty is left out."},
    {"approval",
     "who has to say yes first: a map of of, deputy and within. of and deputy are a name, an address, team:NAME, "
     "manager (the requester's, as the directory says) or owner:SERVICE (of the catalogue). within, as 3d, is how long "
     "each of them has."},
};

constexpr Item kNames[] = {
    {"ticket.number ticket.title ticket.status ticket.priority ticket.category ticket.subcategory ticket.service "
     "ticket.assignee ticket.team ticket.resolution ticket.created ticket.approver ticket.approval_due",
     "of the ticket that is answered; not in templates of tickets."},
    {"requester.id", "as the ticket names them."},
    {"requester.name requester.mail requester.phone requester.department requester.site requester.manager",
     "as the directory says; empty for somebody whom it does not know."},
    {"agent.id", "who speaks, as the history names them."},
    {"agent.name agent.team agent.mail agent.phone", "as the roster says."},
    {"an input", "by its name."},
};

}  // namespace

Page templates_page() {
  Roff page("umsops-templates", 5, "templates of replies and tickets of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A file of templates holds words that are said again and again, and tickets that come again and again. Name "
      "files "
      "or folders of them with the setting templates; 'umsops lint' finds what is wrong with them, with file and line. "
      "'umsops template list' lists them beside the built-in ones, 'umsops template render' shows what one says.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.paragraph("kind: templates, and templates, a list.");
  page.heading("KEYS OF A TEMPLATE");
  page.items(kKeys);
  page.heading("KEYS OF A TICKET");
  page.paragraph("With for: ticket, and in the place of text. Flags of 'umsops ticket create' win.");
  page.items(kTicketKeys);
  page.heading("LANGUAGE");
  page.paragraph(
      "A requester is spoken to in the language that the directory has for them, else in that of --language, else in "
      "that of messages. A text that is not there in it is said in the other one.");
  page.heading("NAMES");
  page.paragraph(
      "Texts are mustache: {{name}} is a value, {{#name}} to {{/name}} is said only where it has one, {{^name}} to "
      "{{/name}} where it has none. Any other name is an error. Values stand as they are, without any escape, and what "
      "one of them brings is no tag. The result is text, and is checked as any other reply.");
  page.items(kNames);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: templates\ntemplates:\n  - name: token-lost\n    text:\n      en: |\n        Hello {{requester.name}},\n\n"
      "        your old token is revoked. {{agent.name}} has put a new one at the front desk.\n      zh: |\n"
      "        {{requester.name}}，您好：\n\n        您的旧令牌已吊销，新令牌已放在前台。\n"
      "  - name: guest-account\n    for: ticket\n    inputs: {guest: {}, until: {default: \"\"}}\n"
      "    title: \"Guest account for {{guest}}\"\n    description: \"{{#until}}Until {{until}}.{{/until}}\"\n"
      "    category: account\n    approval: {of: manager, deputy: \"owner:directory\", within: 2d}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-template(1), umsops-ticket(1), umsops-config(5)");
  return {"umsops-templates.5", page.text()};
}

}  // namespace umsops::cli
