// SPDX-License-Identifier: Apache-2.0
// The English stemmer of snowballstem.org ("Porter 2"), after its published rules. Debian's libstemmer brings all its
// languages and eleven thousand relocations into a static program; the test holds this one against its stems.
#include "search/stem.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "umsops/search/token.hpp"

namespace umsops::search {

namespace {

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/// One word on its way to its stem. `Y` stands for a y that is a consonant.
class Stemmer {
 public:
  Stemmer(std::string_view word, StemBuffer& buffer) : data_(buffer.data()), size_(word.size()) {
    std::copy(word.begin(), word.end(), data_);
  }
  std::string_view run();

 private:
  std::string_view text() const { return {data_, size_}; }
  bool ends(std::string_view ending) const { return text().ends_with(ending); }
  bool in_r1(std::string_view ending) const { return size_ - ending.size() >= r1_; }
  bool in_r2(std::string_view ending) const { return size_ - ending.size() >= r2_; }
  void replace(std::size_t ending, std::string_view by) {
    size_ -= ending;
    std::copy(by.begin(), by.end(), data_ + size_);
    size_ += by.size();
  }
  bool vowel_before(std::size_t end) const { return std::any_of(data_, data_ + end, is_vowel); }
  std::size_t region_after(std::size_t from) const;
  bool short_syllable_at(std::size_t end) const;
  bool is_exception();
  void mark_consonants();
  void find_regions();
  void step_1a();
  void step_1b();
  void step_1c();
  void step_2();
  void step_3();
  void step_4();
  void step_5();

