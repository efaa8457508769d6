// SPDX-License-Identifier: Apache-2.0
// A learned model that somebody altered: it is refused, or it judges without reading outside its bytes. The input is
// the text to judge, up to its first line end, and behind it what is altered: three bytes of place and one of value
// each. The sum over the head is made anew, which a fuzzer could not guess: the bounds alone have to hold.
#include <cmath>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "learn/model_file.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/learn/model.hpp"
#include "umsops/learn/train.hpp"

namespace umsops::fuzz {
namespace {

std::string const& sound_model() {
  static std::string const model = [] {
    std::vector<std::string> bodies;
    learn::Lesson lesson{"category", {}, {}};
    char const* const topics[] = {"printer paper toner", "vpn tunnel gateway", "密码 重置 过期"};
    for (int i = 0; i < 30; ++i) {
      bodies.push_back(std::string(topics[i % 3]) + " please help " + std::to_string(i));
      lesson.labels.emplace_back(1, static_cast<char>('a' + i % 3));
    }
    std::vector<learn::Text> texts;
    for (auto const& body : bodies) texts.push_back({"", body});
    return learn::train(texts, std::span(&lesson, 1), 1);
  }();
  return model;
}

void alter(std::string& model, std::string_view changes) {
  for (; changes.size() >= 4; changes.remove_prefix(4)) {
    auto const byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(changes[i])); };
    // Most of what can go wrong lies in the head.
    std::size_t const place = byte(0) | byte(1) << 8;
    model[byte(2) < 200 ? place % 2048 % model.size() : place * (byte(2) - 199) % model.size()] = changes[3];
  }
  using learn::file::Header;
  Header header;
  std::memcpy(&header, model.data(), sizeof header);
  std::size_t const summed = offsetof(Header, sum);
  if (header.head_end < summed || header.head_end > model.size()) return;
  header.head_sum = base::checksum(std::string_view(model).substr(summed, header.head_end - summed));
  std::memcpy(model.data(), &header, sizeof header);
}

}  // namespace

void one_input(std::string_view bytes) {
  auto const line = std::min(bytes.find('\n'), bytes.size());
  auto const text = bytes.substr(0, line);
  auto const keep = std::make_shared<std::string>(sound_model());
  if (line < bytes.size()) alter(*keep, bytes.substr(line + 1));
  try {
    auto const model = learn::Model::open(*keep, keep, "model");
    learn::Judge judge(model);
    auto const answers = judge.judge({text.substr(0, text.size() / 4), text});
    require(answers.size() == model->targets());
    for (std::size_t i = 0; i < answers.size(); ++i) {
      (void)model->label(i, answers[i].label);
      (void)model->strongest(i, answers[i].second);
      require(!(answers[i].probability > 1));
      if (answers[i].label >= 0) (void)judge.explain({"", text}, i, answers[i].label);
    }
    (void)model->has_seen(learn::text_digest({"", text}));
    model->verify();
  } catch (base::Error const&) {
  }
}

}  // namespace umsops::fuzz
