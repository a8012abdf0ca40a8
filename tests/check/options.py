#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""options.py NEWSCONV [--update]: the manual's list of options is what the program prints of its table."""
import difflib
import subprocess
import sys
from pathlib import Path

MANUAL = Path(__file__).resolve().parent.parent.parent / 'docs/manual.md'
BEGIN, END = '<!-- options: newsconv --help-manual -->\n', '<!-- end of options -->\n'


def main():
    printed = subprocess.run([sys.argv[1], '--help-manual'], check=True, capture_output=True, text=True).stdout
    manual = MANUAL.read_text(encoding='utf-8')
    before, rest = manual.split(BEGIN)
    listed, after = rest.split(END)
    if listed.strip() == printed.strip():
        return 0
    if '--update' in sys.argv:
        MANUAL.write_text(f'{before}{BEGIN}\n{printed}\n{END}{after}', encoding='utf-8')
        return 0
    sys.stdout.writelines(difflib.unified_diff(listed.splitlines(True), printed.splitlines(True), 'manual', 'program'))
    print('options: the manual is not up to date; tests/check/options.py NEWSCONV --update writes it')
    return 1


if __name__ == '__main__':
    sys.exit(main())
