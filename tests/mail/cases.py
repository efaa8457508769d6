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
                            ("iso2022_jp_2", "iso2022_jp_2", "言语"), ("shift_jis_2004", "shift_jis_2004", "プリンタ"),
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
for label in ("utf-16", "utf-32"):
    case(label, text(label, base64.b64encode("打印".encode(label)), "base64"), body="打印", problems=[])
case("a byte order mark", text("iso-8859-1", b"\xef\xbb\xbf" + "打印机".encode()), body="打印机")


# --- senders
def sender(field, address, name=None, **want):
    case("From: " + field, f"From: {field}\nSubject: x\n\nx", **{"from": {"name": name, "address": address}}, **want)


sender("Li, Na <li.na@example.com>", "li.na@example.com", "Li, Na", problems=[], incomplete=False)
sender("Na Li [IT] <li.na@example.com>", "li.na@example.com", "Na Li [IT]", problems=[])
sender('"Li, Na <li.na@example.com>', "li.na@example.com", "Li, Na")
sender("Li Na li.na@example.com", "li.na@example.com", "Li Na")
sender("Li Na [mailto:li.na@example.com]", "li.na@example.com", "Li Na")
sender("李娜 ＜li.na@example.com＞", "li.na@example.com", "李娜")
sender("Li; Na <li.na@example.com>", "li.na@example.com", "Li; Na")
sender("李,娜 <li.na@example.com>", "li.na@example.com", "李,娜")
sender("Na Li \\ <li.na@example.com>", "li.na@example.com", "Na Li")
sender("Na > Li <li.na@example.com>", "li.na@example.com", "Na > Li")
sender("=?utf-8?Q?Li_<li.na@example.com>?=", "li.na@example.com", "Li")
sender("=?utf-8?Q?boss@example.com?= <li.na@example.com>", "li.na@example.com", "boss@example.com")
sender("Li Na (IT, Berlin) <li.na@example.com>", "li.na@example.com", "Li Na")
sender("a@b@c", None, "a@b@c")
sender("root", "root")
sender("MAILER DAEMON <>", None, "MAILER DAEMON")
sender("<mailto:li.na@example.com>", "li.na@example.com")
sender("'Li Na' <'li.na@example.com'>", "li.na@example.com", "Li Na")
sender("li.na@example.com", "li.na@example.com")
LONG = "a" * 64 + "@" + "b" * 240 + ".example"
sender(LONG, LONG)
case("a group without members", "From: a@b\nTo: undisclosed-recipients:;\n\nx", to=[])
case("a group with members", "From: a@b\nTo: Team: c@d, Li, Na <e@f>;\n\nx",
     to=[{"name": None, "address": "c@d"}, {"name": "Li, Na", "address": "e@f"}])
case("addresses by semicolons", "From: a@b\nTo: c@d; Li, Na <e@f>\nTo: g@h\n\nx",
     to=[{"name": None, "address": "c@d"}, {"name": "Li, Na", "address": "e@f"}, {"name": None, "address": "g@h"}])
case("an answer to nobody", 'From: a@b\nReply-To: "Anna" <>\n\nx', reply_to=[{"name": "Anna", "address": None}])
case("several mailboxes, and others who may have sent it",
     "From: help@b, cust@c\nX-Original-From: orig@d\nSender: post@e\n\nx", **{"from": {"name": None, "address": "help@b"}},
     senders=[{"name": None, "address": a} for a in ("cust@c", "orig@d", "post@e")])
case("two Subjects", "From: a@b\nSubject: one\nSubject: two\n\nx", subject="one", problems=["Subject: several, the first is taken"], incomplete=True)

# --- ids
for field, want in (("<1@x>", "1@x"), ("1@x", "1@x"), ("[1@x]", "1@x"), ('"1@x"', "1@x"), ("1", "1"), ("<<1@x>>", "1@x"), ("<1\n @x>", "1@x"),
                    ("<" + "a" * 1000 + "1@x>", None)):
    case("Message-ID: " + field[:20], f"From: a@b\nMessage-ID: {field}\n\nx", **({"message_id": want} if want else {"incomplete": False}))
