#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""shared.py NEWSCONV conformance SUITE MINIMUM | news | docx: checks whose data lies beside the project, in ../shared.

    conformance  the suite agrees exactly with pandoc in at least MINIMUM per cent of its cases
    news         every news page is converted: no crash, no error, no timeout
    docx         the Word documents made of samples and conformance inputs pass check-docx --strict

Without ../shared they are skipped (status 77)."""
import gzip
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
SHARED = PROJECT.parent / 'shared'
SKIPPED = 77


def skip(why):
    print(f'SKIPPED: {why}')
    sys.exit(SKIPPED)


def score(script, newsconv, *words):
    """Run a scorer, print its table, and return its results."""
    with tempfile.NamedTemporaryFile(suffix='.json') as results:
        done = subprocess.run([sys.executable, SHARED / script, newsconv, *words, '--json', results.name], check=False,
                              stdout=subprocess.PIPE, text=True)
        print(done.stdout)
        if done.returncode:
            sys.exit(f'{script} ended with {done.returncode}')
        return json.loads(Path(results.name).read_text(encoding='utf-8'))


def check_conformance(newsconv, suite, minimum):
    found = score('conformance/score.py', newsconv, '--suite', suite, '--worst', '400', '-j', '1')['summary'].get(suite)
    if not found:
        skip(f'{suite} needs a program that is not there')
    if found['crash'] or found['timeout'] or 100 * found['exact'] < float(minimum):
        sys.exit(f'{suite}: {100 * found["exact"]:.1f} % exact, at least {minimum} % wanted; '
                 f'{found["crash"]} crashes, {found["timeout"]} timeouts')


def check_news(newsconv):
    failed = []

    def convert(case):
        page = gzip.decompress((SHARED / 'news-pages' / case['file']).read_bytes())
        for words in (('-t', 'json'), ('-t', 'plain', '--wrap=none', '--standalone=false')):
            try:
                run = subprocess.run([newsconv, '-f', 'html', *words], input=page, timeout=20, check=False,
                                     capture_output=True)
                if run.returncode:
                    failed.append(f'{case["id"]}: status {run.returncode}: {run.stderr.decode()[:300]}')
            except subprocess.TimeoutExpired:
                failed.append(f'{case["id"]}: no end')

    cases = json.loads((SHARED / 'news-pages/cases.json').read_text(encoding='utf-8'))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(convert, cases))
    print('\n'.join(failed + [f'{len(cases)} pages, {len(failed)} failed']))
    sys.exit(bool(failed))


def docx_inputs():
    """(format, file) of all that is made into Word documents."""
    for path in sorted((PROJECT / 'samples').iterdir()):
        if path.suffix in ('.html', '.txt'):
            yield {'.html': 'html', '.txt': 'text'}[path.suffix], path
    cases = SHARED / 'conformance/cases'
    for case in json.loads((cases / 'index.json').read_text(encoding='utf-8'))['cases']:
        path = cases / case.get('input', '')
        if case['suite'] == 'writer-docx' and path.is_file() and path.suffix != '.gz':
            yield 'json', path
        elif case['suite'] == 'html-ast' and path.suffix != '.gz':
            yield 'html', path


def check_docx(newsconv):
    if not (SHARED / 'schemas/check-docx').exists():
        skip('no ../shared/schemas')
    with tempfile.TemporaryDirectory(prefix='newsconv-docx-') as name:
        made = []
        for number, (form, path) in enumerate(docx_inputs()):
            out = Path(name) / f'{number}-{path.stem}.docx'
            run = subprocess.run([newsconv, '-f', form, path, '-o', out, '--quiet'], capture_output=True, check=False)
            if run.returncode:
                sys.exit(f'{path}: status {run.returncode}: {run.stderr.decode()}')
            made.append(out)
        batches = [made[start::8] for start in range(8)]
        with ThreadPoolExecutor(2) as pool:
            runs = list(pool.map(lambda batch: subprocess.run(
                [SHARED / 'schemas/check-docx', '--strict', '--warnings', *batch], capture_output=True, text=True,
                check=False), [batch for batch in batches if batch]))
    for run in runs:
        print((run.stdout + run.stderr)[:20000], end='')
    print(f'{len(made)} documents checked')
    sys.exit(any(run.returncode for run in runs))


def main():
    newsconv, what, *words = sys.argv[1:]
    if not SHARED.is_dir():
        skip('there is no ../shared beside the project')
    {'conformance': check_conformance, 'news': check_news, 'docx': check_docx}[what](newsconv, *words)


if __name__ == '__main__':
    main()
