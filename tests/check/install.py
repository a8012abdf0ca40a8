#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""install.py BUILD: install the build into a folder of its own, move that folder, and use what is in it: the program,
the man page, the library by a C program that pkg-config finds, the headers by a format of somebody else."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
SAMPLES = PROJECT / 'samples'


def run(*command, **settings):
    """Run a command and return what it prints; its failure ends the test."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          check=False, timeout=300, **settings)
    output = done.stdout.decode('utf-8', 'replace')
    if done.returncode:
        sys.exit(f'{" ".join(map(str, command))}\nended with {done.returncode}:\n{output}')
    return output


def check(condition, sentence):
    if not condition:
        sys.exit(f'install: {sentence}')


def check_program(prefix, folder):
    program = prefix / 'bin/newsconv'
    check(run(program, '--version').startswith('newsconv '), 'the program does not say its version')
    run(program, SAMPLES / 'ferry-returns.txt', '-o', folder / 'ferry.docx')
    check((folder / 'ferry.docx').read_bytes()[:2] == b'PK', 'the program writes no DOCX')
    tree = run(program, SAMPLES / 'ferry-returns.txt', '-t', 'json')
    check('"author"' in tree, 'the installed scripts find no author')
    for module in (PROJECT / 'scripts').glob('*.lua'):
        check((prefix / 'share/newsconv/scripts' / module.name).exists(), f'{module.name} is not installed')


def check_man_page(prefix):
    page = prefix / 'share/man/man1/newsconv.1'
    check(page.exists(), 'no man page')
    if shutil.which('man'):
        shown = run('man', '-l', page, env={**os.environ, 'MANWIDTH': '80', 'LC_ALL': 'C.UTF-8', 'MANROFFOPT': '-ww'})
        check('--lua-filter' in shown and 'troff:' not in shown, 'the man page does not print well:\n' + shown[:2000])


def check_embedding(prefix, folder, env):
    flags = run('pkg-config', '--cflags', '--libs', 'newsconv', env=env).split()
    run('cc', '-std=c17', '-Wall', '-Wextra', '-Werror', SAMPLES / 'embed/headlines.c', *flags,
        '-o', folder / 'headlines')
    library = next(prefix.rglob('libnewsconv.so')).parent
    output = run(folder / 'headlines', SAMPLES / 'ferry-returns.txt', env={**env, 'LD_LIBRARY_PATH': str(library)})
    check('Jonas Ekvall' in output, 'the embedding sample finds no author:\n' + output)


def check_plugin(prefix, folder, env):
    build = folder / 'plugin'
    run('cmake', '-G', 'Ninja', '-S', SAMPLES / 'plugin', '-B', build, f'-DNEWSCONV_PREFIX={prefix}', env=env)
    run('cmake', '--build', build, env=env)
    run('ctest', '--test-dir', build, '--output-on-failure', env=env)
    program, film = prefix / 'bin/newsconv', SAMPLES / 'plugin/ferry.srt'
    by_path = run(program, film, '-t', 'plain', env={**env, 'NEWSCONV_PLUGIN_PATH': str(build)})
    check('This morning she baked twice.' in by_path, 'a plugin in NEWSCONV_PLUGIN_PATH is not found')
    timed = run(program, f'--plugin-dir={build}', '-f', 'srt+times', '-t', 'native', film)
    check('"00:00:11,500"' in timed, 'a switch of a plugin does nothing')


def main():
    build = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix='newsconv-install-') as name:
        folder = Path(name)
        run('cmake', '--install', build, '--prefix', folder / 'first')
        prefix = folder / 'moved'
        (folder / 'first').rename(prefix)
        check(list(prefix.rglob('newsconv/*.so')), 'no modules')
        for header in ('newsconv.h', 'core/plugin.h', 'core/kinds.def', 'core/warnings.def'):
            check((prefix / 'include/newsconv' / header).exists(), f'{header} is not installed')
        check_program(prefix, folder)
        check_man_page(prefix)
        env = {**os.environ, 'PKG_CONFIG_PATH': str(next(prefix.rglob('newsconv.pc')).parent)}
        check_plugin(prefix, folder, env)
        check_embedding(prefix, folder, env)
    print('the installation works')


if __name__ == '__main__':
    main()
