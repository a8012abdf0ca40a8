#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks the limits that the project sets itself: sizes of functions and files, who may include what, calls that are
not used, and the like. Prints each breach as FILE:LINE: sentence and ends with status 1 if there is any."""
import os
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent

FUNCTION_LINES = 60                 # of any function
USUAL_FUNCTION_LINES = 25           # of nine functions in ten
FILE_LINES = 600                    # the two public headers are measured in functions instead
COLUMNS = {'.c': 100, '.h': 120, '.def': 120, '.lua': 120, '.py': 120, '.md': 180}
PUBLIC_FUNCTIONS = {'core/newsconv.h': 16, 'core/plugin.h': 48}

# Calls that overrun, depend on the locale, hide an error or end the process.
BANNED = ('sprintf vsprintf strcpy strcat strncpy strncat strtok atoi atol atof gets alloca strtod setlocale system '
          'popen tmpnam mktemp longjmp setjmp sigsetjmp').split()
BANNED_IN_LIBRARY = 'printf fprintf puts putchar perror exit abort'.split()
BANNED_IN_PLUGINS = 'getenv fopen open socket'.split()

SUPPORT = re.compile(r'core/(plugin|layout|template|json|image|math_commands|math|[a-z]+/[a-z]+|'
                     r'vocabulary|news|topics|date|xml_out|uri|sha1)\.h$')
HOST = re.compile(r'\b[\w-]+\.(com|org|net|info|news|int|gov|eu|uk|us|de|fr|es|it|nl|az|ru|tr|ua|am|ge)\b', re.I)
HARMLESS_HOSTS = re.compile(r'(schema|example|w3|purl|iptc|ogp|rnews)\.(org|com|net|me)', re.I)

breaches = []


def breach(path, line, sentence):
    breaches.append(f'{path.relative_to(PROJECT)}:{line}: {sentence}')


def own_files():
    """The project's own text files."""
    for folder, folders, files in os.walk(PROJECT):
        folders[:] = sorted(name for name in folders if not re.match(r'build|\.git$|__pycache__$', name))
        for path in (Path(folder) / name for name in sorted(files)):
            if path.is_file() and b'\0' not in path.read_bytes()[:8000]:
                yield path


def bare(code, keep_strings=False):
    """C without comments (and strings), line breaks kept."""
    def blank(match):
        if match[0][0] in '"\'':
            return match[0] if keep_strings else '""'
        return '\n' * match[0].count('\n')
    return re.sub(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, code, flags=re.S)


def line_of(code, position):
    return code.count('\n', 0, position) + 1


def is_generated(code):
    return re.search(r'\bgenerated (by|from)\b', code[:400], re.I) is not None


def language(path, code):
    """The suffix of the file, or what its first line says it is."""
    return '.py' if code.startswith('#!/usr/bin/env python3') else path.suffix


def check_text(path, code):
    """What holds for every file."""
    suffix = language(path, code)
    columns = 10000 if is_generated(code) or 'cases' in path.parts else COLUMNS.get(suffix, 10000)
    for number, line in enumerate(code.split('\n'), 1):
        if re.search(r'\b(TODO|FIXME|XXX|HACK)\b', line) and path != Path(__file__).resolve():
            breach(path, number, 'unfinished work is an issue, not a comment')
        if line != line.rstrip() and path.suffix not in ('.case', '.txt', '.html', '.md'):
            breach(path, number, 'white space at the end of the line')
        if len(line) > columns:
            breach(path, number, f'{len(line)} columns, at most {columns}')
    measured = suffix in ('.c', '.h', '.lua', '.py') and str(path.relative_to(PROJECT)) not in PUBLIC_FUNCTIONS
    if measured and not is_generated(code):
        if code.count('\n') > FILE_LINES:
            breach(path, FILE_LINES, f'{code.count(chr(10))} lines, at most {FILE_LINES}: split it by meaning')
    sourced = suffix in ('.c', '.h', '.lua', '.py', '.cmake') or path.name == 'CMakeLists.txt' or code[:2] == '#!'
    if sourced and 'SPDX-License-Identifier: MIT' not in ''.join(code.splitlines(True)[:2]):
        breach(path, 1, 'no SPDX line at the top')


def functions(code):
    """(first line, length, name) of each function, by braces in the first column."""
    lines, start = code.split('\n'), None
    for number, line in enumerate(lines):
        if line.startswith('{') and start is None:
            start = number
            while start and lines[start - 1].strip() and lines[start - 1][0] not in '}#/':
                start -= 1
            signature = ' '.join(lines[start:number])
        elif line.startswith('}') and start is not None:
            name = re.search(r'(\w+)\s*\(', signature)
            if name:
                yield start + 1, number - start + 1, name[1]
            start = None


def check_functions(path, code, lengths):
    for line, length, name in functions(bare(code)):
        lengths.append(length)
        if length > FUNCTION_LINES:
            breach(path, line, f'{name} has {length} lines, at most {FUNCTION_LINES}')


