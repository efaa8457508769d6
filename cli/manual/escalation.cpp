// SPDX-License-Identifier: Apache-2.0
// The man page of escalation files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFileKeys[] = {
    {"kind: escalation", "identifies the file."},
    {"policies",
     "a list of policies, in the order in which they are tried. Without this key the built-in ones hold; an "
     "empty list tells nobody."},
    {"updates",
     "a map of LOW, MEDIUM, HIGH and CRITICAL to how often news are owed, 1m to 30d, or never. What is not "
     "named stays as it is built in: never, 4h, 1h, 30m."},
};

constexpr Item kPolicyKeys[] = {
    {"name", "how it is called. Required, and unique."},
    {"severity", "only incidents of this severity or worse; default LOW: all."},
    {"types", "only incidents of these types."},
    {"services", "only incidents that touch one of these services, as the incident has them."},
    {"steps", "a list of steps. Required."},
    {"repeat", "how often all steps are taken once more when nobody acknowledged: 0 to 5, default 0."},
    {"multi_ack", "how many different people must acknowledge before nobody is told any more: 1 to 20, default 1."},
};

constexpr Item kStepKeys[] = {
    {"after", "how long after the step before; of the first one, after the incident began to wait: 1m to 9000m."},
    {"notify",
     "whom to tell: a person, team:NAME, oncall:SCHEDULE, audience:operations, audience:business, audience:executives, "
     "or assignee and commander, whoever that is by then. A role that nobody has tells nobody."},
};

}  // namespace

Page escalation_page() {
  Roff page("umsops-escalation", 5, "who is told when nobody acknowledges an incident of umsops");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An escalation file says who is told, step by step, as long as nobody acknowledges an incident, and how often "
      "news "
      "are owed. Choose it with the setting escalation. Of the policies the first that matches an incident counts. "
      "'umsops tick' takes the steps, each once, late ones in order; each is a message in the outbox and an entry of "
      "the "
      "timeline.");
  page.paragraph(
      "An incident waits from its opening on, anew when an alarm reopens it, and anew when it is not muted any more. "
      "The "
      "steps end with 'umsops incident ack', when work begins ('ack --start'), when service is back, and while the "
      "incident is muted. 'umsops incident show' and 'umsops incident transitions' tell the next step.");
  page.paragraph(
      "News are owed on incidents that are open and not muted, counted from the last note or move between states: "
      "'umsops incident list -w update:overdue'.");
  page.paragraph(yaml_rules());
  page.heading("KEYS OF A FILE");
  page.items(kFileKeys);
  page.heading("KEYS OF A POLICY");
  page.items(kPolicyKeys);
  page.heading("KEYS OF A STEP");
  page.items(kStepKeys);
  page.heading("BUILT IN");
  page.paragraph(
      "CRITICAL: assignee and audience:operations after 5m, audience:operations after another 10m, with "
      "audience:executives after another 15m, all of it twice more. HIGH: assignee and audience:operations after 15m, "
      "audience:operations after another 30m, once more. Nobody for the rest.");
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: escalation\npolicies:\n  - name: sign-in\n    severity: HIGH\n    services: [sso]\n    multi_ack: 2\n"
      "    steps:\n      - {after: 5m, notify: ['oncall:primary']}\n      - {after: 10m, notify: ['team:identity', "
      "commander]}\n    repeat: 1\n  - name: rest\n    severity: HIGH\n    steps: [{after: 30m, notify: [assignee]}]\n"
      "updates: {CRITICAL: 15m, LOW: never}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-incident(1), umsops-tick(1), umsops-config(5), umsops-inhibition(5)");
  return {"umsops-escalation.5", page.text()};
}

}  // namespace umsops::cli
