// SPDX-License-Identifier: Apache-2.0
// The man page of article files, section 5.
#include "cli/manual/manual.hpp"

namespace umsops::cli {

namespace {

constexpr Item kKeys[] = {
    {"kb_number", "the number of the article. Export writes it where no folder has the article yet."},
    {"kind", "article (unless said), guide, video, faq or solution."},
    {"title",
     "one line of up to 200 characters. Required. In a faq it is called question, in a solution solution_title."},
    {"category", "e.g. mfa, password."},
    {"tags", "a list of words that it is found by, too."},
    {"language", "en or zh_CN."},
    {"difficulty", "BEGINNER, INTERMEDIATE or ADVANCED."},
    {"related_incidents", "a list of numbers of incidents."},
    {"visibility", "internal (unless said) or public."},
    {"status", "DRAFT, PUBLISHED or ARCHIVED. Unless said a faq is PUBLISHED, anything else a DRAFT."},
    {"review_by", "when somebody has to look whether it still holds: a date, or an RFC 3339 time."},
};

constexpr Item kKindKeys[] = {
    {"priority", "of a faq: a whole number; greater ones come first."},
    {"is_published", "of a faq: true or false, in the place of status."},
    {"incident_type",
     "of a solution: AUTHENTICATION_FAILURE, DATABASE_ISSUE, NETWORK_PROBLEM, PERFORMANCE_DEGRADATION or OTHER."},
    {"required_tools", "of a solution: a list."},
    {"estimated_time_minutes", "of a solution: a whole number."},
    {"url", "of a video: a web address. Required there."},
    {"length", "of a video: whole seconds."},
};

}  // namespace

Page article_page() {
  Roff page("umsops-article", 5, "articles of the knowledge base of umsops as Markdown files");
  page.heading("DESCRIPTION");
  page.paragraph(
      "An article file is Markdown with front matter: a line of three dashes, keys and values in YAML, another line of "
      "three dashes, and the text. One empty line behind the dashes and the line end of the last line are no part of "
      "the "
      "text. It is the content of an article, the answer of a faq, the steps of a solution.");
  page.paragraph(
      "'umsops kb import DIR' takes all files of a folder that end in .md and begin with front matter, those in hidden "
      "folders and symbolic links left out; 'umsops kb export DIR' writes them. A file is known by its path, a moved "
      "one "
      "by what it says, and one that says a kb_number by that. The desk keeps what both sides said when they last "
      "agreed: what changed on one side since then goes to the other, what changed on both is a conflict and is named. "
      "A "
      "file that is gone makes its article ARCHIVED.");
  page.paragraph(
      "Export leaves a file as it is written, comments included, as long as it says what the article says; so a folder "
      "that was imported is exported byte for byte, given UTF-8, LF and a line end at the end of each file.");
  page.paragraph(yaml_rules());
  page.heading("KEYS");
  page.items(kKeys);
  page.heading("KEYS OF SOME KINDS");
  page.items(kKindKeys);
  page.heading("EXAMPLE");
  page.verbatim(
      "---\nkind: faq\nquestion: I lost my phone. How do I sign in?\ncategory: mfa\ntags: [phone, token]\nlanguage: "
      "en\n"
      "visibility: public\npriority: 90\n---\n\nCall the service desk, and have the old phone removed.\n");
  page.heading("SEE ALSO");
  page.paragraph("umsops-kb(1), umsops-config(5)");
  return {"umsops-article.5", page.text()};
}

}  // namespace umsops::cli
