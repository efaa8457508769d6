// SPDX-License-Identifier: Apache-2.0
// The knowledge base: its index follows every change, and nothing that readers do can fail or wait.
#include <catch2/catch.hpp>
#include <random>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::Batch;
using desk::Result;

namespace {

std::size_t field(char const* name) { return model::article_type().require(name); }

struct KnowledgeFixture : DeskFixture {
  desk::KnowledgeDesk& knowledge() { return desk.knowledge(); }
  model::Article write(std::string title, std::string content, bool publish = true) {
    desk::NewArticle wanted;
    wanted.sets = {{field("title"), title}, {field("content"), content}};
    wanted.publish = publish;
    return knowledge().create(wanted, {}).article;
  }
  std::string found(std::string text, bool public_only = false) {
    desk::KnowledgeQuery query;
    query.text = std::move(text);
    query.public_only = public_only;
    std::string out;
    for (auto const& hit : knowledge().search(query).hits) out += (out.empty() ? "" : " ") + hit.article.kb_number;
    return out;
  }
};

}  // namespace

TEST_CASE("an article is found from its publication on, and as it is by then") {
  KnowledgeFixture f;
  CHECK(f.found("登录").empty());
  f.write("登录失败", "检查 LDAP 代理。", false);
  CHECK(f.found("登录").empty());
  f.knowledge().publish({"KB-1"}, false, {}, Batch::atomic);
  CHECK(f.found("登录") == "KB-000001");
  CHECK(f.found("ldap", true).empty());
  f.knowledge().update({"KB-1"}, {{field("content"), "重启网关。"}, {field("visibility"), "public"}}, {},
                       Batch::atomic);
  CHECK(f.found("ldap").empty());
  CHECK(f.found("网关", true) == "KB-000001");
  f.knowledge().archive({"KB-1"}, {}, Batch::atomic);
  CHECK(f.found("网关").empty());
  f.knowledge().publish({"KB-1"}, false, {}, Batch::atomic);
  CHECK(f.found("网关") == "KB-000001");
  CHECK(f.knowledge().check_index().empty());
}

TEST_CASE("a dry run and a refused change leave the index alone") {
  KnowledgeFixture f;
  f.write("one", "first text");
  desk::ChangeOptions dry;
  dry.dry_run = true;
  f.knowledge().update({"KB-1"}, {{field("content"), "second"}}, dry, Batch::atomic);
  CHECK_THROWS_AS(f.knowledge().update({"KB-1", "KB-9"}, {{field("content"), "second"}}, {}, Batch::atomic),
                  base::Error);
  CHECK(f.found("second").empty());
  CHECK(f.found("first") == "KB-000001");
  CHECK(f.knowledge().check_index().empty());
}

TEST_CASE("after any number of changes the index is that of the texts, and the same when it is made anew") {
  KnowledgeFixture f;
  std::mt19937 dice(11);
  char const* const words[] = {"登录", "失败", "timeout", "LDAP", "证书", "过期", "reset", "令牌", "x509", "gateway"};
  auto const text = [&](unsigned most) {
    std::string out;
    for (unsigned n = 1 + dice() % most; n > 0; --n) out += std::string(words[dice() % std::size(words)]) + " ";
    return out;
  };
  for (int step = 0; step < 150; ++step) {
    auto const id = "KB-" + std::to_string(1 + dice() % (1 + static_cast<unsigned>(step) / 3));
    switch (step < 5 ? 0 : dice() % 5) {
      case 0:
      case 1:
        f.write(text(4), text(30));
        break;
      case 2:
        f.knowledge().update({id}, {{field("content"), text(30)}, {field("tags"), "a,b"}}, {}, Batch::atomic);
        break;
      case 3:
        f.knowledge().archive({id}, {}, Batch::atomic);
        break;
      default:
        f.knowledge().publish({id}, false, {}, Batch::atomic);
    }
  }
  CHECK(f.knowledge().check_index().empty());
  std::string before, after;
  for (auto const* word : words) before += f.found(word).empty() ? "0" : "1";
  CHECK(f.knowledge().rebuild_index() > 0);
  CHECK(f.knowledge().check_index().empty());
  for (auto const* word : words) after += f.found(word).empty() ? "0" : "1";
  CHECK(before == after);
  CHECK(f.desk.store().check().empty());
}

