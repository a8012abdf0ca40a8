#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""manpage.py MANUAL.md PAGE.1: make a man page of the manual.

Knows as much Markdown as the manual uses: headings, paragraphs, lists, fenced code, tables of two or more columns,
emphasis, code and links."""
import re
import sys
from pathlib import Path


def escape(text):
    """Characters that roff takes for something else."""
    text = text.replace('\\', '\\e').replace('-', '\\-').replace('`', '\\(ga')
    return re.sub(r"^([.'])", r'\\&\1', text)


def inline(text):
    """Emphasis, code and links of one line."""
    pieces = re.split(r'(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|\[[^\]]+\]\([^)]+\))', text)
    out = ''
    for piece in pieces:
        link = re.fullmatch(r'\[([^\]]+)\]\(([^)]+)\)', piece)
        if link:
            out += escape(link[1])
        elif piece.startswith('`'):
            out += '\\fB' + escape(piece[1:-1]).removeprefix('\\&') + '\\fP'
        elif piece.startswith('**'):
            out += '\\fB' + escape(piece[2:-2]) + '\\fP'
        elif piece.startswith('*') and len(piece) > 1:
            out += '\\fI' + escape(piece[1:-1]) + '\\fP'
        else:
            out += escape(piece)
    return out


def cells(row):
    return [inline(cell.strip()) for cell in row.strip().strip('|').split('|')]


def table(rows):
    """A table as a list: the first cell is the term, the others what is said of it."""
    for row in rows[2:]:
        first, *rest = cells(row)
        yield f'.TP\n{first}\n' + '; '.join(cell for cell in rest if cell)
    yield '.PP'


def body(lines):
    """The lines of the page."""
    code, rows = False, []
    for line in lines:
        if rows and not line.startswith('|'):
            yield from table(rows)
            rows = []
        if line.startswith('```'):
            code = not code
            yield '.PP\n.nf\n.RS 4' if code else '.RE\n.fi\n.PP'
        elif code:
            yield escape(line)
        elif line.startswith('|'):
            rows.append(line)
        elif line.startswith(('# ', '<!--')):
            continue
        elif line.startswith('## '):
            yield '.SH ' + inline(line[3:]).upper()
        elif line.startswith('###'):
            yield '.SS ' + inline(line.lstrip('# '))
        elif re.match(r'[-*] |\d+\. ', line):
            yield '.IP \\(bu 3\n' + inline(re.sub(r'^\S+ ', '', line))
        elif not line.strip():
            yield '.PP'
        else:
            yield inline(line.strip())
    yield from table(rows) if rows else ()


def main():
    manual, page = map(Path, sys.argv[1:])
    lines = manual.read_text(encoding='utf-8').splitlines()
    head = '.\\" Made from the manual by manpage.py.\n.TH NEWSCONV 1 "" newsconv "User manual"\n'
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(head + '\n'.join(body(lines)) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
