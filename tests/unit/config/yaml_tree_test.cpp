// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_tree.hpp"

#include <catch2/catch.hpp>

#include "base/embedded.hpp"

using namespace umsops;
using namespace umsops::config;

namespace {

/// Everything that a tree tells.
std::string told(Node const& node) {
  std::string out = std::to_string(static_cast<int>(node.kind)) + (node.quoted ? "'" : "") + node.scalar + "@" +
                    node.spot.file() + ":" + std::to_string(node.spot.line) + ":" + std::to_string(node.spot.column);
  for (auto const& item : node.items) out += "[" + told(item) + "]";
  for (auto const& [key, value] : node.members) out += "{" + told(key) + "=" + told(value) + "}";
  return out;
}

}  // namespace

TEST_CASE("a packed tree is the tree that was read") {
  auto const read = parse_yaml("一: [1, '2', {a: }]\nlist:\n  - x\n  - |\n    two\n    lines\nnone:\n", "a.yaml");
  CHECK(told(unpack_tree(pack_tree(read), "a.yaml")) == told(read));
  CHECK(unpack_tree(pack_tree(read), "b.yaml").find("list")->spot.file() == "b.yaml");
  CHECK(told(unpack_tree(pack_tree(Node()), "")) == told(Node()));
  CHECK_THROWS_AS(unpack_tree(std::string_view(pack_tree(read)).substr(0, 20), "a.yaml"), base::Error);
}

TEST_CASE("the built-in senders are what their texts say") {
  auto const texts = embedded::builtin_senders(), trees = embedded::builtin_sender_trees();
  REQUIRE(texts.size() == trees.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(pack_tree(parse_yaml(texts[i].bytes, texts[i].name)) == trees[i].bytes);
  }
}
