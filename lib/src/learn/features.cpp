// SPDX-License-Identifier: Apache-2.0
#include "umsops/learn/features.hpp"

#include <array>
#include <bit>
#include <string>
#include <vector>

#include "base/characters.hpp"
#include "base/utf8.hpp"
#include "search/character_class.hpp"
#include "umsops/base/text.hpp"

namespace umsops::learn {
namespace {

constexpr std::size_t kLongestPart = 40;  ///< characters of a word whose parts are looked at
constexpr char32_t kBegin = U'<', kEnd = U'>';
constexpr std::u32string_view kMarks = U"?!%@$`";

constexpr std::uint64_t step(std::uint64_t hash, std::uint64_t c) {
  hash = (hash ^ c) * 0x9E3779B97F4A7C15u;
  return hash ^ (hash >> 32);
}

constexpr std::uint64_t seed_of(Kind kind) { return step(0x51F15EEDu, static_cast<std::uint64_t>(kind)); }

constexpr std::uint64_t key_of(Kind kind, std::uint64_t hash) {
  hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u;
  return (static_cast<std::uint64_t>(kind) << 58) | (hash >> 6);
}

enum class Class : std::uint8_t { apart, word, han };

/// A word, or a run of characters of a script without blanks.
struct Token {
  std::uint32_t begin = 0, end = 0;  ///< in the folded characters
  bool han = false;
};

/// The characters of both fields, folded, and where their words lie.
struct Folded {
  std::vector<char32_t> characters;
  std::vector<Token> tokens;
  std::array<bool, kMarks.size()> marks{};
  std::size_t length = 0;  ///< code points, those between words too

  void clear() {
    characters.clear();
    tokens.clear();
    marks.fill(false);
    length = 0;
  }
};

class Folder {
 public:
  explicit Folder(Folded& out) : out_(out) {}
  void fold(std::string_view text);

 private:
  void ascii(unsigned char c);
  void wide(char32_t c);
  void put(char32_t c, Class kind);

  Folded& out_;
  Class open_ = Class::apart;
};

void Folder::put(char32_t c, Class kind) {
  if (kind == Class::apart) {
    open_ = kind;
    return;
  }
  auto const at = static_cast<std::uint32_t>(out_.characters.size());
  if (open_ != kind) out_.tokens.push_back({at, at, kind == Class::han});
  open_ = kind;
  out_.characters.push_back(c);
  out_.tokens.back().end = at + 1;
}

void Folder::ascii(unsigned char c) {
  auto const kind = search::kAsciiClasses[c];
  if (kind == search::Class::upper) return put(c + ('a' - 'A'), Class::word);
  if (kind == search::Class::lower || kind == search::Class::digit || c == '_') return put(c, Class::word);
  if (auto const mark = kMarks.find(c); mark != kMarks.npos) out_.marks[mark] = true;
  open_ = Class::apart;
}

void Folder::wide(char32_t c) {
  if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)) return put(c, Class::han);
  auto const folded = base::fold_character(c);
  for (std::size_t i = 0; i < folded.size; ++i) {
    char32_t const one = folded.characters[i];
    if (one < 0x80) {
      ascii(static_cast<unsigned char>(one));
    } else if (search::is_run(one)) {
      put(one, Class::han);
    } else {
      auto const kind = base::character_kind(one);
      bool const part = kind == base::CharacterKind::letter || kind == base::CharacterKind::digit ||
                        (kind == base::CharacterKind::mark && open_ == Class::word);
      put(one, part ? Class::word : Class::apart);
    }
  }
}

void Folder::fold(std::string_view text) {
  text = base::first_bytes(text, kLongestField);
  for (std::size_t at = 0; at < text.size(); ++out_.length) {
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ascii(byte);
      ++at;
      continue;
    }
    auto const decoded = base::decode_utf8(text, at);
    at += decoded.size;
    if (decoded.valid) {
      wide(decoded.code_point);
    } else {
      open_ = Class::apart;
    }
  }
}

