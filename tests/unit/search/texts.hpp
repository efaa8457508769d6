// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "support/memory_index.hpp"
#include "umsops/search/search.hpp"

namespace umsops::test {

/// A text of words that many texts share and few have.
inline std::string random_text(std::mt19937& dice, std::size_t words) {
  static std::vector<std::string> const kWords = {"登录",      "失败", "数据库", "连接", "超时",    "证书",
                                                  "过期",      "LDAP", "认证",   "VPN",  "timeout", "CrashLoopBackOff",
                                                  "ORA-12154", "错误", "密码",   "重置", "the",     "server",
                                                  "服务器",    "备份", "，",     "。\n", "恢复",    "磁盘",
                                                  "x509",      "登錄", "磁",     "a"};
  std::string text;
  for (std::size_t i = 0; i < words; ++i) {
    // The smaller of two numbers: the first words are common, the last rare.
    text += kWords[std::min(dice() % kWords.size(), dice() % kWords.size())];
    if (dice() % 3 == 0) text += ' ';
  }
  return text;
}

/// Documents beside their index, and the way both change.
class Library {
 public:
  explicit Library(search::Ranking own = {}) : ranking(own), indexer(index, own) { index.set_meta({}); }

  std::uint32_t add(std::string title, std::string body, std::vector<std::string> filters = {}) {
    auto const number = indexer.add({title, body, filters});
    texts.all[number] = {number, std::move(title), std::move(body), 0};
    filters_of[number] = std::move(filters);
    return number;
  }
  void remove(std::uint32_t number) {
    auto const& text = texts.all.at(number);
    indexer.remove(number, {text.title, text.body, filters_of.at(number)});
    texts.all.erase(number);
  }
  search::Found find(std::string_view text, search::SearchOptions options = {}) {
    return search::search(index, texts, search::parse_query(text), options);
  }
  std::vector<std::string> problems() {
    search::IndexCheck check(index, ranking);
    for (auto const& [number, text] : texts.all) check.document(number, {text.title, text.body, filters_of.at(number)});
    return check.problems();
  }

  search::Ranking ranking;
  MemoryIndex index;
  MemoryTexts texts;
  std::map<std::uint32_t, std::vector<std::string>> filters_of;
  search::Indexer indexer;
};

/// Everything that an answer says.
inline std::string told(search::Found const& found) {
  std::string out = std::to_string(found.full_matches) + ":";
  for (auto const& hit : found.hits) {
    out += " " + std::to_string(hit.document) + (hit.partial ? "~" : "=") + std::to_string(hit.score) + "/" +
           std::to_string(hit.first_rank);
  }
  return out;
}

}  // namespace umsops::test
