// SPDX-License-Identifier: Apache-2.0
#include "umsops/learn/model.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "learn/calibration.hpp"
#include "learn/model_file.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::learn {

using file::Header;

std::uint32_t file::row_sum(std::uint64_t number, Row const& row, float scale, std::string_view weights) {
  std::uint64_t head[3] = {number, 0, 0};
  std::memcpy(&head[1], &row, sizeof row);
  std::memcpy(&head[2], &scale, sizeof scale);
  std::uint64_t const sum = base::checksum({reinterpret_cast<char const*>(head), sizeof head}) ^
                            (base::checksum(weights) * 0x9E3779B97F4A7C15u);
  return static_cast<std::uint32_t>(sum ^ (sum >> 32));
}

void Model::refuse(std::string const& problem) const {
  throw base::Error(base::errors::classifier_unfit, {{"path", path_}, {"problem", problem}});
}

template <class T>
T const* Model::table(std::uint64_t begin) const {
  return reinterpret_cast<T const*>(bytes_.data() + begin);
}

Header const& Model::head() const { return *table<Header>(0); }
file::Target const& Model::target(std::size_t index) const { return table<file::Target>(head().targets_at)[index]; }

std::string_view Model::text(std::uint32_t begin, std::uint32_t size) const {
  std::uint64_t const all = head().texts_size;
  if (begin > all || size > all - begin) return {};
  return bytes_.substr(head().texts_at + begin, size);
}

namespace {

/// Whether so many items of a size lie between two places.
bool lies_within(std::uint64_t at, std::uint64_t count, std::uint64_t each, std::uint64_t begin, std::uint64_t end) {
  if (at < begin || at > end || at % alignof(std::max_align_t) != 0) return false;
  return each == 0 || count <= (end - at) / each;
}

}  // namespace

void Model::check_target(file::Target const& target) const {
  auto const& header = head();
  bool const sound =
      target.classes > 0 && target.classes < 1u << 24 && target.stride == file::stride_of(target.classes) &&
      lies_within(target.labels_at, target.classes, sizeof(file::Label), sizeof(Header), header.head_end) &&
      lies_within(target.weights_at, header.rows, target.stride, header.head_end, header.size);
  if (!sound) refuse("its targets do not fit");
}

void Model::check_head() const {
  if (bytes_.size() < sizeof(Header) || head().magic != file::kMagic) refuse("not made by umsops");
  auto const& header = head();
  if (header.format != file::kFormat) refuse("of format " + std::to_string(header.format));
  if (header.features != kFeatureVersion)
    refuse("it reads texts in the way of version " + std::to_string(header.features) + ", this program in that of " +
           std::to_string(kFeatureVersion));
  if (header.size != bytes_.size()) refuse("it is cut off, or longer than it was");
  std::size_t const summed = offsetof(Header, sum);
  if (header.head_end < sizeof(Header) || header.head_end > header.size ||
      base::checksum(bytes_.substr(summed, header.head_end - summed)) != header.head_sum)
    refuse("its head is damaged");
  bool const sound =
      header.targets > 0 && header.targets <= file::kMostTargets && header.rows < 1u << 31 &&
      header.slots > header.rows && (header.slots & (header.slots - 1)) == 0 &&
      lies_within(header.targets_at, header.targets, sizeof(file::Target), sizeof(Header), header.head_end) &&
      lies_within(header.texts_at, header.texts_size, 1, sizeof(Header), header.head_end) &&
      lies_within(header.slots_at, header.slots, sizeof(file::Slot), header.head_end, header.size) &&
      lies_within(header.rows_at, header.rows, sizeof(file::Row), header.head_end, header.size) &&
      lies_within(header.digests_at, header.digests, sizeof(std::uint64_t), header.head_end, header.size);
  if (!sound) refuse("its parts do not fit");
  for (std::size_t i = 0; i < header.targets; ++i) check_target(target(i));
}

std::shared_ptr<Model const> Model::open(std::string_view bytes, std::shared_ptr<void const> keep,
                                         std::string const& path) {
  std::shared_ptr<Model> model(new Model);
  model->bytes_ = bytes;
  model->keep_ = std::move(keep);
  model->path_ = path;
  model->check_head();
  return model;
}

void Model::verify() const {
  if (base::checksum(bytes_.substr(head().head_end)) != head().sum) refuse("it is damaged");
}

std::string Model::version() const {
  std::uint64_t const sum = head().sum ^ (head().head_sum * 0x9E3779B97F4A7C15u);
  char bytes[8];
  for (std::size_t i = 0; i < sizeof bytes; ++i) bytes[i] = static_cast<char>(sum >> (56 - 8 * i));
  return base::to_hex({bytes, sizeof bytes});
}