TEST_CASE("views are counted for others, and votes once each") {
  KnowledgeFixture f;
  auto const article = f.write("one", "text");
  f.knowledge().count_view(article.id);
  CHECK(f.knowledge().show("KB-1").article.view_count == 0);  // its author
  auto other = f.options("desk.db");
  other.actor.name = "zhang.wei";
  desk::Desk reader(other);
  reader.knowledge().count_view(article.id);
  reader.knowledge().vote({"KB-1"}, true, {}, Batch::atomic);
  CHECK(reader.knowledge().vote({"KB-1"}, true, {}, Batch::atomic).at(0).done->result == Result::unchanged);
  reader.knowledge().vote({"KB-1"}, false, {}, Batch::atomic);
  auto const shown = f.knowledge().show("KB-1");
  CHECK(shown.article.view_count == 1);
  CHECK(shown.article.helpful_count == 0);
  CHECK(shown.article.not_helpful_count == 1);
  CHECK(shown.article.rev == 1);
  CHECK(shown.feedback.size() == 1);
  CHECK(f.desk.store().verify(std::nullopt).findings.empty());
}

TEST_CASE("revisions lead back to each text that there was") {
  KnowledgeFixture f;
  f.write("one", "a");
  f.knowledge().update({"KB-1"}, {{field("content"), "b"}}, {}, Batch::atomic);
  f.knowledge().update({"KB-1"}, {{field("category"), "x"}}, {}, Batch::atomic);
  f.knowledge().update({"KB-1"}, {{field("title"), "two"}, {field("content"), "c"}}, {}, Batch::atomic);
  auto const last = f.knowledge().revisions("KB-1", {}, {});
  CHECK(last.before.rev == 3);
  CHECK(last.before.content == "b");
  CHECK(last.after.title == "two");
  auto const first = f.knowledge().revisions("KB-1", 1, 2);
  CHECK(first.before.content == "a");
  CHECK(first.after.content == "b");
  CHECK(first.after.title == "one");
  CHECK_THROWS_AS(f.knowledge().revisions("KB-1", 5, {}), base::Error);
}

TEST_CASE("a revision whose text was erased cannot be compared: kb.erased") {
  KnowledgeFixture f;
  // As another desk gives it out, where somebody's words were erased.
  auto record = base::parse_json(
      R"({"id":"01hq3k6v8n0000000000000000","kb_number":"KB-000001","title":"one","content":"c","rev":3,
          "created_at":"2026-11-20T09:00:00Z","updated_at":"2026-11-20T11:00:00Z","history":[
          {"at":"2026-11-20T09:00:00Z","actor":"a","kind":"created","rev":1,"changes":{}},
          {"at":"2026-11-20T10:00:00Z","actor":"a","kind":"updated","rev":2,"changes":{"content":{"erased":true}}},
          {"at":"2026-11-20T11:00:00Z","actor":"a","kind":"updated","rev":3,"changes":{"content":["b","c"]}}]})",
      "record");
  bool given = false;
  auto const source = [&]() -> std::optional<desk::ImportRecord> {
    if (std::exchange(given, true)) return std::nullopt;
    return desk::ImportRecord{1, record, std::nullopt};
  };
  CHECK(f.knowledge().import(source, {}).created == 1);
  CHECK(f.knowledge().revisions("KB-1", 2, 3).before.content == "b");
  try {
    f.knowledge().revisions("KB-1", 1, 3);
    FAIL("compared");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "kb.erased");
  }
}

TEST_CASE("what was looked for in vain is remembered, often asked things first") {
  KnowledgeFixture f;
  f.write("令牌", "丢失令牌时联系服务台。");
  for (auto const* text : {"打印机", "Printer  on FIRE", "打印机", "  "}) f.knowledge().note_miss(text);
  auto misses = f.knowledge().misses(10);
  REQUIRE(misses.size() == 2);
  CHECK(misses[0].query == "打印机");
  CHECK(misses[0].asked == 2);
  CHECK(misses[0].nearest.empty());
  f.write("打印机", "重启打印机。");
  misses = f.knowledge().misses(1);
  CHECK(misses[0].answered);
  f.knowledge().forget_misses(true);
  CHECK(f.knowledge().misses(10).size() == 2);
  f.knowledge().forget_misses(false);
  CHECK(f.knowledge().misses(10).empty());
}
