"""The look of an issue: a web page (an A4 sheet on the screen, pages with a foot in print), and a PDF."""

CSS = """
:root { --red: #b3121d; --ink: #1c1c1c; --soft: #6b6b6b; --line: #d9d4cc;
  --sans: "Heiti SC", "Source Han Sans SC", "Noto Sans CJK SC", SimHei, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; background: #ece9e4; color: var(--ink);
  font: 12pt/1.75 "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", SimSun, serif; }
.sheet { width: 210mm; max-width: 100%; margin: 24px auto; padding: 22mm 25mm 20mm; background: #fff;
  box-shadow: 0 1px 12px rgb(0 0 0 / .14); }
a { color: #1a4f8b; text-decoration: none; overflow-wrap: anywhere; }
a:hover { text-decoration: underline; }
.masthead { text-align: center; border-bottom: 2.5px solid var(--red); padding-bottom: 10px; }
.masthead .publisher { font: 600 15pt/1.4 var(--sans);
  letter-spacing: .12em; color: var(--red); margin: 0; }
.masthead h1 { font-size: 40pt; line-height: 1.3; letter-spacing: .35em;
  margin: 4px 0 4px .35em; color: var(--red); }
.masthead .number { margin: 0; font-size: 13pt; }
.masthead .period { margin: 2px 0 0; color: var(--soft); font-size: 9.5pt; }
.draft { display: inline-block; margin-left: .6em; padding: 0 .6em; border: 1px solid var(--red);
  color: var(--red); font-size: 9.5pt; border-radius: 3px; }
.contents h2 { text-align: center; font-size: 16pt; letter-spacing: .3em; margin: 24px 0 8px; }
.contents h3 { font-size: 12pt; margin: 14px 0 2px; }
.contents ol { margin: 0; padding-left: 2em; }
.contents li { margin: 2px 0; }
.contents a { color: inherit; }
.section > h2 { font-size: 17pt; color: var(--red); margin: 0 0 6px; padding-top: 28px; }
.notice { padding: 6px 0 22px; border-bottom: 1px solid var(--line); }
.notice:last-child { border-bottom: 0; }
.notice > h3 { text-align: center; font: 600 15pt/1.5 var(--sans); margin: 18px 6% 6px; text-wrap: balance; }
.notice p { margin: 0; text-align: justify; overflow-wrap: anywhere; }
.notice p.number-line { text-align: center; margin: 0 0 14px; }
.notice p.text, .notice p.level-2, .notice p.level-3, .notice p.level-4 { text-indent: 2em; }
.notice p.level-1 { text-indent: 2em; font: 600 12pt/1.9 var(--sans); }
.notice p.level-2 { font-weight: 600; font-family: "Kaiti SC", "Noto Serif CJK SC", KaiTi, serif; }
.notice p.level-3 { font-weight: 600; }
.notice p.signature { text-align: right; margin-right: 2em; }
.notice p.text + p.signature { margin-top: 1em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; font-size: 10.5pt; line-height: 1.5; }
td { border: 1px solid #8d8d8d; padding: 3px 6px; vertical-align: top; }
.links { margin-top: 12px; font-size: 10.5pt; }
.notice .links p { text-align: left; }
.links ul { margin: 0; padding-left: 2em; }
.note { color: var(--soft); font-size: 9.5pt; }
.unread { margin-top: 26px; padding: 10px 16px; border: 1px solid var(--line); background: #faf8f5;
  font-size: 10.5pt; }
.unread h2 { font-size: 12pt; margin: 0 0 4px; }
.unread ul { margin: 0; padding-left: 1.4em; }
.closing { margin: 28px 0 0; text-align: center; white-space: pre-line; }
.foot { margin-top: 30px; padding-top: 6px; border-top: 1px solid var(--red); color: var(--soft);
  font-size: 9.5pt; text-align: center; line-height: 1.5; }
@media (max-width: 700px) { .sheet { margin: 0; padding: 20px 18px; } .masthead h1 { font-size: 30pt; } }
@page { size: A4; margin: 22mm 25mm 26mm; }
@media print {
  body { background: #fff; }
  .sheet { width: auto; margin: 0; padding: 0; box-shadow: none; }
  .section { break-before: page; }
  .notice > h3, .notice p.number-line, .level-1, .level-2 { break-after: avoid; }
  .foot { position: fixed; bottom: -16mm; left: 0; right: 0; margin: 0; }
  a { color: inherit; }
}
"""

# On top of it for a PDF: page numbers in the contents, a notice a page, margins that say where one is.
PAGES = """
@page { size: A4; margin: 25mm 26mm 24mm;
  font: 9pt/1.4 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #6b6b6b;
  @top-left { width: 60%; text-align: left; vertical-align: bottom; margin-bottom: 5mm; padding-bottom: 4pt;
    border-bottom: .5pt solid #b3121d; }
  @top-right { width: 40%; text-align: right; vertical-align: bottom; margin-bottom: 5mm; padding-bottom: 4pt;
    border-bottom: .5pt solid #b3121d; }
  @bottom-left { width: 70%; text-align: left; vertical-align: top; margin-top: 4mm; padding-top: 4pt;
    border-top: .5pt solid #b3121d; white-space: pre-line; }
  @bottom-right { width: 30%; text-align: right; vertical-align: top; margin-top: 4mm; padding-top: 4pt;
    border-top: .5pt solid #b3121d; content: "第 " counter(page) " 页，共 " counter(pages) " 页"; }
}
@page :first { @top-left { border: none } @top-right { border: none } }
h1, .contents h2, .contents h3, .unread h2 { bookmark-level: none; }
.section > h2 { bookmark-level: 1; padding-top: 0; }
.notice > h3 { bookmark-level: 2; margin-bottom: 10px; }
.notice p.level-1 { bookmark-level: 3; bookmark-label: content(text); }
.masthead h1 { letter-spacing: .2em; margin-left: .2em; }
.contents ol { list-style: none; padding: 0; }
.contents ol a { padding-left: 1em; }
.contents a { display: block; color: inherit; }
.contents a::after { content: leader(dotted) target-counter(attr(href), page); }
.links a { color: #1a4f8b; }
.notice { border: 0; padding: 0; }
.notice + .notice { break-before: page; }
.notice p { orphans: 2; widows: 2; }
.notice p.signature { break-before: avoid; }
.unread, .closing { break-inside: avoid; }
.unread, .closing { break-before: page; }
.unread + .closing { break-before: auto; }
.closing { padding-top: 70mm; font-size: 15pt; }
.foot { display: none; }
tr { break-inside: avoid; }
"""
