// SPDX-License-Identifier: Apache-2.0
// load_yaml FILE: a rule file into yaml-cpp's tree, and nothing more.
#include <yaml-cpp/yaml.h>

int main(int argc, char** argv) { return argc > 1 && YAML::LoadFile(argv[1])["rules"].size() > 0 ? 0 : 1; }
