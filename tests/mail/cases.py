#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cases.py UMSOPS-MAIL: messages of a few lines, made here, and what the helper program must read out of each. A case names
the members that it is about; `body` without the blanks around it. Ends with 1 when one differs."""
import base64
import json
import subprocess
import sys

CASES = []


def case(name, message, **want):
    CASES.append((name, message if isinstance(message, bytes) else message.encode(), want))


def text(charset, body, encoding="8bit", kind="plain"):
    return b"From: a@example.com\nSubject: x\nContent-Type: text/%s%s\nContent-Transfer-Encoding: %s\n\n%s\n" % (
        kind.encode(), b"; charset=" + charset.encode() if charset else b"", encoding.encode(), body)


def word(charset, raw):
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(raw) + b"?="


# --- charsets
for label in ("hz", "HZ-GB-2312", "x-hz", "hz-gb2312"):
    case("HZ as " + label, text(label, b"~{<:Ky2;S{#,~}Bye ~~."), body="己所不欲，Bye ~.", incomplete=False)
case("HZ ends with its line", text("hz", b"~{<:Ky2;S{#,\nplain"), body="己所不欲，\nplain")
case("HZ in a word", b"Subject: " + word("hz-gb-2312", b"~{<:Ky~}") + b"\n\nx", subject="己所")
for label in ("iso-2022-jp", "ISO-2022-JP-MS", "csISO2022JP", "cp50221", "iso2022_jp", None):
    case(f"signs of NEC, half-width kana as {label}", text(label, b"\x1b$B-j$$\x1b(B, \x1b(I1\x1b(B."), body="㈱い, ｱ.", incomplete=False)
case("signs of NEC in a word", b"From: a@b\nSubject: =?iso-2022-jp?B?GyRCLWokJBsoQg==?=\n\nx", subject="㈱い", incomplete=False)
case("kana by shifts", text("iso-2022-jp", b"\x0e1\x0f."), body="ｱ.")
case("JIS X 0212", text("iso-2022-jp-1", b"\x1b$(D0!\x1b(B"), body="丂")
case("a line begins in ASCII", text("iso-2022-jp", b"\x1b$B$$\nplain"), body="い\nplain")
for label in ("gb2312", "GBK", "big5", "iso-8859-1", "koi8-r", "windows-1251", "euc-kr", "us-ascii", "utf-16"):
    case("UTF-8 called " + label, text(label, "打印机坏了".encode()), body="打印机坏了")
case("UTF-8 of two bytes called Latin 1", text("iso-8859-1", "Grüße".encode()), body="Grüße", incomplete=True)
case("true GBK", text("gb2312", "打印机坏了，鎔".encode("gbk")), body="打印机坏了，鎔", incomplete=False)
case("true EUC-KR", text("euc-kr", "프린터".encode("euc-kr")), body="프린터", incomplete=False)
case("Latin 1 called UTF-8", text("utf-8", "Grüße".encode("latin1")), body="Grüße", incomplete=True)
case("GBK called UTF-8", text("utf-8", "打印机坏了，请帮忙".encode("gbk")), body="打印机坏了，请帮忙", incomplete=True)
case("UTF-8 cut", text("utf-8", "打印机坏了".encode()[:-1]), body="打印机坏\ufffd\ufffd", incomplete=True)
for label in ("utf-8-sig", "utf8mb4", "UTF_8", "x-utf-8"):
    case("as " + label, text(label, "打印机 é".encode()), body="打印机 é", problems=[])
for label in ("gb_2312", "gb2312-80", "x-gb2312", "iso-ir-58", "cp-936", "csGB2312", "GB_2312-80"):
    case("as " + label, text(label, "打印机".encode("gbk")), body="打印机", problems=[])
for label, codec, words in (("chinesebig5", "big5", "印表機"), ("x-x-big5", "big5", "印表機"), ("big5-eten", "big5", "印表機"), ("x-euc-jp", "euc-jp", "プリンタ"),
                            ("windows-932", "cp932", "プリンタ"), ("x-windows-949", "cp949", "프린터"), ("x-cp1251", "cp1251", "Привет"),
                            ("latin-1", "latin1", "Grüße"), ("iso8859_1", "latin1", "Grüße"), ("euc_jp", "euc-jp", "プリンタ"),
                            ("iso2022_kr", "iso2022_kr", "프린터"), ("johab", "johab", "프린터"), ("big5hkscs", "big5hkscs", "印表機"),
                            ("shift_jisx0213", "shift_jisx0213", "プリンタ"), ("euc_jisx0213", "euc_jisx0213", "プリンタ")):
    case("as " + label, text(label, words.encode(codec)), body=words, problems=[])
case("a name that nobody knows", text("x-klingon", b"x"), body="x", problems=["charset unknown: x-klingon"], incomplete=True)
case("EUC-JP keeps its dashes", text("euc-jp", b"\xa1\xc1\xa1\xdd"), body="〜−")
case("EUC-JP with signs of NEC", text("euc-jp", b"\xad\xea"), body="㈱")
GBK = "各位同事：机房空调今天下午三点检修，届时服务器可能会关机，请提前保存数据。喆"
case("no charset: GBK", text(None, GBK.encode("gbk")), body=GBK, incomplete=True)
case("no charset: Big5", text(None, "各位同事：印表機今天壞了，請儘快來修理。".encode("big5")), body="各位同事：印表機今天壞了，請儘快來修理。")
case("no charset: EUC-JP", text(None, "プリンタが動きません。".encode("euc-jp")), body="プリンタが動きません。")
case("no charset: Shift_JIS", text(None, "プリンタが動きません".encode("cp932")), body="プリンタが動きません")
case("no charset: Latin 1", text(None, "Grüße, für Öffnung".encode("latin1")), body="Grüße, für Öffnung", incomplete=True)
case("no charset: two signs in a word", text(None, "Grüße".encode("latin1")), body="Grüße")
case("a raw header in the charset of the text", "From: a@b\nSubject: Тест\nContent-Type: text/plain; charset=koi8-r\n\nтекст\n".encode("koi8-r"),
     subject="Тест", body="текст", incomplete=False)
case("a raw text in the charset of a word", b"Subject: " + word("koi8-r", "Тест".encode("koi8-r")) + b"\n\n" + "да, текст".encode("koi8-r"),
     subject="Тест", body="да, текст")
case("two charsets in one field", b"Subject: " + word("gb2312", "打印".encode("gbk")) + b" " + word("utf-8", "机坏了".encode()) + b"\n\nx", subject="打印机坏了")
case("quoted-printable under a wrong name", text("gb2312", b"=E6=89=93=E5=8D=B0=E6=9C=BA", "quoted-printable"), body="打印机", incomplete=True)
case("a page that knows better than Latin 1", text("iso-8859-1", b'<meta charset="gb2312"><p>' + "您好".encode("gbk"), kind="html"), body="您好")
case("a page that Latin 1 is right for", text("iso-8859-1", b'<meta charset="gb2312"><p>' + "Gr\u00fc\u00dfe, M\u00fcller".encode("latin1"), kind="html"),
     body="Grüße, Müller")
case("a byte order mark", text("iso-8859-1", b"\xef\xbb\xbf" + "打印机".encode()), body="打印机")


def main():
    helper, failed = sys.argv[1], 0
    for name, message, want in CASES:
        run = subprocess.run([helper], input=message, capture_output=True, timeout=60)
        if run.returncode != 0:
            failed += 1
            print(f"{name}: exit {run.returncode}: {run.stderr.decode(errors='replace')[:200]}")
            continue
        got = json.loads(run.stdout)
        got["body"] = got["body"].strip()
        for member, value in want.items():
            if got[member] != value:
                failed += 1
                print(f"{name}: {member}\n    got  {got[member]!r}\n    want {value!r}\n    {got['problems']}")
    print(f"{len(CASES)} cases, {failed} differences")
    return 1 if failed else 0


sys.exit(main())
