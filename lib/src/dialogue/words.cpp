// SPDX-License-Identifier: Apache-2.0
#include "dialogue/words.hpp"

#include <algorithm>
#include <array>

#include "umsops/base/text.hpp"

namespace umsops::dialogue {
namespace {

using base::Language;

struct Both {
  std::string_view en, zh;
};

/// In the order of Word.
constexpr Both kWords[] = {
    {"You can always write: help, back, human, quit.", "随时可以输入：帮助、返回、人工、再见。"},
    {"Press 0 for a human, * to go back, # to hear this again; or say quit.",
     "按 0 转人工，按 * 返回，按 # 重听；或说再见。"},
    {"This is the first question.", "这已经是第一个问题。"},
    {"Please choose one of these.", "请从以下选项中选择。"},
    {"Did that help?", "这样解决了吗？"},
    {"Please answer yes or no.", "请回答是或否。"},
    {"yes", "是"},
    {"no", "否"},
    {"Good to hear. Goodbye.", "很高兴能帮到您，再见。"},
    {"I hand this over to a colleague.", "正在为您转接人工。"},
    {"Goodbye.", "再见。"},
    {"I could not read that. Please write it again.", "无法识别您的输入，请重新输入。"},
    {"That is too long. Please say it in fewer words.", "内容过长，请简短一些。"},
    {"This takes too long; a colleague goes on with it.", "对话已较长，将由同事继续处理。"},
    {"I do not understand; a colleague goes on with it.", "抱歉未能理解，将由同事继续处理。"},
    {"Which number shall we call?", "请问回电号码是多少？"},
    {"When shall we call you? For example: now, 15:00, tomorrow 9:30.",
     "希望什么时候回电？例如：现在、15:00、明天上午9点半。"},
    {"That is no time within the next 31 days. For example: now, 15:00, tomorrow 9:30.",
     "这不是未来 31 天内的时间。例如：现在、15:00、明天上午9点半。"},
    {"That is no phone number.", "这不是电话号码。"},
    {"That does not fit here. Please say it in one line.", "此处无法接受，请用一行文字回答。"},
    {"That does not fit. Please try again.", "格式不符，请重新输入。"},
    {"Please answer the question.", "请回答问题。"},
    {"That is too long here. Please use fewer characters.", "此处内容过长，请减少字数。"},
};
static_assert(std::size(kWords) == static_cast<std::size_t>(Word::too_many_characters) + 1);

constexpr std::string_view kHelp[] = {"help", "帮助", "求助", "?"};
constexpr std::string_view kBack[] = {"back", "go back", "返回", "上一步", "后退"};
constexpr std::string_view kHuman[] = {"human", "agent",  "operator", "a human",  "real person", "representative",
                                       "人工",  "转人工", "人工服务", "人工客服", "转接人工",    "客服"};
constexpr std::string_view kQuit[] = {"quit", "exit", "bye", "goodbye", "bye bye", "再见", "退出", "结束", "拜拜"};
constexpr std::string_view kSkip[] = {"", "#", "skip", "none", "跳过", "没有", "无"};
constexpr std::string_view kYes[] = {"yes", "y", "yep", "yeah", "ok", "okay", "1"};
constexpr std::string_view kNo[] = {"no", "n", "nope", "not", "2"};
// Chinese has no word borders: the beginning tells. What denies stands first, since 不是 and 没有 hold 是 and 有.
constexpr std::string_view kNoBegins[] = {"不", "没", "否", "还是", "还没", "無", "无", "未"};
constexpr std::string_view kYesBegins[] = {"是", "好", "对", "有", "可以", "解决", "已", "能", "行", "嗯", "對"};

constexpr std::string_view kMarks = ".,!?;:";
constexpr std::string_view kWideMarks[] = {"。", "、", "，", "！", "？", "；", "：", "～", "…"};

template <class List>
bool has(List const& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

template <class List>
bool begins(List const& list, std::string_view word) {
  return std::any_of(std::begin(list), std::end(list), [&](auto const begin) { return word.starts_with(begin); });
}

std::string_view without_ends(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  for (bool cut = true; cut;) {
    cut = false;
    if (!text.empty() &&
        (text.back() == ' ' || text.back() == '\t' || kMarks.find(text.back()) != std::string_view::npos)) {
      text.remove_suffix(1);
      cut = true;
    }
    for (auto const mark : kWideMarks) {
      if (!text.ends_with(mark)) continue;
      text.remove_suffix(mark.size());
      cut = true;
    }
  }
  return text;
}

/// The code point that begins at `at`, which moves behind it. The text is valid UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  auto const lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  int const further = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t point = lead & (0x3F >> further);
  for (int i = 0; i < further && at < text.size(); ++i)
    point = point << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return point;
}

}  // namespace

std::string_view phrase(Word word, Language language) {
  auto const& both = kWords[static_cast<std::size_t>(word)];
  return language == Language::zh ? both.zh : both.en;
}

std::string bare(std::string_view line) {
  std::string const folded = base::fold(line);
  return std::string(without_ends(folded));
}

std::optional<Steer> steering(std::string_view line, bool keys) {
  std::string word = bare(line);
  if (word.empty() && line.find('?') != std::string_view::npos) word = "?";
  if (has(kHelp, word) || (keys && word == "#")) return Steer::help;
  if (has(kBack, word) || (keys && word == "*")) return Steer::back;
  if (has(kHuman, word) || (keys && word == "0")) return Steer::human;
  if (has(kQuit, word)) return Steer::quit;
  return std::nullopt;
}

std::optional<bool> yes_or_no(std::string_view line) {
  std::string const word = bare(line);
  std::string_view first = std::string_view(word).substr(0, word.find_first_of(" ,.!;:"));
  if (has(kYes, first)) return true;
  if (has(kNo, first)) return false;
  if (begins(kNoBegins, word)) return false;
  if (begins(kYesBegins, word)) return true;
  return std::nullopt;
}

bool is_skip(std::string_view line) { return has(kSkip, bare(line)); }

std::optional<Language> language_in(std::string_view line) {
  int words = 0;
  bool letters = false;
  for (std::size_t at = 0; at < line.size();) {
    char32_t const point = next_code_point(line, at);
    if ((point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF)) return Language::zh;
    bool const letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    words += letter && !letters ? 1 : 0;
    letters = letter;
  }
  // Two words may be a product's name or a person's.
  return words >= 3 ? std::optional(Language::en) : std::nullopt;
}

}  // namespace umsops::dialogue
