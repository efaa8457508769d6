// SPDX-License-Identifier: Apache-2.0
#include "search/query_words.hpp"

#include "base/simplified.hpp"
#include "base/utf8.hpp"
#include "umsops/search/token.hpp"

namespace umsops::search {

namespace {

// Words with blanks between them: arrays of texts would cost every start of the program a relocation each.
constexpr std::string_view kStopWords =  // stems
    " "
    "a about after all also am an and ani are as at be becaus been befor but by can could did do doe dure "
    "each for from get had has have he her here him his how i if in into is it its me more most my no not "
    "of on onli or other our out over she should so some such than that the their them then there these "
    "they this those to up us was we were what when where whi which while who whom will with would you "
    "your ";
constexpr std::string_view kQuestionWords =  // longer ones before those that they begin with
    "可不可以 怎么回事 为什么 怎么样 怎么办 能不能 是不是 有没有 要不要 会不会 行不行 怎样 "
    "怎么 如何 为何 为啥 什么 是否 可否 能否 可以 请问 请教 哪些 哪个 哪里 哪儿 哪种 多少 "
    "应该 应当 我们 你们 您们 这个 那个 吗 呢 吧 啊 呀 我 你 您 该 谁 ";

std::string simplified_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const decoded = base::decode_utf8(text, at);
    if (decoded.valid) base::append_utf8(out, base::simplified(decoded.code_point));
    if (!decoded.valid) out += ' ';
    at += decoded.size;
  }
  return out;
}

}  // namespace

std::string_view stop_words() { return kStopWords; }
std::string_view question_words() { return kQuestionWords; }

bool is_stop_word(std::string_view word) {
  std::string const whole = ' ' + std::string(word) + ' ';
  return kStopWords.find(whole) != std::string_view::npos;
}

std::string without_question_words(std::string_view text) {
  std::string const plain = simplified_text(text);
  std::string out;
  for (std::size_t at = 0; at < plain.size();) {
    std::string_view const rest = std::string_view(plain).substr(at);
    std::size_t size = 0;
    for (std::size_t begin = 0; size == 0 && begin < kQuestionWords.size();) {
      std::size_t const end = kQuestionWords.find(' ', begin);
      if (rest.starts_with(kQuestionWords.substr(begin, end - begin))) size = end - begin;
      begin = end + 1;
    }
    if (size != 0) {
      out += ' ';
      at += size;
    } else {
      out += plain[at++];
    }
  }
  return out;
}

}  // namespace umsops::search
