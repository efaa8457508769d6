// SPDX-License-Identifier: Apache-2.0
// The least that a static program can do.
#include <cstdio>

int main() { std::puts("hello"); }
