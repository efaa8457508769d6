// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/learn/features.hpp"
#include "umsops/learn/quality.hpp"

namespace umsops::learn {

namespace file {
struct Header;
struct Target;
}  // namespace file

/// What was learned, as a file of bytes that is used where it lies: nothing is read at the start but its head.
/// Immutable, usable from several threads. No file, damaged or foreign, is read outside its bytes.
class Model {
 public:
  /// The bytes must outlive the model (`keep` holds them). Throws `classifier.unfit` naming `path` when they are no
  /// model, one of another version, or their head is damaged.
  static std::shared_ptr<Model const> open(std::string_view bytes, std::shared_ptr<void const> keep,
                                           std::string const& path);
  /// Reads all bytes. Throws `classifier.unfit` when any differs from what was written.
  void verify() const;

  std::string const& path() const { return path_; }
  /// Of the bytes: 16 hexadecimal digits.
  std::string version() const;
  std::uint64_t documents() const;
  std::uint64_t features() const;
  std::size_t size() const { return bytes_.size(); }
  /// Whether a text like that was learned from, by `text_digest`.
  bool has_seen(std::uint64_t digest) const;

  std::size_t targets() const;
  /// Index of that target, npos: it is not judged.
  std::size_t find_target(std::string_view name) const;
  std::string_view name(std::size_t target) const;
  std::size_t classes(std::size_t target) const;
  std::string_view label(std::size_t target, std::int32_t label) const;
  /// How many texts it was learned from.
  std::uint64_t examples(std::size_t target, std::int32_t label) const;
  /// Words that speak for it, strongest first, separated by line ends.
  std::string_view strongest(std::size_t target, std::int32_t label) const;
  std::uint64_t learned_from(std::size_t target) const;
  Quality quality(std::size_t target) const;
  Manner manner(std::size_t target) const;
  double blend(std::size_t target) const;  ///< the strength that cross-validation chose
  double cost(std::size_t target) const;
  double familiar(std::size_t target) const;

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  friend class Judge;
  Model() = default;
  file::Header const& head() const;
  file::Target const& target(std::size_t index) const;
  std::string_view text(std::uint32_t begin, std::uint32_t size) const;
  template <class T>
  T const* table(std::uint64_t begin) const;
  [[noreturn]] void refuse(std::string const& problem) const;
  void check_head() const;
  void check_target(file::Target const& target) const;

  std::string_view bytes_;
  std::shared_ptr<void const> keep_;
  std::string path_;
};

enum class Doubt { none, low_probability, unfamiliar_text };
/// `low-probability`, `unfamiliar-text`; empty for none.
std::string_view to_string(Doubt doubt);

/// What a model says of one target of a text.
struct Answer {
  std::int32_t label = -1, second = -1;  ///< the best class and the next; -1: there is none
  double margin = 0, second_margin = 0;
  double probability = 0;     ///< that the label is right
  double coverage = 0;        ///< how much of the text's words the model knows, 0 to 1
  Doubt doubt = Doubt::none;  ///< none: this is an answer
};

/// What a word adds to the margin of a class, or takes from it.
struct Contribution {
  std::string shown;
  double weight = 0;
};
/// They and the bias add up to the margin.
struct Explanation {
  double bias = 0, margin = 0;
  std::vector<Contribution> contributions;  ///< strongest for the class first; those against it last
};

/// Judges texts by a model. Keeps its memory from text to text; not for several threads at once.
class Judge {
 public:
  explicit Judge(std::shared_ptr<Model const> model);
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  Model const& model() const;
  /// That label is not given any more.
  void close(std::size_t target, std::int32_t label);
  /// One answer a target. Throws `classifier.unfit` when it meets a damaged part of the file.
  std::vector<Answer> const& judge(Text const& text);
  Explanation explain(Text const& text, std::size_t target, std::int32_t label);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace umsops::learn