std::uint64_t Model::documents() const { return head().documents; }
std::uint64_t Model::features() const { return head().rows; }
std::size_t Model::targets() const { return head().targets; }

bool Model::has_seen(std::uint64_t digest) const {
  auto const* const begin = table<std::uint64_t>(head().digests_at);
  return std::binary_search(begin, begin + head().digests, digest);
}

std::size_t Model::find_target(std::string_view name) const {
  for (std::size_t i = 0; i < targets(); ++i) {
    if (this->name(i) == name) return i;
  }
  return npos;
}

std::string_view Model::name(std::size_t index) const {
  auto const& piece = target(index).name;
  return text(piece.begin, piece.size);
}

std::size_t Model::classes(std::size_t index) const { return target(index).classes; }

std::string_view Model::label(std::size_t index, std::int32_t label) const {
  if (label < 0) return {};
  auto const& piece = table<file::Label>(target(index).labels_at)[label].name;
  return text(piece.begin, piece.size);
}

std::uint64_t Model::examples(std::size_t index, std::int32_t label) const {
  return label < 0 ? 0 : table<file::Label>(target(index).labels_at)[label].examples;
}

std::string_view Model::strongest(std::size_t index, std::int32_t label) const {
  if (label < 0) return {};
  auto const& piece = table<file::Label>(target(index).labels_at)[label].strongest;
  return text(piece.begin, piece.size);
}

std::uint64_t Model::learned_from(std::size_t index) const { return target(index).learned_from; }

Quality Model::quality(std::size_t index) const {
  auto const& from = target(index);
  return {from.judged,   from.right,    from.answered,         from.right_answered,
          from.majority, from.macro_f1, from.calibration_error};
}

Manner Model::manner(std::size_t index) const { return {target(index).threshold, target(index).applies != 0}; }
double Model::blend(std::size_t index) const { return target(index).blend; }
double Model::cost(std::size_t index) const { return target(index).cost; }
double Model::familiar(std::size_t index) const { return target(index).familiar; }

std::string_view to_string(Doubt doubt) {
  switch (doubt) {
    case Doubt::none:
      return "";
    case Doubt::low_probability:
      return "low-probability";
    case Doubt::unfamiliar_text:
      return "unfamiliar-text";
  }
  return "";
}

struct Judge::State {
  std::shared_ptr<Model const> model;
  Extractor extractor;
  std::vector<Weighed> features;
  Coverage coverage;
  std::vector<double> margins;
  std::vector<std::vector<bool>> open;
  std::vector<Answer> answers;

  /// Number of the feature's row, or none where it is not known.
  std::uint32_t const* find(std::uint64_t key) const;
  void weigh();
  /// A row's weights, checked.
  signed char const* weights(file::Target const& target, std::uint32_t row, float& scale) const;
  void add_up(file::Target const& target);
  Answer answer(std::size_t index);
};

std::uint32_t const* Judge::State::find(std::uint64_t key) const {
  auto const& header = model->head();
  auto const* const slots = model->table<file::Slot>(header.slots_at);
  std::uint64_t const mask = header.slots - 1;
  std::uint32_t const mark = file::mark_of(key);
  std::uint64_t at = file::slot_of(key) & mask;
  // A whole table without an empty slot is damaged.
  for (std::uint64_t looked = 0; looked <= mask && slots[at].row != 0; ++looked, at = (at + 1) & mask) {
    if (slots[at].mark == mark) return &slots[at].row;
  }
  return nullptr;
}

void Judge::State::weigh() {
  auto const& header = model->head();
  auto const* const rows = model->table<file::Row>(header.rows_at);
  features.clear();
  double singles = 0, pairs = 0, all_singles = 0, all_pairs = 0;
  for (auto const& feature : extractor.features()) {
    auto const* const found = find(feature.key);
    double rarity = 0;
    if (found) {
      if (*found > header.rows || rows[*found - 1].mark != file::mark_of(feature.key)) model->refuse("it is damaged");
      rarity = static_cast<double>(rows[*found - 1].rarity);
    }
    Kind const kind = kind_of(feature.key);
    double const mass = found ? rarity : header.largest_rarity;
    if (is_single(kind)) {
      all_singles += mass;
      singles += rarity;
    } else if (is_pair(kind)) {
      all_pairs += mass;
      pairs += rarity;
    }
    if (found) features.push_back({*found - 1, block_of(kind), damped(feature.count) * rarity});
  }
  normalise(features, extractor.han_share());
  coverage = {all_singles > 0 ? singles / all_singles : 0, all_pairs > 0 ? pairs / all_pairs : 0,
              static_cast<double>(features.size())};
}

