// SPDX-License-Identifier: Apache-2.0
#include "umsops/search/token.hpp"

#include <catch2/catch.hpp>

#include <ctime>

using namespace umsops::search;

namespace {

/// Terms with blanks between them; `each` writes what is wanted of a token.
template <class Each>
std::string cut(std::string_view text, Each const& each) {
  struct Sink : TokenSink {
    explicit Sink(Each const& own) : take(own) {}
    void token(Token const& token) override {
      if (!out.empty()) out += ' ';
      out += take(token);
    }
    Each const& take;
    std::string out;
  } sink(each);
  Tokeniser tokeniser;
  tokeniser.tokenise(text, sink);
  return sink.out;
}

std::string terms(std::string_view text) {
  return cut(text, [](Token const& token) { return std::string(token.term); });
}

std::string sources(std::string_view text) {
  return cut(text, [&](Token const& token) { return std::string(text.substr(token.begin, token.end - token.begin)); });
}

/// Counts, and keeps nothing.
struct Counter : TokenSink {
  void token(Token const& token) override {
    ++count;
    longest = std::max(longest, token.term.size());
  }
  std::size_t count = 0, longest = 0;
};

}  // namespace

TEST_CASE("runs of Chinese become pairs and their last character") {
  CHECK(terms("登录失败") == "登录 录失 失败 败");
  CHECK(terms("登") == "登");
  CHECK(terms("登录，失败") == "登录 录 失败 败");
  CHECK(terms("ログイン") == "ログ グイ イン ン");
  CHECK(terms("로그인") == "로그 그인 인");
}

TEST_CASE("scripts part words") {
  CHECK(terms("LDAP认证服务") == "ldap 认证 证服 服务 务");
  CHECK(terms("重启auth后") == "重启 启 auth 后");
}

TEST_CASE("traditional characters and compatibility forms fold") {
  CHECK(terms("登錄失敗") == terms("登录失败"));
  CHECK(terms("憑證過期") == "凭证 证过 过期 期");
  CHECK(terms("ＶＰＮ　８０２") == "vpn 802");
  CHECK(terms("ﾛｸﾞｲﾝ") == "ログ グイ イン ン");
  CHECK(terms("ﬁle") == terms("file"));
  CHECK(terms("Straße") == terms("STRASSE"));
  CHECK(terms("caf\u00E9") == terms("cafe\u0301"));
  CHECK(terms("zero\u200Bwidth") == terms("zerowidth"));
}

TEST_CASE("words have stems, parts and compounds") {
  CHECK(terms("Running servers") == "run server");
  CHECK(terms("CrashLoopBackOff") == "crashloopbackoff crash loop back off");
  CHECK(terms("HTTPServer") == "httpserver http server");
  CHECK(terms("x509") == "x509 x 509");
  CHECK(terms("ORA-12154") == "ora 12154 =ora12154");
  CHECK(terms("ora_12154") == terms("ORA-12154"));
  CHECK(terms("802.1x") == "802 1x 1 x =8021x");
  CHECK(terms("https://a.b/c") == "https a b c =httpsabc");
  CHECK(terms("end. Next") == "end next");
  CHECK(terms("a-b-c-d-e-f-g-h-i") == "a b c d e f g h i");  // more than eight say little together
  CHECK(terms("-- --help") == "help");
}

TEST_CASE("the text of a Markdown link counts, its target does not") {
  CHECK(terms("see [the guide](/br/br-guide.md).") == "see the guid");
  CHECK(terms("[a](b\nc)") == "a b c");
  CHECK(terms("[a](b") == "a b");
}

TEST_CASE("tokens know where they came from") {
  CHECK(sources("登錄失敗") == "登錄 錄失 失敗 敗");
  CHECK(sources("the CrashLoop of ora-12") == "the CrashLoop Crash Loop of ora 12 ora-12");
  CHECK(sources("ＶＰＮ") == "ＶＰＮ");
  CHECK(sources("cafe\u0301 x") == "cafe\u0301 x");
}

TEST_CASE("positions count pairs and words; parts stand where their word does") {
  auto const positions = [](std::string_view text) {
    return cut(text, [](Token const& token) { return std::to_string(token.position); });
  };
  CHECK(positions("登录 x509 vpn") == "0 1 2 2 2 3");
  CHECK(positions("ora-12 next") == "0 1 1 2");
}

TEST_CASE("whatever a text holds, terms stay short and work stays in proportion") {
  Tokeniser tokeniser;
  std::size_t const size = 10'000'000;
  for (std::string const piece : {"a", "A1", "](", "登", "-", "a-", "\xFF", "e\u0301", "\u0301", "ﷺ", "[", "aB"}) {
    std::string text;
    while (text.size() < size) text += piece;
    Counter counter;
    auto const begin = std::clock();
    tokeniser.tokenise(text, counter);
    double const spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    INFO(piece);
    CHECK(counter.longest <= kLongestTerm);
    CHECK(counter.count <= text.size() + 18);  // a ligature has 18 characters
    CHECK(spent < 30);                         // seconds; a square of ten million would take years
  }
}

TEST_CASE("invalid bytes part words and are no terms") {
  CHECK(terms("ab\xFF"
              "cd") == "ab cd");
  CHECK(terms("\xE7\x99").empty());
  CHECK(terms("").empty());
}
