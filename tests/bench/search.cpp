// SPDX-License-Identifier: Apache-2.0
// search quality FILE [NAME=VALUE...]: what the search answers to questions whose right document is known. FILE has
// lines of fields with tabs between them, `\n` for a line end: "d id title body", "q id text relevant". Prints the
// number of questions, recall@1, recall@5, recall@10 and MRR@10; with `each=1` also the rank (0: not among ten) of each
// question. search speed FILE COUNT: see speed.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/search_speed.hpp"
#include "tests/support/memory_index.hpp"
#include "umsops/base/number.hpp"

using namespace umsops;

namespace {

std::vector<std::string> fields(std::string const& line) {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      out.emplace_back();
    } else if (line[i] == '\\' && i + 1 < line.size()) {
      out.back() += line[++i] == 'n' ? '\n' : line[i];
    } else {
      out.back() += line[i];
    }
  }
  return out;
}

struct Question {
  std::string id, text, relevant;
};

struct Set {
  std::vector<std::string> ids;
  std::vector<search::FoundText> documents;
  std::vector<Question> questions;
};

Set read_set(char const* path) {
  Set set;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    auto f = fields(line);
    if (f.size() != 4) continue;
    if (f[0] == "q") set.questions.push_back({f[1], f[2], f[3]});
    if (f[0] != "d") continue;
    set.ids.push_back(f[1]);
    search::FoundText text;
    text.title = f[2];
    text.body = f[3];
    set.documents.push_back(std::move(text));
  }
  return set;
}

struct Options {
  search::SearchOptions search;
  bool each = false;
};

Options options(int count, char** words) {
  Options out;
  auto& r = out.search.ranking;
  double window = r.window, candidates = 50, full = 0, each = 0;
  std::map<std::string, double*> const names{{"k1", &r.saturation},
                                             {"title", &r.title_weight},
                                             {"bt", &r.title_length},
                                             {"b", &r.body_length},
                                             {"idf", &r.idf_power},
                                             {"stop", &r.stop_weight},
                                             {"single", &r.single_weight},
                                             {"single_idf", &r.single_idf},
                                             {"passage", &r.passage},
                                             {"window", &window},
                                             {"full", &full},
                                             {"candidates", &candidates},
                                             {"each", &each},
                                             {"share", &out.search.partial_share}};
  for (int i = 0; i < count; ++i) {
    std::string const word = words[i];
    auto const at = names.find(word.substr(0, word.find('=')));
    auto const value = base::parse_decimal(word.substr(std::min(word.size(), word.find('=') + 1)));
    if (at == names.end() || !value) {
      std::fprintf(stderr, "not known: %s\n", words[i]);
      std::exit(2);
    }
    *at->second = *value;
  }
  r.window = static_cast<std::uint32_t>(window);
  out.search.candidates = static_cast<std::size_t>(candidates);
  out.search.full_first = full != 0;
  out.each = each != 0;
  return out;
}

void quality(Set const& set, Options const& options) {
  test::MemoryIndex index;
  test::MemoryTexts texts;
  search::Tokeniser tokeniser;
  search::IndexMeta pivots;
  double titles = 0, bodies = 0;
  for (auto const& each : set.documents) {
    auto const lengths = search::measure(tokeniser, {each.title, each.body, {}});
    titles += lengths.title;
    bodies += lengths.body;
  }
  auto const count = static_cast<double>(set.documents.size());
  pivots.title_pivot = static_cast<std::uint32_t>(std::max(1.0, titles / count + 0.5));
  pivots.body_pivot = static_cast<std::uint32_t>(std::max(1.0, bodies / count + 0.5));
  search::IndexBuilder builder(index, pivots, options.search.ranking);
  std::map<std::uint32_t, std::string> ids;
  for (std::size_t i = 0; i < set.documents.size(); ++i) {
    auto text = set.documents[i];
    text.document = builder.add({text.title, text.body, {}});
    ids[text.document] = set.ids[i];
    texts.all[text.document] = std::move(text);
  }
  builder.finish();
  double at1 = 0, at5 = 0, at10 = 0, mrr = 0;
  for (auto const& question : set.questions) {
    auto const found =
        search::search(index, texts, search::parse_query(question.text, options.search.ranking), options.search);
    std::size_t rank = 0;
    for (std::size_t i = 0; i < found.hits.size() && rank == 0; ++i) {
      if (ids[found.hits[i].document] == question.relevant) rank = i + 1;
    }
    if (options.each) std::printf("%s\t%zu\t%s\n", question.id.c_str(), rank, question.text.c_str());
    if (rank == 0) continue;
    at1 += rank == 1;
    at5 += rank <= 5;
    at10 += rank <= 10;
    mrr += 1.0 / static_cast<double>(rank);
  }
  auto const n = static_cast<double>(std::max<std::size_t>(1, set.questions.size()));
  std::printf("%zu\t%.4f\t%.4f\t%.4f\t%.4f\n", set.questions.size(), at1 / n, at5 / n, at10 / n, mrr / n);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc >= 3 && std::strcmp(argv[1], "quality") == 0) {
    quality(read_set(argv[2]), options(argc - 3, argv + 3));
    return 0;
  }
  if (argc == 4 && std::strcmp(argv[1], "speed") == 0) {
    auto const set = read_set(argv[2]);
    bench::search_speed(set.documents,
                        static_cast<std::size_t>(base::parse_integer(argv[3], 1, 10'000'000).value_or(1)));
    return 0;
  }
  std::fprintf(stderr, "search quality FILE [NAME=VALUE...] | search speed FILE COUNT\n");
  return 2;
}