/// How often each key came, in the order of first occurrence.
class Counter {
 public:
  Counter() : slots_(1024) {}
  void clear() {
    features_.clear();
    if (++round_ != 0) return;
    slots_.assign(slots_.size(), {});
    round_ = 1;
  }
  void add(std::uint64_t key) {
    std::size_t const mask = slots_.size() - 1;
    for (std::size_t at = key & mask;; at = (at + 1) & mask) {
      Slot& slot = slots_[at];
      if (slot.round != round_) {
        slot = {key, round_, static_cast<std::uint32_t>(features_.size())};
        features_.push_back({key, 1});
        if (features_.size() * 2 > slots_.size()) grow();
        return;
      }
      if (slot.key == key) {
        ++features_[slot.index].count;
        return;
      }
    }
  }
  std::span<Feature const> features() const { return features_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t round = 0, index = 0;
  };
  void grow() {
    slots_.assign(slots_.size() * 2, {});
    std::size_t const mask = slots_.size() - 1;
    for (std::uint32_t i = 0; i < features_.size(); ++i) {
      std::size_t at = features_[i].key & mask;
      while (slots_[at].round == round_) at = (at + 1) & mask;
      slots_[at] = {features_[i].key, round_, i};
    }
  }
  std::vector<Slot> slots_;
  std::uint32_t round_ = 0;
  std::vector<Feature> features_;
};

}  // namespace

struct Extractor::State {
  Folded folded;
  Counter counter;
  std::vector<char32_t> part;  ///< of a word, with the marks of its ends
  std::string shown;
  Observer* observer = nullptr;
  std::size_t words = 0, han = 0;

  void fields(Text const& text);
  void add(Kind kind, std::uint64_t hash, std::uint32_t begin, std::uint32_t end);
  std::uint64_t hash(Kind kind, std::uint32_t begin, std::uint32_t end) const;
  void word(Token const& token, bool title);
  void parts(Token const& token);
  void run(Token const& token, bool title);
  void between(Token const& before, Token const& token);
  void shape();
};

void Extractor::State::add(Kind kind, std::uint64_t hash, std::uint32_t begin, std::uint32_t end) {
  std::uint64_t const key = key_of(kind, hash);
  counter.add(key);
  if (!observer) return;
  shown.clear();
  for (std::uint32_t i = begin; i < end; ++i) base::append_utf8(shown, folded.characters[i]);
  observer->occurs(key, shown);
}

std::uint64_t Extractor::State::hash(Kind kind, std::uint32_t begin, std::uint32_t end) const {
  std::uint64_t out = seed_of(kind);
  for (std::uint32_t i = begin; i < end; ++i) out = step(out, folded.characters[i]);
  return out;
}

void Extractor::State::word(Token const& token, bool title) {
  ++words;
  add(Kind::word, hash(Kind::word, token.begin, token.end), token.begin, token.end);
  if (title) add(Kind::title_word, hash(Kind::title_word, token.begin, token.end), token.begin, token.end);
  parts(token);
}

void Extractor::State::parts(Token const& token) {
  std::uint32_t const end = std::min<std::uint32_t>(token.end, token.begin + kLongestPart);
  part.clear();
  part.push_back(kBegin);
  part.insert(part.end(), folded.characters.begin() + token.begin, folded.characters.begin() + end);
  if (end == token.end) part.push_back(kEnd);
  constexpr std::uint64_t kSeed = seed_of(Kind::characters);
  constexpr std::size_t kShortest = 2, kLongest = 4;
  for (std::size_t i = 0; i + kShortest <= part.size(); ++i) {
    std::uint64_t hash = step(kSeed, part[i]);
    for (std::size_t n = kShortest; n <= kLongest && i + n <= part.size(); ++n) {
      hash = step(hash, part[i + n - 1]);
      if (n < part.size()) add(Kind::characters, hash, token.begin, token.end);
    }
  }
}