def check_calls(path, code):
    plain, where = bare(code), str(path.relative_to(PROJECT))
    banned = list(BANNED)
    if re.match('(core/(?!cli/)|plugins/)', where):
        banned += BANNED_IN_LIBRARY
    if where.startswith('plugins/'):
        banned += BANNED_IN_PLUGINS
    for match in re.finditer(r'(?<![\w.>])(%s)\s*\(' % '|'.join(banned), plain):
        breach(path, line_of(plain, match.start()), f'{match[1]} is not used here')
    for match in re.finditer(r'\bgoto (?!done;)\w+', plain):
        breach(path, line_of(plain, match.start()), 'goto leads to done: only')


def check_includes(path, code):
    """Includes lead downwards: command, formats, core, each knowing only what stands below."""
    where = path.relative_to(PROJECT)
    for number, line in enumerate(code.split('\n'), 1):
        match = re.match(r'\s*#\s*include\s+([<"])([^>"]+)', line)
        if not match:
            continue
        own, name = match[1] == '"', match[2]
        if where.parts[0] == 'plugins' and own:
            allowed = SUPPORT.match(name) or name.startswith(f'plugins/{where.parts[1]}/') or '/' not in name
            if not allowed or name.endswith('job.h'):
                breach(path, number, f'a format may not include {name}')
        elif where.parts[:2] == ('core', 'cli') and own:
            if name != 'core/newsconv.h' and not name.startswith('core/cli/'):
                breach(path, number, f'the command is built on newsconv.h alone, not on {name}')
        elif where.parts[0] == 'core' and own:
            if name.startswith('core/cli/') or (name.startswith('plugins/') and name != 'plugins/formats.def'):
                breach(path, number, f'core may not include {name}')
        if re.match(r'(lua|lauxlib|lualib)\.h$', name) and where.parts[:2] != ('core', 'lua'):
            breach(path, number, 'core/lua/ alone includes lua.h')
        if name == 'setjmp.h' and '<cmocka.h>' not in code:
            breach(path, number, 'no setjmp outside Lua')


def declared_functions(header):
    """Names of the functions that a header declares and does not define."""
    plain = re.sub(r'^\s*#(?:[^\n]*\\\n)*[^\n]*', '', bare(header), flags=re.M)
    while re.search(r'\{[^{}]*\}', plain):
        plain = re.sub(r'\)\s*\{[^{}]*\}', ') ;defined;', plain)
        plain = re.sub(r'\{[^{}]*\}', ' ', plain)
    for statement in plain.split(';'):
        match = re.search(r'\b((?:nc|newsconv)_\w+)\s*\(', statement)
        if match and not re.search(r'\btypedef\b|\binline\b|\bstatic\b', statement):
            yield match[1]


def check_headers():
    for name, most in PUBLIC_FUNCTIONS.items():
        path = PROJECT / name
        if path.exists():
            found = list(declared_functions(path.read_text()))
            if len(found) > most:
                breach(path, 1, f'{len(found)} functions, at most {most}')


def check_alone(sources):
    """What one file alone may do."""
    for what, pattern in (('calls lua_pcall', r'\blua_pcallk?\s*\('),):
        found = [path for path, code in sources if re.search(pattern, bare(code, keep_strings=True))]
        for path in found[1:]:
            breach(path, 1, f'{what}, which {found[0].name} alone may do')


def check_hosts(path, code):
    for number, line in enumerate(code.split('\n'), 1):
        for string in re.findall(r'"[^"]*"|\'[^\']*\'|\[\[.*?\]\]', line):
            for match in HOST.finditer(string):
                if not HARMLESS_HOSTS.search(match[0]):
                    breach(path, number, f'{match[0]}: a script goes by what pages say, not by whose they are')


def main():
    lengths, sources = [], []
    for path in own_files():
        code = path.read_bytes().decode('utf-8', 'replace')
        check_text(path, code)
        if path.suffix in ('.c', '.h'):
            if path.relative_to(PROJECT).parts[0] != 'tests':
                check_calls(path, code)
            check_includes(path, code)
            sources.append((path, code))
        if path.suffix == '.c':
            check_functions(path, code, lengths)
        if path.suffix == '.lua' and path.parent == PROJECT / 'scripts':
            check_hosts(path, code)
    check_headers()
    check_alone([source for source in sources if source[0].suffix == '.c'])
    usual = sum(length <= USUAL_FUNCTION_LINES for length in lengths)
    if usual < 0.9 * len(lengths):
        breaches.append(f'only {usual} of {len(lengths)} functions are within {USUAL_FUNCTION_LINES} lines, '
                        'nine in ten should be')
    print('\n'.join(breaches + [f'{len(lengths)} functions, {len(breaches)} breaches']))
    sys.exit(1 if breaches else 0)


if __name__ == '__main__':
    main()
