// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/markdown/nodes.hpp"

#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "umsops/base/html.hpp"

namespace umsops::markdown_helper {

namespace {

struct IteratorEnd {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Iterator = std::unique_ptr<cmark_iter, IteratorEnd>;

Iterator over(cmark_node* document) { return Iterator(cmark_iter_new(document)); }

std::string_view literal(cmark_node* node) {
  char const* const text = node != nullptr ? cmark_node_get_literal(node) : nullptr;
  return text != nullptr ? text : std::string_view();
}

/// An address that a reader may be sent to, as cmark leaves it; empty: none.
std::string safe_target(char const* given, EntryLink const& entry_link) {
  std::string_view const url = given != nullptr ? given : "";
  return base::is_safe_link(url) ? std::string(url) : entry_link(url);
}

/// The children take the place of their parent.
void unwrap(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) cmark_node_insert_before(node, child);
  cmark_node_free(node);
}

void mend_link(cmark_node* node, EntryLink const& entry_link) {
  std::string const target = safe_target(cmark_node_get_url(node), entry_link);
  bool const empty = cmark_node_first_child(node) == nullptr;
  if (target.empty()) return unwrap(node);
  cmark_node_set_url(node, target.c_str());
  cmark_node_set_title(node, "");
  if (!empty) return;
  cmark_node* const text = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(text, target.c_str());
  cmark_node_append_child(node, text);
}

/// In a link a picture is its description; elsewhere a link to it.
void mend_image(cmark_node* node, EntryLink const& entry_link) {
  cmark_node* parent = cmark_node_parent(node);
  while (parent != nullptr && cmark_node_get_type(parent) != CMARK_NODE_LINK) parent = cmark_node_parent(parent);
  if (parent != nullptr) return unwrap(node);
  cmark_node* const link = cmark_node_new(CMARK_NODE_LINK);
  cmark_node_set_url(link, cmark_node_get_url(node));
  cmark_node_insert_before(node, link);
  while (cmark_node* child = cmark_node_first_child(node)) cmark_node_append_child(link, child);
  cmark_node_free(node);
  mend_link(link, entry_link);
}

void show_html(cmark_node* node) {
  std::string html(literal(node));
  while (!html.empty() && html.back() == '\n') html.pop_back();
  cmark_node* const text = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(text, html.c_str());
  cmark_node* shown = text;
  if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
    shown = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(shown, text);
  }
  cmark_node_insert_before(node, shown);
  cmark_node_free(node);
}

/// Han, kana and their marks; Korean words have blanks between them.
bool is_unspaced(unsigned char first) { return (first >= 0xE3 && first <= 0xE9) || first == 0xEF; }

bool is_between_unspaced(cmark_node* line_end) {
  auto const before = literal(cmark_node_previous(line_end));
  auto const behind = literal(cmark_node_next(line_end));
  if (before.size() < 3 || behind.empty()) return false;
  return is_unspaced(static_cast<unsigned char>(before[before.size() - 3])) &&
         is_unspaced(static_cast<unsigned char>(behind[0]));
}

/// A node that has been left may go; a leaf is only entered.
void mend(cmark_node* node, cmark_event_type event, EntryLink const& entry_link) {
  bool const left = event == CMARK_EVENT_EXIT;
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_HTML_INLINE:
      return show_html(node);
    case CMARK_NODE_LINK:
      if (left) mend_link(node, entry_link);
      return;
    case CMARK_NODE_IMAGE:
      if (left) mend_image(node, entry_link);
      return;
    case CMARK_NODE_HEADING:
      if (left) cmark_node_set_heading_level(node, std::min(cmark_node_get_heading_level(node) + 1, 6));
      return;
    case CMARK_NODE_SOFTBREAK:
      if (is_between_unspaced(node)) cmark_node_free(node);
      return;
    default:
      return;
  }
}

bool is_block(cmark_node_type type) { return (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK; }

/// The end of a paragraph, an item or a row; where one cell of a row ends.
void end_block(cmark_node* node, std::string& text) {
  if (std::string_view(cmark_node_get_type_string(node)) == "table_cell") {
    if (cmark_node_next(node) != nullptr) text += ' ';
  } else if (is_block(cmark_node_get_type(node)) && !text.empty() && text.back() != '\n') {
    text += '\n';
  }
}

}  // namespace

bool deeper_than(cmark_node* document, int levels) {
  auto const iterator = over(document);
  int level = 0;
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    if (cmark_node_first_child(cmark_iter_get_node(iterator.get())) == nullptr) continue;
    level += event == CMARK_EVENT_ENTER ? 1 : -1;
    if (level > levels) return true;
  }
  return false;
}

void make_safe(cmark_node* document, EntryLink const& entry_link) {
  auto const iterator = over(document);
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    mend(cmark_iter_get_node(iterator.get()), event, entry_link);
  }
}

std::string text_of(cmark_node* document) {
  std::string text;
  auto const iterator = over(document);
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* const node = cmark_iter_get_node(iterator.get());
    auto const type = cmark_node_get_type(node);
    if (event == CMARK_EVENT_ENTER) text += literal(node);
    if (type == CMARK_NODE_SOFTBREAK) text += ' ';
    if (type == CMARK_NODE_LINEBREAK) text += '\n';
    if (event == CMARK_EVENT_EXIT || type == CMARK_NODE_CODE_BLOCK) end_block(node, text);
  }
  return text;
}

}  // namespace umsops::markdown_helper
