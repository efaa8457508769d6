// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "build.hpp"
#include "umsops/notify/kind.hpp"

using namespace umsops;
using namespace umsops::notify;

namespace {

/// Where `check_template` says that something is wrong; empty: nowhere.
std::string flaw(std::string const& text) {
  try {
    check_template(text, "t");
    return "";
  } catch (base::Error const& error) {
    CHECK(error.code().code == "template.invalid");
    return std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column);
  }
}

}  // namespace

TEST_CASE("every kind of message has a sound text in both languages, and there are no others") {
  for (auto const& name : template_names()) {
    INFO(name);
    auto const text = builtin_template(name);
    REQUIRE_FALSE(text.empty());
    CHECK(flaw(std::string(text)).empty());
  }
  CHECK(template_names().size() == 2 * kinds().size());
}

TEST_CASE("a template is refused where it is wrong") {
  CHECK(flaw("Subject: {{number}}\n\n{{#text}}{{text}}{{/text}}\n").empty());
  CHECK(flaw("Subject: {{! why }}x\n").empty());
  CHECK(flaw("no subject\n") == "1:1");
  CHECK(flaw("Subject: x\nbody\n") == "2:1");
  CHECK(flaw("Subject: {{nubmer}}\n") == "1:10");
  CHECK(flaw("Subject: x\n\n{{{text}}}\n") == "3:1");
  CHECK(flaw("Subject: x\n\n{{&text}}\n") == "3:1");
  CHECK(flaw("Subject: x\n\n{{>text}}\n") == "3:1");
  CHECK(flaw("Subject: x\n\n{{=<% %>=}}\n") == "3:1");
  CHECK(flaw("Subject: x\n\n{{text\n") == "3:1");
  CHECK(flaw("Subject: x\n\na {{#text}}\n") == "3:3");
  CHECK(flaw("Subject: x\n\n{{/text}}\n") == "3:1");
  CHECK(flaw("Subject: x\n\n{{#text}}{{#title}}{{/text}}{{/title}}\n") == "3:20");
  CHECK(flaw("Subject: {{#text}}\n\n{{/text}}\n") == "1:10");
  CHECK(flaw("Subject: x\x1b\n") == "1:11");
}

TEST_CASE("values are escaped for their target, and stay values") {
  Templates templates("");
  base::Value const facts = base::Value::Object{{"title", "<at user_id=\"all\">&*{{number}}*"}, {"number", "T-1"}};
  auto const subject = [&](Target target) {
    return templates.render("ticket.assigned", base::Language::en, facts, target).subject;
  };
  CHECK(subject(Target::plain) == "[T-1] assigned to you: <at user_id=\"all\">&*{{number}}*");
  CHECK(subject(Target::slack) == "[T-1] assigned to you: &lt;at user_id=\"all\"&gt;&amp;*{{number}}*");
  CHECK(subject(Target::feishu).find('<') == std::string::npos);
  CHECK(subject(Target::markdown).find("\\*\\{\\{number") != std::string::npos);
}

TEST_CASE("what is absent leaves no trace") {
  Templates templates("");
  base::Value const facts = base::Value::Object{{"title", "x"}, {"number", "T-1"}, {"priority", "LOW"}, {"due", ""}};
  auto const text = templates.render("ticket.confirmation", base::Language::en, facts, Target::plain);
  CHECK(text.subject == "[T-1] x");
  CHECK(text.body.find("Due") == std::string::npos);
  auto const chinese = templates.render("ticket.confirmation", base::Language::zh, facts, Target::plain);
  CHECK(chinese.body.starts_with("您的请求已收到，编号为 T-1。"));
}
