#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pages.py UMSOPS [FOLDER]: pages of reports in headless Chromium, at the widths of a phone, a tablet and a desk, light and dark,
in both languages, and printed: nothing is asked of a network, nothing is complained about, nothing is wider than the window,
text is large enough and stands out, nobody's text is more than text. With axe-core (`npm install --no-save --no-package-lock
axe-core`, or UMSOPS_AXE) that, too, finds nothing. FOLDER: where pictures are kept."""
import html.parser
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
HARM = '"><img src=x onerror=document.title="harmed"><script>document.title="harmed"</script></style></svg>\''
REPORTS = (("support", "en"), ("trend", "zh_CN"), ("incidents", "en"), ("handover", "zh_CN"), ("weekly", "en"))

FLAWS = r"""(() => {
  const flaws = [];
  const shown = e => { const s = getComputedStyle(e), b = e.getBoundingClientRect(); return s.display !== 'none' && s.visibility !== 'hidden' && b.width > 0 && b.right > 0; };
  const channels = c => { const m = c.match(/[\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1}; };
  const light = c => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }; return .2126 * f(c.r) + .7152 * f(c.g) + .0722 * f(c.b); };
  const ground = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.a > 0) return c; } return {r: 255, g: 255, b: 255}; };
  if (document.documentElement.scrollWidth > innerWidth) flaws.push('wider than the window: ' + document.documentElement.scrollWidth);
  for (const e of document.querySelectorAll('body *')) {
    const text = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (!text || ['TITLE', 'title', 'desc', 'STYLE'].includes(e.tagName) || !shown(e)) continue;
    const s = getComputedStyle(e), svg = e.namespaceURI.endsWith('svg');
    if (parseFloat(s.fontSize) < 14) flaws.push('small text ' + s.fontSize + ': ' + e.textContent.slice(0, 40));
    const a = light(channels(svg ? s.fill : s.color)), b = light(ground(svg ? e.ownerSVGElement.parentElement : e));
    const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (contrast < 4.5) flaws.push('contrast ' + contrast.toFixed(2) + ': ' + e.tagName + ' ' + e.textContent.slice(0, 40));
    if (svg) { const t = e.getBoundingClientRect(), c = e.ownerSVGElement.getBoundingClientRect(); if (t.right > c.right + 1 || t.left < c.left - 1) flaws.push('text outside of its chart: ' + e.textContent); }
  }
  const labels = [...document.querySelectorAll('svg .label, svg .name, svg .value')].filter(shown).map(e => [e, e.getBoundingClientRect()]);
  for (let i = 0; i < labels.length; ++i) for (let j = i + 1; j < labels.length; ++j) {
    const [a, b] = [labels[i][1], labels[j][1]];
    if (labels[i][0].ownerSVGElement === labels[j][0].ownerSVGElement && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
      flaws.push('labels over each other: ' + labels[i][0].textContent + ' / ' + labels[j][0].textContent);
  }
  if (document.title === 'harmed' || document.querySelector('img, script, iframe, object, embed')) flaws.push('harmed');
  for (const svg of document.querySelectorAll('svg[role=img]')) {
    if (!svg.querySelector('title').textContent || !svg.querySelector('desc').textContent) flaws.push('a chart without words');
    if (!svg.closest('section').querySelector('table')) flaws.push('a chart without its table');
  }
  return flaws;
})()"""


def desk_of(binary, folder):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "UMSOPS_NO_SYSTEM_CONFIG": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC",
           "UMSOPS_DB": f"{folder}/desk.db", "UMSOPS_NOW": "2026-11-23T09:30:00Z", "UMSOPS_ACTOR": "li.na"}
    def umsops(*words, stdin=None):
        return subprocess.run([binary, *words], env=env, input=stdin, capture_output=True, text=True, check=True).stdout
    umsops("db", "init")
    rng, lines = random.Random(3), []
    for i in range(400):
        day, minutes = rng.randrange(0, 80), rng.randrange(3, 3000)
        created = f"2026-{9 + (day + 5) // 30:02}-{1 + (day + 5) % 30:02}T{rng.randrange(24):02}:{rng.randrange(60):02}:00Z"
        if created > "2026-11-23T09":
            continue
        ticket = {"title": f"ticket {i} {HARM if i % 9 == 0 else '无法登录'}", "priority": rng.choice(["LOW", "MEDIUM", "MEDIUM", "HIGH", "CRITICAL"]),
                  "category": rng.choice(["sign-in", "mfa", "权限申请", "password", "directory-sync", "certificate", HARM[:60]]),
                  "source": rng.choice(["EMAIL", "WEB", "PHONE", "CHAT"]), "created_at": created, "assignee_id": rng.choice(["li.na", "wang.fang", "zhao.min"])}
        if rng.random() < 0.8:
            ticket |= {"status": "RESOLVED", "resolved_at": f"2026-11-23T0{rng.randrange(8)}:{rng.randrange(60):02}:00Z", "resolution": "done",
                       "resolution_time_minutes": minutes, "response_time_minutes": minutes // 5}
        lines.append(json.dumps(ticket))
    umsops("ticket", "import", "-", "--format", "jsonl", stdin="\n".join(lines) + "\n")
    for i in range(12):
        umsops("incident", "create", "--title", f"incident {i} {HARM}", "--severity", rng.choice(["LOW", "HIGH", "CRITICAL"]), "--type",
               rng.choice(["AUTHENTICATION_FAILURE", "DATABASE_ISSUE", "OTHER"]), "--service", rng.choice(["sso", "ldap", "mail-gateway"]))
    umsops("incident", "verify", "INC-1", "--passed", "--note", HARM)
    umsops("review", "create", "INC-1")
    umsops("review", "update", "REV-1", "--section", "overview", "--body", f"- **it** was down\n\n{HARM}")
    for i in range(6):
        umsops("kb", "create", "--title", f"entry {i}", "--body", "text", "--category", rng.choice(["vpn", "mfa"]), "--publish")
    umsops("ticket", "create", "-t", f"open and urgent {HARM}", "--priority", "CRITICAL")
    return umsops


def check_source(text, name, problems):
    """What a page is made of, before any browser."""
    class Tags(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            for key, value in attributes:
                if key.startswith("on") or key == "style" or (key in ("src", "href") and not value.startswith("#")):
                    problems.append(f"{name}: {tag} {key}={value}")
    Tags().feed(text)
    for word in ("<script", "<img", "http://", "https://", "\u202e"):
        if word in text:
            problems.append(f"{name}: {word}")
    if "default-src 'none'" not in text:
        problems.append(f"{name}: no policy")


def axe_of():
    places = [os.environ.get("UMSOPS_AXE", ""), str(ROOT / "node_modules/axe-core/axe.min.js"), str(ROOT / "build/axe/node_modules/axe-core/axe.min.js")]
    return next((pathlib.Path(p).read_text() for p in places if p and pathlib.Path(p).is_file()), None)


def look(browser, axe, path, width, scheme, name, pictures, problems):
    asked, complaints = browser.show(path, width, scheme)
    where = f"{name} {width} {scheme}"
    problems += [f"{where}: asks for {url}" for url in asked] + [f"{where}: {str(c)[:300]}" for c in complaints]
    problems += [f"{where}: {flaw}" for flaw in browser.evaluate(FLAWS)[:5]]
    if pictures:
        browser.picture(pictures / f"{name}-{width}-{scheme}.png")
    if axe:
        browser.evaluate(axe + "\n;0")
        found = browser.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 2).join(' | ')))")
        problems += [f"{where}: axe: {violation}" for violation in found]


def look_at(browser, axe, folder, name, text, pictures, problems):
    """The page on a phone, a tablet and a screen, by day and night, and on paper; how many pages that were."""
    path = pathlib.Path(folder, f"{name}.html")
    path.write_text(text)
    check_source(text, path.name, problems)
    looks = ((360, "dark"), (768, "light"), (1280, "dark"), (1280, "light"), (360, "light"))
    for width, scheme in looks:
        look(browser, axe if width != 768 else None, path, width, scheme, path.stem, pictures, problems)
    browser.show(path, 800)
    printed = browser.printed()
    if not printed.startswith(b"%PDF") or printed.count(b"/Type /Page\n") > 40:
        problems.append(f"{name}: it cannot be printed")
    return len(looks)


def main():
    binary, problems, pages = str(pathlib.Path(sys.argv[1]).resolve()), [], 0
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    axe = axe_of()
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        umsops = desk_of(binary, folder)
        for report, language in REPORTS:
            text = umsops("--lang", language, "report", "run", report, "-o", "html")
            pages += look_at(browser, axe, folder, f"{report}-{language}", text, pictures, problems)
        for language in ("en", "zh_CN"):
            text = umsops("--lang", language, "review", "show", "INC-1", "-o", "html")
            pages += look_at(browser, axe, folder, f"review-{language}", text, pictures, problems)
    print("\n".join(problems[:60]))
    print(f"{pages} pages looked at, {len(problems)} problems" + ("" if axe else "; axe-core is not there"))
    return 1 if problems or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
