#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""mail.py UMSOPS: a mail comes in, its confirmation and an answer leave over TLS with a login, and what the requester
writes back lands on the same ticket."""
import email
import email.policy
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from servers import Desk, Mail  # noqa: E402

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
passed = 0


def check(what, true):
    global passed
    assert true, what
    passed += 1


def channel(mail, name, scheme, port, password="geheim", ca=True):
    trust = f", ca_file: '{mail.cert}'" if ca else ""
    return (f"  {name}: {{type: smtp, url: '{scheme}://localhost:{port}', from: '服务台 <desk@example.com>', user: desk, "
            f"password_command: [echo, {password}]{trust}}}\n")


def parsed(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def main():
    with tempfile.TemporaryDirectory() as folder:
        mail = Mail(pathlib.Path(folder))
        desk = Desk(BINARY, folder)
        tls, start = mail.tls.port, mail.start_tls.port
        desk.write("channels.yaml", "kind: channels\nlanguage: zh_CN\nchannels:\n" + channel(mail, "mail", "smtps", tls) +
                   channel(mail, "starttls", "smtp", start) + channel(mail, "wrong", "smtps", tls, "falsch") +
                   channel(mail, "untrusted", "smtps", tls, ca=False) +
                   "  local: {type: sendmail, from: desk@example.com, command: [sh, -c, 'cat > sent.eml', sh]}\n")
        for name in ("mail", "starttls", "local"):
            check(name, desk.json("outbox", "test", name, "--to", "li.na@example.com")["outcome"] == "sent")
        check("both came, the one that was not encrypted from the start by STARTTLS", len(mail.got) == 2 and mail.got[1][3])
        check("the wrong password is no reason to give a message up",
              desk.json("outbox", "test", "wrong", code=7)["outcome"] == "later")
        check("nobody is trusted unseen", desk.json("outbox", "test", "untrusted", code=7)["outcome"] == "later")
        check("a refusal is final", desk.json("outbox", "test", "mail", "--to", "nobody@example.com", code=7)["outcome"] == "failed")
        check("greylisting is none", desk.json("outbox", "test", "mail", "--to", "later@example.com", code=7)["outcome"] == "later")
        desk.run("outbox", "test", "mail", "--to", "a@b>\r\nRCPT TO:<evil@example.com", code=2)
        mail.got.clear()

        incoming = ("From: 张伟 <zhang.wei@example.org>\nTo: desk@example.com\nSubject: 无法登录门户\n"
                    "Message-ID: <first@example.org>\nDate: Mon, 23 Nov 2026 09:00:00 +0800\n"
                    "Content-Type: text/plain; charset=utf-8\n\n昨天开始无法登录。\n")
        number = desk.json("ticket", "intake", "mail", "-", "-c", "mail_addresses=desk@example.com",
                           stdin=incoming)["ticket_number"]
        desk.run("ticket", "reply", number, "--body", "请重置密码后再试。", "--actor", "li.na")
        flushed = desk.json("outbox", "flush")
        check(f"two leave: {flushed}", flushed["sent"] == 2 and len(mail.got) == 2)
        first, second = (parsed(got[2]) for got in mail.got)
        check("the envelope", mail.got[0][:2] == ("desk@example.com", ["zhang.wei@example.org"]))
        check(first["Subject"], first["Subject"] == f"[{number}] 无法登录门户")
        check("it answers the first mail", "<first@example.org>" in first["References"] and first["Auto-Submitted"] == "auto-replied")
        check("one thread", second["References"].split()[0] == first["References"].split()[0])
        check("another message", first["Message-ID"] != second["Message-ID"])
        text = second.get_body(("plain",)).get_content()
        html = second.get_body(("html",)).get_content()
        check(text, "请重置密码后再试。" in text and "请重置密码后再试。" in html)

        back = (f"From: 张伟 <zhang.wei@example.org>\nTo: desk@example.com\nSubject: Re: something else\n"
                f"Message-ID: <third@example.org>\nIn-Reply-To: {second['Message-ID']}\n"
                f"References: {second['References']} {second['Message-ID']}\nDate: Mon, 23 Nov 2026 10:00:00 +0800\n"
                "Content-Type: text/plain; charset=utf-8\n\n已经可以了，谢谢。\n")
        answer = desk.json("ticket", "intake", "mail", "-", "-c", "mail_addresses=desk@example.com", stdin=back)
        check(f"on the same ticket: {answer['ticket_number']}", answer["ticket_number"] == number)
        desk.run("ticket", "intake", "mail", "-", "-c", "mail_addresses=desk@example.com",
                         stdin=mail.got[1][2].decode(), code=(0, 5))
        check("our own mail coming back makes no ticket", desk.json("ticket", "list")["count"] == 1)
        mail.got.clear()
        desk.write("roster.yaml", "people: {li.na: {email: li.na@example.com}}\n")
        from_staff = (f"From: Li Na <li.na@example.com>\nTo: desk@example.com\nSubject: Re: [{number}] x\n"
                      "Message-ID: <staff@example.com>\nDate: Mon, 23 Nov 2026 11:00:00 +0800\nMIME-Version: 1.0\n"
                      'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
                      "见附件。\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=UTF-8''%E6%8C%87%E5%8D%97.pdf\n"
                      "Content-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--\n")
        replied = desk.json("ticket", "intake", "mail", "-", "-c", "mail_addresses=desk@example.com", stdin=from_staff)
        check(f"a reply by staff: {replied['outcome']}", replied["outcome"] == "REPLIED")
        check("it leaves", desk.json("outbox", "flush")["sent"] == 1)
        carried = [(part.get_filename(), part.get_content()) for part in parsed(mail.got[0][2]).iter_attachments()]
        check(f"with the file: {carried}", carried == [("指南.pdf", b"%PDF-1.4\n")])
        # Who is told of an incident acknowledges it by an answer; nobody else does.
        mail.got.clear()
        incident = desk.run("incident", "create", "-t", "nobody can sign in", "--assignee", "li.na", "-q").strip()
        check("it leaves", desk.json("outbox", "flush")["sent"] == 1)
        told = parsed(mail.got[0][2])["Message-ID"]
        for sender, body, outcome in (("eva@example.net", "ack", "FILED"), ("li.na@example.com", "please ack this", "FILED"),
                                      ("LI.NA@example.com", "ACK!\n\n> nobody can sign in", "ACKNOWLEDGED")):
            said = (f"From: <{sender}>\nTo: desk@example.com\nSubject: Re: incident\nMessage-ID: <{outcome}-{len(body)}@x>\n"
                    f"In-Reply-To: {told}\nDate: Mon, 23 Nov 2026 12:00:00 +0800\n\n{body}\n")
            got = desk.json("ticket", "intake", "mail", "-", "-c", "mail_addresses=desk@example.com", stdin=said)
            check(f"{sender} says {body!r}: {got['outcome']}", got["outcome"] == outcome)
            acknowledged = desk.json("incident", "show", incident)["acknowledged_at"] is not None
            check("acknowledged or not", acknowledged == (outcome == "ACKNOWLEDGED"))
        check("by whom", any(entry["actor"] == "li.na" for entry in desk.json("incident", "history", incident)["items"]))
        desk.run("outbox", "flush", code=(0, 6))
        desk.run("ticket", "note", number, "--body", "internal: he forgot it", "--actor", "li.na")
        check("a note is for nobody outside", desk.json("outbox", "flush", code=(0, 6))["sent"] == 0)
        mail.stop()
    print(f"{passed} passed, 0 failed")


main()
