#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""simplified.py >simplified_pairs.inc: traditional characters and the simplified ones that stand for them in the index and in rules, from
kSimplifiedVariant of the Unicode Han database (Debian's package unicode-data). Of several forms the first that differs
is taken. Both characters are of the first plane; those beyond it are not met in the texts of a desk. Another table means
other terms: raise kTokenVersion (token.hpp) with it."""
import bz2

VARIANTS = "/usr/share/unicode/Unihan_Variants.txt.bz2"
A_LINE = 54  # pairs


def code(name):
    return int(name.split("<")[0][2:], 16)


pairs = {ord("裏"): ord("里")}  # has none there, but means what 裡 means
for line in bz2.open(VARIANTS, "rt", encoding="utf-8"):
    if "\tkSimplifiedVariant\t" in line:
        character, _, forms = line.rstrip("\n").split("\t")
        others = [code(form) for form in forms.split() if code(form) != code(character)]
        if others and max(code(character), others[0]) < 0x10000:
            pairs[code(character)] = others[0]
for character in pairs:  # a form that has a simpler one itself: the end of the chain
    seen = {character}
    while pairs[character] in pairs and pairs[character] not in seen:
        seen.add(pairs[character])
        pairs[character] = pairs[pairs[character]]
pairs = {character: form for character, form in pairs.items() if character != form and form not in pairs}
text = "".join(chr(character) + chr(pairs[character]) for character in sorted(pairs))
print("// SPDX-License-Identifier: Apache-2.0")
print("// Made by simplified.py: each traditional character and its simplified form.")
for start in range(0, len(text), 2 * A_LINE):
    print(f'u"{text[start:start + 2 * A_LINE]}"')
