// SPDX-License-Identifier: Apache-2.0
#include "learn/model_writer.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>

#include "learn/model_file.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::learn {
namespace {

using file::Header;
using file::Piece;

/// Bytes that grow from section to section.
class Bytes {
 public:
  template <class T>
  std::uint64_t put(std::span<T const> items) {
    out_.resize((out_.size() + file::kAlignment - 1) / file::kAlignment * file::kAlignment);
    std::uint64_t const at = out_.size();
    out_.append(reinterpret_cast<char const*>(items.data()), items.size_bytes());
    return at;
  }
  template <class T>
  void set(std::uint64_t at, T const& item) {
    std::memcpy(out_.data() + at, &item, sizeof item);
  }
  std::string& all() { return out_; }

 private:
  std::string out_;
};

class Texts {
 public:
  Piece put(std::string_view text) {
    Piece const piece{static_cast<std::uint32_t>(all_.size()), static_cast<std::uint32_t>(text.size())};
    all_ += text;
    if (all_.size() > std::numeric_limits<std::uint32_t>::max())
      throw base::Error(base::errors::internal, {{"problem", "labels of a model are too long"}});
    return piece;
  }
  std::string const& all() const { return all_; }

 private:
  std::string all_;
};

std::vector<file::Row> rows_of(Corpus const& corpus, Weighting const& weighting) {
  std::vector<file::Row> rows;
  rows.reserve(corpus.rows());
  for (std::size_t row = 0; row < corpus.rows(); ++row) {
    rows.push_back({file::mark_of(corpus.key(row)), static_cast<float>(weighting.rarity[row])});
  }
  return rows;
}

std::vector<file::Slot> slots_of(Corpus const& corpus) {
  std::size_t size = 16;
  while (size < corpus.rows() + corpus.rows() / 2) size *= 2;
  std::vector<file::Slot> slots(size);
  for (std::size_t row = 0; row < corpus.rows(); ++row) {
    std::uint64_t const key = corpus.key(row);
    std::size_t at = file::slot_of(key) & (size - 1);
    while (slots[at].row != 0) at = (at + 1) & (size - 1);
    slots[at] = {file::mark_of(key), static_cast<std::uint32_t>(row + 1)};
  }
  return slots;
}

/// Weights as a signed byte each, by one scale a row.
std::string weights_of(Linear const& model, std::vector<file::Row> const& rows) {
  std::uint64_t const stride = file::stride_of(model.classes);
  std::string out(rows.size() * stride, '\0');
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::span<float const> const from(model.weights.data() + row * model.classes, model.classes);
    float largest = 0;
    for (float const weight : from) largest = std::max(largest, std::abs(weight));
    float const scale = largest / 127;
    char* const to = out.data() + row * stride;
    char* const bytes = to + sizeof(file::WeightHead);
    for (std::size_t i = 0; scale > 0 && i < from.size(); ++i) {
      bytes[i] = static_cast<char>(static_cast<signed char>(std::lround(from[i] / scale)));
    }
    file::WeightHead const head{scale, file::row_sum(row, rows[row], scale, {bytes, model.classes})};
    std::memcpy(to, &head, sizeof head);
  }
  return out;
}

file::Target target_of(LearnedTarget const& from, Texts& texts) {
  file::Target out;
  out.name = texts.put(from.name);
  out.classes = from.labels.size();
  out.learned_from = from.learned_from;
  out.stride = file::stride_of(out.classes);
  out.means = from.tuned.confidence.means;
  out.scales = from.tuned.confidence.scales;
  out.weights = from.tuned.confidence.weights;
  out.confidence_bias = from.tuned.confidence.bias;
  out.familiar = from.tuned.familiar;
  out.threshold = from.manner.threshold;
  out.applies = from.manner.applies ? 1 : 0;
  out.blend = from.tuned.strength.blend;
  out.cost = from.tuned.strength.cost;
  out.judged = from.quality.judged;
  out.right = from.quality.right;
  out.answered = from.quality.answered;
  out.right_answered = from.quality.right_answered;
  out.majority = from.quality.majority;
  out.macro_f1 = from.quality.macro_f1;
  out.calibration_error = from.quality.calibration_error;
  return out;
}

std::vector<file::Label> labels_of(LearnedTarget const& from, Texts& texts) {
  std::vector<file::Label> out;
  for (std::size_t i = 0; i < from.labels.size(); ++i) {
    file::Label label;
    label.name = texts.put(from.labels[i]);
    label.strongest = texts.put(from.strongest[i]);
    label.examples = from.examples[i];
    label.bias = from.model.biases[i];
    out.push_back(label);
  }
  return out;
}

std::vector<std::uint64_t> digests_of(Corpus const& corpus) {
  std::vector<std::uint64_t> digests;
  for (std::size_t i = 0; i < corpus.documents(); ++i) digests.push_back(corpus.digest(i));
  std::sort(digests.begin(), digests.end());
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
  return digests;
}

}  // namespace

std::string write_model(Corpus const& corpus, Weighting const& weighting, std::vector<LearnedTarget> const& targets) {
  Bytes bytes;
  Texts texts;
  Header header;
  bytes.put(std::span<Header const>(&header, 1));
  std::vector<file::Target> records;
  for (auto const& target : targets) {
    records.push_back(target_of(target, texts));
    records.back().labels_at = bytes.put(std::span<file::Label const>(labels_of(target, texts)));
  }
  header.targets = records.size();
  header.targets_at = bytes.put(std::span<file::Target const>(records));
  header.texts_at = bytes.put(std::span<char const>(texts.all()));
  header.texts_size = texts.all().size();
  header.head_end = bytes.all().size();

  auto const rows = rows_of(corpus, weighting);
  auto const slots = slots_of(corpus);
  auto const digests = digests_of(corpus);
  header.slots_at = bytes.put(std::span<file::Slot const>(slots));
  header.rows_at = bytes.put(std::span<file::Row const>(rows));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    records[i].weights_at = bytes.put(std::span<char const>(weights_of(targets[i].model, rows)));
    bytes.set(header.targets_at + i * sizeof(file::Target), records[i]);
  }
  header.digests_at = bytes.put(std::span<std::uint64_t const>(digests));
  header.magic = file::kMagic;
  header.format = file::kFormat;
  header.features = kFeatureVersion;
  header.size = bytes.all().size();
  header.documents = corpus.documents();
  header.rows = rows.size();
  header.slots = slots.size();
  header.digests = digests.size();
  header.largest_rarity = weighting.largest;
  std::string_view const all = bytes.all();
  header.sum = base::checksum(all.substr(header.head_end));
  bytes.set(0, header);
  std::size_t const summed = offsetof(Header, sum);
  header.head_sum = base::checksum(std::string_view(bytes.all()).substr(summed, header.head_end - summed));
  bytes.set(0, header);
  return std::move(bytes.all());
}

}  // namespace umsops::learn
