// SPDX-License-Identifier: Apache-2.0
// Any bytes as a document, as a question, as a page of an index and as a pending row: they are understood, or told to
// be damaged.
#include "umsops/search/search.hpp"
#include "search/pages.hpp"
#include "search/second_stage.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/memory_index.hpp"
#include "umsops/base/error.hpp"

namespace umsops::fuzz {

namespace {

struct Sink : search::TokenSink {
  explicit Sink(std::string_view own) : text(own) {}
  void token(search::Token const& token) override {
    require(token.begin < token.end && token.end <= text.size());
    require(!token.term.empty() && token.term.size() <= search::kLongestTerm + 2);
    require(token.position + 1 >= last);
    last = token.position;
  }
  std::string_view text;
  std::uint32_t last = 0;
};

/// The index holds these bytes in the place of what it wrote.
void damaged_index(std::string_view bytes, std::string_view question) {
  test::MemoryIndex index;
  test::MemoryTexts texts;
  search::Indexer indexer(index);
  indexer.add({"title", "body 登录", {}});
  indexer.tidy(true);
  index.all_pages().begin()->second = bytes;
  index.add_pending({1, false, std::string(bytes)});
  try {
    search::search(index, texts, search::parse_query(question));
    search::search(index, texts, search::parse_query("登录 body"));
    indexer.tidy(true);
  } catch (base::Error const& error) {
    require(error.kind() == base::ErrorKind::damaged);
  }
}

}  // namespace

void one_input(std::string_view bytes) {
  search::Tokeniser tokeniser;
  Sink sink(bytes);
  tokeniser.tokenise(bytes, sink);
  std::string_view const half = bytes.substr(0, bytes.size() / 2), rest = bytes.substr(bytes.size() / 2);

  test::MemoryIndex index;
  test::MemoryTexts texts;
  search::Indexer indexer(index);
  auto const number = indexer.add({half, rest, {std::string(half)}});
  texts.all[number] = {number, std::string(half), std::string(rest), 0.5};
  for (bool const folded : {false, true}) {
    if (folded) indexer.tidy(true);
    for (auto const question : {rest, half.substr(0, 20), bytes}) {
      auto const found = search::search(index, texts, search::parse_query(question));
      for (auto const& hit : found.hits) {
        for (auto const span : hit.snippet_marks) require(span.begin < span.end && span.end <= hit.snippet.size());
        for (auto const span : hit.title_marks) require(span.begin < span.end && span.end <= half.size());
      }
    }
  }
  search::IndexCheck check(index);
  check.document(number, {half, rest, {std::string(half)}});
  require(check.problems().empty());
  indexer.remove(number, {half, rest, {std::string(half)}});
  indexer.tidy(true);
  require(index.bytes() == 0);
  damaged_index(bytes, half);
}

}  // namespace umsops::fuzz