for field, want in (("<a@b>,<c@d>", ["a@b", "c@d"]), ("7@z, <8@z>", ["7@z", "8@z"]), ("<a@b><c@d>", ["a@b", "c@d"]), ("long-id-1@host", ["long-id-1@host"]),
                    ("<a b@c>", ["ab@c"]), ("<a@b", ["a@b"]), ("Your message of Monday <a@b>", ["a@b"])):
    case("References: " + field, f"From: a@b\nReferences: {field}\nIn-Reply-To: {field}\n\nx", references=want, in_reply_to=want)

# --- who writes by himself
for field in ("X-Autoreply: yes", "X-Autorespond: Away", "X-Autoresponder: x", "X-Mail-Autoreply: yes", "X-Auto-Reply-From: a@b", "X-Precedence: bulk",
              "Preference: auto_reply", "Delivered-To: Autoresponder", "X-FC-MachineGenerated: true", "X-Autogenerated: Reply",
              "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent", "X-Failed-Recipients: a@b"):
    case(field, f"From: a@b\n{field}\n\nx", autoresponder=field)
for field in ("X-Autoreply: no", "X-Auto-Reply-From: none", "X-FC-MachineGenerated: false", "X-Precedence: first-class", "Delivered-To: help@b"):
    case(field, f"From: a@b\n{field}\n\nx", autoresponder=None)
case("List-Post", "From: a@b\nList-Post: <mailto:Help@Example.com?subject=x>\n\nx", list_post="help@example.com")
case("an empty envelope in a mbox", "From MAILER-DAEMON Mon Nov 23 09:30:00 2026\nFrom: a@b\n\nx", return_path="")
case("a person's envelope in a mbox", "From a@b Mon Nov 23 09:30:00 2026\nFrom: a@b\n\nx", return_path=None)

# --- parts
HEAD = "From: a@b\nSubject: x\nMIME-Version: 1.0\n"


def alternative(plain, html, subtype="alternative"):
    return (HEAD + f"Content-Type: multipart/{subtype}; boundary=b1\n\n--b1\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n"
            f"--b1\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b1--\n")


for sign in ("\u00a0", "\u200b", "\u3000", "\u00ad", "\u2060", "\ufeff", "\u2800", "\u3164", "&nbsp;", "&#8203;", "[cid:a@b]", "[image: logo.png]", "<https://example.com/x>", "-----"):
    case(f"a plain part of {sign!r}", alternative(sign, "<p>The printer is broken"), body="The printer is broken", body_type="text/html")
case("a plain part that points to the page", alternative("This message is in HTML, please use a capable program.", "<p>" + "The printer is broken. " * 20),
     body=("The printer is broken. " * 20).strip(), incomplete=True)
