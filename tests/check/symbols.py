#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""symbols.py LIBRARY MODULES: what the library and the modules export, and that nothing in them can change: no variable
lies in writable memory, so any number of conversions may run at once."""
import re
import subprocess
import sys
from pathlib import Path

LINKER_OWN = re.compile(r'__dso_handle|completed\.\d+|__TMC_END__|_GLOBAL_OFFSET_TABLE_|_DYNAMIC')


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def symbols(file):
    """(name, section, exported) of what the file defines."""
    sections = dict(re.findall(r'^ *\[ *(\d+)\] (\S+)', run('readelf', '-SW', file), re.M))
    for line in run('readelf', '-sW', file).splitlines():
        words = line.split()
        if len(words) == 8 and words[3] in ('FUNC', 'OBJECT', 'TLS') and words[6] in sections:
            yield words[7].split('@')[0], sections[words[6]], words[4] == 'GLOBAL' and words[5] == 'DEFAULT'


def main():
    library, folder = map(Path, sys.argv[1:])
    wrong = []
    for file in [library, *sorted(folder.glob('*.so'))]:
        for name, section, exported in sorted(set(symbols(file))):
            if section in ('.data', '.bss', '.tdata', '.tbss') and not LINKER_OWN.fullmatch(name):
                wrong.append(f'{file.name}: {name} is a variable that can change')
            expected = r'(nc|newsconv)_\w+' if file == library else r'nc_(plugin|detect)'
            if exported and not re.fullmatch(expected, name):
                wrong.append(f'{file.name}: {name} should not be exported')
    print('\n'.join(wrong + [f'{len(wrong)} wrong']))
    sys.exit(bool(wrong))


if __name__ == '__main__':
    main()
