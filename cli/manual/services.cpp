// SPDX-License-Identifier: Apache-2.0
// The man page of service files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kFileKeys[] = {
    {"kind: services", "identifies the file."},
    {"services", "a map by name. A name has no ':' and no ',' and is not me, auto or none."},
};

constexpr Item kServiceKeys[] = {
    {"tier", "how important it is: 1 (the most important) to 9. Required."},
    {"title", "what the business calls it."},
    {"aliases",
     "further names that reports and alerts use. A name, title or alias belongs to one service, whatever its case and "
     "width."},
    {"description", "what it is for; may have several lines."},
    {"owner", "the team that runs it. With a roster, 'umsops lint' and 'umsops doctor' look for the team there."},
    {"depends_on", "services that it needs to work, by any of their names. Cycles are refused."},
    {"failover", "name of the runbook of its fail-over; without it there is none."},
    {"public", "true: outsiders may hear of it. Default: false."},
    {"links", "a list of title and url."},
    {"skills", "skills that its repair takes."},
    {"checks", "how one finds out whether it works."},
    {"access_checks", "how one finds out whether people get in."},
};

constexpr Item kCheckKeys[] = {
    {"command", "program and arguments as a list; never a line for a shell."},
    {"http", "an address to fetch."},
    {"expect", "the status of a good answer (default 200); with http."},
    {"name", "without it its number."},
    {"timeout", "from 1s to 1h (default 30s)."},
    {"every", "from 10s to 1d (default 1m)."},
};

constexpr Item kMatrixKeys[] = {
    {"kind: priority-matrix", "identifies the file."},
    {"urgency", "a map of LOW, MEDIUM, HIGH and CRITICAL, each to a map of the same words (the impact) to a priority."},
};

}  // namespace

Page services_page() {
  Roff page("umsops-services", 5, "services, who depends on whom, and the priority matrix");
  page.heading("DESCRIPTION");
  page.paragraph(
      "A service file lists services and what each needs to work. Choose it with the setting 'services' or --services; "
      "several files make one catalogue and may refer to each other. 'umsops service impact' says what a failure "
      "reaches.");
  page.paragraph(yaml_rules());
  page.paragraph(
      "A file that a project's settings name may come with somebody else's checkout: it may hold no checks. "
      "'umsops incident respond' runs those of the affected services before an incident is RECOVERED.");
  page.heading("KEYS OF A FILE");
  page.items(kFileKeys);
  page.heading("A SERVICE");
  page.items(kServiceKeys);
  page.heading("A CHECK");
  page.paragraph("Either command or http, and:");
  page.items(kCheckKeys);
  page.heading("PRIORITY MATRIX");
  page.paragraph(
      "The setting 'priority_matrix' names a file that replaces the built-in matrix. It must say something for each of "
      "the sixteen pairs.");
  page.items(kMatrixKeys);
  page.heading("EXAMPLE");
  page.verbatim(
      "kind: services\nservices:\n  sso:\n    title: 统一身份认证平台\n    aliases: [单点登录, cas]\n    tier: 1\n"
      "    owner: sso\n    depends_on: [directory]\n    failover: sso-failover\n    checks:\n"
      "      - {http: https://sso.example.com/health, timeout: 5s}\n  directory:\n    aliases: [ldap]\n    tier: 1\n"
      "    checks:\n      - {command: [systemctl, is-active, slapd]}\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-service(1), umsops-roster(5), umsops-config(5)");
  return {"umsops-services.5", page.text()};
}

}  // namespace umsops::cli
