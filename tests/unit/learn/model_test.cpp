// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "learn/corpus.hpp"
#include "learn/folds.hpp"
#include "learn/weighting.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "unit/learn/texts.hpp"

namespace umsops::learn {
namespace {

std::string trained(MadeTexts const& made, unsigned threads = 1) {
  return train(made.texts, std::span(&made.lesson, 1), threads);
}

}  // namespace

TEST_CASE("what was learned is told again, of texts that were not seen") {
  auto const model = opened(trained(made_texts(9, 30)));
  model->verify();
  Judge judge(model);
  auto const fresh = made_texts(9, 20, 99);
  std::size_t right = 0, answered = 0;
  for (std::size_t i = 0; i < fresh.texts.size(); ++i) {
    auto const answer = judge.judge(fresh.texts[i])[0];
    right += model->label(0, answer.label) == fresh.lesson.labels[i];
    answered += answer.doubt == Doubt::none;
  }
  CHECK(right > fresh.texts.size() * 95 / 100);
  CHECK(answered > fresh.texts.size() * 90 / 100);
  CHECK(model->quality(0).judged == 270);
  CHECK(model->quality(0).right > 256);
  CHECK(model->quality(0).majority == 30);
  CHECK(model->examples(0, 0) == 30);
  CHECK(model->strongest(0, 0).find("printer") != std::string_view::npos);
}

TEST_CASE("a model is the same to the byte with any number of threads, and wherever it is trained") {
  auto made = made_texts(9, 30);
  Lesson other = made.lesson;
  other.target = "team";
  for (std::size_t i = 0; i < other.labels.size(); ++i) other.labels[i] = i % 7 == 0 ? "" : i % 2 == 0 ? "a" : "b";
  std::vector<Lesson> const lessons{made.lesson, other};
  auto const one = train(made.texts, lessons, 1);
  CHECK(train(made.texts, lessons, 2) == one);
  CHECK(train(made.texts, lessons, 3) == one);
  // The same from gcc and clang, at any level of optimisation. It changes with what is learned and how, never by
  // itself.
  CHECK(base::sha256_hex(one) == "14c152240356eac1a098cf5d27fdfaf13a3cb88e501e359fb79a1dcd031e0c05");
}

TEST_CASE("a text in words that nobody used gets no answer, and a reason") {
  auto const model = opened(trained(made_texts(4, 30)));
  Judge judge(model);
  auto const answer = judge.judge({"", "食堂今天中午有什么菜"})[0];
  CHECK(answer.doubt == Doubt::unfamiliar_text);
  CHECK(to_string(answer.doubt) == "unfamiliar-text");
  CHECK(judge.judge({"", ""})[0].doubt != Doubt::none);
}

TEST_CASE("contributions and bias are the margin") {
  auto const model = opened(trained(made_texts(9, 30)));
  Judge judge(model);
  Text const text{"printer", "the toner of my printer is empty, paper 卡纸 jam"};
  auto const answer = judge.judge(text)[0];
  auto const explanation = judge.explain(text, 0, answer.label);
  double sum = explanation.bias;
  for (auto const& part : explanation.contributions) sum += part.weight;
  CHECK(sum == Approx(answer.margin).margin(1e-9));
  CHECK(explanation.margin == Approx(answer.margin).margin(1e-9));
  REQUIRE_FALSE(explanation.contributions.empty());
  CHECK(explanation.contributions.front().shown.find("printer") != std::string::npos);
}

TEST_CASE("a label that is closed is not given") {
  auto const model = opened(trained(made_texts(4, 30)));
  Judge judge(model);
  Text const text{"", "printer paper toner"};
  auto const best = judge.judge(text)[0].label;
  judge.close(0, best);
  CHECK(judge.judge(text)[0].label != best);
}

TEST_CASE("a few place codes do not outweigh a Chinese text") {
  // Equal blocks would give the only word of each text half of the weight.
  MadeTexts made;
  std::string const topics[] = {"打印机卡纸无法打印", "网络中断无法连接", "密码过期需要重置"};
  for (int i = 0; i < 90; ++i) {
    made.bodies.push_back("A" + std::to_string(i % 5) + " " + topics[i % 3] +
                          std::string(i % 4 == 0 ? "请尽快处理" : "谢谢"));
    made.lesson.labels.push_back(topics[i % 3].substr(0, 6));
  }
  made.finish();
  Corpus const corpus = Corpus::read(made.texts, 1);
  std::vector<std::uint32_t> all(90);
  for (std::uint32_t i = 0; i < 90; ++i) all[i] = i;
  auto const vector = vector_of(corpus, Weighting(corpus, all), 0);
  double words = 0, whole = 0;
  for (auto const& cell : vector.cells) {
    double const square = static_cast<double>(cell.value) * static_cast<double>(cell.value);
    whole += square;
    if (corpus.block(cell.row) != Block::han) words += square;
  }
  CHECK(whole == Approx(1).margin(1e-4));
  CHECK(words < 0.2);
}

TEST_CASE("equal texts are in one fold") {
  auto made = made_texts(3, 10);
  made.bodies.push_back(made.bodies[0] + "!");
  made.lesson.labels.push_back("topic 2");
  made.finish();
  Corpus const corpus = Corpus::read(made.texts, 2);
  Labelled all;
  all.classes = 3;
  for (std::uint32_t i = 0; i < 31; ++i) {
    all.documents.push_back(i);
    all.labels.push_back(static_cast<std::int32_t>(i % 3));
  }
  auto const folds = folds_of(corpus, all);
  CHECK(folds[0] == folds[30]);
  CHECK(sample_of(corpus, all, 10).size() <= 10);
}

TEST_CASE("too little is refused, and a label of one text is learned") {
  auto made = made_texts(2, 9);
  CHECK_THROWS_AS(trained(made), base::Error);
  made = made_texts(2, 15);
  made.lesson.labels[3] = "only once";
  auto const model = opened(trained(made));
  CHECK(model->classes(0) == 3);
  for (auto& label : made.lesson.labels) label = "all alike";
  CHECK_THROWS_AS(trained(made), base::Error);
}

TEST_CASE("damage to a model is told, or changes nothing") {
  auto const made = made_texts(3, 12);
  std::string const sound = trained(made);
  auto const judged = [&](std::string const& bytes) {
    std::string out;
    Judge judge(opened(bytes));
    for (std::size_t i = 0; i < made.texts.size(); i += 5) {
      auto const answer = judge.judge(made.texts[i])[0];
      out += std::to_string(answer.label) + ":" + std::to_string(answer.probability) + " ";
    }
    return out;
  };
  auto const before = judged(sound);
  std::size_t silent = 0, looked = 0;
  for (std::size_t at = 0; at < sound.size(); at += 1 + at % 53) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    ++looked;
    try {
      silent += judged(damaged) != before;
    } catch (base::Error const& error) {
      CHECK(&error.code() == &base::errors::classifier_unfit);
      continue;
    }
    CHECK_THROWS_AS(opened(damaged)->verify(), base::Error);
  }
  CHECK(looked > 100);
  // A mark that is hit hides one feature, as if the model had never known it; nothing else passes.
  CHECK(silent <= looked / 20);
  for (std::size_t size : {std::size_t{0}, std::size_t{7}, std::size_t{100}, sound.size() / 2, sound.size() - 1}) {
    CHECK_THROWS_AS(opened(sound.substr(0, size)), base::Error);
  }
  CHECK_THROWS_AS(opened(std::string(4096, 'x')), base::Error);
}

}  // namespace umsops::learn