case("a plain part about HTML", alternative("My HTML page does not load", "<p>My HTML page does not load"), body="My HTML page does not load", incomplete=False)
case("a page that shows nothing", alternative("The printer is broken", "<p>&nbsp;</p>"), body="The printer is broken", body_type="text/plain")
case("a page that says more", alternative("See below", "<p>See below<p>" + "The printer is broken. " * 40), body="See below", incomplete=True)
case("text before the parts", HEAD + "Content-Type: multipart/mixed; boundary=b\n\nHi\n--b\nContent-Type: application/pdf\n\nx\n--b--\n", body="Hi", incomplete=True)
case("text behind the parts", HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf\n\nx\n--b--\nBye\n", body="Bye", incomplete=True)
case("what programs write before the parts",
     HEAD + "Content-Type: multipart/mixed; boundary=b\n\nThis is a multi-part message in MIME format.\n--b\n\nHi\n--b--\n", body="Hi", incomplete=False)
case("another part behind the last one", HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b--\n--b\n\nmore\n", body="Hi", incomplete=True)
for body, want, sound in (("aGVsbG8gd29ybGQ", "hello world", True), ("aGVsbG8gd29ybGQ=\n", "hello world", True), ("aGVsbG8=\nIHdvcmxk\n", "hello\n\nIHdvcmxk", False),
                          ("aGVsbG8=\nIHdvcmxkIQ==\n", "hello world!", True), ("hello world, how are you?", "hello world, how are you?", False),
                          ("hello world", "hello world", False), ("SGVsbG8gd29ybGQsIGhvdyBhcmUgeW91PyBBbGwgd2VsbD8=\n\n-- \nScanned by Virus Scanner\n",
                           "Hello world, how are you? All well?\n\n-- \nScanned by Virus Scanner", False)):
    case("base64: " + body[:30], text("utf-8", body.encode(), "base64"), body=want, incomplete=not sound)
case("a comment that never ends", text("utf-8", b"<p>one</p><!-- <p>two</p>", kind="html"), body="one", incomplete=True)
case("an attached message is called by its subject",
     HEAD + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: Re: a/b\n\nx\n--b--\n", attachments=["a-b.eml"])

# --- a header that is not as it should be
BOTH = "Content-Type: multipart/mixed; boundary=b\n"
TWO = "\n--b\n\none\n--b--\n"
case("multipart, then plain", HEAD + BOTH + "Content-Type: text/plain\n" + TWO, body="one", incomplete=True)
case("plain, then multipart", HEAD + "Content-Type: text/plain\n" + BOTH + TWO, body="one", incomplete=True)
case("html, then plain", HEAD + "Content-Type: text/html\nContent-Type: text/plain\n\n<p>one", body="one", incomplete=True)
for order in (("base64", "7bit"), ("7bit", "base64")):
    case("encodings " + str(order), HEAD + "".join(f"Content-Transfer-Encoding: {e}\n" for e in order) + "\naGVsbG8=\n", body="hello", incomplete=True)
    case("encodings of a part " + str(order),
         HEAD + BOTH + "\n--b\n" + "".join(f"Content-Transfer-Encoding: {e}\n" for e in order) + "\naGVsbG8=\n--b--\n", body="hello", incomplete=True)
case("no empty line in a part", HEAD + BOTH + "\n--b\nContent-Type: text/plain\nbar\n--b--\n", body="bar", incomplete=True)
case("no header in a part", HEAD + BOTH + "\n--b\nhello\n\nworld\n--b--\n", body="hello\n\nworld", incomplete=True)
case("a word with a colon in a part", HEAD + BOTH + "\n--b\nNote: hello\n\nworld\n--b--\n", body="Note: hello\n\nworld", incomplete=True)
case("no empty line in a message", "From: a@b\nTo: c@d\nSubject: s\nThe printer is broken\nand smokes\n", subject="s", body="The printer is broken\nand smokes", incomplete=True)
case("no empty line, a word with a colon", "From: a@b\nSubject: s\nNote: the printer\nis broken\n", subject="s", body="Note: the printer\nis broken", incomplete=True)
case("no empty line behind a fold", "From: a@b\nSubject: s\n t\nbroken\n", subject="s t", body="broken", incomplete=True)
case("a line of blanks for an empty one", "From: a@b\nSubject: s\n \t\nThe printer\n\nis broken\n", subject="s", body="The printer\n\nis broken", incomplete=False)
case("a line of blanks in the header", "From: a@b\n \nSubject: s\n\nbody\n", subject="s", body="body")
case("a broken line among the fields", "From: a@b\nwhat is this\nSubject: s\n\nbody\n", subject="s", body="body", incomplete=True,
     problems=["a broken line among the fields: what is this"])
case("a broken line first", "what is this\nFrom: a@b\nSubject: s\n\nbody\n", subject="s", body="body", incomplete=True)
case("no header at all", "hello world\n\nhow are you\n", body="hello world\n\nhow are you", incomplete=True)
case("only a header", "From: a@b\nSubject: s\n", subject="s", body="", incomplete=False)
case("CR alone", "From: a@b\rSubject: s\r\rone\rtwo\r", subject="s", body="one\ntwo", incomplete=False)
case("CR CR LF", "From: a@b\r\r\nSubject: s\r\r\n\r\r\none\r\r\n", subject="s", body="one")
case("a byte order mark before the header", b"\xef\xbb\xbfFrom: a@b\nSubject: s\n\nx", subject="s", body="x")
case("a parameter that was not folded", HEAD + 'Content-Type: multipart/mixed;\nboundary="b"\n' + TWO, body="one")
for declared in ("boundary=b_", "boundary=B", "", "boundary=c; boundary=b", "boundary=c", "boundary=bb"):
    case("another boundary: " + declared, HEAD + f"Content-Type: multipart/mixed; {declared}\n" + TWO.replace("b", "bound") if declared == "" else
         HEAD + f"Content-Type: multipart/mixed; {declared}\n" + TWO, body="one")
case("no type, but parts", "From: a@b\nSubject: s\n\n--b\nContent-Type: text/html\n\n<p>one\n--b--\n", body="one", incomplete=True)
case("a text that shows parts", "From: a@b\nSubject: s\n\nLook:\n--b\nContent-Type: text/html\n\n<p>one\n--b--\n",
     body="Look:\n--b\nContent-Type: text/html\n\n<p>one\n--b--", incomplete=False)
case("a text with rules", "From: a@b\n\none\n--\ntwo\n---------\n\nthree", body="one\n--\ntwo\n---------\n\nthree", incomplete=False)
case("an unknown field in the middle", "From: a@b\nFoo: bar\nSubject: s\n\nx", subject="s", body="x", problems=[], incomplete=False)
case("an unknown field last", "From: a@b\nSubject: s\nFoo: bar\n\nx", subject="s", body="x", problems=[], incomplete=False)

# --- several messages in one file
MBOX = "From a@b Mon Nov 23 09:30:00 2026\nFrom: a@b\nSubject: one\n\n1\n\nFrom a@b Mon Nov 23 09:31:00 2026\nFrom: a@b\nSubject: two\n\n2\n"
case("a mbox as one message", MBOX, subject="one", incomplete=True)
case("prose like a mbox", "From: a@b\nSubject: one\n\nFrom now on: it fails\nNote: bad\n", body="From now on: it fails\nNote: bad", incomplete=False)
SPLIT = [
    ("two messages", MBOX, ["one", "two"]),
    ("prose", MBOX + "\nFrom now on: it fails\nNote: bad\n", ["one", "two"]),
    ("quoted", MBOX.replace("\n2\n", "\n>From a@b Mon Nov 23 09:31:00 2026\nSubject: x\n"), ["one", "two"]),
    ("by length", f"From a@b Mon Nov 23 09:30:00 2026\nFrom: a@b\nSubject: outer\nContent-Length: {len(MBOX)}\n\n{MBOX}\n{MBOX}", ["outer", "one", "two"]),
]


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
        got["attachments"] = [one["file_name"] for one in got["attachments"]]
        for member, value in want.items():
            if got[member] != value:
                failed += 1
                print(f"{name}: {member}\n    got  {got[member]!r}\n    want {value!r}\n    {got['problems']}")
    for name, message, subjects in SPLIT:
        run = subprocess.run([helper, "--mbox"], input=message.encode(), capture_output=True, timeout=60, check=True)
        got = [json.loads(line)["subject"] for line in run.stdout.decode().splitlines()]
        if got != subjects:
            failed += 1
            print(f"mbox, {name}: {got} instead of {subjects}")
    print(f"{len(CASES) + len(SPLIT)} cases, {failed} differences")
    return 1 if failed else 0


sys.exit(main())
