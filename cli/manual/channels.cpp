// SPDX-License-Identifier: Apache-2.0
// The man page of channels files, section 5.
#include "cli/manual/manual.hpp"
#include "umsops/notify/kind.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFileKeys[] = {
    {"kind: channels", "identifies the file."},
    {"channels", "a map of names to channels."},
    {"usual",
     "a list of channels, in the order in which a person is tried who has no order of his own (the key contact of a "
     "roster file); default: all, as they stand here. The first of mail reaches requesters."},
    {"mail_domain",
     "accounts that the roster does not know are people at this domain. Without it they have no address."},
    {"link", "where a record can be seen, e.g. https://desk.example.com/{number}."},
    {"language", "en or zh_CN, for whom none is known. Default en."},
    {"templates",
     "a folder with texts in the place of built-in ones: KIND.en.mustache or KIND.zh_CN.mustache, e.g. "
     "ticket.confirmation.zh_CN.mustache. All of them are checked when the file is read."},
    {"audiences",
     "a map of operations, business and executives to who they are. Operations are told of each incident, business "
     "where "
     "its business_impact is HIGH or worse, executives where its severity is CRITICAL. Whoever was told is told when "
     "service is back."},
    {"expires",
     "a map of kinds of messages, or prefixes that end in a dot, to how long they are of use, 1m to 90d. What waited "
     "longer is FAILED, and not sent. Default 7d; incident. 12h, incident.escalated 2h, ticket.escalated 12h."},
};

constexpr Item kChannelKeys[] = {
    {"type", "smtp, sendmail, webhook, command or file. Required."},
    {"timeout", "how long one attempt may take, 1s to 5m. Default 30s; connecting may take 5s."},
    {"attempts", "after so many a message is dead, 1 to 100. Default 12, which is about a day."},
    {"limits",
     "a list of COUNT/SPAN, or none: so many messages to one contact within that time. More are put together into one. "
     "Default of mail: [1/1m, 5/15m, 11/1h, 21/3h]; what a requester gets is not limited."},
    {"url", "of smtp: smtps://HOST[:PORT], or smtp://HOST[:PORT] with STARTTLS. Of a webhook: https://..."},
    {"plain", "true: http://, or smtp:// without encryption where the server has none. Never with a password."},
    {"ca_file", "certificates to trust in place of the system's. There is no way to trust all of them."},
    {"from, reply_to", "of smtp and sendmail: a mail address, or 'Service desk <desk@example.com>'."},
    {"user, password_command", "of smtp: who logs in, and a program and its arguments that print the password."},
    {"body", "of a webhook: generic, slack, dingtalk, feishu, wecom, teams or pagerduty. Default generic."},
    {"url_command", "of a webhook, in place of url: a program and its arguments that print it, where it is a secret."},
    {"secret_command",
     "of a webhook: prints what DingTalk and Feishu messages are signed with, or the routing key of PagerDuty."},
    {"authorization_command", "of a webhook: prints the value of the field Authorization."},
    {"headers", "of a webhook: a map of further fields."},
    {"redirects, private_redirects",
     "of a webhook: how many redirects (307, 308) are followed, 0 to 3, never to another scheme; and whether to a "
     "private "
     "network. Default 0, false."},
    {"command",
     "of command: a program and its arguments; the message is on its standard input as JSON, its key in UMSOPS_KEY. "
     "Exit "
     "64, 65, 67, 68: it will never take it. Of sendmail: default [/usr/sbin/sendmail, -i]."},
    {"path", "of file: one JSON object a line is added to it."},
};

constexpr Item kAudienceKeys[] = {
    {"to", "a list of persons, mail addresses, team:NAME, oncall:SCHEDULE and channel:NAME (a room). Required."},
    {"when",
     "a map of severity, impact, business_impact and priority to the least that it must be; {}: all incidents."},
    {"message", "the kind of its message: incident.alert, incident.disruption or incident.critical."},
};

}  // namespace

Page channels_page() {
  Roff page("umsops-channels", 5, "how messages of umsops leave, and who is told of incidents");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A channels file says by which ways messages leave. Choose it with the setting channels, of the user's or the "
      "system's file: a project file cannot. Without it messages wait in the outbox. 'umsops tick' and 'umsops outbox "
      "flush' send them; 'umsops outbox test CHANNEL' tries a channel, 'umsops outbox preview ID' shows who gets "
      "what.");
  page.paragraph(
      "Nothing is sent twice at one time, and each message at least once: whoever gets it twice knows it by its key, "
      "in "
      "the fields Idempotency-Key and X-Umsops-Key, in the Message-ID of a mail, in the member key of JSON. Nobody is "
      "told of what he did himself, unless the roster says own_acts: true.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.items(kFileKeys);
  page.heading("KEYS OF A CHANNEL");
  page.items(kChannelKeys);
  page.heading("KEYS OF AN AUDIENCE");
  page.items(kAudienceKeys);
  page.heading("TEMPLATES");
  page.paragraph(
      "The first line is 'Subject: ...', then comes an empty line, then the text, in mustache: {{name}}, {{#name}} ... "
      "{{/name}} where there is one, {{^name}} where there is none. Values are escaped as the channel wants it. A name "
      "that is not known, partials and unescaped values are errors.");
  std::string names;
  for (auto const& name : notify::variables()) names += (names.empty() ? "" : ", ") + std::string(name);
  page.paragraph("Names: " + names + ".");
  page.heading("KINDS OF MESSAGES");
  for (auto const& kind : notify::kinds()) page.item(kind.name, std::string(kind.summary) + ".");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: channels\nlanguage: zh_CN\nmail_domain: example.com\nusual: [mail]\nchannels:\n  mail:\n    type: smtp\n"
      "    url: smtps://mail.example.com\n    from: Service desk <desk@example.com>\n    user: desk\n"
      "    password_command: [pass, show, desk-mail]\n  ops:\n    type: webhook\n    body: dingtalk\n"
      "    url_command: [pass, show, dingtalk-url]\n    secret_command: [pass, show, dingtalk-secret]\naudiences:\n"
      "  operations: {to: ['channel:ops', 'oncall:primary']}\n  executives: {to: [cio@example.com]}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-outbox(1), umsops-tick(1), umsops-config(5), umsops-roster(5), umsops-escalation(5)");
  return {"umsops-channels.5", page.text()};
}

}  // namespace umsops::cli