  char* data_;
  std::size_t size_;
  std::size_t r1_ = 0, r2_ = 0;
};

/// Letters in place, since arrays of texts would cost every start of the program a relocation each.
struct Ending {
  char from[8], by[8];
};

constexpr Ending kExceptions[] = {{"skis", "ski"},    {"skies", "sky"},  {"dying", "die"},    {"lying", "lie"},
                                  {"tying", "tie"},   {"idly", "idl"},   {"gently", "gentl"}, {"ugly", "ugli"},
                                  {"early", "earli"}, {"only", "onli"},  {"singly", "singl"}, {"sky", "sky"},
                                  {"news", "news"},   {"howe", "howe"},  {"atlas", "atlas"},  {"cosmos", "cosmos"},
                                  {"bias", "bias"},   {"andes", "andes"}};
constexpr char kKeptAfterPlural[][8] = {"inning",  "outing",  "canning", "herring",
                                        "earring", "proceed", "exceed",  "succeed"};

bool Stemmer::is_exception() {
  for (auto const& [word, stem] : kExceptions) {
    if (text() == word) return replace(size_, stem), true;
  }
  return false;
}

/// Behind the first consonant that follows a vowel.
std::size_t Stemmer::region_after(std::size_t from) const {
  for (std::size_t i = from + 1; i < size_; ++i) {
    if (!is_vowel(data_[i]) && is_vowel(data_[i - 1])) return i + 1;
  }
  return size_;
}

void Stemmer::mark_consonants() {
  for (std::size_t i = 0; i < size_; ++i) {
    if (data_[i] == 'y' && (i == 0 || is_vowel(data_[i - 1]))) data_[i] = 'Y';
  }
}

void Stemmer::find_regions() {
  r1_ = 0;
  static constexpr char kRegionStarts[][7] = {"gener", "commun", "arsen"};
  for (std::string_view const start : kRegionStarts) {
    if (text().starts_with(start)) r1_ = start.size();
  }
  if (r1_ == 0) r1_ = region_after(0);
  r2_ = region_after(r1_);
}

/// Whether a short syllable ends there: vowel and consonant (not w, x, Y) behind a consonant, or the two alone.
bool Stemmer::short_syllable_at(std::size_t end) const {
  if (end == 2) return is_vowel(data_[0]) && !is_vowel(data_[1]);
  if (end < 3) return false;
  char const last = data_[end - 1];
  return !is_vowel(last) && last != 'w' && last != 'x' && last != 'Y' && is_vowel(data_[end - 2]) &&
         !is_vowel(data_[end - 3]);
}

void Stemmer::step_1a() {
  if (ends("sses")) return replace(2, "");
  if (ends("ied") || ends("ies")) return replace(3, size_ > 4 ? "i" : "ie");
  if (ends("us") || ends("ss") || !ends("s")) return;
  if (size_ > 2 && vowel_before(size_ - 2)) replace(1, "");
}

void Stemmer::step_1b() {
  static constexpr char kAgreed[][6] = {"eedly", "eed"};
  for (std::string_view const ending : kAgreed) {
    if (!ends(ending)) continue;
    if (in_r1(ending)) replace(ending.size(), "ee");
    return;
  }
  static constexpr char kPast[][6] = {"ingly", "edly", "ing", "ed"};
  for (std::string_view const ending : kPast) {
    if (!ends(ending)) continue;
    if (!vowel_before(size_ - ending.size())) return;
    replace(ending.size(), "");
    if (ends("at") || ends("bl") || ends("iz")) return replace(0, "e");
    static constexpr char kTwice[][3] = {"bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"};
    for (std::string_view const twice : kTwice) {
      if (ends(twice)) return replace(1, "");
    }
    if (r1_ >= size_ && short_syllable_at(size_)) replace(0, "e");
    return;
  }
}

void Stemmer::step_1c() {
  if (size_ > 2 && (data_[size_ - 1] == 'y' || data_[size_ - 1] == 'Y') && !is_vowel(data_[size_ - 2])) {
    data_[size_ - 1] = 'i';
  }
}

void Stemmer::step_2() {
  static constexpr Ending kEndings[] = {{"ization", "ize"}, {"ational", "ate"}, {"fulness", "ful"}, {"ousness", "ous"},
                                        {"iveness", "ive"}, {"tional", "tion"}, {"biliti", "ble"},  {"lessli", "less"},
                                        {"entli", "ent"},   {"ation", "ate"},   {"alism", "al"},    {"aliti", "al"},
                                        {"ousli", "ous"},   {"iviti", "ive"},   {"fulli", "ful"},   {"enci", "ence"},
                                        {"anci", "ance"},   {"abli", "able"},   {"izer", "ize"},    {"ator", "ate"},
                                        {"alli", "al"},     {"bli", "ble"},     {"ogi", "og"},      {"li", ""}};
  for (auto const& [from, by] : kEndings) {
    std::string_view const ending = from;
    if (!ends(ending)) continue;
    if (!in_r1(ending)) return;
    char const before = size_ > ending.size() ? data_[size_ - ending.size() - 1] : '\0';
    if (ending == "ogi" && before != 'l') return;
    if (ending == "li" && std::string_view("cdeghkmnrt").find(before) == std::string_view::npos) return;
    return replace(ending.size(), by);
  }
}

void Stemmer::step_3() {
  static constexpr Ending kEndings[] = {{"ational", "ate"}, {"tional", "tion"}, {"alize", "al"},
                                        {"icate", "ic"},    {"iciti", "ic"},    {"ative", ""},
                                        {"ical", "ic"},     {"ness", ""},       {"ful", ""}};
  for (auto const& [from, by] : kEndings) {
    std::string_view const ending = from;
    if (!ends(ending)) continue;
    if (in_r1(ending) && (ending != "ative" || in_r2(ending))) replace(ending.size(), by);
    return;
  }
}

void Stemmer::step_4() {
  static constexpr char kLastEndings[][6] = {"ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism",
                                             "ate",   "iti",  "ous",  "ive",  "ize",  "ion",  "al",  "er",  "ic"};
  for (std::string_view const ending : kLastEndings) {
    if (!ends(ending)) continue;
    if (!in_r2(ending)) return;
    char const before = size_ > ending.size() ? data_[size_ - ending.size() - 1] : '\0';
    if (ending != "ion" || before == 's' || before == 't') replace(ending.size(), "");
    return;
  }
}

void Stemmer::step_5() {
  if (ends("e")) {
    if (in_r2("e") || (in_r1("e") && !short_syllable_at(size_ - 1))) replace(1, "");
  } else if (ends("ll") && in_r2("l")) {
    replace(1, "");
  }
}

std::string_view Stemmer::run() {
  if (is_exception()) return text();
  mark_consonants();
  find_regions();
  step_1a();
  if (std::find(std::begin(kKeptAfterPlural), std::end(kKeptAfterPlural), text()) == std::end(kKeptAfterPlural)) {
    step_1b();
    step_1c();
    step_2();
    step_3();
    step_4();
    step_5();
  }
  std::replace(data_, data_ + size_, 'Y', 'y');
  return text();
}

}  // namespace

std::string_view stem_into(std::string_view word, StemBuffer& buffer) {
  if (word.size() <= 2 || word.size() > kLongestStem) return word;
  return Stemmer(word, buffer).run();
}

std::string stem(std::string_view word) {
  StemBuffer buffer;
  bool const letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return std::string(letters ? stem_into(word, buffer) : word);
}

}  // namespace umsops::search