signed char const* Judge::State::weights(file::Target const& target, std::uint32_t row, float& scale) const {
  auto const* const at = model->table<char>(target.weights_at + row * target.stride);
  file::WeightHead head;
  std::memcpy(&head, at, sizeof head);
  auto const* const bytes = at + sizeof head;
  auto const* const rows = model->table<file::Row>(model->head().rows_at);
  if (file::row_sum(row, rows[row], head.scale, {bytes, target.classes}) != head.sum) model->refuse("it is damaged");
  scale = head.scale;
  return reinterpret_cast<signed char const*>(bytes);
}

void Judge::State::add_up(file::Target const& target) {
  auto const* const labels = model->table<file::Label>(target.labels_at);
  margins.resize(target.classes);
  for (std::size_t i = 0; i < margins.size(); ++i) margins[i] = static_cast<double>(labels[i].bias);
  for (auto const& feature : features) {
    float scale = 0;
    auto const* const bytes = weights(target, feature.row, scale);
    double const factor = static_cast<double>(scale) * feature.value;
    for (std::size_t i = 0; i < margins.size(); ++i) margins[i] += bytes[i] * factor;
  }
}

Answer Judge::State::answer(std::size_t index) {
  auto const& target = model->target(index);
  add_up(target);
  auto const signals = signals_of(margins, open[index], coverage);
  Answer out{signals.best,     signals.second,        signals.margin, signals.margin - signals.gap, 0,
             coverage.singles, Doubt::low_probability};
  if (signals.best < 0) return out;
  Confidence const confidence{target.means, target.scales, target.weights, target.confidence_bias};
  out.probability = confidence.of(signals);
  if (coverage.singles < target.familiar) {
    out.doubt = Doubt::unfamiliar_text;
  } else if (out.probability >= target.threshold) {
    out.doubt = Doubt::none;
  }
  return out;
}

Judge::Judge(std::shared_ptr<Model const> model) : state_(std::make_unique<State>()) {
  for (std::size_t i = 0; i < model->targets(); ++i) state_->open.emplace_back(model->classes(i), true);
  state_->model = std::move(model);
}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

Model const& Judge::model() const { return *state_->model; }

void Judge::close(std::size_t target, std::int32_t label) {
  state_->open[target][static_cast<std::size_t>(label)] = false;
}

std::vector<Answer> const& Judge::judge(Text const& text) {
  state_->extractor.extract(text);
  state_->weigh();
  state_->answers.clear();
  for (std::size_t i = 0; i < state_->model->targets(); ++i) state_->answers.push_back(state_->answer(i));
  return state_->answers;
}

namespace {

/// What each feature of a text is shown as, occurrence by occurrence.
class Shown : public Observer {
 public:
  void occurs(std::uint64_t key, std::string_view shown) override { occurrences.emplace_back(key, shown); }
  std::vector<std::pair<std::uint64_t, std::string>> occurrences;
};

}  // namespace

Explanation Judge::explain(Text const& text, std::size_t index, std::int32_t label) {
  auto& state = *state_;
  auto const& target = state.model->target(index);
  Shown shown;
  state.extractor.extract(text, &shown);
  state.weigh();
  auto const at = static_cast<std::size_t>(label);
  Explanation out;
  out.bias = static_cast<double>(state.model->table<file::Label>(target.labels_at)[at].bias);
  std::vector<std::pair<std::uint64_t, double>> worth;  // of one occurrence of a feature
  std::size_t next = 0;
  out.margin = out.bias;
  for (auto const& feature : state.extractor.features()) {
    auto const* const row = state.find(feature.key);
    if (!row) continue;
    float scale = 0;
    auto const* const bytes = state.weights(target, *row - 1, scale);
    double const weight = bytes[at] * (static_cast<double>(scale) * state.features[next++].value);
    out.margin += weight;
    worth.emplace_back(feature.key, weight / feature.count);
  }
  std::sort(worth.begin(), worth.end());
  std::vector<Contribution> parts;
  for (auto& [key, name] : shown.occurrences) {
    auto const found = std::lower_bound(worth.begin(), worth.end(), std::make_pair(key, -1e300));
    if (found != worth.end() && found->first == key) parts.push_back({std::move(name), found->second});
  }
  // Parts of a word count for the word they lie in.
  std::stable_sort(parts.begin(), parts.end(), [](auto const& a, auto const& b) { return a.shown < b.shown; });
  for (auto& part : parts) {
    if (!out.contributions.empty() && out.contributions.back().shown == part.shown) {
      out.contributions.back().weight += part.weight;
    } else {
      out.contributions.push_back(std::move(part));
    }
  }
  std::stable_sort(out.contributions.begin(), out.contributions.end(),
                   [](auto const& a, auto const& b) { return a.weight > b.weight; });
  return out;
}

}  // namespace umsops::learn
