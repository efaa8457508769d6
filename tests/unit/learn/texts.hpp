// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/learn/model.hpp"
#include "umsops/learn/train.hpp"

namespace umsops::learn {

/// Texts of a desk that nobody wrote: each label has words of its own among those of all.
struct MadeTexts {
  std::vector<std::string> bodies;
  std::vector<Text> texts;
  Lesson lesson{"category", {}, {}};

  void finish() {
    texts.clear();
    for (auto const& body : bodies) texts.push_back({"", body});
  }
};

inline MadeTexts made_texts(std::size_t labels, std::size_t each, unsigned seed = 1) {
  static char const* const kTopics[] = {
      "printer paper toner jam", "vpn tunnel gateway connect", "password reset expired",
      "mailbox quota outlook",   "laptop screen battery",      "invoice purchase order",
      "badge door access",       "database query slow",        "license software install"};
  static char const* const kCommon[] = {"please", "help",  "since",  "yesterday", "the",
                                        "my",     "again", "thanks", "error"};
  MadeTexts out;
  auto const next = [&seed] { return (seed = seed * 1664525u + 1013904223u) >> 16; };
  for (std::size_t i = 0; i < labels * each; ++i) {
    std::size_t const label = i % labels;
    std::string const topic = kTopics[label % 9];
    std::vector<std::string> words;
    std::string word;
    for (char const c : topic + " ") {
      if (c == ' ') {
        words.push_back(word);
        word.clear();
      } else {
        word += c;
      }
    }
    std::string body;
    for (int n = 0; n < 7; ++n) {
      body += n % 2 == 0 ? kCommon[next() % 9] : words[next() % words.size()];
      body += n == 6 ? "" : " ";
    }
    out.bodies.push_back(body + " " + std::to_string(i));
    out.lesson.labels.push_back("topic " + std::to_string(label));
  }
  out.finish();
  return out;
}

inline std::shared_ptr<Model const> opened(std::string const& bytes) {
  auto const keep = std::make_shared<std::string>(bytes);
  return Model::open(*keep, keep, "model");
}

}  // namespace umsops::learn