void Extractor::State::run(Token const& token, bool title) {
  han += token.end - token.begin;
  for (std::uint32_t i = token.begin; i < token.end; ++i) {
    add(Kind::han, hash(Kind::han, i, i + 1), i, i + 1);
    if (i + 2 <= token.end) {
      add(Kind::han_pair, hash(Kind::han_pair, i, i + 2), i, i + 2);
      if (title) add(Kind::title_pair, hash(Kind::title_pair, i, i + 2), i, i + 2);
    }
    if (i + 3 <= token.end) add(Kind::han_triple, hash(Kind::han_triple, i, i + 3), i, i + 3);
  }
}

/// What lies on both sides of where two tokens meet.
void Extractor::State::between(Token const& before, Token const& token) {
  constexpr std::uint32_t kTouched = 2;
  if (before.han && token.han) return;
  std::uint32_t const begin = before.han ? std::max(before.begin, before.end - kTouched) : before.begin;
  std::uint32_t const end = token.han ? std::min(token.end, token.begin + kTouched) : token.end;
  Kind const kind = before.han || token.han ? Kind::join : Kind::word_pair;
  std::uint64_t hash = step(this->hash(kind, begin, before.end), U' ');
  for (std::uint32_t i = token.begin; i < end; ++i) hash = step(hash, folded.characters[i]);
  std::uint64_t const key = key_of(kind, hash);
  counter.add(key);
  if (!observer) return;
  shown.clear();
  for (std::uint32_t i = begin; i < end; ++i) {
    if (i == token.begin && kind == Kind::word_pair) shown += ' ';
    base::append_utf8(shown, folded.characters[i]);
  }
  observer->occurs(key, shown);
}

void Extractor::State::shape() {
  constexpr std::uint64_t kSeed = seed_of(Kind::shape);
  for (std::size_t i = 0; i < kMarks.size(); ++i) {
    if (folded.marks[i]) add(Kind::shape, step(step(kSeed, 1), kMarks[i]), 0, 0);
  }
  add(Kind::shape, step(step(kSeed, 2), static_cast<std::uint64_t>(std::bit_width(folded.length))), 0, 0);
  if (folded.tokens.empty() || folded.tokens[0].han) return;
  std::uint64_t hash = step(kSeed, 3);
  for (std::uint32_t i = 0; i < folded.tokens[0].end; ++i) hash = step(hash, folded.characters[i]);
  add(Kind::shape, hash, 0, folded.tokens[0].end);
}

void Extractor::State::fields(Text const& text) {
  folded.clear();
  Folder(folded).fold(text.title);
  std::size_t const title = folded.tokens.size();
  Folder(folded).fold(text.body);
  for (std::size_t i = 0; i < folded.tokens.size(); ++i) {
    auto const& token = folded.tokens[i];
    if (i != 0 && i != title) between(folded.tokens[i - 1], token);
    if (token.han) {
      run(token, i < title);
    } else {
      word(token, i < title);
    }
  }
  shape();
}

Extractor::Extractor() : state_(std::make_unique<State>()) {}
Extractor::~Extractor() = default;
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;

void Extractor::extract(Text const& text, Observer* observer) {
  state_->observer = observer;
  state_->counter.clear();
  state_->words = state_->han = 0;
  state_->fields(text);
}

std::span<Feature const> Extractor::features() const { return state_->counter.features(); }

double Extractor::han_share() const {
  constexpr double kCharactersOfAWord = 1.7;
  double const han = static_cast<double>(state_->han) / kCharactersOfAWord;
  double const all = han + static_cast<double>(state_->words);
  return all == 0 ? 0 : han / all;
}

std::uint64_t text_digest(Text const& text) {
  Folded folded;
  Folder(folded).fold(text.title);
  Folder(folded).fold(text.body);
  std::uint64_t out = seed_of(Kind::word);
  for (auto const& token : folded.tokens) {
    for (std::uint32_t i = token.begin; i < token.end; ++i) out = step(out, folded.characters[i]);
    out = step(out, U' ');
  }
  return out;
}

}  // namespace umsops::learn
